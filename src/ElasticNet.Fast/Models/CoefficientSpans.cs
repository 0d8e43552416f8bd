namespace ElasticNet.Fast.Models;

/// <summary>
/// The three arrays of a model's coefficients, for as long as they are sure to stay where they are: where they lie in
/// a memory map, the map cannot go before this is disposed, whoever disposes the model meanwhile.
/// </summary>
internal readonly ref struct CoefficientSpans
{
    private readonly MappedFile? _map;

    /// <summary>Arrays that stay: on the heap, or in memory that the caller keeps.</summary>
    public CoefficientSpans(ReadOnlySpan<int> indices, ReadOnlySpan<double> values, ReadOnlySpan<double> standardDeviations)
    {
        Indices = indices;
        Values = values;
        StandardDeviations = standardDeviations;
    }

    /// <summary>Arrays of a map that the caller has acquired; disposing this releases it.</summary>
    public CoefficientSpans(CoefficientSpans mapped, MappedFile acquired)
    {
        this = mapped;
        _map = acquired;
    }

    /// <summary>Features whose coefficient is not 0, ascending.</summary>
    public ReadOnlySpan<int> Indices { get; }

    /// <summary>Their coefficients; of several outputs those of a feature side by side.</summary>
    public ReadOnlySpan<double> Values { get; }

    /// <summary>Their columns' standard deviations.</summary>
    public ReadOnlySpan<double> StandardDeviations { get; }

    /// <summary>Lets a map go.</summary>
    public void Dispose() => _map?.Release();
}
