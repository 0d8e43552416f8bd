using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Degrees of freedom where the ridge term is so small that the count of coefficients less tr[(G + D)⁻¹D] cancels on dependent
/// columns. With D⁻½GD⁻½ = LLᵀ, L of as many columns as the rank, they are rank − tr[(I + LᵀL)⁻¹]: never more than the rank.
/// </summary>
internal sealed unsafe class SmallRidge : IDisposable
{
    /// <summary>A ridge term (columns of norm 1) from which on the plain formula keeps ten digits.</summary>
    public const double Limit = 1e-6;

    /// <summary>Stands for no ridge term at all.</summary>
    private const double Least = 1e-25;

    /// <summary>What is left of a column's square, per column of the support, when all of it is rounding.</summary>
    private const double Dependent = 64 * 2.220446049250313e-16;

    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly CholeskyFactor _factor = new();

    /// <summary>tr[G(G + D)⁻¹].</summary>
    /// <param name="problem">Holds G.</param>
    /// <param name="positions">The free support.</param>
    /// <param name="count">Its size.</param>
    /// <param name="ridge">D; changed.</param>
    public double Freedom(RestrictedProblem problem, int* positions, int count, double* ridge)
    {
        double* left = _vectors.Require(4 * (nint)count), column = left + count, ones = column + count, gram = ones + count;
        for (int k = 0; k < count; k++)
        {
            ridge[k] = Math.Max(ridge[k], Least);
            left[k] = problem.Square(positions[k]);
        }

        int rank = 0;
        for (int pivot; (pivot = Pivot(left, ridge, count)) >= 0; rank++)
        {
            // Column after column of L, each as long as the support.
            double* rows = _rows.Grow((rank + 1) * (nint)count, rank * (nint)count);
            problem.Products(positions[pivot], positions, count, gram);
            double size = Math.Sqrt(left[pivot] / ridge[pivot]);
            double* fresh = rows + rank * (nint)count;
            for (int k = 0; k < count; k++)
            {
                double value = gram[k] / Math.Sqrt(ridge[pivot] * ridge[k]);
                for (int q = 0; q < rank; q++)
                    value -= rows[q * (nint)count + pivot] * rows[q * (nint)count + k];
                fresh[k] = left[k] < 0 ? 0 : value / size;
                left[k] -= ridge[k] * fresh[k] * fresh[k];
            }

            left[pivot] = -1; // taken
            for (int k = 0; k < count; k++)
                left[k] = left[k] <= count * Dependent ? -1 : left[k];
        }

        _factor.Clear();
        for (int q = 0; q < rank; q++)
        {
            double* own = _rows.Pointer + q * (nint)count;
            for (int other = 0; other < q; other++)
                column[other] = Kernel.Dot(_rows.Pointer + other * (nint)count, own, count);
            _factor.TryAppend(column, 1 + Kernel.Dot(own, own, count));
        }

        new Span<double>(ones, rank).Fill(1);
        return rank - _factor.InverseTrace(ones);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _vectors.Dispose();
        _factor.Dispose();
    }

    /// <summary>Where most is left, measured by the ridge term; −1 where nothing is.</summary>
    private static int Pivot(double* left, double* ridge, int count)
    {
        int best = -1;
        for (int k = 0; k < count; k++)
        {
            if (left[k] > 0 && (best < 0 || left[k] / ridge[k] > left[best] / ridge[best]))
                best = k;
        }

        return best;
    }
}
