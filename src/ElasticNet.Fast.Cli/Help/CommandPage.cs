using System.Globalization;
using System.Text.RegularExpressions;

namespace ElasticNet.Fast.Cli;

/// <summary>What a command takes, read from the help that the framework makes of the declarations in <see cref="Commands"/>: it is said there, and once.</summary>
/// <param name="Name">The command.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Arguments">What stands without an option before it.</param>
/// <param name="Options">The options, in their order.</param>
internal sealed partial record CommandPage(string Name, string Summary, IReadOnlyList<CommandPage.Argument> Arguments, IReadOnlyList<CommandPage.Option> Options)
{
    /// <summary>How the command is called.</summary>
    public string Usage => $"enet {Name}{string.Concat(Arguments.Select(argument => " " + argument.Name))}{string.Concat(Options.Where(option => option.IsRequired).Select(option => $" {option.Name} {option.Value}"))} [options]";

    /// <summary>Reads the framework's text.</summary>
    public static CommandPage Parse(string name, string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        Match[] arguments = [.. lines.Select(line => ArgumentLine().Match(line)).Where(match => match.Success)];
        Match[] options = [.. lines.Select(line => OptionLine().Match(line)).Where(match => match.Success)];
        string summary = string.Join(' ', lines.Skip(1).TakeWhile(line => line is not ("Arguments:" or "Options:")).Where(line => line.Length > 0).Select(line => line.Trim()));
        return new(
            name,
            summary,
            [.. arguments.Select(match => new Argument(HelpWords.ArgumentOf(name, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)), match.Groups[2].Value.Trim()))],
            [.. options.Select(match => OptionOf(match.Groups[1].Value, match.Groups[2].Length > 0, match.Groups[3].Value.Trim()))]);
    }

    /// <summary>The option of a name, whatever its case; null where there is none.</summary>
    public Option? Find(string option) => Options.FirstOrDefault(known => known.Name.Equals(option, StringComparison.OrdinalIgnoreCase));

    private static Option OptionOf(string name, bool takesValue, string text)
    {
        const string required = "[Required]";
        bool isRequired = text.EndsWith(required, StringComparison.Ordinal);
        return new(name, takesValue ? HelpWords.ValueOf(name) : null, isRequired ? text[..^required.Length].TrimEnd() : text, isRequired);
    }

    [GeneratedRegex(@"^  \[([0-9])\] <[^>]*>\s+(.*)$")]
    private static partial Regex ArgumentLine();

    [GeneratedRegex(@"^  (--[a-z0-9-]+)( <[^>]*>)?(\s.*)?$")]
    private static partial Regex OptionLine();

    /// <summary>Something without an option before it.</summary>
    internal sealed record Argument(string Name, string Text);

    /// <summary>An option.</summary>
    /// <param name="Name">With its dashes.</param>
    /// <param name="Value">A word for what follows it; null where nothing does.</param>
    /// <param name="Text">What it means.</param>
    /// <param name="IsRequired">Whether it must be given.</param>
    internal sealed record Option(string Name, string? Value, string Text, bool IsRequired);
}
