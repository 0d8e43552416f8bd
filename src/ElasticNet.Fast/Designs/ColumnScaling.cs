using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// Where each column of X lies and how wide it is, over the weighted rows. The solvers see column j as
/// x̂ⱼ = (xⱼ − center)/norm, of weighted norm 1, whatever the user's units.
/// </summary>
internal sealed unsafe class ColumnScaling : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();

    /// <summary>The weighted mean with an intercept, else 0.</summary>
    public double* Center { get; private set; }

    /// <summary>1 / weighted root mean square of (xⱼ − center); 0 for a constant column.</summary>
    public double* InverseNorm { get; private set; }

    /// <summary>The weighted, centred 1/n standard deviation; 0 for a constant column.</summary>
    public double* Deviation { get; private set; }

    /// <summary>Measures all columns.</summary>
    /// <exception cref="ArgumentException">An element is NaN or infinite, or a column is too wide for double arithmetic.</exception>
    public void Measure<TDesign>(in TDesign x, double* weights, int firstRow, bool intercept)
        where TDesign : struct, IDesign
    {
        int p = x.Columns;
        Center = _memory.Require(3 * (nint)p);
        InverseNorm = Center + p;
        Deviation = InverseNorm + p;
        for (int j = 0; j < p; j++)
        {
            (double mean, double deviation) = MeasureColumn(x, j, weights, firstRow);
            Deviation[j] = deviation;
            Center[j] = intercept ? mean : 0;
            double norm = intercept ? deviation : double.Hypot(deviation, mean);
            // A constant column has coefficient 0 by definition, with or without intercept.
            InverseNorm[j] = deviation > 0 ? 1 / norm : 0;
        }
    }

    /// <summary>
    /// The scaling over a subset of the rows, from what their moments say in the units of the whole: the mean and the
    /// norm of each standardised column over the subset.
    /// </summary>
    public void Rescale(int columns, ColumnScaling whole, double* means, double* norms, bool intercept)
    {
        Center = _memory.Require(3 * (nint)columns);
        InverseNorm = Center + columns;
        Deviation = InverseNorm + columns;
        for (int j = 0; j < columns; j++)
        {
            double inverse = whole.InverseNorm[j];
            bool constant = inverse == 0 || norms[j] == 0;
            Center[j] = intercept && inverse > 0 ? whole.Center[j] + means[j] / inverse : whole.Center[j];
            InverseNorm[j] = constant ? 0 : inverse / norms[j];
            double spread = intercept ? norms[j] : Math.Sqrt(Math.Max(norms[j] * norms[j] - means[j] * means[j], 0));
            Deviation[j] = constant ? 0 : spread / inverse;
        }
    }

    public void Dispose() => _memory.Dispose();

    private static (double Mean, double Deviation) MeasureColumn<TDesign>(in TDesign x, int column, double* weights, int firstRow)
        where TDesign : struct, IDesign
    {
        // Shifted by one of its own values a constant column gives exact zeros, and most others lose no digits.
        double shift = x.Element(firstRow, column);
        double* sums = stackalloc double[2];
        x.Moments(column, shift, weights, sums);
        double mean = shift + sums[0], square = sums[1] - sums[0] * sums[0];
        if (square < 0.25 * sums[1])
        {
            // The first value lies far out: once more, from the mean.
            shift = mean;
            x.Moments(column, shift, weights, sums);
            mean = shift + sums[0];
            square = sums[1] - sums[0] * sums[0];
        }

        // Squares that leave the comfortable range of double (and NaN) are measured again, slowly and scaled.
        return square is > 1e-280 and < 1e280
            ? (mean, Math.Sqrt(square))
            : MeasureScaled(x, column, weights, firstRow);
    }

    private static (double Mean, double Deviation) MeasureScaled<TDesign>(in TDesign x, int column, double* weights, int firstRow)
        where TDesign : struct, IDesign
    {
        double first = x.Element(firstRow, column), widest = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            double value = x.Element(i, column);
            if (!double.IsFinite(value))
                Throw.Data("x", Throw.Invariant($"'x' must be finite, but row {i}, column {column} (counted from 0) is {value}."));
            if (weights[i] > 0)
                widest = Math.Max(widest, Math.Abs(value - first));
        }

        if (widest == 0)
            return (first, 0);
        if (!double.IsFinite(widest))
            Throw.Data("x", Throw.Invariant($"'x' column {column} (counted from 0) spans more than the range of double; rescale it."));
        double mean = 0, square = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            if (weights[i] > 0)
                mean += weights[i] * ((x.Element(i, column) - first) / widest);
        }

        for (int i = 0; i < x.Rows; i++)
        {
            double z = weights[i] > 0 ? (x.Element(i, column) - first) / widest - mean : 0;
            square += weights[i] * z * z;
        }

        return (first + mean * widest, Math.Sqrt(square) * widest);
    }
}
