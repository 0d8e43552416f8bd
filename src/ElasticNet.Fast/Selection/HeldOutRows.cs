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

    private HeldOutRows(int count, ErrorMeasure measure)
    {
        (_rows, _target, _weights) = (new int[count], new double[count], new double[count]);
        _measure = measure;
    }

    /// <summary>Collects the rows of every fold; y less the offset is what a model has to meet.</summary>
    public static HeldOutRows[] Collect(double* y, double* weights, double* offset, ReadOnlySpan<int> foldOf, int folds, ErrorMeasure measure)
    {
        int[] at = new int[folds];
        foreach (int fold in foldOf)
        {
            if (fold >= 0)
                at[fold]++;
        }

        HeldOutRows[] all = Array.ConvertAll(at, count => new HeldOutRows(count, measure));
        Array.Clear(at);
        for (int i = 0; i < foldOf.Length; i++)
        {
            if (foldOf[i] < 0)
                continue;
            HeldOutRows rows = all[foldOf[i]];
            int k = at[foldOf[i]]++;
            rows._rows[k] = i;
            rows._target[k] = y[i] - (offset == null ? 0 : offset[i]);
            rows._weights[k] = weights == null ? 1 : weights[i];
            rows.Weight += rows._weights[k];
        }

        return all;
    }

    /// <summary>Sum of the rows' weights.</summary>
    public double Weight { get; private set; }

    /// <summary>Σw(y − o − b): how far the rows lie above an intercept.</summary>
    public double Excess(double intercept)
    {
        double sum = 0;
        for (int i = 0; i < _target.Length; i++)
            sum += _weights[i] * (_target[i] - intercept);
        return sum;
    }

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
