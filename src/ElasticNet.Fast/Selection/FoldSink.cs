using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>Turns the path of one fold's training rows into its errors on the held-out rows.</summary>
internal unsafe struct FoldSink<TDesign>(TDesign design, HeldOutRows rows, HeldOutMoments? moments, double[,] errors, int fold) : IPathSink
    where TDesign : struct, IDesign
{
    private int _count;

    public readonly void Begin(double lambdaMax, ReadOnlySpan<double> lambdas)
    {
    }

    public void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
    {
        // Moments know the error without a look at the rows, but not to the last digit of a nearly perfect fit.
        if (moments is null || !moments.TryError(fit.Intercept, features, coefficients, out double error))
            error = rows.Error(design, fit.Intercept, features, coefficients);
        errors[fold, _count++] = error;
    }
}

/// <summary>The mean squared error of a model on the held-out rows, from their moments.</summary>
internal sealed unsafe class HeldOutMoments(SecondMoments moments, ColumnScaling scaling, double responseCenter, double responseNorm)
{
    /// <summary>Below this share of the response's square, sums of squares have lost too many digits.</summary>
    private const double LeastShare = 1e-8;

    private readonly double[] _gamma = new double[moments.Size];

    /// <summary>Weighted mean of (y − o − b − xᵀβ)²; false where the rows must tell.</summary>
    public bool TryError(double intercept, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients, out double error)
    {
        double constant = responseCenter - intercept;
        for (int k = 0; k < features.Length; k++)
        {
            int j = features[k];
            constant -= coefficients[k] * scaling.Center[j];
            _gamma[k] = coefficients[k] / scaling.InverseNorm[j];
        }

        error = moments.ResidualSquares(responseNorm, constant, features, _gamma.AsSpan(0, features.Length)) / moments.Weight;
        return error > LeastShare * responseNorm * responseNorm;
    }
}
