using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// The mean squared errors of a whole path on the held-out rows, from their moments. A model's residual is a combination g of
/// the columns of [X̂ ŷ] and a constant c, so that its sum of squares is gᵀSg + 2c·sᵀg + c²W. The models are multiplied
/// together: S is read once for all of them.
/// </summary>
internal sealed unsafe class HeldOutMoments : IDisposable
{
    /// <summary>Below this share of the squares that they are made of (response, and each column times its coefficient), sums of squares have lost too many digits.</summary>
    private const double LeastShare = 1e-8;

    /// <summary>Rows of S multiplied at a time.</summary>
    private const int Block = 48;

    /// <summary>Columns of S multiplied at a time.</summary>
    private const int Depth = 512;

    private readonly AlignedBuffer<double> _combinations = new();
    private readonly AlignedBuffer<double> _products = new();
    private readonly AlignedBuffer<double> _diagonal = new();
    private SecondMoments _moments = null!;
    private nint _stride;
    private int _count;

    /// <summary>A multiply-add on rows, a feature at a time, takes as long as so many of a product with the moments.</summary>
    private const double RowCost = 4;

    /// <summary>Whether the moments are the cheaper way: the rows see each coefficient once per row, the moments every pair of columns once per model.</summary>
    public static bool Pay(int columns, int rows, ModelList models) =>
        0.5 * columns * columns * models.Count < RowCost * rows * models.Size;

    /// <summary>Writes the weighted mean squared error of every model; NaN where the rows must tell, because too few digits are left.</summary>
    /// <param name="moments">Of the held-out rows.</param>
    /// <param name="scaling">How their columns were centred and scaled.</param>
    /// <param name="responseCenter">How the response was centred.</param>
    /// <param name="responseNorm">How it was scaled.</param>
    /// <param name="models">The models.</param>
    /// <param name="errors">One for each.</param>
    public void Evaluate(
        SecondMoments moments, ColumnScaling scaling, double responseCenter, double responseNorm, ModelList models, Span<double> errors)
    {
        (_moments, _count) = (moments, models.Count);
        int size = moments.Size;
        _stride = (size + 1 + 7) & ~7;
        if (_stride % 512 == 0)
            _stride += 8;
        double* combinations = _combinations.RequireZeroed(_count * _stride);
        for (int k = 0; k < _count; k++)
            Combine(models, k, scaling, responseCenter, responseNorm, combinations + k * _stride);
        errors[.._count].Clear();
        for (int top = 0; top < size; top += Block)
            AddBlock(top, Math.Min(Block, size - top), errors);
        for (int k = 0; k < _count; k++)
        {
            double* g = combinations + k * _stride;
            double constant = g[size], linear = Kernel.Dot(g, moments.Sums, size);
            double error = (2 * errors[k] + constant * (2 * linear + constant * moments.Weight)) / moments.Weight;
            errors[k] = error > LeastShare * Kernel.Dot(g, g, size) ? error : double.NaN;
        }
    }

    public void Dispose()
    {
        _combinations.Dispose();
        _products.Dispose();
        _diagonal.Dispose();
    }

    /// <summary>y − o − b − xᵀβ as a combination of the columns of [X̂ ŷ] and, last, a constant.</summary>
    private void Combine(ModelList models, int k, ColumnScaling scaling, double responseCenter, double responseNorm, double* g)
    {
        ReadOnlySpan<int> features = models.Features(k);
        ReadOnlySpan<double> coefficients = models.Coefficients(k);
        double constant = responseCenter - models.Intercept(k);
        for (int i = 0; i < features.Length; i++)
        {
            int j = features[i];
            constant -= coefficients[i] * scaling.Center[j];
            g[j] = -coefficients[i] / scaling.InverseNorm[j];
        }

        g[_moments.Size - 1] = responseNorm;
        g[_moments.Size] = constant;
    }

    /// <summary>Adds gᵀLg for some rows of L, the lower triangle of S with half its diagonal: gᵀSg = 2gᵀLg.</summary>
    private void AddBlock(int top, int rows, Span<double> sums)
    {
        double* combinations = _combinations.Pointer;
        double* products = _products.RequireZeroed((nint)rows * _count);
        for (int left = 0; left < top; left += Depth)
        {
            Kernel.Gram(
                _moments.Products(top) + left, _moments.Stride, rows, combinations + left, _stride, _count,
                Math.Min(Depth, top - left), products, _count, _count);
        }

        double* diagonal = _diagonal.RequireZeroed(Block * Block);
        for (int i = 0; i < rows; i++)
        {
            double* row = _moments.Products(top + i) + top;
            for (int j = 0; j < i; j++)
                diagonal[i * Block + j] = row[j];
            diagonal[i * Block + i] = 0.5 * row[i];
        }

        Kernel.Gram(diagonal, Block, rows, combinations + top, _stride, _count, rows, products, _count, _count);
        for (int k = 0; k < _count; k++)
        {
            double* g = combinations + k * _stride + top;
            for (int i = 0; i < rows; i++)
                sums[k] += g[i] * products[i * _count + k];
        }
    }
}
