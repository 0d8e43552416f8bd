using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>"DONR": training rows, as far as they are numbers, in which the neighbours of an incomplete row are looked for.</summary>
internal static class DonorSection
{
    /// <summary>Writes the rows column by column; NaN is missing.</summary>
    public static void Write(SectionWriter file, NeighborImputer neighbors)
    {
        file.Begin(SectionKind.Donors);
        file.UInt32((uint)neighbors.Rows);
        file.UInt32((uint)neighbors.Columns);
        file.Numbers(neighbors.Donors.Span);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">What the raw columns are, at least one of them a number, and how many neighbours count, and how much.</param>
    public static NeighborImputer Read(SectionReader section, PreparationOptions options)
    {
        int rows = section.Count("donors"), width = section.Count("columns of donors");
        int columns = options.Inputs.Count(input => input.Kind == InputKind.Number);
        if (rows == 0 || width != columns)
            Throw.ModelFile($"'donors' ({rows}) must be at least 1 and 'columns of donors' ({width}) the {columns} raw columns of numbers");
        long count = (long)rows * width;
        section.RequireRemaining(count * sizeof(double));
        double[] donors = section.Doubles((int)count);
        int infinite = donors.AsSpan().IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
        if (infinite >= 0)
            Throw.ModelFile($"'donor' {infinite % rows}, column {infinite / rows} ({donors[infinite]}) must not be infinite");
        return NeighborImputer.Learn(donors, rows, width, options.Neighbors, options.NeighborWeighting);
    }
}
