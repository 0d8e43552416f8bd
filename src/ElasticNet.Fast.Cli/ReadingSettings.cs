using System.Text;
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

    /// <summary>What stands before the fraction of a number; null: a point, or as the model has it.</summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>What may stand between thousands; null: nothing, or as the model has it.</summary>
    public char? GroupSeparator { get; init; }

    /// <summary>Whether numbers may wear signs.</summary>
    public bool Signs { get; init; }

    /// <summary>What dates become; null: as the library has it.</summary>
    public TextPart[]? Dates { get; init; }

    /// <summary>How bytes are text; null: UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether anything was said about how cells are read.</summary>
    public bool SaysHowCellsAreRead => MissingTokens is not null || Delimiter is not null || DecimalSeparator is not null || GroupSeparator is not null || Signs || Dates is not null || Encoding is not null;

    /// <summary>How a table is read.</summary>
    public CsvReadOptions Options => With(TextFormat.Default, Dates ?? [TextPart.Days]);

    /// <summary>How a table is read that is like the one that a model was fitted to.</summary>
    public CsvReadOptions OptionsFor(ElasticNetModel model)
    {
        TextFormat format = model.TextFormat ?? TextFormat.Default;
        TextPart[] parts = [.. format.Columns.Where(column => column.Part != TextPart.Number).Select(column => column.Part).Distinct()];
        return With(format, parts.Length == 0 ? [TextPart.Days] : parts);
    }

    /// <summary>How rows are read that a model is to predict: what is not said here is as the model has it.</summary>
    public CsvRowOptions RowOptions => new()
    {
        MissingTokens = MissingTokens,
        Delimiter = Delimiter,
        DecimalSeparator = DecimalSeparator,
        GroupSeparator = GroupSeparator,
    };

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed, or a column is declared both.</exception>
    public static ReadingSettings Parse(
        string? na, string? categories, string? numbers, string? delimiter, string? point, string? thousands, bool signs, string? dates, string? encoding)
    {
        var settings = new ReadingSettings
        {
            MissingTokens = na is null ? null : OptionValue.List("--na", na),
            Categories = categories is null ? [] : OptionValue.List("--categories", categories),
            Numbers = numbers is null ? [] : OptionValue.List("--numbers", numbers),
            Delimiter = delimiter is null ? null : Separator(delimiter),
            DecimalSeparator = point switch
            {
                null => null,
                "." or "point" => '.',
                "," or "comma" => ',',
                _ => throw OptionValue.Refused("--decimal", point, "be a point or a comma"),
            },
            GroupSeparator = thousands switch
            {
                null => null,
                " " or "space" => ' ',
                "," or "comma" => ',',
                "." or "point" => '.',
                "'" or "apostrophe" => '\'',
                "_" or "underscore" => '_',
                _ => throw OptionValue.Refused("--thousands", thousands, "be space, comma, point, apostrophe or underscore"),
            },
            Signs = signs,
            Dates = dates is null ? null : Parts(dates),
            Encoding = encoding switch
            {
                null or "utf-8" => null,
                "latin-1" => Encoding.Latin1,
                _ => throw OptionValue.Refused("--encoding", encoding, "be utf-8 or latin-1"),
            },
        };
        if (settings.GroupSeparator is { } group && group == (settings.DecimalSeparator ?? '.'))
            throw new UsageException($"--thousands and --decimal cannot both be '{group}'");
        if (settings.Delimiter is { } separator && separator == settings.DecimalSeparator)
            throw new UsageException($"--delimiter and --decimal cannot both be '{separator}'");
        if (settings.Categories.Intersect(settings.Numbers).FirstOrDefault() is { } both)
            throw new UsageException($"column '{both}' cannot be both --categories and --numbers");
        return settings;
    }

    private CsvReadOptions With(TextFormat format, ListOf<TextPart> dates) => new()
    {
        MissingTokens = MissingTokens ?? format.MissingTokens,
        Categories = Categories,
        Numbers = Numbers,
        Delimiter = Delimiter,
        DecimalSeparator = DecimalSeparator ?? format.DecimalSeparator,
        GroupSeparator = GroupSeparator ?? (DecimalSeparator is null ? format.GroupSeparator : null),
        Signs = Signs || format.Signs,
        Dates = dates,
        Encoding = Encoding,
    };

    private static TextPart[] Parts(string dates)
    {
        if (dates == "text")
            return [];
        TextPart[] parts = Array.ConvertAll(OptionValue.List("--dates", dates), part => part switch
        {
            "days" => TextPart.Days,
            "year" => TextPart.Year,
            "quarter" => TextPart.Quarter,
            "month" => TextPart.Month,
            "weekday" => TextPart.Weekday,
            "hour" => TextPart.Hour,
            _ => throw OptionValue.Refused("--dates", dates, "be days, year, quarter, month, weekday, hour, or text alone"),
        });
        return parts.Distinct().Count() == parts.Length ? parts : throw OptionValue.Refused("--dates", dates, "not name one twice");
    }

    private static char Separator(string text) => text switch
    {
        "tab" or @"\t" => '\t',
        [var one] when !char.IsLetterOrDigit(one) && one is not ('"' or '\r' or '\n' or '\0' or '.' or '-' or '+') => one,
        _ => throw OptionValue.Refused("--delimiter", text, "be tab or one character that is no letter, no digit and none of \" . + -"),
    };
}
