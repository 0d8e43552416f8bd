using System.Text.RegularExpressions;

namespace ElasticNet.Fast.Cli;

/// <summary>Says in the words of the command line what the framework says in those of its parameters.</summary>
internal static partial class UsageHint
{
    /// <summary>The message, of a command.</summary>
    public static string Of(string message, CommandPage page)
    {
        if (Unknown().Match(message) is { Success: true } unknown)
            return unknown.Groups[1].Value is ['-', ..] and var option ? NoOption(option, page) : $"'{unknown.Groups[1].Value}' is one argument too many: {page.Usage}";
        if (Missing().Match(message) is { Success: true } missing)
            return page.Find(OptionOf(missing.Groups[1].Value)) is { } needed ? $"{needed.Name} must be given: {page.Usage}" : $"'{missing.Groups[1].Value}' must be given: {page.Usage}";
        if (Unparsed().Match(message) is { Success: true } unparsed && page.Find(OptionOf(unparsed.Groups[1].Value)) is { Value: { } value } lacking)
            return $"{lacking.Name} must be followed by its value ({value})";
        return message;
    }

    private static string NoOption(string given, CommandPage page)
    {
        int equals = given.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? given : given[..equals];
        string option = "--" + name.TrimStart('-');
        if (page.Find(option) is { } known)
            return $"'{given}' is not recognized; write {known.Name}{(known.Value is null ? "" : equals < 0 ? " " + known.Value : " " + given[(equals + 1)..])}";
        string meant = NearestName.Hint(option, page.Options.Select(known => known.Name));
        return $"{page.Name} has no option '{given}'{(meant.Length > 0 ? meant : $"; enet {page.Name} --help has all")}";
    }

    // minLevelCount is --min-level-count.
    private static string OptionOf(string parameter) =>
        "--" + string.Concat(parameter.Select((c, at) => char.IsUpper(c) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    [GeneratedRegex("^Argument '(.*)' is not recognized", RegexOptions.Singleline)]
    private static partial Regex Unknown();

    [GeneratedRegex("^Required argument '(.*)' was not specified")]
    private static partial Regex Missing();

    [GeneratedRegex("^Argument '(.*)' failed to parse")]
    private static partial Regex Unparsed();
}
