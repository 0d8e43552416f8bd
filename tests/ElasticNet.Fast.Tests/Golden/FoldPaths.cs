namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Cross-validation the long way: each fold's path is fitted on a copy of its training rows.</summary>
internal static class FoldPaths
{
    /// <summary>Weighted mean of the folds' squared errors and its standard error, at each λ of the golden path.</summary>
    public static (double Mean, double StandardError)[] Curve(GoldenCase golden)
    {
        int[] ids = golden.File.CvPart<int[]>("foldid")!;
        double[] weights = golden.File.Weights ?? [.. ids.Select(_ => 1.0)];
        List<(double Weight, double[] Errors)> folds = [];
        foreach (int fold in ids.Distinct().Order())
        {
            Problem training = golden.Problem.Subset([.. Enumerable.Range(0, ids.Length).Where(i => ids[i] != fold)]);
            int[] heldOut = [.. Enumerable.Range(0, ids.Length).Where(i => ids[i] == fold)];
            (double scale, double l1Ratio) = golden.Mixing(training);
            RegularizationPath path = training.Path(l1Ratio, [.. golden.File.LambdaPath.Select(lambda => lambda * scale)]);
            folds.Add((heldOut.Sum(i => weights[i]), [.. path.Select(point => SquaredError(golden.Problem, point, heldOut, weights))]));
        }

        return [.. Enumerable.Range(0, golden.Lambdas.Length).Select(k => Average([.. folds.Select(fold => (fold.Weight, fold.Errors[k]))]))];
    }

    private static double SquaredError(Problem all, PathPoint point, int[] rows, double[] weights)
    {
        Solution solution = Solution.Of(all, point);
        double Error(int i) => all.Y[i] - solution.Predict(i);
        return rows.Sum(i => weights[i] * Error(i) * Error(i)) / rows.Sum(i => weights[i]);
    }

    private static (double Mean, double StandardError) Average((double Weight, double Error)[] folds)
    {
        double total = folds.Sum(fold => fold.Weight);
        double mean = folds.Sum(fold => fold.Weight * fold.Error) / total;
        double variance = folds.Sum(fold => fold.Weight * (fold.Error - mean) * (fold.Error - mean)) / total;
        return (mean, Math.Sqrt(variance / (folds.Length - 1)));
    }
}
