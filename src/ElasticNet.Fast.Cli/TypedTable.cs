using ElasticNet.Fast.Arrow;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Parquet;

namespace ElasticNet.Fast.Cli;

/// <summary>Files whose columns have types, Parquet and Arrow, known by their names.</summary>
internal static class TypedTable
{
    private static readonly string[] s_arrow = [".arrow", ".feather", ".ipc", ".arrows"];

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool Is(string path) => IsParquet(path) || s_arrow.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>Refuses what is said of how text is read.</summary>
    /// <exception cref="UsageException">An option means nothing here.</exception>
    public static void CheckReading(string path, ReadingSettings reading)
    {
        Refuse("--na", reading.MissingTokens is not null);
        Refuse("--delimiter", reading.Delimiter is not null);
        Refuse("--decimal", reading.DecimalSeparator is not null);
        Refuse("--thousands", reading.GroupSeparator is not null);
        Refuse("--signs", reading.Signs);
        Refuse("--encoding", reading.Encoding is not null);

        void Refuse(string option, bool given)
        {
            if (given)
                throw new UsageException($"{option} is for a CSV: the columns of '{Path.GetFileName(path)}' have types, and say themselves what is missing");
        }
    }

    /// <summary>Opens a file; what it returns closes it.</summary>
    /// <exception cref="InvalidDataException">It is not what its name says.</exception>
    public static OpenTable Open(string path) => Open(path, File.OpenRead(InputFile.Existing(path)));

    private static OpenTable Open(string path, Stream file)
    {
        try
        {
            return new(file, IsParquet(path) ? Finished(ParquetBlocks.OpenAsync(file, $"'{path}'", default)) : Finished(ArrowBlocks.OpenAsync(file, $"'{path}'", default)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file as a CSV of the same cells is read.</summary>
    /// <exception cref="CsvDataException">A column is not there, or not what it must be.</exception>
    public static CsvTable Read(Terminal terminal, string path, CsvReadOptions options, bool isSilent, CancellationToken cancellationToken)
    {
        using OpenTable table = Open(path, terminal.OpenRead(path, isSilent));
        IReadOnlyList<BlockColumn> columns = table.Blocks.Columns;
        string[] names = [.. columns.Select(column => column.Name)];
        // Columns that are not there, twice there or declared in two ways are told as of a CSV.
        TableColumns chosen = new(names, options);
        BlockColumn[] read = Array.ConvertAll(chosen.Fields, j => columns[j]);
        if (read.FirstOrDefault(column => column.Kind == BlockKind.Other) is { } refused)
            throw new CsvDataException($"{refused.Refusal} (--exclude)");
        bool[] isNumber = Array.ConvertAll(chosen.Fields, j => chosen.KindOf(j) == InputKind.Number);
        TrainingTable found = Finished(BlockTable.ReadAsync(table.Blocks, new()
        {
            Only = [.. read.Select(column => column.Name)],
            Apart = [.. read.TakeLast(chosen.Apart).Select(column => column.Name)],
            Numbers = [.. read.Where((column, k) => isNumber[k] && column.Kind == BlockKind.Truth && !IsLabel(column)).Select(column => column.Name)],
            Categories = [.. read.Where((column, k) => chosen.KindOf(chosen.Fields[k]) == InputKind.Category || (column.Kind == BlockKind.Date && options.Dates.IsEmpty)).Select(column => column.Name)],
        }, cancellationToken));
        if (found.Rows == 0)
            throw new CsvDataException("the table has no rows");
        for (int k = 0; k < read.Length; k++)
        {
            if (isNumber[k] && read[k].Kind == BlockKind.Date)
                throw new CsvDataException($"column '{read[k].Name}' holds dates ({read[k].Type}), where numbers must be");
            if (isNumber[k] && found.Columns[k].Kind == InputKind.Category)
                RefuseText(found, read[k].Name);
        }

        bool[] isDate = [.. read.Select((column, k) => column.Kind == BlockKind.Date && found.Columns[k].Kind == InputKind.Number)];
        ColumnGaps[] gaps = [.. read.Select(column => GapsOf(found.Column(column.Name).Span))];
        (InputColumn[] spread, ColumnGaps[] spreadGaps, ReadOnlyMemory<double> values) = DateColumns.Spread([.. found.Columns], isDate, gaps, found.Values, found.Rows, options.Dates);
        TextColumn[] ways = [.. read.Where((_, k) => isDate[k]).SelectMany(column => options.Dates.Select(part => new TextColumn(DateParts.Name(column.Name, part), column.Name, part)))];
        string parts = string.Join(", ", options.Dates.Select(DateParts.Word));
        string[] notes = [.. read.Where((_, k) => isDate[k]).Select(column => $"column '{column.Name}' is a date and is read as {(parts == "days" ? "days since 1970-01-01" : parts)}")];
        return new(values, spread, spreadGaps, chosen.Apart, found.Rows, options.Format with { Columns = ways }, notes);

        // A target of truth values is told to be labels, not taken for a number.
        bool IsLabel(BlockColumn column) => read.TakeLast(chosen.Apart).Contains(column) && !options.Numbers.Contains(column.Name);
    }

    /// <summary>Waits: nothing else is to be done meanwhile, and no thread waits for this one.</summary>
    internal static T Finished<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    private static void RefuseText(TrainingTable table, string name)
    {
        ReadOnlySpan<double> codes = table.Column(name).Span;
        int row = codes.IndexOfAnyExcept(double.NaN);
        if (row >= 0)
            throw new CsvDataException(row + 1, name, CellFault.NoNumber(table.Levels(name)[(int)codes[row]]));
    }

    private static ColumnGaps GapsOf(ReadOnlySpan<double> values)
    {
        (int count, int first) = (0, 0);
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
                (count, first) = (count + 1, count == 0 ? i + 1 : first);
        }

        return new(count, first);
    }
}
