using ConsoleAppFramework;

namespace ElasticNet.Fast.Cli;

/// <summary>Runs one command line and turns whatever happens into an exit code and at most one line on standard error.</summary>
internal sealed class CommandLine(Terminal terminal)
{
    /// <summary>The commands.</summary>
    public static readonly string[] Names = ["fit", "predict", "inspect", "describe", "select", "infer", "stability", "plot", "assess", "verify", "judge", "completion"];
    private static readonly string[] HelpOptions = ["-h", "--help", "--version"];

    /// <summary>Runs a command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(string[] args, CancellationToken cancellationToken = default)
    {
        int exitCode;
        try
        {
            exitCode = Dispatch(args, cancellationToken);
            if (exitCode != ExitCode.Cancelled)
                terminal.Output.Flush();
        }
        catch (UsageException exception)
        {
            terminal.Say(exception.Message);
            exitCode = ExitCode.Usage;
        }
        catch (IOException exception)
        {
            // Standard output has gone away, for instance a pager that was closed.
            terminal.Say(ErrorMessage.Of(exception));
            exitCode = ExitCode.Data;
        }
        return exitCode;
    }

    private int Dispatch(string[] args, CancellationToken cancellationToken)
    {
        bool wantsHelp = args.Any(arg => HelpOptions.Contains(arg));
        if (args.Length > 0 && !wantsHelp)
        {
            if (!Names.Contains(args[0]))
                throw new UsageException($"there is no command '{args[0]}'{NearestName.Hint(args[0], Names)}; the commands are {string.Join(", ", Names)}");
            AlphaOption.Refuse(args);
        }

        if (!args.Contains("--version") && (wantsHelp || args.Length <= 1))
        {
            // Help that was asked for is a result; help instead of a result is a message.
            string? command = args.FirstOrDefault(Names.Contains);
            (wantsHelp ? terminal.Output : terminal.Error).Write(command is null ? HelpPage.Of(Names.Select(Page)) : HelpPage.Of(Page(command)));
            return wantsHelp ? ExitCode.Done : ExitCode.Usage;
        }

        var commands = new Commands(terminal, Page);
        int outer = Environment.ExitCode;
        ConsoleApp.Log = (wantsHelp ? terminal.Output : terminal.Error).WriteLine;
        ConsoleApp.LogError = message => terminal.Say(UsageHint.Of(message, Page(args[0])));
        ConsoleApp.Version = ElasticNetVersion;
        // What blocks without looking at the token, such as a write to a full pipe, is given up this long after Ctrl-C.
        ConsoleApp.Timeout = TimeSpan.FromSeconds(2);
        try
        {
            App(commands).Run(args, cancellationToken);
            if (commands.ExitCode is { } exitCode)
                return exitCode;
            // No command finished: help was shown, the command was given up after Ctrl-C, or the arguments did not parse.
            if (Environment.ExitCode == ExitCode.Cancelled)
                return GiveUp();
            return wantsHelp ? ExitCode.Done : ExitCode.Usage;
        }
        finally
        {
            // The framework reports through the process; this program through its return value.
            Environment.ExitCode = outer;
        }
    }

    private static ConsoleApp.ConsoleAppBuilder App(Commands commands)
    {
        ConsoleApp.ConsoleAppBuilder app = ConsoleApp.Create();
        app.Add("fit", commands.Fit);
        app.Add("predict", commands.Predict);
        app.Add("inspect", commands.Inspect);
        app.Add("describe", commands.Describe);
        app.Add("select", commands.Select);
        app.Add("infer", commands.Infer);
        app.Add("stability", commands.Stability);
        app.Add("plot", commands.Plot);
        app.Add("assess", commands.Assess);
        app.Add("verify", commands.Verify);
        app.Add("judge", commands.Judge);
        app.Add("completion", commands.Completion);
        return app;
    }

    // From the framework's own help, which it writes to its log.
    private CommandPage Page(string command)
    {
        var text = new StringWriter();
        Action<string> log = ConsoleApp.Log;
        int outer = Environment.ExitCode;
        ConsoleApp.Log = text.WriteLine;
        try
        {
            App(new(terminal, Page)).Run([command, "--help"]);
        }
        finally
        {
            ConsoleApp.Log = log;
            Environment.ExitCode = outer;
        }

        return CommandPage.Parse(command, text.ToString());
    }

    private int GiveUp()
    {
        // A command blocked on a full pipe holds the lock that all console streams share: the message is tried, but the
        // exit does not wait for it.
        Task.Run(() => Commands.Cancelled(terminal)).Wait(TimeSpan.FromSeconds(1));
        return ExitCode.Cancelled;
    }

    private static string ElasticNetVersion =>
        typeof(CommandLine).Assembly.GetName().Version?.ToString(3) ?? "0";
}
