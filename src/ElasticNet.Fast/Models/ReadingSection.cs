namespace ElasticNet.Fast.Models;

/// <summary>"READ": how the text of the training table became values, so that whoever reads rows for the model does the same.</summary>
internal static class ReadingSection
{
    private const uint Signs = 1;
    private const uint FlagBound = 2;

    /// <summary>The first rule broken, as a sentence without full stop; null where the format is sound.</summary>
    public static string? FirstViolation(TextFormat? format)
    {
        if (format is null)
            return null;
        if (format.DecimalSeparator is not ('.' or ','))
            return Throw.Invariant($"'decimal separator' ({(int)format.DecimalSeparator}) must be a point (46) or a comma (44)");
        if (format.GroupSeparator is { } group && (group is not (' ' or ',' or '.' or '\'' or '_') || group == format.DecimalSeparator))
            return Throw.Invariant($"'group separator' ({(int)group}) must be 0, a blank (32), a comma (44), a point (46), an apostrophe (39) or an underscore (95), and not the decimal separator");
        foreach (TextColumn column in format.Columns)
        {
            if (!Enum.IsDefined(column.Part))
                return Throw.Invariant($"the part of column '{column.Name}' ({(uint)column.Part}) must be at most {(uint)TextPart.Hour}");
        }

        return format.Columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() == format.Columns.Count
            ? null
            : "the columns that are read in a way of their own must differ by name";
    }

    /// <summary>Writes separators, then what each column takes, then all text.</summary>
    public static void Write(SectionWriter file, TextFormat format)
    {
        byte[][] text = NameList.Encode("token or column of the text", [.. format.MissingTokens, .. format.Columns.SelectMany(column => new[] { column.Name, column.Source, column.Sign })]);
        file.Begin(SectionKind.Reading);
        file.UInt32(format.DecimalSeparator);
        file.UInt32(format.GroupSeparator ?? '\0');
        file.UInt32(format.Signs ? Signs : 0);
        file.UInt32((uint)format.MissingTokens.Count);
        file.UInt32((uint)format.Columns.Count);
        file.UInt32(NameList.ByteCount(text));
        foreach (TextColumn column in format.Columns)
            file.UInt32((uint)column.Part);
        NameList.WriteEnds(file, text);
        NameList.WriteText(file, text);
        file.End();
    }

    /// <summary>Reads them back; all lengths are checked before the first text gets memory.</summary>
    public static TextFormat Read(SectionReader section)
    {
        uint point = section.UInt32(), group = section.UInt32(), flags = section.Flags(FlagBound);
        int tokens = section.Count("token count"), columns = section.Count("column count");
        uint length = section.UInt32();
        if (point > char.MaxValue || group > char.MaxValue)
            Throw.ModelFile($"'decimal separator' ({point}) and 'group separator' ({group}) must be at most {(uint)char.MaxValue}");
        long texts = tokens + 3L * columns;
        section.RequireRemaining((columns + texts) * sizeof(uint) + length);
        int[] parts = section.Integers(columns);
        ReadOnlySpan<byte> ends = section.Bytes((uint)(texts * sizeof(uint)));
        string[] text = NameList.Read("token or column of the text", ends, ref section, length);
        var own = new TextColumn[columns];
        for (int k = 0; k < columns; k++)
            own[k] = new(text[tokens + 3 * k], text[tokens + 3 * k + 1], (TextPart)parts[k], text[tokens + 3 * k + 2]);
        return new()
        {
            DecimalSeparator = (char)point,
            GroupSeparator = group == 0 ? null : (char)group,
            Signs = (flags & Signs) != 0,
            MissingTokens = text[..tokens],
            Columns = own,
        };
    }
}
