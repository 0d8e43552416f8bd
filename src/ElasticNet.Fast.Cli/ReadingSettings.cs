using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>The options that say how a table is read, parsed and checked as far as that goes without it.</summary>
internal sealed record ReadingSettings
{
    /// <summary>Null: those of the library.</summary>
    public required string[]? MissingTokens { get; init; }

    public required string[] Categories { get; init; }

    public required string[] Numbers { get; init; }

    public required char? Delimiter { get; init; }

    /// <summary>How a table is read.</summary>
    public CsvReadOptions Options => new()
    {
        MissingTokens = MissingTokens ?? CsvReadOptions.DefaultMissingTokens,
        Categories = Categories,
        Numbers = Numbers,
        Delimiter = Delimiter,
    };

    /// <summary>How rows are read that a model is to predict.</summary>
    public CsvRowOptions RowOptions => new()
    {
        MissingTokens = MissingTokens ?? CsvReadOptions.DefaultMissingTokens,
        Delimiter = Delimiter,
    };

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed, or a column is declared both.</exception>
    public static ReadingSettings Parse(string? na, string? categories, string? numbers, string? delimiter)
    {
        var settings = new ReadingSettings
        {
            MissingTokens = na is null ? null : OptionValue.List("--na", na),
            Categories = categories is null ? [] : OptionValue.List("--categories", categories),
            Numbers = numbers is null ? [] : OptionValue.List("--numbers", numbers),
            Delimiter = delimiter is null ? null : Separator(delimiter),
        };
        if (settings.Categories.Intersect(settings.Numbers).FirstOrDefault() is { } both)
            throw new UsageException($"column '{both}' cannot be both --categories and --numbers");
        return settings;
    }

    private static char Separator(string text) => text switch
    {
        "tab" or @"\t" => '\t',
        [var one] when !char.IsLetterOrDigit(one) && one is not ('"' or '\r' or '\n' or '\0' or '.' or '-' or '+') => one,
        _ => throw OptionValue.Refused("--delimiter", text, "be tab or one character that is no letter, no digit and none of \" . + -"),
    };
}
