using Xunit;

namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>Rows of weight 0 contribute nothing, whatever they hold: every answer is that of the other rows alone.</summary>
public class WeightZeroTests
{
    public static TheoryData<int, int, double, bool> Cases
    {
        get
        {
            TheoryData<int, int, double, bool> cases = new();
            foreach ((int rows, int columns) in new[] { (24, 40), (60, 50), (200, 6), (6000, 6) })
            {
                foreach (double held in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -double.MaxValue, 1e40, 7 })
                {
                    cases.Add(rows, columns, held, false);
                    cases.Add(rows, columns, held, true);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_as_without_them(int rows, int columns, double held, bool isRowMajor)
    {
        Data data = new(rows, columns, held, isRowMajor);
        ElasticNetOptions all = new() { Weights = data.Weights, Offset = data.Offset, LambdaCount = 12, FoldPlan = FoldPlan.Given(data.Folds), L1Ratios = new[] { 0.7 } };
        ElasticNetOptions kept = new() { Offset = data.KeptOffset, LambdaCount = 12, FoldPlan = FoldPlan.Given(data.KeptFolds), L1Ratios = new[] { 0.7 } };
        Agree(ElasticNetEstimator.Path(data.View, data.Y, 0.7, all), ElasticNetEstimator.Path(data.Kept, data.KeptY, 0.7, kept));
        ElasticNetModel fit = ElasticNetEstimator.Fit(data.View, data.Y, 0.01, 0, all), alone = ElasticNetEstimator.Fit(data.Kept, data.KeptY, 0.01, 0, kept);
        Assert.Equal(alone.Intercept, fit.Intercept, 1e-12);

        foreach (PreparationOptions? preparation in new[] { null, new PreparationOptions { Imputation = ImputationMethod.Mean, Scaling = ScalingMethod.Standard } })
        {
            CrossValidationResult cv = ElasticNetEstimator.CrossValidate(data.View, data.Y, all with { Preparation = preparation });
            CrossValidationResult without = ElasticNetEstimator.CrossValidate(data.Kept, data.KeptY, kept with { Preparation = preparation });
            Agree(cv.Best.Path, without.Best.Path);
            for (int k = 0; k < cv.Best.Points.Count; k++)
                Assert.Equal(without.Best.Points[k].Mean, cv.Best.Points[k].Mean, 1e-12);
        }

        if (rows > 1000)
            return;
        PathCriteria criteria = ElasticNetEstimator.Criteria(data.View, data.Y, 0.7, all), judged = ElasticNetEstimator.Criteria(data.Kept, data.KeptY, 0.7, kept);
        Assert.Equal(judged.Points[5].Gcv, criteria.Points[5].Gcv, 1e-12);
        StabilityOptions stability = new() { Pairs = 4 };
        Assert.Equal(
            ElasticNetEstimator.Stability(data.Kept, data.KeptY, stability, kept).Lambdas.ToArray().Length,
            ElasticNetEstimator.Stability(data.View, data.Y, stability, all).Lambdas.ToArray().Length);
    }

    /// <summary>Rows held out in a fold are measured: they must be finite, and are named where they are not.</summary>
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rows_that_a_fold_holds_out_must_be_finite(double bad)
    {
        Data data = new(60, 4, 0, false);
        double[] x = data.X;
        x[2 * 60 + 7] = bad;
        Refusal.OfArgument(
            () => ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, 60, 4), data.Y, new() { Weights = data.Weights, FoldPlan = FoldPlan.Given(data.Folds) }),
            "row 7", "column 2");
    }

    /// <summary>Inference takes the rows that count.</summary>
    [Fact]
    public void Inference_is_that_of_the_other_rows()
    {
        Data data = new(60, 4, double.NaN, false);
        InferenceOptions inference = new() { Lambda = 0.01 };
        InferenceResult all = new ElasticNetInference(data.View, data.Y, new() { Weights = data.Weights }).Debiased(inference);
        InferenceResult kept = new ElasticNetInference(data.Kept, data.KeptY).Debiased(inference);
        Assert.Equal(kept.Coefficients.Select(f => f.Estimate), all.Coefficients.Select(f => f.Estimate), (a, b) => Math.Abs(a - b) < 1e-11);
    }

    private static void Agree(RegularizationPath path, RegularizationPath expected)
    {
        Assert.Equal(expected.Count, path.Count);
        for (int k = 0; k < path.Count; k++)
        {
            Assert.Equal(expected[k].Lambda, path[k].Lambda, 1e-13);
            Assert.Equal(expected[k].Intercept, path[k].Intercept, 1e-11);
            for (int j = 0; j < expected[k].Coefficients.FeatureCount; j++)
                Assert.Equal(expected[k].Coefficients[j], path[k].Coefficients[j], 1e-11);
        }
    }

    private sealed class Data
    {
        private readonly double[] _kept;
        private readonly bool _isRowMajor;
        private readonly int _rows, _columns;

        public Data(int rows, int columns, double held, bool isRowMajor)
        {
            (_rows, _columns, _isRowMajor) = (rows, columns, isRowMajor);
            Random random = new(rows);
            (X, Y, Weights, Offset, Folds) = (new double[rows * columns], new double[rows], new double[rows], new double[rows], new int[rows]);
            int[] places = [.. Enumerable.Range(0, rows).Where(i => i % 5 != 0)];
            for (int i = 0; i < rows; i++)
            {
                bool counts = i % 5 != 0;
                for (int j = 0; j < columns; j++)
                    X[j * rows + i] = counts ? random.NextDouble() - 0.5 : held;
                Offset[i] = counts ? 0.1 * random.NextDouble() : held;
                Y[i] = counts ? X[i] - 0.5 * X[rows + i] + 0.3 * random.NextDouble() : held;
                (Weights[i], Folds[i]) = (counts ? 1 : 0, i % 4);
            }

            _kept = [.. Enumerable.Range(0, columns).SelectMany(j => places.Select(i => X[j * rows + i]))];
            (KeptY, KeptOffset) = (Array.ConvertAll(places, i => Y[i]), Array.ConvertAll(places, i => Offset[i]));
            KeptFolds = Array.ConvertAll(places, i => Folds[i]);
            if (isRowMajor)
                X = [.. Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, columns).Select(j => X[j * rows + i]))];
        }

        public double[] X { get; }

        public double[] Y { get; }

        public double[] Weights { get; }

        public double[] Offset { get; }

        public int[] Folds { get; }

        public double[] KeptY { get; }

        public double[] KeptOffset { get; }

        public int[] KeptFolds { get; }

        public MatrixView<double> View => _isRowMajor ? MatrixView.RowMajor<double>(X, _rows, _columns) : MatrixView.ColumnMajor<double>(X, _rows, _columns);

        public MatrixView<double> Kept => MatrixView.ColumnMajor<double>(_kept, KeptY.Length, _columns);
    }
}
