using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>"PATH": the solutions that a model was chosen from, for inspection and pictures. A reader that only predicts may skip it.</summary>
internal static class PathSection
{
    private const int PointSize = 6 * sizeof(double) + 2 * sizeof(uint);

    /// <summary>Writes a record a λ, then what is as long as it comes: the widest first, so that each is aligned.</summary>
    public static void Write(SectionWriter file, RegularizationPath path)
    {
        file.Begin(SectionKind.Path);
        file.UInt32((uint)path.Count);
        file.UInt32((uint)path.EverSelected.Length);
        file.UInt32((uint)path.Sum(point => point.Coefficients.Indices.Length));
        file.UInt32((uint)path.Rows);
        file.Double(path.L1Ratio);
        file.Double(path.LambdaMax);
        foreach (PathPoint point in path)
        {
            file.Double(point.Lambda);
            file.Double(path.OutputNames is null ? point.Intercept : 0);
            file.Double(point.Fit.DegreesOfFreedom);
            file.Double(point.Fit.DevianceRatio);
            file.Double(point.RelativeGap);
            file.Double(point.Fit.KktResidual);
            file.UInt32((uint)point.Coefficients.Indices.Length);
            file.UInt32(0);
        }

        foreach (PathPoint point in path)
            file.Numbers(point.Intercepts.Span);
        file.Numbers(path.StandardDeviations.Span);
        foreach (PathPoint point in path)
            file.Numbers(point.Coefficients.Values);
        file.Numbers(path.EverSelected.Span);
        foreach (PathPoint point in path)
            file.Numbers(point.Coefficients.Indices);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    public static RegularizationPath Read(SectionReader section, in SchemaSection.Schema schema, Preparation? preparation, IReadOnlyList<string>? outputNames)
    {
        int outputs = outputNames?.Count ?? 1;
        int count = section.Count("λ of the path"), selected = section.Count("selected features of the path");
        int coefficients = section.Count("coefficients of the path"), rows = section.Count("rows of the path");
        double l1Ratio = section.Double(), lambdaMax = section.Double();
        if (count == 0)
            Throw.ModelFile($"'λ of the path' ({count}) must not be 0 in a section of their own");
        if (!(l1Ratio is >= 0 and <= 1))
            Throw.ModelFile($"'l1 ratio' of the path ({l1Ratio}) must be in [0, 1]");
        if (!(lambdaMax >= 0 && double.IsFinite(lambdaMax)))
            Throw.ModelFile($"'λ_max' of the path ({lambdaMax}) must be finite and not negative");
        section.RequireRemaining(
            count * (PointSize + (outputs == 1 ? 0 : outputs * (long)sizeof(double))) + selected * (long)(sizeof(double) + sizeof(int)) + coefficients * (outputs * (long)sizeof(double) + sizeof(int)));
        ElasticNetFit[] fits = ReadFits(ref section, count, l1Ratio, coefficients, outputs);
        double[] deviations = section.Doubles(selected);
        foreach (double deviation in deviations)
        {
            if (!(deviation >= 0 && double.IsFinite(deviation)))
                Throw.ModelFile($"a 'standard deviation' of the path ({deviation}) must be finite and not negative");
        }

        double[][] values = Array.ConvertAll(fits, _ => Array.Empty<double>());
        for (int k = 0; k < count; k++)
            values[k] = section.Doubles(fits[k].NonZeroCount * outputs);
        int[] everSelected = section.Integers(selected);
        Ascending(everSelected, schema.FeatureCount);
        PathPoint[] points = new PathPoint[count];
        bool[] seen = new bool[selected];
        for (int k = 0; k < count; k++)
        {
            int[] indices = section.Integers(fits[k].NonZeroCount);
            Ascending(indices, schema.FeatureCount);
            Check(indices, values[k], outputs, everSelected, seen);
            points[k] = new(fits[k], new(schema.FeatureCount, indices, values[k], outputs));
        }

        if (seen.Contains(false))
            Throw.ModelFile($"each of the {selected} selected features of the path must have a coefficient");
        return new(points, l1Ratio, lambdaMax, rows, schema.FeatureCount, everSelected, deviations, schema.FeatureNames, preparation) { OutputNames = outputNames };
    }

    private static ElasticNetFit[] ReadFits(ref SectionReader section, int count, double l1Ratio, int coefficients, int outputs)
    {
        ElasticNetFit[] fits = new ElasticNetFit[count];
        long total = 0;
        double before = double.PositiveInfinity;
        for (int k = 0; k < count; k++)
        {
            double lambda = section.Double(), intercept = section.Double();
            if (!(lambda >= 0 && lambda < before))
                Throw.ModelFile($"'lambda' {k} of the path ({lambda}) must be finite, not negative, and below the one before ({before})");
            if (!double.IsFinite(intercept))
                Throw.ModelFile($"'intercept' {k} of the path ({intercept}) must be finite");
            before = lambda;
            fits[k] = new()
            {
                Lambda = lambda,
                L1Ratio = l1Ratio,
                Intercept = intercept,
                DegreesOfFreedom = section.Double(),
                DevianceRatio = section.Double(),
                RelativeGap = section.Double(),
                KktResidual = section.Double(),
                NonZeroCount = section.Count("non-zero count of the path"),
            };
            section.Zeros(sizeof(uint));
            total += fits[k].NonZeroCount;
        }

        if (total != coefficients)
            Throw.ModelFile($"the non-zero counts of the path ({total}) must come to its {coefficients} coefficients");
        for (int k = 0; k < count && outputs > 1; k++)
        {
            double[] intercepts = section.Doubles(outputs);
            int at = Array.FindIndex(intercepts, intercept => !double.IsFinite(intercept));
            if (at >= 0 || BitConverter.DoubleToUInt64Bits(fits[k].Intercept) != 0)
                Throw.ModelFile($"'intercept' {k} of the path ({(at >= 0 ? intercepts[at] : fits[k].Intercept)}) must be {(at >= 0 ? "finite" : Throw.Invariant($"0 where each of {outputs} outputs has its own"))}");
            fits[k] = fits[k] with { Intercepts = intercepts };
        }

        return fits;
    }

    private static void Ascending(int[] features, int featureCount)
    {
        int before = -1;
        foreach (int feature in features)
        {
            if (feature <= before || feature >= featureCount)
                Throw.ModelFile($"a feature of the path ({feature}) must be above the one before ({before}) and below the {featureCount} features");
            before = feature;
        }
    }

    private static void Check(int[] indices, double[] values, int outputs, int[] everSelected, bool[] seen)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<double> own = values.AsSpan(i * outputs, outputs);
            foreach (double value in own)
            {
                if (!double.IsFinite(value) || value == 0 && outputs == 1)
                    Throw.ModelFile($"a coefficient of feature {indices[i]} on the path ({value}) must be finite{(outputs == 1 ? " and not 0" : "")}");
            }

            if (!own.ContainsAnyExcept(0.0))
                Throw.ModelFile($"the coefficients of feature {indices[i]} on the path must not all be 0, but those of all {outputs} outputs are");
            int place = Array.BinarySearch(everSelected, indices[i]);
            if (place < 0)
                Throw.ModelFile($"feature {indices[i]} has a coefficient on the path but is not among its {everSelected.Length} selected features");
            seen[place] = true;
        }
    }
}
