using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Models;

/// <summary>Where in a checked model file its coefficients lie.</summary>
/// <param name="Start">Offset of the first value; a multiple of <see cref="ModelFile.Alignment"/>.</param>
/// <param name="Count">Number of features with coefficients.</param>
/// <param name="Outputs">Number of coefficients of each.</param>
internal readonly record struct CoefficientRegion(int Start, int Count, int Outputs)
{
    /// <summary>The arrays where they lie, which may be at any address: copy them unless the file is mapped.</summary>
    public CoefficientSpans In(ReadOnlySpan<byte> file)
    {
        int bytes = Count * sizeof(double), all = Outputs * bytes;
        ReadOnlySpan<byte> values = file.Slice(Start, all);
        ReadOnlySpan<byte> deviations = file.Slice(Start + all, bytes);
        ReadOnlySpan<byte> indices = file.Slice(Start + all + bytes, Count * sizeof(int));
        return new CoefficientSpans(
            MemoryMarshal.Cast<byte, int>(indices), MemoryMarshal.Cast<byte, double>(values), MemoryMarshal.Cast<byte, double>(deviations));
    }
}
