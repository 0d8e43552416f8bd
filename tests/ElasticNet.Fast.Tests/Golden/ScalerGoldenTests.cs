namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Scalers agree with scikit-learn's, on tables with and without gaps.</summary>
public class ScalerGoldenTests
{
    private static readonly Dictionary<string, ScalerOptions> s_options = new()
    {
        ["standard"] = new(),
        ["standard_weighted"] = new(),
        ["minmax"] = new() { Method = ScalingMethod.MinMax },
        ["minmax_-1_2"] = new() { Method = ScalingMethod.MinMax, TargetMinimum = -1, TargetMaximum = 2 },
        ["maxabs"] = new() { Method = ScalingMethod.MaxAbs },
        ["robust_25_75"] = new() { Method = ScalingMethod.Robust },
        ["robust_10_90"] = new() { Method = ScalingMethod.Robust, LowerQuantile = 0.1, UpperQuantile = 0.9 },
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string name in new[] { "airquality.scale", "breast_cancer.scale" })
            {
                foreach (string result in s_options.Keys)
                    cases.Add(name, result);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scales_and_scaled_rows_agree(string name, string result)
    {
        PreparationGolden golden = new(name);
        double[,] x = PreparationGolden.Table(name);
        double[] weights = result == "standard_weighted" ? [.. Enumerable.Range(1, x.GetLength(0)).Select(i => i % 4 + 1.0)] : [];
        Scaler scaler = Scaler.Fit(x, s_options[result], weights);
        int compared = 0;
        void Agree(string part, Func<int, double> actual)
        {
            if (golden.Columns(result, part) is not { } expected)
                return;
            Assert.Equal(x.GetLength(1), expected.Length);
            for (int j = 0; j < expected.Length; j++, compared++)
                PreparationGolden.Agree(expected[j], actual(j), $"{part}, column {j}");
        }

        bool minMax = scaler.Method == ScalingMethod.MinMax;
        Agree("mean", j => scaler.Centers.Span[j]);
        Agree("center", j => scaler.Centers.Span[j]);
        Agree("min", j => scaler.Centers.Span[j]);
        Agree("max", j => scaler.Centers.Span[j] + scaler.Scales.Span[j]);
        if (!minMax)
            Agree("scale", j => scaler.Scales.Span[j]);
        Agree("var", j => scaler.Scales.Span[j] * scaler.Scales.Span[j]);
        if (golden.Has(result, "first5"))
        {
            double[][] first = golden.Rows(result, "first5");
            double[,] scaled = new double[x.GetLength(0), x.GetLength(1)];
            scaler.Transform(x, scaled);
            for (int i = 0; i < first.Length; i++)
            {
                for (int j = 0; j < first[i].Length; j++, compared++)
                    PreparationGolden.Agree(first[i][j], scaled[i, j], $"row {i}, column {j}");
            }
        }

        Assert.True(compared >= x.GetLength(1));
    }
}
