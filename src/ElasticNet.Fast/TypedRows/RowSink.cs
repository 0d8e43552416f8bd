using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.TypedRows;

/// <summary>Writes one typed row into the raw row of a model. Its calls are inlined into the code that hands the row over.</summary>
internal ref struct RowSink(ReadOnlySpan<MemberTarget> targets, Span<double> row, string type) : IFeatureSink
{
    private readonly ReadOnlySpan<MemberTarget> _targets = targets;
    private readonly Span<double> _row = row;
    private int _next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(double value)
    {
        ref readonly MemberTarget target = ref Next();
        if (target.Column is not null)
            WrongKind();
        if (target.Slot >= 0)
            _row[target.Slot] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Category(scoped ReadOnlySpan<char> level)
    {
        ref readonly MemberTarget target = ref Next();
        if (target.Column is { } column)
            _row[target.Slot] = column.CodeOf(level);
        else if (target.Slot >= 0)
            WrongKind();
    }

    public void Missing()
    {
        ref readonly MemberTarget target = ref Next();
        if (target.Slot >= 0)
            _row[target.Slot] = double.NaN;
    }

    public void Unknown()
    {
        ref readonly MemberTarget target = ref Next();
        if (target.Column is not null)
            _row[target.Slot] = InputColumn.UnknownLevel;
        else if (target.Slot >= 0)
            WrongKind();
    }

    /// <summary>Every member was handed over; so every input was written that is read.</summary>
    public readonly void EndRow()
    {
        if (_next != _targets.Length)
            TooFew();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly MemberTarget Next()
    {
        if ((uint)_next >= (uint)_targets.Length)
            TooMany();
        return ref _targets[_next++];
    }

    // Apart from the calls above, which stay small.
    [DoesNotReturn]
    private readonly void WrongKind() =>
        Throw.RowContract(type, Throw.Invariant($"member {_next - 1} of {_targets.Length} was not handed over as the kind that it is"));

    [DoesNotReturn]
    private readonly void TooFew() =>
        Throw.RowContract(type, Throw.Invariant($"it has {_targets.Length} members and handed over {_next}"));

    [DoesNotReturn]
    private readonly void TooMany() =>
        Throw.RowContract(type, Throw.Invariant($"it has {_targets.Length} members and handed over more"));
}
