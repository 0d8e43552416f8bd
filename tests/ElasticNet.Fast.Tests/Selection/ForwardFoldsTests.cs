using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Selection;
using ElasticNet.Fast.Tests.BadInput;
using ElasticNet.Fast.Tests.Inference;

namespace ElasticNet.Fast.Tests.Selection;

/// <summary>Folds that go forward in time: whatever cross-validates does as if the training rows of each had been copied and fitted alone.</summary>
public class ForwardFoldsTests
{
    private const int Folds = 5;

    public enum Storage
    {
        Dense,
        Floats,
        Sparse,
        Prepared,
    }

    // Tall with first blocks that are wide, all tall, square, wide.
    public static TheoryData<Storage, int, int, double, double> Cases()
    {
        TheoryData<Storage, int, int, double, double> cases = [];
        foreach (Storage storage in Enum.GetValues<Storage>())
        {
            foreach ((int rows, int columns) in new[] { (480, 6), (200, 60), (120, 100), (150, 260) })
            {
                foreach ((double gap, double window) in new[] { (0.0, double.PositiveInfinity), (3, double.PositiveInfinity), (2, 25) })
                    cases.Add(storage, rows, columns, gap, window);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_fold_is_a_fit_of_the_rows_before_it(Storage storage, int rows, int columns, double gap, double window)
    {
        Rows all = new(storage, rows, columns, seed: rows + columns);
        double[] lambdas = [0.3, 0.1, 0.03, 0.01], mixings = [1, 0.4];
        ElasticNetOptions options = all.Options with { Lambdas = lambdas, L1Ratios = mixings };
        FoldPlan plan = FoldPlan.Forward(all.Times, Folds, gap, window);
        CrossValidationResult result = all.With((x, y) => ElasticNetEstimator.CrossValidate(x, y, options), plan);
        (int[] Training, int[] HeldOut)[] folds = SplitsOf(all, result.FoldIds.ToArray(), gap, window);
        double[] weight = [.. folds.Select(fold => fold.HeldOut.Sum(i => all.Weights[i]))];
        double nullError = Enumerable.Range(0, Folds).Sum(k => weight[k] * NullError(all, folds[k])) / weight.Sum();
        foreach (CrossValidationCurve curve in result.Curves)
        {
            double[,] errors = curve.FoldErrors.ToArray();
            for (int k = 0; k < lambdas.Length; k++)
            {
                double[] expected = [.. folds.Select(fold => Error(all, fold, lambdas[k], curve.L1Ratio))];
                for (int fold = 0; fold < Folds; fold++)
                    Assert.Equal(1, errors[fold, k] / expected[fold], 1e-7);
                double mean = Enumerable.Range(0, Folds).Sum(f => weight[f] * expected[f]) / weight.Sum();
                double variance = Enumerable.Range(0, Folds).Sum(f => weight[f] * Math.Pow(expected[f] - mean, 2)) / weight.Sum();
                Assert.Equal(1, curve.Points[k].Mean / mean, 1e-7);
                Assert.Equal(1, curve.Points[k].StandardError / Math.Sqrt(variance / (Folds - 1)), 1e-5);
                Assert.Equal(1 - mean / nullError, curve.Points[k].RSquared, 1e-7);
            }
        }
    }

    [Theory]
    [InlineData(Storage.Dense, 400, 5)]
    [InlineData(Storage.Sparse, 90, 120)]
    [InlineData(Storage.Prepared, 300, 5)]
    public void Nested_choices_are_made_on_the_rows_before(Storage storage, int rows, int columns)
    {
        Rows all = new(storage, rows, columns, seed: 3);
        ElasticNetOptions options = all.Options with { LambdaCount = 12, L1Ratios = new[] { 1, 0.5 } };
        NestedCrossValidationResult nested = all.With((x, y) => ElasticNetEstimator.NestedCrossValidate(x, y, 4, options), FoldPlan.Forward(all.Times, 3, gap: 1));
        (int[] Training, int[] HeldOut)[] folds = SplitsOf(all, nested.FoldIds.ToArray(), 1, double.PositiveInfinity);
        Assert.Equal(4, folds.Length);
        for (int fold = 0; fold < folds.Length; fold++)
        {
            Rows training = all.Some(folds[fold].Training), heldOut = all.Some(folds[fold].HeldOut);
            CrossValidationResult inner = training.With((x, y) => ElasticNetEstimator.CrossValidate(x, y, options), FoldPlan.Forward(training.Times, 3, gap: 1));
            Assert.Equal(inner.L1Ratio, nested.Folds[fold].L1Ratio);
            Assert.Equal(1, inner.Model.Fit.Lambda / nested.Folds[fold].Lambda, 1e-10);
            double[] predictions = heldOut.Predict(inner.Model);
            for (int k = 0; k < predictions.Length; k++)
                Assert.Equal(predictions[k], nested.Predictions.Span[folds[fold].HeldOut[k]], 1e-7);
        }

        Assert.All(Enumerable.Range(0, rows), i => Assert.Equal(nested.FoldIds.Span[i] < 0, double.IsNaN(nested.Predictions.Span[i])));
    }

    [Theory]
    [InlineData(Storage.Dense, 240, 20)]
    [InlineData(Storage.Sparse, 90, 120)]
    [InlineData(Storage.Prepared, 240, 12)]
    public void Folds_select_by_the_rows_before(Storage storage, int rows, int columns)
    {
        Rows all = new(storage, rows, columns, seed: 4);
        // Fills are those of all rows here: the folds are asked what they select, not how well they predict.
        PreparationOptions? preparation = all.Options.Preparation is { } asked ? asked with { Imputation = ImputationMethod.Constant } : null;
        ElasticNetOptions options = all.Options with { LambdaCount = 15, Preparation = preparation };
        FeatureSelection selection = all.With((x, y) => ElasticNetEstimator.Select(x, y, options), FoldPlan.Forward(all.Times, Folds));
        double[] frequencies = new double[selection.FeatureNames.Count];
        foreach ((int[] training, _) in SplitsOf(all, selection.CrossValidation.FoldIds.ToArray(), 0, double.PositiveInfinity))
        {
            ElasticNetModel model = all.Some(training).With((x, y) => ElasticNetEstimator.Fit(x, y, selection.CrossValidation.LambdaMin, 1, options), null);
            foreach (int feature in model.Indices)
                frequencies[feature] += 1.0 / Folds;
        }

        Assert.Equal(Folds, selection.Folds);
        Assert.Contains(frequencies, share => share is > 0 and < 0.99);
        Assert.Equal(frequencies, selection.FoldFrequencies.ToArray());
    }

    [Fact]
    public void A_search_tries_every_candidate_on_the_same_blocks()
    {
        Rows all = new(Storage.Prepared, 200, 4, seed: 9);
        FoldPlan plan = FoldPlan.Forward(all.Times, 4);
        PreparationOptions[] preparations = [all.Options.Preparation!, all.Options.Preparation! with { Imputation = ImputationMethod.Mean }];
        ElasticNetOptions options = all.Options with { LambdaCount = 8 };
        SearchResult search = all.With((x, y) => ElasticNetEstimator.Search(x, y, new() { Preparations = preparations, L1Ratios = new[] { 1.0 } }, options), plan);
        foreach ((SearchCandidate candidate, PreparationOptions preparation) in search.Candidates.Zip(preparations))
        {
            CrossValidationResult alone = all.With((x, y) => ElasticNetEstimator.CrossValidate(x, y, options with { Preparation = preparation }), plan);
            Assert.Equal(alone.Best.Points, candidate.Curve);
        }
    }

    [Fact]
    public void Blocks_are_equal_where_times_differ_and_whole_where_they_do_not()
    {
        double[] times = [.. Enumerable.Range(0, 66).Select(i => (double)(i * 31 % 66))];
        int[] foldOf = FoldsOf(times, 10);
        Assert.All(times.Index(), row => Assert.Equal((int)row.Item / 6 - 1, foldOf[row.Index]));
        // Two times hold nearly all rows, and there is one block more than times would allow with equal blocks.
        double[] tied = [.. Enumerable.Repeat(1.0, 30), .. Enumerable.Repeat(2.0, 30), 0, 3, 4];
        int[] blocks = FoldsOf(tied, 4);
        Assert.Equal([.. Enumerable.Repeat(0, 30), .. Enumerable.Repeat(1, 30), -1, 2, 3], blocks);
    }

    [Fact]
    public void Dates_are_times()
    {
        DateTime start = new(2024, 2, 27);
        double[] days = [.. Enumerable.Range(0, 80).Select(i => (double)(i * 7 % 80 / 2))];
        (double[,] x, double[] y) = RandomData.Linear(80, 3, seed: 1);
        CrossValidationResult numbers = ElasticNetEstimator.CrossValidate(x, new Target(y) { Folds = FoldPlan.Forward(days, 6, 2, 20) });
        CrossValidationResult dates = ElasticNetEstimator.CrossValidate(x, new Target(y)
        {
            Folds = FoldPlan.Forward(Array.ConvertAll(days, day => start.AddDays(day)), 6, TimeSpan.FromDays(2), TimeSpan.FromDays(20)),
        });
        Assert.Equal(numbers.FoldIds.ToArray(), dates.FoldIds.ToArray());
        Assert.Equal(numbers.Best.Points, dates.Best.Points);
        Assert.Null(dates.Model.Provenance.Seed);
        Assert.Equal(6, dates.Model.Provenance.Folds);
    }

    [Fact]
    public void Rows_of_weight_zero_have_no_time()
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 3, seed: 2);
        double[] weights = [.. Enumerable.Range(0, 60).Select(i => i % 5 == 0 ? 0.0 : 1)], times = [.. Enumerable.Range(0, 60).Select(i => i % 5 == 0 ? double.NaN : i)];
        int[] foldOf = ElasticNetEstimator.CrossValidate(x, new Target(y) { Weights = weights, Folds = FoldPlan.Forward(times, 5) }).FoldIds.ToArray();
        Assert.Equal(8 + 12, foldOf.Count(fold => fold < 0));
        Assert.All(Enumerable.Range(0, 5), fold => Assert.Equal(8, foldOf.Count(own => own == fold)));
    }

    [Fact]
    public void Inference_takes_its_strength_from_the_rows_before()
    {
        Rows all = new(Storage.Dense, 150, 5, seed: 6);
        FoldPlan plan = FoldPlan.Forward(all.Times, 5);
        InferenceResult result = all.With((x, y) => new ElasticNetInference(x, y).Debiased(), plan);
        CrossValidationResult chosen = all.With((x, y) => ElasticNetEstimator.CrossValidate(x, y), plan);
        Assert.Equal(1, result.Lambda / chosen.LambdaMin, 1e-9);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        (double[,] x, double[] y) = RandomData.Linear(40, 3, seed: 1);
        double[] times = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        Refusal.OfArgument(() => FoldPlan.Forward(times, 1), "folds", "1");
        Refusal.OfArgument(() => FoldPlan.Forward(times, 5, -1), "gap", "-1");
        Refusal.OfArgument(() => FoldPlan.Forward(times, 5, double.NaN), "gap", "NaN");
        Refusal.OfArgument(() => FoldPlan.Forward(times, 5, 0, 0), "window", "0");
        Refused(FoldPlan.Forward(times.AsSpan(1), 5), "Folds", "39", "40");
        Refused(FoldPlan.Forward([.. times.Select(time => time % 5)], 5), "times", "(5)", "but has 5");
        Refused(FoldPlan.Forward([.. times.Select(time => time == 7 ? double.NaN : time)], 5), "times", "row 7", "NaN");
        Refused(FoldPlan.Forward(times, 4, gap: 9), "times", "fold 0", "begins at 8", "gap of 9");
        Refused(FoldPlan.Forward([.. times.Select(time => time < 8 ? time : time + 50)], 4, window: 20), "times", "fold 0", "begins at 58", "38 ≤ time < 58");
        Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(x, new Target(y) { Folds = FoldPlan.Forward(times) }, new() { Repeats = 3 }), "Repeats", "3", "forward in time");

        void Refused(FoldPlan plan, params string[] parts) =>
            Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(x, new Target(y) { Folds = plan }), parts);
    }

    private static int[] FoldsOf(double[] times, int folds)
    {
        (double[,] x, double[] y) = RandomData.Linear(times.Length, 3, seed: 1);
        return ElasticNetEstimator.CrossValidate(x, new Target(y) { Folds = FoldPlan.Forward(times, folds) }).FoldIds.ToArray();
    }

    // From what is promised alone: blocks by time, each after those before, and training rows by their time.
    private static (int[] Training, int[] HeldOut)[] SplitsOf(Rows all, int[] foldOf, double gap, double window)
    {
        int[] counted = [.. Enumerable.Range(0, foldOf.Length).Where(i => all.Weights[i] > 0)];
        Assert.All(Enumerable.Range(0, foldOf.Length).Except(counted), i => Assert.Equal(-1, foldOf[i]));
        int[] ordered = [.. counted.OrderBy(i => all.Times[i]).Select(i => foldOf[i])];
        Assert.Equal(ordered.Order(), ordered);
        Assert.All(counted.GroupBy(i => all.Times[i]), same => Assert.Single(same.Select(i => foldOf[i]).Distinct()));
        return [.. Enumerable.Range(0, foldOf.Max() + 1).Select(fold =>
        {
            int[] heldOut = [.. counted.Where(i => foldOf[i] == fold)];
            double start = heldOut.Min(i => all.Times[i]);
            return (counted.Where(i => all.Times[i] < start - gap && all.Times[i] >= start - gap - window).ToArray(), heldOut);
        })];
    }

    private static double Error(Rows all, (int[] Training, int[] HeldOut) fold, double lambda, double l1Ratio)
    {
        Rows heldOut = all.Some(fold.HeldOut);
        ElasticNetModel model = all.Some(fold.Training).With((x, y) => ElasticNetEstimator.Fit(x, y, lambda, l1Ratio, all.Options), null);
        double[] predictions = heldOut.Predict(model);
        return predictions.Select((value, i) => heldOut.Weights[i] * Math.Pow(heldOut.Y[i] - value, 2)).Sum() / heldOut.Weights.Sum();
    }

    private static double NullError(Rows all, (int[] Training, int[] HeldOut) fold)
    {
        double center = fold.Training.Sum(i => all.Weights[i] * (all.Y[i] - all.Offset[i])) / fold.Training.Sum(i => all.Weights[i]);
        return fold.HeldOut.Sum(i => all.Weights[i] * Math.Pow(all.Y[i] - all.Offset[i] - center, 2)) / fold.HeldOut.Sum(i => all.Weights[i]);
    }

    private delegate TResult Verb<TResult>(Features x, Target y);

    /// <summary>Rows in any order of time, of times that tie, some of weight 0; a trend in a column and in the target.</summary>
    private sealed class Rows
    {
        private readonly Storage _storage;

        public Rows(Storage storage, int rows, int columns, int seed)
        {
            _storage = storage;
            Random random = new(seed);
            Times = [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(50))];
            X = new double[rows, columns];
            (Y, Weights, Offset) = (new double[rows], new double[rows], new double[rows]);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                    X[i, j] = storage == Storage.Sparse && random.Next(3) > 0 ? 0 : (float)(random.NextDouble() - 0.5 + (j == 1 ? 0.02 * Times[i] : 0));
                Offset[i] = 0.1 * random.NextDouble();
                Weights[i] = random.Next(10) == 0 ? 0 : 0.5 + random.NextDouble();
                Y[i] = 3 * X[i, 0] - 2 * X[i, 1] + X[i, 2] - X[i, 3] + 0.5 * random.NextDouble() + 0.02 * Times[i] + Offset[i];
            }

            if (storage != Storage.Prepared)
                return;
            for (int i = 0; i < rows; i++)
            {
                // Column 2 is a category, columns 0 and 3 have gaps.
                X[i, 2] = random.Next(3);
                X[i, 0] = random.Next(6) == 0 ? double.NaN : X[i, 0];
                X[i, 3] = random.Next(9) == 0 ? double.NaN : X[i, 3];
            }

            InputColumn[] inputs = [.. Enumerable.Range(0, columns).Select(j => j == 2 ? InputColumn.Category("c2", ["a", "b", "c"]) : InputColumn.Number($"x{j}"))];
            Options = Options with { Preparation = new() { Inputs = inputs, Imputation = ImputationMethod.Median } };
        }

        private Rows(Rows all, int[] rows)
        {
            (_storage, Options) = (all._storage, all.Options);
            (Y, Weights, Offset, Times) = (Pick(all.Y), Pick(all.Weights), Pick(all.Offset), Pick(all.Times));
            X = new double[rows.Length, all.X.GetLength(1)];
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = 0; j < X.GetLength(1); j++)
                    X[i, j] = all.X[rows[i], j];
            }

            double[] Pick(double[] values) => Array.ConvertAll(rows, i => values[i]);
        }

        public double[,] X { get; }

        public double[] Y { get; }

        public double[] Weights { get; }

        public double[] Offset { get; }

        public double[] Times { get; }

        public ElasticNetOptions Options { get; } = new();

        public Rows Some(int[] rows) => new(this, rows);

        public TResult With<TResult>(Verb<TResult> verb, FoldPlan? plan)
        {
            Target y = new(Y) { Weights = Weights, Offset = Offset, Folds = plan };
            return _storage switch
            {
                Storage.Floats => verb(MatrixView.RowMajor<float>(Singles(), Y.Length, X.GetLength(1)), y),
                Storage.Sparse => verb(Sparse(), y),
                _ => verb(X, y),
            };
        }

        public double[] Predict(ElasticNetModel model)
        {
            double[] predictions = new double[Y.Length];
            if (_storage == Storage.Sparse)
                model.Predict(Sparse(), predictions, Offset);
            else if (model.Preparation is { } preparation)
                model.Predict(new FeatureTable(preparation.Inputs, ByColumn(), Y.Length), predictions, Offset);
            else
                model.Predict(X, predictions, Offset);
            return predictions;
        }

        private double[] ByColumn() => [.. Enumerable.Range(0, X.GetLength(1)).SelectMany(j => Enumerable.Range(0, Y.Length).Select(i => X[i, j]))];

        private float[] Singles() => [.. X.Cast<double>().Select(value => (float)value)];

        private SparseMatrix<double> Sparse() => SparseMatrix.FromRows(X.GetLength(1), Enumerable.Range(0, Y.Length).Select(
            i => Enumerable.Range(0, X.GetLength(1)).Where(j => X[i, j] != 0).Select(j => (j, X[i, j]))));
    }
}
