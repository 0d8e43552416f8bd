namespace ElasticNet.Fast.Models;

/// <summary>"INPT": the raw columns that a row to be predicted has, with the levels of categories.</summary>
internal static class InputSection
{
    private const int RecordSize = 2 * sizeof(uint);

    /// <summary>Writes kinds and level counts, then all names and levels.</summary>
    public static void Write(SectionWriter file, IReadOnlyList<InputColumn> inputs)
    {
        byte[][] names = NameList.Encode("input name or level", [.. inputs.SelectMany(input => input.Levels.Prepend(input.Name))]);
        file.Begin(SectionKind.Inputs);
        file.UInt32((uint)inputs.Count);
        file.UInt32(NameList.ByteCount(names));
        foreach (InputColumn input in inputs)
        {
            file.UInt32((uint)input.Kind);
            file.UInt32((uint)input.Levels.Count);
        }

        NameList.WriteEnds(file, names);
        NameList.WriteText(file, names);
        file.End();
    }

    /// <summary>Reads them back; all lengths are checked before the first name gets memory.</summary>
    public static InputColumn[] Read(SectionReader section)
    {
        int count = section.Count("input count");
        uint textLength = section.UInt32();
        long recordBytes = count * (long)RecordSize;
        if (recordBytes > section.Remaining)
            Throw.ModelFile($"'input count' ({count}) must fit into its section, of which {section.Remaining} bytes are left");
        SectionReader records = section;
        section.Bytes((uint)recordBytes);
        long names = count;
        for (SectionReader ahead = records; names <= int.MaxValue && ahead.FilePosition < section.FilePosition;)
        {
            ahead.UInt32();
            names += ahead.Count("level count");
        }

        section.RequireRemaining(names * sizeof(uint) + textLength);
        ReadOnlySpan<byte> ends = section.Bytes((uint)(names * sizeof(uint)));
        string[] text = NameList.Read("input name or level", ends, ref section, textLength);
        InputColumn[] inputs = new InputColumn[count];
        int at = 0;
        for (int j = 0; j < count; j++)
        {
            uint kind = records.UInt32();
            int levels = records.Count("level count");
            string name = text[at++];
            ArraySegment<string> own = new(text, at, levels);
            at += levels;
            inputs[j] = kind switch
            {
                (uint)InputKind.Number when levels == 0 => InputColumn.Number(name),
                (uint)InputKind.Category => Category(j, name, own),
                _ => Refuse(j, kind, levels),
            };
        }

        return inputs;
    }

    private static InputColumn Category(int input, string name, ArraySegment<string> levels)
    {
        try
        {
            return InputColumn.Category(name, levels);
        }
        catch (ArgumentException)
        {
            // The column indexes its levels anyway; to look for twins before would take the memory twice.
            return Refuse(input, (uint)InputKind.Category, levels.Count);
        }
    }

    private static InputColumn Refuse(int input, uint kind, int levels)
    {
        Throw.ModelFile($"input {input} (kind {kind}, {levels} levels) must be a number (0) without levels or a category (1) with levels that differ");
        return null!;
    }
}
