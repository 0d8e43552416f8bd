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
    /// <param name="columns">How many raw columns are numbers.</param>
    /// <param name="options">How many neighbours count, and how much.</param>
    public static NeighborImputer Read(SectionReader section, int columns, PreparationOptions options)
    {
        int rows = section.Count("donors"), width = section.Count("columns of donors");
        if (width != columns)
            Throw.ModelFile($"'columns of donors' ({width}) must be the {columns} raw columns of numbers");
        if (options.Neighbors < 1 || !Enum.IsDefined(options.NeighborWeighting))
            Throw.ModelFile($"'neighbors' ({options.Neighbors}) must be at least 1 and their weighting ({(uint)options.NeighborWeighting}) 0 or 1");
        long count = (long)rows * width;
        section.RequireRemaining(count * sizeof(double));
        double[] donors = section.Doubles((int)count);
        for (int i = 0; i < donors.Length; i++)
        {
            if (double.IsInfinity(donors[i]))
                Throw.ModelFile($"'donor' {i % rows}, column {i / rows} ({donors[i]}) must not be infinite");
        }

        return NeighborImputer.Learn(donors, rows, width, options.Neighbors, options.NeighborWeighting);
    }
}
