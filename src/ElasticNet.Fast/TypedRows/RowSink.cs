namespace ElasticNet.Fast.TypedRows;

/// <summary>Writes one typed row into the raw row of a model.</summary>
internal ref struct RowSink(ReadOnlySpan<MemberTarget> targets, Span<double> row, string type) : IFeatureSink
{
    private readonly ReadOnlySpan<MemberTarget> _targets = targets;
    private readonly Span<double> _row = row;
    private int _next;

    public void Number(double value)
    {
        MemberTarget target = Next();
        if (target.Column is not null)
            WrongKind();
        if (target.Slot >= 0)
            _row[target.Slot] = value;
    }

    public void Category(scoped ReadOnlySpan<char> level)
    {
        MemberTarget target = Next();
        if (target.Column is { } column)
            _row[target.Slot] = column.CodeOf(level);
        else if (target.Slot >= 0)
            WrongKind();
    }

    public void Missing()
    {
        MemberTarget target = Next();
        if (target.Slot >= 0)
            _row[target.Slot] = double.NaN;
    }

    public void Unknown()
    {
        MemberTarget target = Next();
        if (target.Column is not null)
            _row[target.Slot] = InputColumn.UnknownLevel;
        else if (target.Slot >= 0)
            WrongKind();
    }

    /// <summary>Every member was handed over; so every input was written.</summary>
    public readonly void EndRow()
    {
        if (_next != _targets.Length)
            Throw.RowContract(type, Throw.Invariant($"it has {_targets.Length} members and handed over {_next}"));
    }

    private MemberTarget Next()
    {
        if (_next >= _targets.Length)
            Throw.RowContract(type, Throw.Invariant($"it has {_targets.Length} members and handed over more"));
        return _targets[_next++];
    }

    private readonly void WrongKind() =>
        Throw.RowContract(type, Throw.Invariant($"member {_next - 1} of {_targets.Length} was not handed over as the kind that it is"));
}
