using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The normal equations of tall data, from the moments of all columns: the rows are never seen again, and a certificate
/// costs nothing beyond the solver's own gradient.
/// </summary>
internal sealed unsafe class MomentEquations : NormalEquations
{
    /// <summary>Rows whose products are summed up before they are added to those of others, at least.</summary>
    private const int TileRows = 320;

    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<int> _positions = new();
    private MomentDifference _moments;
    private int _columns;
    private double _magnified;
    private bool _intercept;

    public override int Columns => _columns;

    public override bool IsComplete => true;

    /// <summary>
    /// Takes the moments over; their rows are those to be fitted. Where these are not the rows by which columns and response
    /// were scaled, <paramref name="rescale"/> says so; <see cref="Shifts"/> and <see cref="Norms"/> tell what it came to.
    /// </summary>
    /// <param name="moments">The moments.</param>
    /// <param name="intercept">Whether columns are centred.</param>
    /// <param name="rescale">Whether their rows are others.</param>
    /// <param name="factor">How many times the rounding of dense columns these moments have; see <see cref="Designs.Design.RoundingFactor"/>.</param>
    public void Start(MomentDifference moments, bool intercept, bool rescale, double factor)
    {
        int size = moments.Size;
        (_moments, _intercept, _columns) = (moments, intercept, size - 1);
        Norms = _vectors.Require(4 * (nint)size);
        Shifts = Norms + size;
        for (int j = 0; j < size; j++)
        {
            double mean = rescale ? moments.Mean(j) : 0;
            Shifts[j] = mean;
            bool isConstant = rescale && intercept && moments.IsConstant(j);
            Norms[j] = isConstant ? 0 : rescale ? Math.Sqrt(Math.Max(moments.Square(j) - (intercept ? mean * mean : 0), 0)) : 1;
            InverseNorms[j] = 1 / Norms[j];
        }

        _magnified = factor * (rescale ? Magnified(moments) : 1);
        FullPasses = ColumnsRead = 0;
        InterceptShift = 0;
        new Span<int>(_positions.Require(Math.Max(_columns, 1)), _columns).Fill(-1);
        NullDeviance = Norms[_columns] == 0 || moments.Square(_columns) == 0 ? 0 : 1;
        Problem.Clear(Math.Max(_columns, 1));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A moment is a sum in lanes over tiles of rows, and over the tiles; where it had to be moved to other means and norms, these differences
    /// magnify what is relative to it. ‖r‖² = 1 − 2cᵀβ + βᵀGβ adds up errors of many moments, for which the sum of their bounds would be far too
    /// much: it takes what k roundings come to in all likelihood, 6√k·u (Higham and Mary 2019), and so of the moments' errors among each other.
    /// </remarks>
    public override Rounding Rounding(double size, double norm, int support, double least)
    {
        double chain = Chain(_moments.Rows), product = Solvers.Rounding.Unit * chain * _magnified, likely = Solvers.Rounding.Unit * 6 * Math.Sqrt(chain) * _magnified;
        double gradient = (product + Solvers.Rounding.OfCombination(support)) * (1 + size);
        double residual = 4 * Solvers.Rounding.Unit * size;
        return new(gradient, residual, 0, likely * (1 + norm) * (1 + norm) + (2 * Math.Sqrt(ResidualSquare) + residual) * residual, product, double.PositiveInfinity);
    }

    private static double Chain(int rows) => Solvers.Rounding.OfProduct(Math.Min(rows, TileRows)) / Solvers.Rounding.Unit + rows / TileRows;

    /// <summary>Norm of each column of [X̂ ŷ] over the rows to be fitted.</summary>
    public double* Norms { get; private set; }

    /// <summary>Mean of each column of [X̂ ŷ] over the rows to be fitted.</summary>
    public double* Shifts { get; private set; }

    private double* InverseNorms => Shifts + _moments.Size;

    private double* Row => InverseNorms + _moments.Size;

    public override bool IsMember(int column) => _positions.Pointer[column] >= 0;

    /// <summary>Takes the columns into the problem; called once, with all that may enter, ascending.</summary>
    public override void Admit(ReadOnlySpan<int> columns, PenaltyTerms terms)
    {
        foreach (int j in columns)
            _positions.Pointer[j] = Problem.Add(j, terms.Unit1[j], terms.Unit2[j], terms.Lower[j], terms.Upper[j]);
        for (int a = 0; a < columns.Length; a++)
            Correlate(columns[a], columns[..(a + 1)], Problem.GramRow(a));
        Problem.Mirror(0);
        if (NullDeviance == 0)
            new Span<double>(Problem.Correlation, columns.Length).Clear();
        else
            Correlate(_columns, columns, Problem.Correlation);
    }

    /// <summary>Writes Σ w ẑⱼẑₖ / Σw, centred and divided by the norms over the rows to be fitted, for each k of <paramref name="others"/>, none of which is above j.</summary>
    private void Correlate(int j, ReadOnlySpan<int> others, double* destination)
    {
        double* row = Row;
        _moments.CopyProducts(j, row);
        if (_intercept)
            Kernel.Axpy(-_moments.Weight * Shifts[j], Shifts, row, j + 1);
        double scale = InverseNorms[j] / _moments.Weight;
        if (others.IsEmpty || others[^1] < others.Length)
        {
            // All columns up to that one, as nearly always: no look at which.
            Kernel.Standardize(row, 0, scale, InverseNorms, destination, others.Length);
            return;
        }

        for (int b = 0; b < others.Length; b++)
            destination[b] = row[others[b]] * scale * InverseNorms[others[b]];
    }

    public override bool TryCertify(ExactSolver solver, PenaltyTerms terms, double l1, bool foresee, double* gradients)
    {
        new Span<double>(gradients, _columns).Clear();
        double square = NullDeviance;
        for (int i = 0; i < Problem.Count; i++)
        {
            gradients[Problem.Columns[i]] = Problem.Gradient[i];
            square -= Problem.Beta[i] * (Problem.Correlation[i] + Problem.Gradient[i]);
        }

        ResidualSquare = Math.Max(square, 0);
        return true;
    }

    public override void Pass() => throw new InvalidOperationException("Moments never need the rows again.");

    public override void Conclude(double* gradients) => Pass();

    public override void Evaluate(double* beta, double* gradients)
    {
        new Span<double>(gradients, _columns).Clear();
        double square = NullDeviance;
        for (int i = 0; i < Problem.Count; i++)
        {
            double gradient = Problem.Correlation[i], own = beta[Problem.Columns[i]];
            for (int k = 0; k < Problem.Count; k++)
                gradient -= Problem.GramRow(i)[k] * beta[Problem.Columns[k]];
            gradients[Problem.Columns[i]] = gradient;
            square -= own * (Problem.Correlation[i] + gradient);
        }

        ResidualSquare = Math.Max(square, 0);
    }

    public override void Multiply(int position, double* products)
    {
        new Span<double>(products, _columns).Clear();
        for (int i = 0; i < Problem.Count; i++)
            products[Problem.Columns[i]] = Problem.GramRow(position)[i];
    }

    /// <summary>By how much rounding weighs more in centred and rescaled moments, or differences of moments, than in those they come from.</summary>
    private double Magnified(MomentDifference moments)
    {
        double most = 1;
        for (int j = 0; j < moments.Size; j++)
        {
            if (Norms[j] > 0)
                most = Math.Max(most, moments.GrossSquare(j) / (Norms[j] * Norms[j]));
        }

        return 1.5 * most;
    }

    public override void Dispose()
    {
        base.Dispose();
        _vectors.Dispose();
        _positions.Dispose();
    }
}
