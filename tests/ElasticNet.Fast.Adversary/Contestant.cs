namespace ElasticNet.Fast.Adversary;

/// <summary>Has the library solve a problem, by the door that the problem names.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly Workspace _workspace = new();

    public List<Answer> Solve(HostileProblem problem)
    {
        if (!problem.IsSingle)
            return Solve(problem, View(problem, Elements<double>(problem)));
        return Solve(problem, View(problem, Elements<float>(problem)));
    }

    public void Dispose() => _workspace.Dispose();

    private static T[] Elements<T>(HostileProblem problem)
        where T : struct
    {
        int n = problem.Rows, p = problem.Columns;
        double[] x = problem.X;
        if (problem.IsRowMajor)
        {
            x = new double[x.Length];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < p; j++)
                    x[i * p + j] = problem.X[j * n + i];
            }
        }

        return typeof(T) == typeof(double) ? (T[])(object)x : (T[])(object)Array.ConvertAll(x, v => (float)v);
    }

    private static MatrixView<T> View<T>(HostileProblem problem, T[] elements)
        where T : unmanaged => problem.IsRowMajor
            ? MatrixView.RowMajor<T>(elements, problem.Rows, problem.Columns)
            : MatrixView.ColumnMajor<T>(elements, problem.Rows, problem.Columns);

    private List<Answer> Solve(HostileProblem problem, Features x)
    {
        Target y = new(problem.Y) { Weights = problem.Weights, Offset = problem.Offset };
        List<Answer> answers = [];
        ElasticNetOptions options = problem.Options();
        switch (problem.Way)
        {
            case Way.PathInWorkspace:
                ElasticNetFit[] fits = new ElasticNetFit[problem.Lambdas.Length > 0 ? problem.Lambdas.Length : problem.LambdaCount];
                double[] all = new double[fits.Length * problem.Columns];
                int count = ElasticNetEstimator.Path(x, y, problem.L1Ratio, options, _workspace, fits, all);
                for (int k = 0; k < count; k++)
                    answers.Add(new(fits[k], all[(k * problem.Columns)..((k + 1) * problem.Columns)], null));
                break;
            case Way.Path:
                foreach (PathPoint point in ElasticNetEstimator.Path(x, y, problem.L1Ratio, options))
                    answers.Add(new(point.Fit, point.Coefficients.ToArray(), null));
                break;
            case Way.Models:
                foreach (double lambda in problem.Lambdas)
                {
                    using ElasticNetModel model = ElasticNetEstimator.Fit(x, y, lambda, problem.L1Ratio, options);
                    answers.Add(new(model.Fit, model.Coefficients.ToArray(), Predict(model, problem)));
                }

                break;
            default:
                foreach (double lambda in problem.Lambdas)
                {
                    double[] coefficients = new double[problem.Columns];
                    ElasticNetFit fit = ElasticNetEstimator.Fit(x, y, lambda, problem.L1Ratio, options, _workspace, coefficients);
                    answers.Add(new(fit, coefficients, null));
                }

                break;
        }

        return answers;
    }

    private static double[] Predict(ElasticNetModel model, HostileProblem problem)
    {
        double[] row = new double[problem.Columns], predictions = new double[problem.Rows];
        for (int i = 0; i < problem.Rows; i++)
        {
            for (int j = 0; j < row.Length; j++)
                row[j] = problem.X[j * problem.Rows + i];
            predictions[i] = problem.Offset.Length == 0 ? model.Predict(row) : model.Predict(row, problem.Offset[i]);
        }

        return predictions;
    }
}
