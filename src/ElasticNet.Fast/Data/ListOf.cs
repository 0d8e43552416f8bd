using System.Collections;
using System.Runtime.CompilerServices;

namespace ElasticNet.Fast;

/// <summary>
/// A list in options: immutable, and equal to another that holds equal values in the same order, so that options compare by content. Made by
/// a collection expression (<c>[0.1, 0.5]</c>) or from an array or memory, whose values are copied once. The default is the empty list.
/// </summary>
/// <typeparam name="T">What it holds. Numbers are equal as <see cref="double.Equals(double)"/> says: NaN equals itself.</typeparam>
[CollectionBuilder(typeof(ListOf), nameof(ListOf.Create))]
public readonly struct ListOf<T> : IReadOnlyList<T>, IEquatable<ListOf<T>>
{
    /// <summary>Null where the list is empty.</summary>
    private readonly T[]? _values;

    internal ListOf(ReadOnlySpan<T> values) => _values = values.IsEmpty ? null : values.ToArray();

    /// <summary>The number of values.</summary>
    public int Count => Span.Length;

    /// <summary>Whether there is no value.</summary>
    public bool IsEmpty => _values is null;

    /// <summary>The values, not copied.</summary>
    public ReadOnlySpan<T> Span => _values;

    /// <summary>One value.</summary>
    /// <param name="index">Which, in [0, <see cref="Count"/>).</param>
    /// <exception cref="IndexOutOfRangeException">There is none at this place.</exception>
    public T this[int index] => Span[index];

    /// <summary>The values of an array; null counts as empty.</summary>
    /// <param name="values">The values, which are copied.</param>
    public static implicit operator ListOf<T>(T[]? values) => new(values);

    /// <summary>The values of a memory, such as a vector of a result.</summary>
    /// <param name="values">The values, which are copied.</param>
    public static implicit operator ListOf<T>(ReadOnlyMemory<T> values) => new(values.Span);

    /// <summary>Whether two lists hold equal values in the same order.</summary>
    public static bool operator ==(ListOf<T> left, ListOf<T> right) => left.Equals(right);

    /// <summary>Whether two lists differ in a value or in their length.</summary>
    public static bool operator !=(ListOf<T> left, ListOf<T> right) => !left.Equals(right);

    /// <summary>A copy of the values.</summary>
    public T[] ToArray() => Span.ToArray();

    /// <summary>Goes through the values without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_values ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_values ?? []).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ListOf<T> other) => ReferenceEquals(_values, other._values) || Span.SequenceEqual(other.Span, comparer: null);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ListOf<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (T value in Span)
            hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary>The values in brackets, as they are written in a collection expression.</summary>
    public override string ToString() => $"[{string.Join(", ", this.Select(value => Throw.Invariant($"{value}")))}]";
}

/// <summary>What a collection expression calls to make a <see cref="ListOf{T}"/>.</summary>
public static class ListOf
{
    /// <summary>A list of these values.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="values">The values, which are copied.</param>
    public static ListOf<T> Create<T>(ReadOnlySpan<T> values) => new(values);
}
