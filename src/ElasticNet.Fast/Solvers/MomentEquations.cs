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
    private readonly AlignedBuffer<double> _ratios = new();
    private readonly AlignedBuffer<int> _positions = new();
    private SecondMoments _moments = null!;
    private int _columns;

    public override int Columns => _columns;

    public override bool IsComplete => true;

    /// <summary>
    /// Takes the moments over; their rows are those to be fitted. Where these are not the rows by which columns and response
    /// were scaled, <paramref name="rescale"/> says so; <see cref="Shifts"/> and <see cref="Norms"/> tell what it came to.
    /// </summary>
    public void Start(SecondMoments moments, bool intercept, bool rescale)
    {
        _moments = moments;
        _columns = moments.Size - 1;
        double* ratios = _ratios.Require(2 * (nint)moments.Size);
        Shifts = ratios + moments.Size;
        for (int j = 0; j < moments.Size; j++)
        {
            double mean = rescale ? moments.Sums[j] / moments.Weight : 0;
            double square = moments.Products(j)[j] / moments.Weight;
            Shifts[j] = mean;
            ratios[j] = rescale ? Math.Sqrt(Math.Max(square - (intercept ? mean * mean : 0), 0)) : 1;
        }

        _intercept = intercept;
        FullPasses = ColumnsRead = 0;
        InterceptShift = 0;
        new Span<int>(_positions.Require(Math.Max(_columns, 1)), _columns).Fill(-1);
        ResponseSquare = ratios[_columns] == 0 || moments.Products(_columns)[_columns] == 0 ? 0 : 1;
        Problem.Clear(Math.Max(_columns, 1));
    }

    private bool _intercept;

    /// <summary>Norm of each column of [X̂ ŷ] over the rows to be fitted.</summary>
    public double* Norms => _ratios.Pointer;

    /// <summary>Mean of each column of [X̂ ŷ] over the rows to be fitted.</summary>
    public double* Shifts { get; private set; }

    public override bool IsMember(int column) => _positions.Pointer[column] >= 0;

    /// <summary>Takes the columns into the problem; called once, with all that may enter.</summary>
    public override void Admit(ReadOnlySpan<int> columns, PenaltyTerms terms)
    {
        int y = _columns;
        double* ofResponse = _moments.Products(y);
        double* norms = Norms;
        foreach (int j in columns)
            _positions.Pointer[j] = Problem.Add(j, terms.Unit1[j], terms.Unit2[j], terms.Lower[j], terms.Upper[j]);
        for (int a = 0; a < columns.Length; a++)
        {
            int j = columns[a];
            double* products = _moments.Products(j);
            double* row = Problem.GramRow(a);
            for (int b = 0; b <= a; b++)
            {
                int k = columns[b];
                row[b] = Scaled(products[k], j, k);
                Problem.GramRow(b)[a] = row[b];
            }

            Problem.Correlation[a] = ResponseSquare == 0 ? 0 : Scaled(ofResponse[j], j, y);
        }
    }

    public override void Certify(ExactSolver solver, PenaltyTerms terms, double l1, bool foresee, double* gradients)
    {
        new Span<double>(gradients, _columns).Clear();
        double square = ResponseSquare;
        for (int i = 0; i < Problem.Count; i++)
        {
            gradients[Problem.Columns[i]] = Problem.Gradient[i];
            square -= Problem.Beta[i] * (Problem.Correlation[i] + Problem.Gradient[i]);
        }

        ResidualSquare = Math.Max(square, 0);
    }

    public override void Evaluate(double* beta, double* gradients)
    {
        new Span<double>(gradients, _columns).Clear();
        double square = ResponseSquare;
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

    public override void Dispose()
    {
        base.Dispose();
        _ratios.Dispose();
        _positions.Dispose();
    }

    /// <summary>Σ w ẑⱼẑₖ / Σw, centred and divided by the norms over the rows to be fitted.</summary>
    private double Scaled(double product, int j, int k) =>
        (product / _moments.Weight - (_intercept ? Shifts[j] * Shifts[k] : 0)) / (Norms[j] * Norms[k]);
}
