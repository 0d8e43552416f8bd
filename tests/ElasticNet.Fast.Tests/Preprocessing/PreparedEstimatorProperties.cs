using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>A fit on raw columns is a fit on the features that preparation makes of them, in cross-validation fold by fold.</summary>
[Reproducible]
public class PreparedEstimatorProperties
{
    /// <summary>Below 1, so that the solution is unique where columns are the same in the training rows and differ elsewhere.</summary>
    private const double L1Ratio = 0.7;

    /// <summary>Alone, in either layout, as float, saved, loaded and mapped: the same bits as b + xᵀβ over all features.</summary>
    [Property(MaxTest = 150)]
    public void Raw_rows_predict_what_their_features_predict(int seed)
    {
        RandomTable random = new(seed);
        using ElasticNetModel model = ElasticNetEstimator.Fit(random.Table, Target(random), 0.05, L1Ratio, Options(random));
        using Models.TemporaryDirectory directory = new();
        model.Save(directory.File("model.enet"));
        using ElasticNetModel loaded = ElasticNetModel.Load(directory.File("model.enet")), mapped = ElasticNetModel.OpenMapped(directory.File("model.enet"), largestCopy: 0);
        FeatureTable rows = random.Unseen(20);
        double[] expected = new double[rows.Rows], actual = new double[rows.Rows], features = new double[model.FeatureCount];
        double[,] rowMajor = new double[rows.Rows, model.InputCount];
        for (int i = 0; i < rows.Rows; i++)
        {
            double[] row = [.. Enumerable.Range(0, model.InputCount).Select(j => rows.Column(j)[i])];
            for (int j = 0; j < row.Length; j++)
                rowMajor[i, j] = row[j];
            model.Preparation!.Transform(row, features);
            expected[i] = BatchPredictor.Finish(model.Intercept, RowPredictor.Dot<double>(features, model.Indices, model.Values));
            foreach (ElasticNetModel each in new[] { model, loaded, mapped })
                Assert.Equal(Bits(expected[i]), Bits(each.Predict(row)));
            if (row.All(value => double.IsNaN(value) || (float)value == value))
                Assert.Equal(Bits(expected[i]), Bits(model.Predict(Array.ConvertAll(row, value => (float)value))));
        }

        model.Predict(rows, actual);
        Assert.Equal(expected.Select(Bits), actual.Select(Bits));
        mapped.PredictCoded(rowMajor, actual, default);
        Assert.Equal(expected.Select(Bits), actual.Select(Bits));
    }

    /// <summary>What predictions do not read may hold anything.</summary>
    [Property(MaxTest = 60)]
    public void Only_used_inputs_are_read(int seed)
    {
        RandomTable random = new(seed);
        using ElasticNetModel model = ElasticNetEstimator.Fit(random.Table, Target(random), 0.3, L1Ratio, Options(random));
        double[] row = random.Row(0), other = Array.ConvertAll(row, _ => double.NaN);
        foreach (int input in model.UsedInputs)
            other[input] = row[input];
        Assert.Equal(Bits(model.Predict(row)), Bits(model.Predict(other)));
    }

    /// <summary>The second route prepares by hand; scaling is done to the features there, and undone in the coefficients.</summary>
    [Property(MaxTest = 150)]
    public void A_fit_is_a_fit_on_the_features(int seed)
    {
        RandomTable random = new(seed);
        random.Options = Single(random.Options);
        double[] y = Target(random);
        ElasticNetOptions options = Options(random);
        using ElasticNetModel model = ElasticNetEstimator.Fit(random.Table, y, 0.1, L1Ratio, options);
        Preparation preparation = model.Preparation!;
        int[] rows = [.. Enumerable.Range(0, random.Rows).Where(i => random.Weights[i] > 0 && Counts(random, i))];
        double[,] features = new double[rows.Length, preparation.FeatureCount];
        double[] feature = new double[preparation.FeatureCount];
        for (int i = 0; i < rows.Length; i++)
        {
            preparation.Transform(random.Row(rows[i]), feature);
            for (int k = 0; k < feature.Length; k++)
                features[i, k] = preparation.Scales.IsEmpty ? feature[k] : (feature[k] - preparation.Centers.Span[k]) / preparation.Scales.Span[k];
        }

        ElasticNetOptions byHand = new() { Standardize = preparation.Scales.IsEmpty, Weights = Array.ConvertAll(rows, i => random.Weights[i]) };
        using ElasticNetModel expected = ElasticNetEstimator.Fit(features, Array.ConvertAll(rows, i => y[i]), 0.1, L1Ratio, byHand);
        double[] beta = Dense(model), other = Dense(expected);
        double largest = 1e-12 + Enumerable.Range(0, beta.Length).Max(k => Math.Abs(other[k]));
        for (int k = 0; k < beta.Length; k++)
            Assert.Equal(other[k] / largest, beta[k] * (preparation.Scales.IsEmpty ? 1 : preparation.Scales.Span[k]) / largest, 1e-7);
        Assert.Equal(expected.Fit.DevianceRatio, model.Fit.DevianceRatio, 1e-9);
        Assert.Equal(rows.Length, model.Provenance.Rows);
    }

    /// <summary>
    /// Every fold's errors are those of a preparation and a path that saw its training rows only: no held-out value reaches a
    /// training statistic.
    /// </summary>
    [Property(MaxTest = 150)]
    public void A_fold_learns_from_its_training_rows_alone(int seed)
    {
        RandomTable random = new(seed);
        random.Options = Single(random.Options);
        int[] foldOf = [.. Enumerable.Range(0, random.Rows).Select(i => i % 3)];
        if (Enumerable.Range(0, 3).Any(fold => Enumerable.Range(0, random.Rows).Count(i => foldOf[i] == fold && random.Weights[i] > 0 && Counts(random, i)) < 2))
            return;
        double[] y = Target(random), lambdas = [0.3, 0.1, 0.02];
        ElasticNetOptions options = Options(random) with { FoldPlan = FoldPlan.Given(foldOf), Lambdas = lambdas, L1Ratios = new[] { L1Ratio, 0.3 } };
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(random.Table, y, options);
        foreach (CrossValidationCurve curve in result.Curves)
        {
            double[,] errors = curve.FoldErrors.ToArray();
            for (int fold = 0; fold < 3; fold++)
            {
                double[] expected = FoldErrors(random, y, foldOf, fold, lambdas, curve.L1Ratio, options);
                for (int k = 0; k < lambdas.Length; k++)
                    Assert.Equal(1, (1e-9 + errors[fold, k]) / (1e-9 + expected[k]), 1e-6);
            }
        }
    }

    /// <summary>What is drawn for a fit is not what the same rows are transformed to; see <see cref="StackedFitTests"/>.</summary>
    private static PreparationOptions Single(PreparationOptions options) =>
        options.Imputation == ImputationMethod.Multiple ? options with { Imputation = ImputationMethod.Iterative } : options;

    private static double[] FoldErrors(
        RandomTable random, double[] y, int[] foldOf, int fold, double[] lambdas, double l1Ratio, ElasticNetOptions options)
    {
        double[] training = [.. Enumerable.Range(0, random.Rows).Select(i => foldOf[i] == fold || !Counts(random, i) ? 0 : random.Weights[i])];
        PreparationOptions asked = options.Preparation! with { Inputs = random.Columns };
        Preparation preparation = PreparationLearner.Learn(random.Table.View, asked, training, 1, default, isFold: true);
        double[] features = new double[random.Rows * preparation.FeatureCount];
        preparation.Transform(random.Table, features);
        for (int k = 0; k < features.Length; k++)
            features[k] = double.IsNaN(features[k]) ? 0 : features[k];
        double[] scaled = [.. features];
        if (!preparation.Scales.IsEmpty)
        {
            for (int k = 0; k < scaled.Length; k++)
                scaled[k] = (features[k] - preparation.Centers.Span[k / random.Rows]) / preparation.Scales.Span[k / random.Rows];
        }

        MatrixView<double> x = MatrixView.ColumnMajor<double>(scaled, random.Rows, preparation.FeatureCount);
        ElasticNetOptions path = new() { Lambdas = lambdas, Weights = training, Standardize = preparation.Scales.IsEmpty };
        RegularizationPath fits = ElasticNetEstimator.Path(x, y, l1Ratio, path);
        return Array.ConvertAll(lambdas, lambda =>
        {
            PathPoint point = fits.Single(fit => fit.Fit.Lambda == lambda);
            double error = 0, weight = 0;
            for (int i = 0; i < random.Rows; i++)
            {
                if (foldOf[i] != fold || !Counts(random, i) || random.Weights[i] == 0)
                    continue;
                double prediction = point.Intercept;
                for (int k = 0; k < point.Coefficients.Indices.Length; k++)
                    prediction += point.Coefficients.Values[k] * scaled[point.Coefficients.Indices[k] * random.Rows + i];
                error += random.Weights[i] * (y[i] - prediction) * (y[i] - prediction);
                weight += random.Weights[i];
            }

            return error / weight;
        });
    }

    private static bool Counts(RandomTable random, int row) => random.Options.Imputation != ImputationMethod.DropRows
        || !random.Columns.Where((column, j) => CompleteRows.IsMissing(column, random.Values[j * random.Rows + row], random.Options.Encoding)).Any();

    internal static ElasticNetOptions Options(RandomTable random) => new()
    {
        Weights = random.Weights,
        Preparation = random.Options,
        MaxDegreeOfParallelism = 2,
    };

    internal static double[] Target(RandomTable random)
    {
        Random noise = new(random.Rows);
        return [.. Enumerable.Range(0, random.Rows).Select(i =>
            noise.NextDouble() + random.Row(i).Select((value, j) => double.IsNaN(value) ? 0.3 : value * ((j % 3) - 1)).Sum())];
    }

    private static double[] Dense(ElasticNetModel model)
    {
        double[] dense = new double[model.FeatureCount];
        for (int k = 0; k < model.Indices.Length; k++)
            dense[model.Indices[k]] = model.Values[k];
        return dense;
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
}
