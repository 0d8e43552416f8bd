using System.Numerics;
using System.Runtime.InteropServices;
using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>
/// The judge: relative duality gaps from X, y and the returned coefficients, by code that shares nothing with the
/// library. For one λ, with l₁ = λρ, l₂ = λ(1−ρ), r = y − b − Xβ, θ = r − mean(r) (the intercept is unpenalised, so a
/// dual point must sum to 0) and g = Xᵀθ/n:
/// <code>
/// P   = ‖r‖²/2n + l₁‖β‖₁ + l₂‖β‖²/2
/// D_B = θᵀy/n − ‖θ‖²/2n − Σ (|gⱼ| − l₁)₊² / 2l₂                                     where l₂ > 0
/// D_A = cθᵀy/n − c²(‖θ‖²/n + l₂‖β‖²)/2,   c = min(1, l₁ / max|gⱼ − l₂βⱼ|)
/// gap = (P − max(D_A, D_B)) / (variance of y / 2)
/// </code>
/// Each D is a lower bound of the minimum of P, so the better one proves more and everybody gets it.
/// </summary>
internal static class GapCheck
{
    /// <summary>The largest relative gap over the λ of a task; +∞ where a λ is missing or a number is not finite.</summary>
    /// <param name="x">The X that was solved: the rounded one where storage was narrower.</param>
    /// <param name="task">What was asked.</param>
    /// <param name="solution">What was answered.</param>
    public static double LargestRelativeGap<T>(DesignMatrix<T> x, SolveTask task, Solution solution)
        where T : unmanaged, INumber<T>
    {
        if (solution.Count < task.Lambdas.Length)
            return double.PositiveInfinity;
        if (!task.Problem.IsDenseGaussian)
            return LossGapCheck.LargestRelativeGap(task, solution);
        double[] y = task.Problem.Y;
        double[][] residuals = Residuals(x, y, solution);
        double[] means = Array.ConvertAll(residuals, r => Sum(r) / r.Length);
        double[] halfSquares = [.. residuals.Select(r => 0.5 * Dot(r, r) / r.Length)];
        for (int k = 0; k < residuals.Length; k++)
            Shift(residuals[k], means[k]);

        PenaltySums[] sums = new PenaltySums[task.Lambdas.Length];
        double[] widened = new double[x.Rows];
        for (int j = 0; j < x.Columns; j++)
        {
            Widen(x.Column(j), widened);
            for (int k = 0; k < sums.Length; k++)
            {
                double gradient = Dot(widened, residuals[k]) / x.Rows;
                sums[k].Add(gradient, solution.Coefficients[(long)k * x.Columns + j], task.Lambdas[k], task.L1Ratio);
            }
        }

        double largest = 0;
        for (int k = 0; k < sums.Length; k++)
        {
            double inner = Dot(residuals[k], y) / x.Rows, square = Dot(residuals[k], residuals[k]) / x.Rows;
            double gap = halfSquares[k] + sums[k].Penalty - sums[k].LargestDual(inner, square);
            largest = double.IsFinite(gap) ? Math.Max(largest, gap / NullDeviance(y)) : double.PositiveInfinity;
            if (double.IsInfinity(largest))
                break;
        }
        return largest;
    }

    /// <summary>y − b − Xβ for every λ; column by column, so that a large X is read once.</summary>
    private static double[][] Residuals<T>(DesignMatrix<T> x, double[] y, Solution solution)
        where T : unmanaged, INumber<T>
    {
        double[][] residuals = new double[solution.Count][];
        for (int k = 0; k < residuals.Length; k++)
        {
            residuals[k] = (double[])y.Clone();
            Shift(residuals[k], solution.Intercepts[k]);
        }
        double[] widened = new double[x.Rows];
        for (int j = 0; j < x.Columns; j++)
        {
            Widen(x.Column(j), widened);
            for (int k = 0; k < residuals.Length; k++)
            {
                double beta = solution.Coefficients[(long)k * x.Columns + j];
                if (beta == 0)
                    continue;
                double[] r = residuals[k];
                for (int i = 0; i < r.Length; i++)
                    r[i] -= beta * widened[i];
            }
        }
        return residuals;
    }

    private static double NullDeviance(double[] y)
    {
        double[] centred = (double[])y.Clone();
        Shift(centred, Sum(y) / y.Length);
        return 0.5 * Dot(centred, centred) / y.Length;
    }

    private static void Widen<T>(ReadOnlySpan<T> column, double[] widened)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < widened.Length; i++)
            widened[i] = double.CreateChecked(column[i]);
    }

    private static void Shift(double[] values, double by)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] -= by;
    }

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }

    private static double Dot(double[] a, double[] b)
    {
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> lanes = Vector<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
            lanes += wideA[i] * wideB[i];
        double sum = Vector.Sum(lanes);
        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
