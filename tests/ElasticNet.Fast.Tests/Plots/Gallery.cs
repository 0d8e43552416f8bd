using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Tests.Plots;

/// <summary>Every kind of picture of a problem of 12, 100 or 500 features, with names short and long.</summary>
internal sealed class Gallery
{
    private static readonly Dictionary<int, Gallery> s_known = [];

    private Gallery(int rows, int features)
    {
        Random random = new(features);
        double[] values = new double[rows * features];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double common = random.NextDouble() - 0.5;
            for (int j = 0; j < features; j++)
            {
                double x = values[j * rows + i] = 1.4 * common + 2 * (random.NextDouble() - 0.5);
                y[i] += j < 15 ? x * (15 - j) * (j % 2 == 0 ? 1 : -1) : 0;
            }

            y[i] += 40 * (random.NextDouble() - 0.5);
        }

        Names = [.. Enumerable.Range(0, features).Select(j => j % 7 == 3 ? $"a rather long name of a feature, <number> {j} & more" : $"feature_{j}")];
        ElasticNetOptions options = new() { FeatureNames = Names, L1Ratios = new[] { 0.5, 1 } };
        MatrixView<double> view = MatrixView.ColumnMajor(values.AsSpan(), rows, features);
        CrossValidation = ElasticNetEstimator.CrossValidate(view, y, options);
        Inference = new ElasticNetInference(view, y, options).Bootstrap(new() { Lambda = CrossValidation.LambdaMin, Resamples = 100 });
        Stability = ElasticNetEstimator.Stability(view, y, new() { Pairs = 10, FalseSelections = 4 }, options);
        double[] predictions = new double[rows];
        CrossValidation.Model.Predict(view, predictions);
        ModelAssessment assessment = ModelAssessment.Of(Family.Binomial, Array.ConvertAll(predictions, value => value / 40), Array.ConvertAll(y, value => value > 0 ? 1.0 : 0));
        // Late deaths and early ones, some of them not seen.
        double[] lives = Array.ConvertAll(predictions, value => 10 * Math.Exp(-value / 40) * (0.3 + random.NextDouble()));
        Target survival = Target.Survival(lives, [.. lives.Select((_, i) => i % 3 > 0)]);
        MatrixView<double> risk = MatrixView.ColumnMajor<double>(predictions, rows, 1);
        using ElasticNetModel cox = ElasticNetEstimator.Fit(risk, survival, 0.01, 1, new() { Family = Family.Cox });
        SurvivalAssessment assessed = SurvivalAssessment.Of(cox, risk, survival);
        double[] gaps = [.. values];
        for (int j = 0; j < features; j += 3)
        {
            for (int i = 0; i < rows; i++)
                gaps[j * rows + i] = random.Next(100) < 5 * j % 47 || (j % 5 == 0 && i > rows / 2) ? double.NaN : gaps[j * rows + i];
        }

        int classes = features switch { 12 => 3, 100 => 20, _ => 5 };
        int[] codes = [.. Enumerable.Range(0, rows).Select(i => i < classes ? i : Math.Clamp((int)(classes * (0.5 + predictions[i] / 160 + 0.4 * (random.NextDouble() - 0.5))), 0, classes - 1))];
        Target kinds = Target.Classes(codes, [.. Enumerable.Range(0, classes).Select(k => k % 4 == 1 ? $"a class with a name, {k}" : $"class {k}")]);
        RegularizationPath several = ElasticNetEstimator.Path(view, kinds, 0.9, new() { Family = Family.Multinomial, FeatureNames = Names, LambdaCount = 12, LambdaMinRatio = 0.1 });
        using ElasticNetModel told = ElasticNetEstimator.Fit(view, kinds, several[9].Lambda, 0.9, new() { Family = Family.Multinomial, FeatureNames = Names });
        MulticlassAssessment called = MulticlassAssessment.Of(told, view, kinds);
        Pictures = new()
        {
            ["path"] = Fast.Plots.Pictures.CoefficientPaths(CrossValidation.Best.Path, PathAxis.LogLambda, CrossValidation.LambdaMin),
            ["norm"] = Fast.Plots.Pictures.CoefficientPaths(CrossValidation.Best.Path, PathAxis.L1Norm, CrossValidation.LambdaMin),
            ["cv"] = Fast.Plots.Pictures.CrossValidation(CrossValidation),
            ["coefficients"] = Fast.Plots.Pictures.Coefficients(CrossValidation.Model),
            ["intervals"] = Fast.Plots.Pictures.Coefficients(Inference),
            ["stability"] = Fast.Plots.Pictures.StabilityPaths(Stability),
            ["residuals"] = Fast.Plots.Pictures.Residuals(predictions, y),
            ["roc"] = Fast.Plots.Pictures.Roc(assessment),
            ["precision-recall"] = Fast.Plots.Pictures.PrecisionRecall(assessment),
            ["calibration"] = Fast.Plots.Pictures.Calibration(assessment),
            ["survival"] = Fast.Plots.Pictures.Survival(assessed),
            ["survival-calibration"] = Fast.Plots.Pictures.Calibration(assessed),
            ["survival-roc"] = Fast.Plots.Pictures.Roc(assessed),
            ["tiles"] = Fast.Plots.Pictures.Coefficients(told),
            ["one-class"] = Fast.Plots.Pictures.Coefficients(told, told.OutputNames![1]),
            ["classes-path"] = Fast.Plots.Pictures.CoefficientPaths(several, PathAxis.LogLambda, told.Fit.Lambda),
            ["class-path"] = Fast.Plots.Pictures.CoefficientPaths(several, PathAxis.L1Norm, told.Fit.Lambda, told.OutputNames[0]),
            ["confusion"] = Fast.Plots.Pictures.Confusion(called),
            ["classes-roc"] = Fast.Plots.Pictures.Roc(called),
            ["missing"] = Fast.Plots.Pictures.MissingValues(new FeatureTable([.. Names.Select(InputColumn.Number)], gaps, rows)),
        };
    }

    public string[] Names { get; }

    public CrossValidationResult CrossValidation { get; }

    public InferenceResult Inference { get; }

    public StabilityResult Stability { get; }

    public Dictionary<string, Picture> Pictures { get; }

    public static Gallery Of(int features)
    {
        lock (s_known)
        {
            if (!s_known.TryGetValue(features, out Gallery? gallery))
                s_known[features] = gallery = new(features == 100 ? 300 : 120, features);
            return gallery;
        }
    }
}
