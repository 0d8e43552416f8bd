using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// One pass over X for several problems on its columns, as the folds of a cross-validation are: reading X costs the most, and
/// up to a dozen vectors are multiplied in the time of reading. What a problem gets does not depend on the others.
/// </summary>
/// <param name="crew">Who works.</param>
internal sealed unsafe class SharedPass(WorkCrew crew) : IDisposable
{
    /// <summary>So many of its standard deviations away from the common shift a column of a problem has lost two digits.</summary>
    private const double Farthest = 32;

    private readonly ColumnPass _pass = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<double> _products = new();

    /// <summary>Whether the columns of a problem, which it centres itself, keep their digits when they are shifted like the others'.</summary>
    public static bool Suits(ColumnScaling scaling, double* shift, int columns)
    {
        for (int j = 0; j < columns; j++)
        {
            if (!(Math.Abs(scaling.Center[j] - shift[j]) * scaling.InverseNorm[j] <= Farthest))
                return false;
        }

        return true;
    }

    /// <summary>Multiplies the directions that the problems ask for.</summary>
    /// <param name="design">X.</param>
    /// <param name="shift">What is subtracted from each column.</param>
    /// <param name="askers">The problems.</param>
    public void Run(Design design, double* shift, List<ColumnEquations> askers)
    {
        nint rows = (design.Rows + 7) & ~7, columns = (design.Columns + 7) & ~7;
        int vectors = askers.Sum(asker => asker.Directions), at = 0;
        double* u = _vectors.Require(vectors * rows), products = _products.Require(vectors * columns);
        foreach (ColumnEquations asker in askers)
        {
            asker.WeighDirections(u + at * rows, rows);
            at += asker.Directions;
        }

        _pass.Run(crew, design, shift, u, rows, vectors, products, columns);
        at = 0;
        foreach (ColumnEquations asker in askers)
        {
            int taken = asker.Directions;
            asker.Accept(products + at * columns, columns, shift, u + at * rows, rows);
            at += taken;
        }
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _products.Dispose();
    }
}
