using System.Runtime.CompilerServices;

namespace ElasticNet.Fast;

/// <summary>The target y: one number for each row. Converts from arrays and spans by itself and copies nothing.</summary>
[CollectionBuilder(typeof(Target), nameof(Create))]
public readonly ref struct Target
{
    /// <summary>A continuous target.</summary>
    /// <param name="values">One finite number for each row.</param>
    public Target(ReadOnlySpan<double> values) => Values = values;

    /// <summary>The numbers, one for each row.</summary>
    public ReadOnlySpan<double> Values { get; }

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
