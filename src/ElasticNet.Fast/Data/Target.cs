using System.Runtime.CompilerServices;

namespace ElasticNet.Fast;

/// <summary>
/// The target y, and what else belongs to rows: weights, an offset, and who is held out with whom. Converts from arrays and spans by
/// itself and copies nothing: <c>y</c>, <c>[1, 2.5, 3]</c> or <c>new Target(y) { Weights = w }</c>.
/// </summary>
[CollectionBuilder(typeof(Target), nameof(Create))]
public readonly ref struct Target
{
    /// <summary>A continuous target.</summary>
    /// <param name="values">One finite number for each row.</param>
    public Target(ReadOnlySpan<double> values) => Values = values;

    /// <summary>The numbers, one for each row.</summary>
    public ReadOnlySpan<double> Values { get; }

    /// <summary>Observation weights ≥ 0, one per row; empty means equal. Only ratios matter. A row of weight 0 counts nowhere, and it may hold anything, NaN and infinities included.</summary>
    public ReadOnlySpan<double> Weights { get; init; }

    /// <summary>A known part oᵢ of the linear predictor, one per row; empty means 0.</summary>
    public ReadOnlySpan<double> Offset { get; init; }

    /// <summary>Which rows cross-validation holds out together; null means at random, as <see cref="ElasticNetOptions.Folds"/>, <see cref="ElasticNetOptions.Repeats"/> and <see cref="ElasticNetOptions.Seed"/> say.</summary>
    public FoldPlan? Folds { get; init; }

    /// <summary>What it is called, kept in the model; no feature may be called so. Null: <see cref="ElasticNetOptions.TargetName"/> says it.</summary>
    public string? Name { get; init; }

    /// <summary>The number of rows.</summary>
    public int Length => Values.Length;

    /// <summary>A continuous target, as <c>[1, 2.5, 3]</c> makes one.</summary>
    /// <param name="values">One finite number for each row.</param>
    public static Target Create(ReadOnlySpan<double> values) => new(values);

    /// <summary>The numbers, one by one.</summary>
    public ReadOnlySpan<double>.Enumerator GetEnumerator() => Values.GetEnumerator();

    /// <summary>A continuous target.</summary>
    /// <param name="values">One finite number for each row.</param>
    public static implicit operator Target(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(values);
    }

    /// <inheritdoc cref="op_Implicit(double[])"/>
    public static implicit operator Target(ReadOnlySpan<double> values) => new(values);

    /// <inheritdoc cref="op_Implicit(double[])"/>
    public static implicit operator Target(Span<double> values) => new(values);

    /// <inheritdoc cref="op_Implicit(double[])"/>
    public static implicit operator Target(ReadOnlyMemory<double> values) => new(values.Span);

    /// <inheritdoc cref="op_Implicit(double[])"/>
    public static implicit operator Target(Memory<double> values) => new(values.Span);
}
