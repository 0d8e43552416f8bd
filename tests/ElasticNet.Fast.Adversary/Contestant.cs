using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Adversary;

/// <summary>Has the library solve a problem, by the door that the problem names.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly Workspace _workspace = new();

    public List<Answer> Solve(HostileProblem problem)
    {
        if (!problem.IsSingle)
            return Solve(problem, Elements<double>(problem));
        return Solve(problem, Elements<float>(problem));
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

    private List<Answer> Solve<T>(HostileProblem problem, T[] elements)
        where T : unmanaged
    {
        MatrixView<T> view = problem.IsRowMajor
            ? MatrixView.RowMajor<T>(elements, problem.Rows, problem.Columns)
            : MatrixView.ColumnMajor<T>(elements, problem.Rows, problem.Columns);
        List<Answer> answers = [];
        ElasticNetOptions options = problem.Options();
        switch (problem.Way)
        {
            case Way.PathInWorkspace:
                ElasticNetFit[] fits = new ElasticNetFit[problem.Lambdas.Length > 0 ? problem.Lambdas.Length : problem.LambdaCount];
                double[] all = new double[fits.Length * problem.Columns];
                int count = Path(view, problem.Y, problem.L1Ratio, options, fits, all);
                for (int k = 0; k < count; k++)
                    answers.Add(new(fits[k], all[(k * problem.Columns)..((k + 1) * problem.Columns)], null));
                break;
            case Way.Path:
                foreach (PathPoint point in Path(view, problem.Y, problem.L1Ratio, options))
                    answers.Add(new(point.Fit, point.Coefficients.ToArray(), null));
                break;
            case Way.Models:
                foreach (double lambda in problem.Lambdas)
                {
                    using ElasticNetModel model = Fit(view, problem.Y, lambda, problem.L1Ratio, options);
                    answers.Add(new(model.Fit, model.Coefficients.ToArray(), Predict(model, problem)));
                }

                break;
            default:
                foreach (double lambda in problem.Lambdas)
                {
                    double[] coefficients = new double[problem.Columns];
                    ElasticNetFit fit = FitInto(view, problem.Y, lambda, problem.L1Ratio, options, coefficients);
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

    // The library's overloads are by type, not generic.
    private int Path<T>(MatrixView<T> x, double[] y, double l1Ratio, ElasticNetOptions options, ElasticNetFit[] fits, double[] coefficients)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? ElasticNetEstimator.Path(Single(x), y, l1Ratio, options, _workspace, fits, coefficients)
            : ElasticNetEstimator.Path(Double(x), y, l1Ratio, options, _workspace, fits, coefficients);

    private static RegularizationPath Path<T>(MatrixView<T> x, double[] y, double l1Ratio, ElasticNetOptions options)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? ElasticNetEstimator.Path(Single(x), y, l1Ratio, options) : ElasticNetEstimator.Path(Double(x), y, l1Ratio, options);

    private static ElasticNetModel Fit<T>(MatrixView<T> x, double[] y, double lambda, double l1Ratio, ElasticNetOptions options)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? ElasticNetEstimator.Fit(Single(x), y, lambda, l1Ratio, options) : ElasticNetEstimator.Fit(Double(x), y, lambda, l1Ratio, options);

    private ElasticNetFit FitInto<T>(MatrixView<T> x, double[] y, double lambda, double l1Ratio, ElasticNetOptions options, double[] coefficients)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? ElasticNetEstimator.Fit(Single(x), y, lambda, l1Ratio, options, _workspace, coefficients)
            : ElasticNetEstimator.Fit(Double(x), y, lambda, l1Ratio, options, _workspace, coefficients);

    private static MatrixView<float> Single<T>(in MatrixView<T> x)
        where T : unmanaged => As<T, float>(x);

    private static MatrixView<double> Double<T>(in MatrixView<T> x)
        where T : unmanaged => As<T, double>(x);

    private static MatrixView<TTo> As<TFrom, TTo>(in MatrixView<TFrom> x)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        ReadOnlySpan<TFrom> all = MemoryMarshal.CreateReadOnlySpan(in x.GetPinnableReference(), x.Rows * x.Columns);
        ReadOnlySpan<TTo> same = MemoryMarshal.Cast<TFrom, TTo>(all);
        return x.IsColumnMajor ? MatrixView.ColumnMajor(same, x.Rows, x.Columns) : MatrixView.RowMajor(same, x.Rows, x.Columns);
    }
}
