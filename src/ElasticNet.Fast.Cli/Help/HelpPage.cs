using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Cli;

/// <summary>Help as it is shown.</summary>
internal static class HelpPage
{
    private const int Width = 100;
    private const int Least = 28;
    private const int FewOptions = 20;

    /// <summary>Of one command.</summary>
    public static string Of(CommandPage page)
    {
        var text = new StringBuilder("Usage: ").Append(page.Usage).Append("\n\n");
        Wrap(text, page.Summary, 0);
        if (page.Arguments.Count > 0)
        {
            text.Append("\nArguments:\n");
            foreach (CommandPage.Argument argument in page.Arguments)
                Entry(text, argument.Name, argument.Text);
        }

        // Few options need no titles.
        string[] grouped = page.Options.Count <= FewOptions ? [] : [.. HelpWords.Groups.SelectMany(group => group.Options)];
        foreach ((string title, string[] options) in HelpWords.Groups)
            Options(text, title, [.. options.Where(grouped.Contains).Select(page.Find).OfType<CommandPage.Option>()]);
        Options(text, grouped.Length == 0 ? "Options" : "What is written, and others", [.. page.Options.Where(option => !grouped.Contains(option.Name))]);
        text.Append("\nExamples:\n");
        foreach (string example in HelpWords.ExamplesOf(page.Name))
            text.Append(CultureInfo.InvariantCulture, $"  enet {page.Name} {example}\n");
        return text.ToString();
    }

    /// <summary>Of the program.</summary>
    public static string Of(IEnumerable<CommandPage> pages)
    {
        var text = new StringBuilder("Usage: enet COMMAND [arguments] [options]\n       enet COMMAND --help\n       enet --version\n\nCommands:\n");
        foreach (CommandPage page in pages)
            Entry(text, page.Name, page.Summary, 14);
        text.Append("\nExamples:\n");
        foreach (string command in new[] { "describe", "fit", "predict" })
            text.Append(CultureInfo.InvariantCulture, $"  enet {command} {HelpWords.ExamplesOf(command)[0]}\n");
        return text.ToString();
    }

    private static void Options(StringBuilder text, string title, CommandPage.Option[] options)
    {
        if (options.Length == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
        foreach (CommandPage.Option option in options)
            Entry(text, option.Value is null ? option.Name : $"{option.Name} {option.Value}", option.IsRequired ? $"{option.Text} Must be given." : option.Text);
    }

    private static void Entry(StringBuilder text, string name, string meaning, int column = Least)
    {
        if (name.Length <= column - 4)
            text.Append(CultureInfo.InvariantCulture, $"  {name.PadRight(column - 4)}  ");
        else
            text.Append(CultureInfo.InvariantCulture, $"  {name}\n").Append(' ', column);
        Wrap(text, meaning, column);
    }

    private static void Wrap(StringBuilder text, string words, int indent)
    {
        int at = indent;
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at > indent && at + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', indent);
                at = indent;
            }

            if (at > indent)
                text.Append(' ');
            at += word.Length + (at > indent ? 1 : 0);
            text.Append(word);
        }

        text.Append('\n');
    }
}
