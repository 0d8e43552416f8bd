using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Paths;

/// <summary>
/// The elastic net as the regression of chained equations: a path of λ at one ρ, of which the solution of least
/// BIC = n log(‖y − Xβ‖²/n) + df log n is taken, the larger λ of several. Columns without a say get the coefficient 0.
/// </summary>
/// <param name="l1Ratio">ρ.</param>
/// <param name="cancellationToken">Stops between two λ.</param>
internal sealed unsafe class ElasticNetRegression(double l1Ratio, CancellationToken cancellationToken) : IColumnRegression
{
    private const int LambdaCount = 50;

    private readonly PathContext _context = new(SolverLimits.Default);

    private readonly DenseDesign<double> _design = new();

    /// <summary>A perfect fit has no finite BIC: below this share of the response, residuals are rounding.</summary>
    private const double Rounding = 1e-20;

    /// <summary>Chooses the regression that options of preparation ask for; null is the usual one.</summary>
    public static Func<IColumnRegression>? For(PreparationOptions options, CancellationToken cancellationToken) =>
        options.HasEquations && options.Iterative is { Regression: ImputationRegression.ElasticNet } asked
            ? () => new ElasticNetRegression(asked.L1Ratio, cancellationToken)
            : null;

    public void Fit(double* columns, nint stride, int rows, int count, double* y, Span<double> coefficients)
    {
        coefficients.Clear();
        double square = Kernel.Dot(y, y, rows);
        if (square == 0)
            return;
        ElasticNetOptions options = new()
        {
            Intercept = false,
            LambdaCount = LambdaCount,
            DegreesOfFreedom = true,
            MaxDegreeOfParallelism = 1,
            CancellationToken = cancellationToken,
        };
        PointSink path = new();
        _context.Run(_design.Of(columns, rows, count, stride), new(y, null, null, rows), options, PathRequest.From(options, l1Ratio, null), path);
        double least = double.PositiveInfinity;
        PathPoint? best = null;
        foreach (PathPoint point in path.Points)
        {
            double share = Math.Max(1 - point.Fit.DevianceRatio, Rounding);
            double criterion = rows * Math.Log(share) + point.Fit.DegreesOfFreedom * Math.Log(rows);
            if (criterion < least)
                (least, best) = (criterion, point);
        }

        for (int k = 0; k < (best?.Coefficients.Indices.Length ?? 0); k++)
            coefficients[best!.Coefficients.Indices[k]] = best.Coefficients.Values[k];
    }

    public void Dispose() => _context.Dispose();
}
