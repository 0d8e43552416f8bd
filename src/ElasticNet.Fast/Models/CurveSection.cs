namespace ElasticNet.Fast.Models;

/// <summary>"CURV": the cross-validation curves, for inspection and plots. A reader that only predicts may skip it.</summary>
internal static class CurveSection
{
    /// <summary>Writes one record a point.</summary>
    public static void Write(SectionWriter file, ReadOnlySpan<CrossValidationPoint> points)
    {
        file.Begin(SectionKind.Curve);
        file.UInt32((uint)points.Length);
        file.UInt32(0);
        foreach (ref readonly CrossValidationPoint point in points)
        {
            file.Double(point.L1Ratio);
            file.Double(point.Lambda);
            file.Double(point.Mean);
            file.Double(point.StandardError);
            file.Double(point.RSquared);
            file.UInt32((uint)point.NonZeroCount);
            file.UInt32(0);
        }
        file.End();
    }

    /// <summary>Reads them back.</summary>
    public static CrossValidationPoint[] Read(SectionReader section)
    {
        int count = section.Count("cross-validation points");
        section.Zeros(sizeof(uint));
        if (count == 0)
            Throw.ModelFile($"'cross-validation points' ({count}) must not be 0 in a section of their own");
        section.RequireRemaining(count * (long)ModelFile.CurvePointSize);
        CrossValidationPoint[] points = new CrossValidationPoint[count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new CrossValidationPoint(
                L1Ratio: section.Double(), Lambda: section.Double(), Mean: section.Double(), StandardError: section.Double(),
                RSquared: section.Double(), NonZeroCount: section.Count("non-zero count"));
            section.Zeros(sizeof(uint));
        }
        return points;
    }
}
