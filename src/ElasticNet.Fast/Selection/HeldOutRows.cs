using System.Buffers;
using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Selection;

/// <summary>The rows of one fold, and the error of a model on them, row by row.</summary>
internal sealed unsafe class HeldOutRows
{
    private readonly int[] _rows;
    private readonly double[] _target;
    private readonly double[] _weights;
    private readonly ErrorMeasure _measure;

    /// <summary>Collects the rows of a fold; y less the offset is what a model has to meet.</summary>
    public HeldOutRows(double* y, double* weights, double* offset, ReadOnlySpan<int> foldOf, int fold, ErrorMeasure measure)
    {
        _measure = measure;
        int count = foldOf.Count(fold), at = 0;
        (_rows, _target, _weights) = (new int[count], new double[count], new double[count]);
        for (int i = 0; i < foldOf.Length; i++)
        {
            if (foldOf[i] != fold)
                continue;
            _rows[at] = i;
            _target[at] = y[i] - (offset == null ? 0 : offset[i]);
            _weights[at] = weights == null ? 1 : weights[i];
            Weight += _weights[at++];
        }
    }

    /// <summary>Sum of the rows' weights.</summary>
    public double Weight { get; }

    /// <summary>Weighted mean error of b alone.</summary>
    public double Error(double intercept)
    {
        double[] eta = ArrayPool<double>.Shared.Rent(_rows.Length);
        eta.AsSpan(0, _rows.Length).Fill(intercept);
        double error = Error(eta);
        ArrayPool<double>.Shared.Return(eta);
        return error;
    }

    /// <summary>Weighted mean error of b + Xβ.</summary>
    /// <param name="design">X as the model saw it.</param>
    /// <param name="intercept">b.</param>
    /// <param name="features">Features whose coefficient is not 0.</param>
    /// <param name="coefficients">Their coefficients.</param>
    public double Error<TDesign>(in TDesign design, double intercept, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
        where TDesign : struct, IDesign
    {
        // Not a field: several mixings of one fold may be at work at once.
        double[] eta = ArrayPool<double>.Shared.Rent(_rows.Length);
        eta.AsSpan(0, _rows.Length).Fill(intercept);
        fixed (int* rows = _rows)
        fixed (double* start = eta)
        {
            for (int k = 0; k < features.Length; k++)
                design.AddRows(features[k], coefficients[k], rows, _rows.Length, start);
        }

        double error = Error(eta);
        ArrayPool<double>.Shared.Return(eta);
        return error;
    }

    private double Error(ReadOnlySpan<double> eta)
    {
        double sum = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            double error = _target[i] - eta[i];
            sum += _weights[i] * (_measure == ErrorMeasure.MeanSquaredError ? error * error : Math.Abs(error));
        }

        return sum / Weight;
    }
}
