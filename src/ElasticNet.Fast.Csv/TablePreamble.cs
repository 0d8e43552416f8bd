using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>What programs put before the header of a table: <c>sep=;</c>, which says what separates fields, and lines of remarks that begin with <c>#</c>.</summary>
/// <param name="Delimiter">What the first line says that separates fields; null where it says nothing.</param>
/// <param name="Notes">What was found, in sentences.</param>
internal sealed record TablePreamble(char? Delimiter, IReadOnlyList<string> Notes)
{
    private const string Separator = "sep=";

    /// <summary>Reads over it.</summary>
    /// <param name="text">The table, from its beginning.</param>
    /// <param name="delimiter">What separates fields as far as somebody said so.</param>
    /// <param name="usual">What separates them usually.</param>
    public static TablePreamble Skip(HeadReader text, char? delimiter, char usual)
    {
        List<string> notes = [];
        char? said = null;
        ReadOnlySpan<char> first = text.Line(0, out int end);
        // What numbers and names are made of separates nothing.
        if (first.Trim('"') is [_, _, _, _, var separator] line && line.StartsWith(Separator, StringComparison.OrdinalIgnoreCase)
            && !char.IsLetterOrDigit(separator) && separator is not ('.' or '-' or '+'))
        {
            said = separator;
            notes.Add($"the first line, {line}, says what separates fields and is not the header");
            text.Skip(end);
        }

        int remarks = Remarks(text, delimiter ?? said, usual, out int length, out bool isHeader);
        if (remarks > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{(remarks == 1 ? "a line that begins with # stands" : $"{remarks} lines that begin with # stand")} before the header and {(remarks == 1 ? "is" : "are")} left out"));
        if (isHeader)
            notes.Add("the header begins with #, and is the header because it has as many fields as the line after it");
        text.Skip(length);
        return new(said, notes);
    }

    // A name may begin with #, too. So the last of such lines is the header if it has as many fields as the line that follows it.
    private static int Remarks(HeadReader text, char? delimiter, char usual, out int length, out bool isHeader)
    {
        (length, isHeader) = (0, false);
        int count = 0, end = 0, start = 0;
        ReadOnlySpan<char> last = default, line = text.Line(0, out int next);
        while (line is ['#', ..])
        {
            (count, start, end) = (count + 1, end, next);
            line = text.Line(end, out next);
        }

        if (count == 0)
            return 0;
        last = text.Line(start, out _);
        char separator = delimiter ?? CsvRecords.DelimiterOf(line, usual);
        int fields = Fields(line, separator);
        isHeader = line.IsEmpty || last.Count('"') % 2 == 1
            || (Fields(last, separator) == fields && (fields > 1 || CsvNumber.TryParse(line, out _)));
        length = isHeader ? start : end;
        return isHeader ? count - 1 : count;
    }

    private static int Fields(ReadOnlySpan<char> line, char separator)
    {
        int fields = 1;
        bool quoted = false;
        foreach (char c in line)
        {
            quoted ^= c == '"';
            fields += c == separator && !quoted ? 1 : 0;
        }

        return fields;
    }
}
