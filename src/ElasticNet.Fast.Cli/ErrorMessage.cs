using System.Globalization;
using System.Text.RegularExpressions;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Turns an exception into the one line that a user of the command line needs.</summary>
internal static partial class ErrorMessage
{
    // The library names its options; here they have other names.
    private static readonly (string Option, string Here)[] s_words =
    [
        ("foldIds", "--fold-column"), ("groups", "--group-column"), ("times", "--time-column"), (nameof(ElasticNetOptions.Folds), "--folds"),
        (nameof(Target.Weights), "--weights"), (nameof(PreparationOptions.Inputs), "columns"),
    ];

    private static readonly (string Option, string Here)[] s_advice =
    [
        (nameof(InferenceOptions.NoiseDeviation), "--noise"), (nameof(InferenceOptions.Lambda), "--lambda"), (nameof(ElasticNetOptions.Folds), "--folds"),
    ];

    private static readonly (string There, string Here)[] s_remedies =
    [
        ("use Family.Poisson.", "--family poisson is for them."), ("give a size.", "--size gives one."), ("see ElasticNetInference.Debiased.", "see enet infer."),
    ];

    // The library counts the rows of the array that it was given.
    [GeneratedRegex(@"\b[Rr]ow (?<row>[0-9]{1,9})(?: \(counted from 0\)|, counted from 0)", RegexOptions.ExplicitCapture)]
    private static partial Regex EngineRow { get; }

    /// <summary>The message without what only a programmer needs: parameter names, actual values on lines of their own, stack traces.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="rowNumber">What a row, counted from 0, is called in the file; null where no table is at work.</param>
    public static string Of(Exception exception, Func<int, int>? rowNumber = null)
    {
        string message = exception.Message;
        if (exception is ArgumentException { ParamName: { } parameter })
            message = message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal);
        if (rowNumber is not null && (exception is ArgumentException or InvalidOperationException))
            message = EngineRow.Replace(message, row => string.Create(CultureInfo.InvariantCulture, $"{row.Value[..4]}{rowNumber(int.Parse(row.Groups["row"].ValueSpan, CultureInfo.InvariantCulture))}"));
        foreach ((string there, string here) in s_remedies)
        {
            if (exception is ArgumentException or InvalidOperationException && message.EndsWith(there, StringComparison.Ordinal))
                message = string.Concat(message.AsSpan(0, message.Length - there.Length), here);
        }

        foreach ((string option, string here) in s_words)
        {
            if (exception is ArgumentException && message.StartsWith($"'{option}' ", StringComparison.Ordinal))
                message = string.Concat(here, message.AsSpan(option.Length + 2));
        }

        // Advice: "Give a larger Lambda, or NoiseDeviation." Only its last sentence, so that nobody's column is renamed.
        int advice = exception is InvalidOperationException ? Math.Max(message.LastIndexOf(". ", StringComparison.Ordinal), message.LastIndexOf("; ", StringComparison.Ordinal)) : -1;
        if (advice >= 0)
            message = message[..advice] + s_advice.Aggregate(message[advice..], (text, word) => text.Replace($" {word.Option}", $" {word.Here}", StringComparison.Ordinal));
        int end = message.AsSpan().IndexOfAny('\r', '\n');
        if (end >= 0)
            message = message[..end];
        if (exception is CsvDataException { Remedy: var remedy })
            message += Options(remedy);
        return IsExpected(exception) ? message : $"unexpected {exception.GetType().Name}: {message}";
    }

    private static string Options(CsvRemedy remedy) => remedy switch
    {
        CsvRemedy.DeclareCategory => " (--categories)",
        CsvRemedy.DeclareCategoryOrMissing => " (--categories, --na)",
        CsvRemedy.NameDecimal => " (--decimal, --categories)",
        CsvRemedy.NameDecimalOrGroups => " (--thousands, --decimal, --categories)",
        CsvRemedy.NameGroups => " (--thousands, --categories)",
        CsvRemedy.TakeOffSigns => " (--signs, --categories)",
        CsvRemedy.NameDelimiter => " (--delimiter)",
        CsvRemedy.NameKept => " (--id)",
        CsvRemedy.LeaveOut => " (--exclude)",
        _ => "",
    };

    private static bool IsExpected(Exception exception) => exception is
        UsageException or CsvDataException or ArgumentException or FormatException or IOException
        or InvalidDataException or UnauthorizedAccessException or NotSupportedException or InvalidOperationException;
}
