using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Turns an exception into the one line that a user of the command line needs.</summary>
internal static class ErrorMessage
{
    /// <summary>The message without what only a programmer needs: parameter names, actual values on lines of their own, stack traces.</summary>
    public static string Of(Exception exception)
    {
        string message = exception.Message;
        if (exception is ArgumentException { ParamName: { } parameter })
            message = message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal);
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
        CsvRemedy.NameDelimiter => " (--delimiter)",
        _ => "",
    };

    private static bool IsExpected(Exception exception) => exception is
        UsageException or CsvDataException or ArgumentException or FormatException or IOException
        or UnauthorizedAccessException or NotSupportedException or InvalidOperationException;
}
