using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.TypedRows;

/// <summary>Writes typed rows into the columns of a table, one after another.</summary>
internal struct TableSink(IReadOnlyList<FeatureMember> members, int rows, string type) : IFeatureSink
{
    private readonly LevelCollector?[] _levels =
        [.. members.Select(member => member.Kind == InputKind.Category ? new LevelCollector() : null)];

    private int _row;
    private int _next;

    /// <summary>The values, column by column.</summary>
    public double[] Values { get; } = new double[members.Count * rows];

    public void Number(double value)
    {
        if (Next() is not null)
            WrongKind();
        Put(value);
    }

    public void Category(scoped ReadOnlySpan<char> level)
    {
        LevelCollector? levels = Next();
        if (levels is null)
            WrongKind();
        Put(levels!.CodeOf(level));
    }

    public void Missing()
    {
        Next();
        Put(double.NaN);
    }

    public void Unknown()
    {
        if (Next() is null)
            WrongKind();
        string name = members[_next - 1].Name;
        Throw.Data("rows", Throw.Invariant($"'rows' must hold values with a name, but '{name}' of row {_row} (of {rows}) is none of its enumeration."));
    }

    /// <summary>Every member of a row was handed over; on to the next row.</summary>
    public void EndRow()
    {
        if (_next != members.Count)
            Throw.RowContract(type, Throw.Invariant($"it has {members.Count} members and handed over {_next}"));
        _next = 0;
        _row++;
    }

    /// <summary>What the columns are, with their final codes in place.</summary>
    public readonly InputColumn[] Finish()
    {
        var columns = new InputColumn[members.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            string name = members[i].Name;
            columns[i] = _levels[i]?.Finish(name, Values.AsSpan(i * rows, rows)) ?? InputColumn.Number(name);
        }

        return columns;
    }

    private LevelCollector? Next()
    {
        if (_next >= members.Count)
            Throw.RowContract(type, Throw.Invariant($"it has {members.Count} members and handed over more"));
        return _levels[_next++];
    }

    private readonly void Put(double value) => Values[(_next - 1) * rows + _row] = value;

    private readonly void WrongKind() =>
        Throw.RowContract(type, Throw.Invariant($"'{members[_next - 1].Name}' was not handed over as the kind that it is"));
}
