using CommunityToolkit.HighPerformance;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>Turns the path of one fold's training rows into its errors on the held-out rows.</summary>
/// <param name="design">X as the fold sees it.</param>
/// <param name="rows">The held-out rows.</param>
/// <param name="moments">Their moments, started; null where rows must tell.</param>
/// <param name="errors">Receives the errors</param>
/// <param name="fold">in this row.</param>
internal struct FoldSink<TDesign>(TDesign design, HeldOutRows rows, HeldOutMoments? moments, double[,] errors, int fold) : IPathSink
    where TDesign : struct, IDesign
{
    private int _count;

    public readonly bool IsSated => false;

    public readonly void Begin(double lambdaMax, ReadOnlySpan<double> lambdas)
    {
    }

    public void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
    {
        if (moments is null)
            errors[fold, _count++] = rows.Error(design, fit.Intercept, features, coefficients);
        else
            moments.Add(fit.Intercept, features, coefficients);
    }

    /// <summary>Called once, after the last solution.</summary>
    public readonly void Finish()
    {
        if (moments is null)
            return;
        moments.Evaluate(errors.GetRowSpan(fold));
        // Moments know the error without a look at the rows, but not to the last digit of a nearly perfect fit.
        for (int k = 0; k < errors.GetLength(1); k++)
        {
            if (double.IsNaN(errors[fold, k]))
            {
                SparseCoefficients model = moments.Model(k, out double intercept);
                errors[fold, k] = rows.Error(design, intercept, model.Indices, model.Values);
            }
        }
    }
}
