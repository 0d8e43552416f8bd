using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>"MTCH": observed training values, beside what the equations predict for them, that take the place of what equations put into gaps.</summary>
internal static class MatchSection
{
    /// <summary>Writes how many donors are compared, and the tables of all columns of numbers.</summary>
    public static void Write(SectionWriter file, int donors, ReadOnlySpan<MatchTable> tables)
    {
        file.Begin(SectionKind.Matches);
        file.UInt32((uint)donors);
        file.UInt32((uint)tables.Length);
        int total = 0;
        foreach (MatchTable table in tables)
            total += table.Values.Length;
        file.UInt32((uint)total);
        file.UInt32(0);
        foreach (MatchTable table in tables)
            file.Numbers(table.Predictions);
        foreach (MatchTable table in tables)
            file.Numbers(table.Values);
        foreach (MatchTable table in tables)
            file.UInt32((uint)table.Values.Length);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    /// <param name="section">The section.</param>
    /// <param name="columns">Raw columns of numbers.</param>
    /// <param name="donors">How many donors are compared.</param>
    public static MatchTable[] Read(SectionReader section, int columns, out int donors)
    {
        donors = section.Count("donors of a match");
        int width = section.Count("columns of matches"), total = section.Count("matches");
        section.Zeros(sizeof(uint));
        if (donors is < 1 or > MatchTable.MostDonors)
            Throw.ModelFile($"'donors of a match' ({donors}) must be from 1 to {MatchTable.MostDonors}");
        if (width != columns)
            Throw.ModelFile($"'columns of matches' ({width}) must be the {columns} raw columns of numbers");
        section.RequireRemaining(2L * total * sizeof(double) + width * (long)sizeof(int));
        double[] predictions = section.Doubles(total), values = section.Doubles(total);
        int[] counts = section.Integers(width);
        MatchTable[] tables = new MatchTable[width];
        long start = 0;
        for (int column = 0; column < width; column++)
        {
            if (counts[column] < 0 || start + counts[column] > total)
                Throw.ModelFile($"the matches of column {column} ({(uint)counts[column]}) must be among the {total - start} left of {total}");
            int end = (int)start + counts[column];
            Check(column, predictions.AsSpan((int)start..end), values.AsSpan((int)start..end));
            tables[column] = new(predictions[(int)start..end], values[(int)start..end]);
            start = end;
        }

        if (start != total)
            Throw.ModelFile($"the matches of the columns ({start}) must come to the {total} of the section");
        return tables;
    }

    private static void Check(int column, ReadOnlySpan<double> predictions, ReadOnlySpan<double> values)
    {
        for (int k = 0; k < predictions.Length; k++)
        {
            if (!double.IsFinite(predictions[k]) || (k > 0 && !(predictions[k] > predictions[k - 1])))
                Throw.ModelFile($"prediction {k} of the matches of column {column} ({predictions[k]}) must be finite and above the one before");
            if (!double.IsFinite(values[k]))
                Throw.ModelFile($"value {k} of the matches of column {column} ({values[k]}) must be finite");
        }
    }
}
