using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Hash;

/// <summary>
/// What is asked: of each golden problem and each size of the comparison a path, a cross-validation and the predictions of its model. It
/// uses little of the API, so that it can be copied to a commit that does not have it yet.
/// </summary>
internal static class Answers
{
    /// <summary>All answers, one after another.</summary>
    public static IEnumerable<Answer> Of(string[] sizes) => Golden().Concat(sizes.SelectMany(Generated));

    private static IEnumerable<Answer> Golden()
    {
        foreach (string name in GoldenFile.Names)
        {
            GoldenFile file = GoldenFile.Read(name);
            double[,] x = CsvTable.Read(Path.Combine(GoldenFile.Folder, file.Data.X));
            double[] y = CsvTable.ReadColumn(Path.Combine(GoldenFile.Folder, file.Data.Y));
            ElasticNetOptions options = new()
            {
                Standardize = file.Standardize,
                Intercept = file.Intercept,
                PenaltyFactors = file.Pf ?? [],
                LowerBounds = file.Positive ? [0] : file.Lower ?? [],
                UpperBounds = file.Upper ?? [],
                ExcludedFeatures = file.Exclude ?? [],
                Folds = 5,
            };
            // The λ and ρ of other tools mean other penalties; the problem, not the solution, is of interest here.
            foreach (Answer answer in Ask("golden " + name, x, y, file.Weights, file.Offset, file.Alpha, options))
                yield return answer;
        }
    }

    private static IEnumerable<Answer> Generated(string name)
    {
        Problem problem = ProblemCatalog.Find(name).Generate(1);
        double[,] x = new double[problem.Rows, problem.Columns];
        for (int j = 0; j < problem.Columns; j++)
        {
            ReadOnlySpan<double> column = problem.X.Column(j);
            for (int i = 0; i < problem.Rows; i++)
                x[i, j] = column[i];
        }

        foreach (double l1Ratio in new[] { 1, 0.5 })
        {
            foreach (Answer answer in Ask(name, x, problem.Y, null, null, l1Ratio, new() { LambdaMinRatio = problem.LambdaRatio }))
                yield return answer;
        }
    }

    private static Answer[] Ask(string name, double[,] x, double[] y, double[]? weights, double[]? offset, double l1Ratio, ElasticNetOptions options)
    {
        Target target = new(y) { Weights = weights, Offset = offset };
        name = FormattableString.Invariant($"{name}, ρ = {l1Ratio}");
        RegularizationPath path = ElasticNetEstimator.Path(x, target, l1Ratio, options);
        CrossValidationResult chosen = ElasticNetEstimator.CrossValidate(x, target, options with { L1Ratios = new[] { l1Ratio } });
        double[] predictions = new double[y.Length];
        chosen.Model.Predict(MatrixView.RowMajor<double>(x.Cast<double>().ToArray(), x.GetLength(0), x.GetLength(1)), predictions, offset);
        return
        [
            new(name + ", path", [.. path.SelectMany(Numbers)]),
            new(name + ", certificates", [.. path.SelectMany(point => new[] { point.Fit.RelativeGap, point.Fit.KktResidual, point.Fit.DevianceRatio })]),
            new(name + ", cross-validation", [.. chosen.Best.Points.SelectMany(point => new[] { point.Lambda, point.Mean, point.StandardError, point.RSquared }), .. chosen.Best.FoldErrors.ToArray().Cast<double>(), chosen.LambdaMin, chosen.Lambda1Se]),
            new(name + ", predictions", predictions),
        ];
    }

    private static double[] Numbers(PathPoint point)
    {
        List<double> numbers = [point.Lambda, point.Intercept];
        for (int k = 0; k < point.Coefficients.Count; k++)
        {
            numbers.Add(point.Coefficients.Indices[k]);
            numbers.Add(point.Coefficients.Values[k]);
        }

        return [.. numbers];
    }
}
