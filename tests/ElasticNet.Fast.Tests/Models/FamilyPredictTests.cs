using ElasticNet.Fast.Models;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>The mean response is the link of the linear predictor, to the same bits by every route.</summary>
public class FamilyPredictTests
{
    public static TheoryData<string> Families => [.. All.Select(family => family.Title)];

    private static Family[] All => [.. Family.All.Where(family => !family.HasOutputs), Family.Tweedie(1.3), Family.NegativeBinomial(2)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_route_predicts_the_same_bits(string title)
    {
        Family family = All.Single(one => one.Title == title);
        foreach (bool hasOffset in new[] { false, true })
        {
            const int n = 37, p = 21;
            using ElasticNetModel model = new(Content(family, 5, p, hasOffset));
            Random random = new(1);
            double[,] rows = new double[n, p];
            double[] offset = hasOffset ? [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())] : [];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < p; j++)
                    rows[i, j] = random.Next(3) == 0 ? 0 : (float)(4 * random.NextDouble() - 2);
            }

            rows[3, model.Indices[0]] = double.NaN;
            double[] batch = new double[n], turned = new double[n], single = new double[n], sparse = new double[n], linear = new double[n], means = new double[n];
            double[] columns = [.. Enumerable.Range(0, p).SelectMany(j => Enumerable.Range(0, n).Select(i => rows[i, j]))];
            float[] floats = [.. rows.Cast<double>().Select(value => (float)value)];
            model.Predict(rows, batch, offset);
            model.Predict(MatrixView.ColumnMajor<double>(columns, n, p), turned, offset);
            model.Predict(MatrixView.RowMajor<float>(floats, n, p), single, offset);
            model.OnLinkScale.Predict(rows, linear, offset);
            family.Link.Inverse(linear, means);
            for (int i = 0; i < n; i++)
            {
                double[] row = [.. Enumerable.Range(0, p).Select(j => rows[i, j])];
                int[] stored = [.. Enumerable.Range(0, p).Where(j => row[j] != 0)];
                double[] values = [.. stored.Select(j => row[j])];
                double one = hasOffset ? model.Predict(row, offset[i]) : model.Predict(row);
                sparse[i] = hasOffset ? model.Predict(stored, values, offset[i]) : model.Predict(stored, values);
                Same(batch[i], one);
                double eta = hasOffset ? model.OnLinkScale.Predict(row, offset[i]) : model.OnLinkScale.Predict(row);
                Same(linear[i], eta);
            }

            Assert.Equal(0xFFF8000000000000, BitConverter.DoubleToUInt64Bits(batch[3]));
            for (int i = 0; i < n; i++)
            {
                Same(batch[i], turned[i]);
                Same(batch[i], single[i]);
                Same(batch[i], sparse[i]);
                if (i != 3)
                    Same(means[i], batch[i]);
            }
        }

        static void Same(double expected, double actual) => Assert.Equal(BitConverter.DoubleToUInt64Bits(expected), BitConverter.DoubleToUInt64Bits(actual));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_file_says_the_family_and_predicts_the_same(string title)
    {
        Family family = All.Single(one => one.Title == title);
        using ElasticNetModel model = new(Content(family, 7, 4, hasOffset: false));
        using ElasticNetModel loaded = ElasticNetModel.Load(SampleModels.Bytes(model));
        Assert.Equal(family, loaded.Family);
        double[] row = [0.5, -1, 2, 0.25];
        Assert.Equal(model.Predict(row), loaded.Predict(row));
        Assert.Equal(family.Link.Inverse(model.OnLinkScale.Predict(row)), model.Predict(row));
        // Which scale somebody looked at is not in the file.
        Assert.Equal(SampleModels.Bytes(model), SampleModels.Bytes(model.OnLinkScale));
    }

    [Fact]
    public void A_Gaussian_model_is_on_the_link_scale_already()
    {
        using ElasticNetModel model = SampleModels.Model(1, 3);
        Assert.Same(model, model.OnLinkScale);
    }

    internal static ModelContent Content(Family family, int seed, int features, bool hasOffset)
    {
        ModelContent content = SampleModels.Content(seed, features, density: 0.8, offset: hasOffset, curvePoints: 0);
        Random random = new(seed);
        double[] values = [.. content.Indices.ToArray().Select(_ => random.NextDouble() - 0.5)];
        return content with
        {
            Family = family,
            Values = values,
            Intercept = 0.25,
            Fit = content.Fit with { Intercept = 0.25 },
            Provenance = content.Provenance with { Measure = family.DefaultMeasure },
        };
    }
}
