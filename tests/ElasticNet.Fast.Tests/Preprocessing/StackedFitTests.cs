using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>A fit on several imputations is one on the completed tables, one below the other.</summary>
public class StackedFitTests
{
    private const int Rows = 60;
    private const double Gap = double.NaN;

    private static readonly PreparationOptions s_multiple = new()
    {
        Imputation = ImputationMethod.Multiple,
        Multiple = new() { Imputations = 3, Seed = 5 },
        MissingIndicators = true,
    };

    [Theory]
    [InlineData(null)]
    [InlineData(ScalingMethod.Robust)]
    public void A_fit_is_a_fit_on_the_stacked_tables(ScalingMethod? scaling)
    {
        (FeatureTable table, double[] y, double[] weights) = Problem();
        ElasticNetOptions options = new() { Preparation = s_multiple with { Scaling = scaling }, Weights = weights, Offset = y.Select(value => value / 9).ToArray() };
        using ElasticNetModel model = ElasticNetEstimator.Fit(table, y, 0.05, 0.7, options);
        (double[] stacked, double[] target, double[] theirs, double[] offset) = Stack(table, y, weights, [.. Enumerable.Range(0, Rows)], model.Preparation!);
        ElasticNetOptions byHand = new() { Weights = theirs, Offset = offset, PenaltyScales = model.Preparation!.Scales };
        using ElasticNetModel expected = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(stacked, target.Length, model.FeatureCount), target, 0.05, 0.7, byHand);
        Same(expected, model);
        Assert.Equal(Rows - 1, model.Provenance.Rows);
        Assert.Equal(Rows - 1, ElasticNetEstimator.Path(table, y, 0.7, options).Rows);
    }

    /// <summary>Draws see the training rows alone, held-out rows are filled without their target, and all copies of a row share its fold.</summary>
    [Fact]
    public void A_fold_draws_from_its_training_rows_alone()
    {
        (FeatureTable table, double[] y, double[] weights) = Problem();
        int[] foldOf = [.. Enumerable.Range(0, Rows).Select(i => i % 3)];
        double[] lambdas = [0.2, 0.05];
        ElasticNetOptions options = new() { Preparation = s_multiple, Weights = weights, FoldPlan = FoldPlan.Given(foldOf), Lambdas = lambdas };
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(table, y, options);
        Assert.Equal(foldOf.Select((fold, i) => weights[i] > 0 ? fold : -1), result.FoldIds.ToArray());
        double[,] errors = result.Best.FoldErrors.ToArray();
        for (int fold = 0; fold < 3; fold++)
        {
            double[] training = [.. weights.Select((weight, i) => foldOf[i] == fold ? 0 : weight)];
            Preparation preparation = PreparationLearner.Learn(table.View, s_multiple with { Inputs = table.Columns }, training, 1, default, isFold: true);
            (double[] stacked, double[] target, double[] theirs, _) = Stack(table, y, training, [.. Enumerable.Range(0, Rows).Where(i => training[i] > 0)], preparation);
            for (int k = 0; k < lambdas.Length; k++)
            {
                using ElasticNetModel model = ElasticNetEstimator.Fit(
                    MatrixView.ColumnMajor<double>(stacked, target.Length, preparation.FeatureCount), target, lambdas[k], 1, new() { Weights = theirs });
                double[] features = new double[preparation.FeatureCount];
                (double error, double weight) = (0, 0);
                for (int i = 0; i < Rows; i++)
                {
                    if (foldOf[i] != fold)
                        continue;
                    preparation.Transform([.. Enumerable.Range(0, table.Columns.Count).Select(j => table.Column(j)[i])], features);
                    error += weights[i] * Math.Pow(y[i] - model.Predict(features), 2);
                    weight += weights[i];
                }

                Assert.Equal(1, errors[fold, k] / (error / weight), 1e-7);
            }
        }
    }

    [Fact]
    public void Threads_do_not_matter_and_the_seed_does()
    {
        (FeatureTable table, double[] y, _) = Problem();
        using ElasticNetModel one = Fit(new() { Preparation = s_multiple, MaxDegreeOfParallelism = 1, Folds = 3 });
        using ElasticNetModel three = Fit(new() { Preparation = s_multiple, MaxDegreeOfParallelism = 3, Folds = 3 });
        using ElasticNetModel other = Fit(new() { Preparation = s_multiple with { Multiple = s_multiple.Multiple with { Seed = 6 } }, Folds = 3 });
        Assert.Equal(one.Values.ToArray(), three.Values.ToArray());
        Assert.NotEqual(one.Values.ToArray(), other.Values.ToArray());

        ElasticNetModel Fit(ElasticNetOptions options) => ElasticNetEstimator.CrossValidate(table, y, options).Model;
    }

    [Fact]
    public void Without_gaps_there_is_nothing_to_draw()
    {
        (FeatureTable table, double[] y, _) = Problem();
        FeatureTable full = MultipleImputation.Draw(table, y)[0];
        using ElasticNetModel stacked = ElasticNetEstimator.CrossValidate(full, y, new() { Preparation = s_multiple with { Scaling = ScalingMethod.Standard }, Folds = 4 }).Model;
        using ElasticNetModel plain = ElasticNetEstimator.CrossValidate(full, y, new() { Preparation = new() { Imputation = ImputationMethod.Mean, Scaling = ScalingMethod.Standard }, Folds = 4 }).Model;
        Assert.Equal(1, stacked.Fit.Lambda / plain.Fit.Lambda, 1e-12);
        Same(plain, stacked);
    }

    [Fact]
    public void Methods_that_would_take_copies_for_rows_refuse_them()
    {
        (FeatureTable table, double[] y, _) = Problem();
        ElasticNetOptions options = new() { Preparation = s_multiple };
        BadInput.Refusal.OfArgument(() => ElasticNetEstimator.Criteria(table, y, options: options), "'Imputation' (Multiple) must be another method for criteria", "cross-validation");
        BadInput.Refusal.OfArgument(() => ElasticNetEstimator.Stability(table, y, options: options), "'Imputation' (Multiple) must be another method for stability selection", "impute once");
        BadInput.Refusal.OfArgument(() => _ = new ElasticNetInference(table, y, options), "'Imputation' (Multiple) must be another method here", "pool by RubinRules");
        BadInput.Refusal.OfArgument(() => Preparation.Learn(table, s_multiple with { Multiple = new() { Imputations = 1 } }), "'Imputations' (1) must be at least 2");
    }

    private static void Same(ElasticNetModel expected, ElasticNetModel actual)
    {
        Assert.Equal(expected.Indices.ToArray(), actual.Indices.ToArray());
        for (int k = 0; k < expected.Values.Length; k++)
            Assert.Equal(1, actual.Values[k] / expected.Values[k], 1e-9);
        Assert.Equal(expected.Intercept, actual.Intercept, 1e-9);
    }

    /// <summary>The features of some rows, once for each draw.</summary>
    private static (double[] Features, double[] Target, double[] Weights, double[] Offset) Stack(
        FeatureTable table, double[] y, double[] weights, int[] rows, Preparation preparation)
    {
        int copies = preparation.Options.Multiple.Imputations, count = table.Columns.Count;
        int[] training = [.. rows.Where(i => weights[i] > 0)];
        double[] values = [.. Enumerable.Range(0, count).SelectMany(j => training.Select(i => table.Column(j)[i]))];
        FeatureTable own = new(table.Columns, values, training.Length);
        // The draws of these rows alone, with their weights: the same numbers from the same seed.
        double[] theirs = Array.ConvertAll(training, i => weights[i]), target = Array.ConvertAll(training, i => y[i]);
        double[] features = new double[copies * training.Length * preparation.FeatureCount], plain = new double[training.Length * preparation.FeatureCount];
        preparation.Transform(own, plain);
        for (int copy = 0; copy < copies; copy++)
        {
            double[] drawn = Draw(own, theirs, target, preparation, copy);
            for (int k = 0; k < preparation.FeatureCount; k++)
            {
                FeatureSource source = preparation.Sources[k];
                for (int i = 0; i < training.Length; i++)
                {
                    features[(k * copies + copy) * training.Length + i] = source.Kind == SourceKind.Number
                        ? drawn[source.Input * training.Length + i]
                        : plain[k * training.Length + i];
                }
            }
        }

        return (features, Repeat(target), Repeat(theirs), Repeat(Array.ConvertAll(target, value => value / 9)));

        double[] Repeat(double[] perRow) => [.. Enumerable.Repeat(perRow, copies).SelectMany(copy => copy)];
    }

    private static unsafe double[] Draw(FeatureTable table, double[] weights, double[] y, Preparation preparation, int copy)
    {
        double[] values = table.Values.ToArray();
        fixed (double* start = values)
        {
            double* origin = start;
            nint[] columns = Array.ConvertAll(Preparation.NumbersOf(table.Columns), number => (nint)(origin + number * table.Rows));
            MultipleImputationOptions options = preparation.Options.Multiple;
            ChainedDraws.Draw(
                table.View, preparation, weights, y, options.Rounds, new Deviates(options.Seed, copy), columns, default);
        }

        return values;
    }

    /// <summary>Two related columns with gaps, one without, a category, weights with a zero.</summary>
    private static (FeatureTable Table, double[] Y, double[] Weights) Problem()
    {
        Random random = new(11);
        double[] a = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() - 0.5)];
        double[] b = [.. a.Select(value => value + random.NextDouble() - 0.5)], c = [.. a.Select(_ => random.NextDouble())];
        double[] d = [.. a.Select((_, i) => (double)(i % 2))], y = [.. a.Select((value, i) => 2 * value - b[i] + 0.3 * random.NextDouble())];
        for (int i = 0; i < Rows; i++)
        {
            a[i] = i % 4 == 1 ? Gap : a[i];
            b[i] = i % 5 == 2 ? Gap : b[i];
        }

        InputColumn[] columns = [InputColumn.Number("a"), InputColumn.Category("d", ["x", "z"]), InputColumn.Number("b"), InputColumn.Number("c")];
        return (new FeatureTable(columns, (double[])[.. a, .. d, .. b, .. c], Rows), y, [.. a.Select((_, i) => i == 7 ? 0.0 : 1 + i % 3)]);
    }
}
