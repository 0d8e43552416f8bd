using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Models;

/// <summary>Owns the coefficients of a model, on the heap or in a memory map. Thread-safe.</summary>
internal sealed class CoefficientStore : IDisposable
{
    private readonly MappedFile? _map;
    private readonly CoefficientRegion _region;
    private Arrays? _arrays;
    private volatile bool _disposed;

    /// <summary>Keeps coefficients that are on the heap already.</summary>
    public CoefficientStore(ModelContent content)
    {
        Count = content.Indices.Length;
        _arrays = new Arrays(ToArray(content.Indices), ToArray(content.Values), ToArray(content.StandardDeviations));
    }

    /// <summary>Uses coefficients where they lie in a map, and owns the map.</summary>
    public CoefficientStore(MappedFile map, CoefficientRegion region)
    {
        Count = region.Count;
        _map = map;
        _region = region;
    }

    /// <summary>Number of coefficients.</summary>
    public int Count { get; }

    /// <summary>The coefficients where they lie; to be disposed after use. Allocates nothing.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public CoefficientSpans Borrow()
    {
        if (_disposed)
            Throw.ModelDisposed();
        if (_map is null)
            return new CoefficientSpans(_arrays!.Indices, _arrays.Values, _arrays.StandardDeviations);
        return new CoefficientSpans(_region.In(_map.Acquire()), _map);
    }

    /// <summary>
    /// The coefficients on the heap, from where they can be handed out for any length of time: a span into a map
    /// would outlive the map. Copied from a map on first use, and only then.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public Arrays OnHeap()
    {
        if (_disposed)
            Throw.ModelDisposed();
        if (_arrays is { } known)
            return known;
        using CoefficientSpans mapped = Borrow();
        Arrays copy = new(mapped.Indices.ToArray(), mapped.Values.ToArray(), mapped.StandardDeviations.ToArray());
        return Interlocked.CompareExchange(ref _arrays, copy, null) ?? copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _map?.Dispose();
    }

    private static T[] ToArray<T>(ReadOnlyMemory<T> memory) =>
        MemoryMarshal.TryGetArray(memory, out ArraySegment<T> segment) && segment.Array is { } array && array.Length == memory.Length
            ? array
            : memory.ToArray();

    /// <summary>Coefficients on the heap.</summary>
    /// <param name="Indices">Features whose coefficient is not 0, ascending.</param>
    /// <param name="Values">Their coefficients.</param>
    /// <param name="StandardDeviations">Their columns' standard deviations.</param>
    internal sealed record Arrays(int[] Indices, double[] Values, double[] StandardDeviations);
}
