using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Models;

/// <summary>Where in a checked model file its coefficients lie.</summary>
/// <param name="Start">Offset of the first value; a multiple of <see cref="ModelFile.Alignment"/>.</param>
/// <param name="Count">Number of coefficients.</param>
internal readonly record struct CoefficientRegion(int Start, int Count)
{
    /// <summary>The arrays where they lie, which may be at any address: copy them unless the file is mapped.</summary>
    public CoefficientSpans In(ReadOnlySpan<byte> file)
    {
        int bytes = Count * sizeof(double);
        ReadOnlySpan<byte> values = file.Slice(Start, bytes);
        ReadOnlySpan<byte> deviations = file.Slice(Start + bytes, bytes);
        ReadOnlySpan<byte> indices = file.Slice(Start + 2 * bytes, Count * sizeof(int));
        return new CoefficientSpans(
            MemoryMarshal.Cast<byte, int>(indices), MemoryMarshal.Cast<byte, double>(values), MemoryMarshal.Cast<byte, double>(deviations));
    }
}
