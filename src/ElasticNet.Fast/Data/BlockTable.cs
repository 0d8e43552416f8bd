namespace ElasticNet.Fast.Data;

/// <summary>Collects the blocks of a typed table: every column is decoded block by block into the place where it stays.</summary>
internal sealed class BlockTable
{
    private readonly TableBlocks _blocks;
    private readonly TableReadOptions _options;
    private readonly int[] _sources;
    private readonly int _apart;
    private readonly LevelCollector[] _levels;
    private readonly bool[] _isCategory;
    private double[] _values = [];
    private int _capacity, _rows;

    private BlockTable(TableBlocks blocks, TableReadOptions options)
    {
        (_blocks, _options) = (blocks, options);
        (_sources, _apart) = Chosen(blocks.Columns, options);
        _levels = [.. _sources.Select(_ => new LevelCollector())];
        HashSet<string> categories = [.. options.Categories], numbers = [.. options.Numbers];
        _isCategory = [.. _sources.Select(j => blocks.Columns[j]).Select(column =>
            column.Kind == BlockKind.Text || categories.Contains(column.Name) || (column.Kind == BlockKind.Truth && !numbers.Contains(column.Name)))];
    }

    /// <summary>Reads to the end.</summary>
    /// <exception cref="ArgumentException">The options contradict each other or name a column that is not there, a column is of a type that is refused, a number is not finite, or no row has the target.</exception>
    /// <exception cref="InvalidDataException">The bytes are not what they must be, or the table does not fit into memory.</exception>
    public static async Task<TrainingTable> ReadAsync(TableBlocks blocks, TableReadOptions options, CancellationToken cancellationToken)
    {
        BlockTable table = new(blocks, options);
        int count;
        while ((count = await blocks.NextAsync(cancellationToken).ConfigureAwait(false)) >= 0)
        {
            table.Reserve(count);
            for (int k = 0; k < table._sources.Length; k++)
            {
                Memory<double> values = table._values.AsMemory(k * table._capacity + table._rows, count);
                await blocks.ReadAsync(table._sources[k], values, table._levels[k], cancellationToken).ConfigureAwait(false);
                table.Check(k, values.Span);
            }

            table._rows += count;
        }

        return table.Finish();
    }

    // Features in the order of the table, then those apart.
    private static (int[] Sources, int Apart) Chosen(IReadOnlyList<BlockColumn> columns, TableReadOptions options)
    {
        Dictionary<string, int> ordinals = new(columns.Count, StringComparer.Ordinal);
        for (int j = 0; j < columns.Count; j++)
        {
            if (!ordinals.TryAdd(columns[j].Name, j))
                Throw.Data("table", Throw.Invariant($"'table' must have columns of different names, but '{columns[j].Name}' is column {ordinals[columns[j].Name]} and column {j} (counted from 0) of {columns.Count}."));
        }

        HashSet<int> skipped = Find(nameof(options.Skip), options.Skip);
        HashSet<int> apart = Find(nameof(options.Apart), options.Apart);
        if (options.Target is { } target)
            apart.UnionWith(Find(nameof(options.Target), [target]));
        HashSet<int> numbers = Find(nameof(options.Numbers), options.Numbers);
        if (apart.Intersect(skipped).Select(j => columns[j].Name).FirstOrDefault() is { } both)
            Throw.Data(nameof(options), $"'{nameof(options)}' must not both skip column '{both}' and set it apart.");
        if (Find(nameof(options.Categories), options.Categories).Intersect(numbers).Select(j => columns[j].Name).FirstOrDefault() is { } unclear)
            Throw.Data(nameof(options), $"'{nameof(options)}' must not declare column '{unclear}' both a category and a number.");
        if (options.Only is { } only)
            skipped.UnionWith(Enumerable.Range(0, columns.Count).Except(Find(nameof(options.Only), only)));
        int[] chosen = [.. Enumerable.Range(0, columns.Count).Where(j => !skipped.Contains(j) && !apart.Contains(j)), .. apart.Order()];
        foreach (int j in chosen)
        {
            if (columns[j].Kind == BlockKind.Other)
                Throw.Data(nameof(options), $"'{nameof(options)}' must leave out what is no feature, but {columns[j].Refusal} ({nameof(options.Skip)}).");
            if (columns[j].Kind == BlockKind.Text && numbers.Contains(j))
                Throw.Data(nameof(options), $"'{nameof(options)}' must declare numbers what are numbers, but column '{columns[j].Name}' is text ({columns[j].Type}).");
        }

        return (chosen, apart.Count);

        HashSet<int> Find(string option, ListOf<string> names)
        {
            HashSet<int> found = [];
            foreach (string name in names)
            {
                if (name is null || !ordinals.TryGetValue(name, out int j))
                    Throw.Data(nameof(options), Throw.Invariant($"'{nameof(options)}' ({option} '{name}') must name one of the {columns.Count} columns{NearestName.Hint(name ?? "", columns.Select(column => column.Name))}."));
                else
                    found.Add(j);
            }

            return found;
        }
    }

    private void Reserve(int count)
    {
        long needed = (long)_rows + count, width = Math.Max(1, _sources.Length);
        if (needed <= _capacity)
            return;
        long most = Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / sizeof(double), Array.MaxLength) / width;
        if (needed > most)
            throw new InvalidDataException(Throw.Invariant($"{_blocks.Source} is too large: {Math.Max(needed, _blocks.Rows ?? 0)} rows of {width} columns are read as one table, and there is room for {most}; leave out columns or rows"));
        // What is known is taken once; it may be a lie, but memory that is never written to is none.
        long capacity = Math.Min(Math.Max(needed, _blocks.Rows ?? _capacity + _capacity / 2L), most);
        double[] values = GC.AllocateUninitializedArray<double>((int)(capacity * width));
        for (int k = 0; k < _sources.Length; k++)
            _values.AsSpan(k * _capacity, _rows).CopyTo(values.AsSpan((int)(k * capacity)));
        (_values, _capacity) = (values, (int)capacity);
    }

    // No infinity passes, and numbers that are to be levels become codes.
    private void Check(int k, Span<double> values)
    {
        BlockColumn column = _blocks.Columns[_sources[k]];
        if (column.Kind == BlockKind.Text)
            return;
        Span<char> text = stackalloc char[BlockColumn.LongestText];
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            if (double.IsInfinity(value))
                Throw.Data("table", Throw.Invariant($"'table' must hold finite numbers, but row {_rows + i + 1L}, column '{column.Name}', is {value}."));
            if (!_isCategory[k] || double.IsNaN(value))
                continue;
            if (column.IsIndistinct(value))
                Throw.Data("table", Throw.Invariant($"'table' must hold levels that double tells apart, but row {_rows + i + 1L}, column '{column.Name}', is {value}, which is one with its neighbours; write such keys as text."));
            values[i] = _levels[k].CodeOf(text[..column.Write(value, text)]);
        }
    }

    private TrainingTable Finish()
    {
        int rows = _rows, target = _options.Target is null ? -1 : Array.FindIndex(_sources, j => _blocks.Columns[j].Name == _options.Target);
        if (target >= 0)
            rows = DropRowsLacking(target);
        // The room between columns goes to the end.
        for (int k = 1; k < _sources.Length && _capacity > rows; k++)
            _values.AsSpan(k * _capacity, rows).CopyTo(_values.AsSpan(k * rows));
        InputColumn[] inputs = new InputColumn[_sources.Length];
        for (int k = 0; k < inputs.Length; k++)
        {
            string name = _blocks.Columns[_sources[k]].Name;
            inputs[k] = _isCategory[k] ? _levels[k].Finish(name, _values.AsSpan(k * rows, rows)) : InputColumn.Number(name);
        }

        TextColumn[] dates = [.. _sources.Where((j, k) => _blocks.Columns[j].Kind == BlockKind.Date && !_isCategory[k]).Select(j => new TextColumn(_blocks.Columns[j].Name, _blocks.Columns[j].Name, TextPart.Days))];
        return new(inputs, _values.AsMemory(0, rows * inputs.Length), rows, _apart, dates.Length == 0 ? null : TextFormat.Default with { Columns = dates })
        {
            TargetName = _options.Target,
            RowsWithoutTarget = _rows - rows,
        };
    }

    private int DropRowsLacking(int target)
    {
        int[] kept = [.. Enumerable.Range(0, _rows).Where(i => !double.IsNaN(_values[target * _capacity + i]))];
        if (kept.Length == 0)
            Throw.Data("target", Throw.Invariant($"'target' ({_options.Target}) must be known in some rows, but it is missing in all {_rows}."));
        for (int k = 0; k < _sources.Length && kept.Length < _rows; k++)
        {
            Span<double> column = _values.AsSpan(k * _capacity, _rows);
            for (int i = 0; i < kept.Length; i++)
                column[i] = column[kept[i]];
        }

        return kept.Length;
    }
}
