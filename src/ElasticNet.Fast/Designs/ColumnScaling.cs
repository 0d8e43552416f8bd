using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// Where each column of X lies and how wide it is, over the weighted rows. The solvers see column j as
/// x̂ⱼ = (xⱼ − center)/norm, of weighted norm 1, whatever the user's units.
/// </summary>
internal sealed unsafe class ColumnScaling : IDisposable
{
    /// <summary>From so many rows on measuring costs far more than a look at a sample of them.</summary>
    private const int RowsForGuess = 4096;

    /// <summary>2⁻¹⁰¹⁰; below this norm products of a column lose digits, and 1/norm soon overflows.</summary>
    private const double LeastNorm = 9.1e-305;

    /// <summary>2¹⁰²⁰; beyond this norm 1/norm loses digits.</summary>
    private const double LargestNorm = 1.1e307;

    /// <summary>Rows that are some of these may find a column constant that is not over all: it keeps at least this share of its deviation otherwise.</summary>
    private const double LeastShare = 1e-3;

    private readonly AlignedBuffer<double> _memory = new();
    private readonly ColumnMeasuring _measuring = new();
    private int _columns;
    private int[] _constant = [];

    /// <summary>The weighted mean with an intercept, else 0.</summary>
    public double* Center { get; private set; }

    /// <summary>1 / weighted root mean square of (xⱼ − center); 0 for a constant column.</summary>
    public double* InverseNorm { get; private set; }

    /// <summary>The weighted, centred 1/n standard deviation; 0 for a constant column.</summary>
    public double* Deviation { get; private set; }

    /// <summary>Whether constant columns are ordinary ones.</summary>
    public bool KeepsConstants { get; private set; }

    /// <summary>Whether a column's spread is so close to rounding that only the rows can tell whether it is constant over some of them.</summary>
    public bool HasNearConstants { get; private set; }

    /// <summary>The columns that are constant up to rounding and have coefficient 0 for it, ascending.</summary>
    public ReadOnlyMemory<int> ConstantColumns
    {
        get
        {
            int found = new ReadOnlySpan<double>(InverseNorm, _columns).Count(0.0);
            // The same list as before, mostly, so that a warm workspace allocates nothing.
            bool same = found == _constant.Length;
            for (int k = 0; k < found && same; k++)
                same = _constant[k] < _columns && InverseNorm[_constant[k]] == 0;
            if (!same)
            {
                _constant = new int[found];
                for (int j = 0, k = 0; j < _columns; j++)
                {
                    if (InverseNorm[j] == 0)
                        _constant[k++] = j;
                }
            }

            return _constant;
        }
    }

    /// <summary>How many columns have been measured.</summary>
    public int Columns => _columns;

    /// <summary>Takes what another has measured.</summary>
    public void Copy(ColumnScaling other)
    {
        _columns = other._columns;
        Center = _memory.Require(3 * (nint)_columns);
        InverseNorm = Center + _columns;
        Deviation = InverseNorm + _columns;
        (KeepsConstants, HasNearConstants) = (other.KeepsConstants, other.HasNearConstants);
        long size = (long)_columns * sizeof(double);
        Buffer.MemoryCopy(other.Center, Center, size, size);
        Buffer.MemoryCopy(other.InverseNorm, InverseNorm, size, size);
        Buffer.MemoryCopy(other.Deviation, Deviation, size, size);
    }

    /// <summary>Takes one of every <paramref name="outputs"/> columns that another has measured, as they are alike.</summary>
    public void TakeEach(ColumnScaling other, int outputs, int columns)
    {
        _columns = columns;
        Center = _memory.Require(3 * (nint)columns);
        InverseNorm = Center + columns;
        Deviation = InverseNorm + columns;
        (KeepsConstants, HasNearConstants) = (other.KeepsConstants, other.HasNearConstants);
        for (int j = 0; j < columns; j++)
        {
            nint at = (nint)j * outputs;
            (Center[j], InverseNorm[j], Deviation[j]) = (other.Center[at], other.InverseNorm[at], other.Deviation[at]);
        }
    }

    /// <summary>Takes some of the columns that another has measured.</summary>
    public void Take(ColumnScaling other, ReadOnlySpan<int> columns)
    {
        _columns = columns.Length;
        Center = _memory.Require(3 * (nint)_columns);
        InverseNorm = Center + _columns;
        Deviation = InverseNorm + _columns;
        (KeepsConstants, HasNearConstants) = (other.KeepsConstants, other.HasNearConstants);
        for (int k = 0; k < columns.Length; k++)
            (Center[k], InverseNorm[k], Deviation[k]) = (other.Center[columns[k]], other.InverseNorm[columns[k]], other.Deviation[columns[k]]);
    }

    /// <summary>The standard deviations of the first columns, of which so many are measured.</summary>
    public ReadOnlySpan<double> Deviations(int columns) => new(Deviation, columns);

    /// <summary>The same of one of every <paramref name="outputs"/> columns.</summary>
    /// <param name="outputs">Outputs of a feature.</param>
    /// <param name="columns">Features.</param>
    /// <param name="deviations">Room for one of each.</param>
    public ReadOnlySpan<double> DeviationsOfEach(int outputs, int columns, double* deviations)
    {
        for (int j = 0; j < columns; j++)
            deviations[j] = Deviation[(nint)j * outputs];
        return new(deviations, columns);
    }

    /// <summary>The features among the constant columns, where each of them is <paramref name="outputs"/> columns.</summary>
    public int[] ConstantOfEach(int outputs, int columns)
    {
        int found = 0;
        for (int j = 0; j < columns; j++)
            found += InverseNorm[(nint)j * outputs] == 0 ? 1 : 0;
        if (found == 0)
            return [];
        int[] constant = new int[found];
        for (int j = columns - 1; j >= 0; j--)
        {
            if (InverseNorm[(nint)j * outputs] == 0)
                constant[--found] = j;
        }

        return constant;
    }

    /// <summary>Measures all columns.</summary>
    /// <param name="crew">Who works.</param>
    /// <param name="x">X.</param>
    /// <param name="weights">One for each row, Σ = 1.</param>
    /// <param name="firstRow">A row of positive weight.</param>
    /// <param name="intercept">Whether columns are centred.</param>
    /// <param name="keepsConstants">Whether a constant column is one like any other: where it is neither centred nor divided by its deviation.</param>
    /// <exception cref="ArgumentException">An element is NaN or infinite, or a column is too wide or too small for double arithmetic.</exception>
    public void Measure(WorkCrew crew, Design x, double* weights, int firstRow, bool intercept, bool keepsConstants = false)
    {
        (KeepsConstants, HasNearConstants) = (keepsConstants, false);
        Fill(crew, x, weights, firstRow, guess: false);
        for (int j = 0; j < x.Columns; j++)
        {
            double mean = Center[j], deviation = Deviation[j];
            Center[j] = intercept ? mean : 0;
            double norm = intercept ? deviation : double.Hypot(deviation, mean);
            HasNearConstants |= deviation > 0 && LeastShare * deviation <= Constancy.Span * Math.Abs(mean);
            // Else a constant column has coefficient 0 by definition, with or without intercept.
            bool enters = deviation > 0 || (keepsConstants && norm > 0);
            if (enters && !(norm is >= LeastNorm and <= LargestNorm))
                Throw.Data("x", Throw.Invariant($"'x' column {j} (counted from 0) must have a size between {LeastNorm} and {LargestNorm}, where double keeps its digits, but has {norm} (root mean square{(intercept ? " about its mean" : "")}); rescale it."));
            InverseNorm[j] = enters ? 1 / norm : 0;
        }
    }

    /// <summary>
    /// Guesses means and deviations from a sample of rows, for moments to be taken about them, which say how far off they are
    /// (<see cref="Rescale"/>): X is read once instead of twice. Constant columns are known as such.
    /// </summary>
    /// <returns>False where that gains nothing (entries that are stored sparse are soon measured), or costs digits: about any other point than the mean a column's spread is a small difference.</returns>
    public bool TryGuess(WorkCrew crew, Design x, double* weights, int firstRow, bool intercept)
    {
        if (!intercept || x.Rows < RowsForGuess || !x.PrefersCopies)
            return false;
        (KeepsConstants, HasNearConstants) = (false, false);
        Fill(crew, x, weights, firstRow, guess: true);
        for (int j = 0; j < x.Columns; j++)
            InverseNorm[j] = Deviation[j] > 0 ? 1 / Deviation[j] : 0;
        return true;
    }

    /// <summary>
    /// The scaling over some rows, from what their moments say in the units of another scaling, of more rows or a guess: the
    /// mean and the norm of each standardised column.
    /// </summary>
    public void Rescale(int columns, ColumnScaling units, double* means, double* norms, bool intercept)
    {
        Center = _memory.Require(3 * (nint)columns);
        InverseNorm = Center + columns;
        Deviation = InverseNorm + columns;
        _columns = columns;
        (KeepsConstants, HasNearConstants) = (units.KeepsConstants, units.HasNearConstants);
        for (int j = 0; j < columns; j++)
        {
            double inverse = units.InverseNorm[j];
            bool constant = inverse == 0 || norms[j] == 0;
            Center[j] = intercept && inverse > 0 ? units.Center[j] + means[j] / inverse : units.Center[j];
            InverseNorm[j] = constant ? 0 : inverse / norms[j];
            double spread = intercept ? norms[j] : Math.Sqrt(Math.Max(norms[j] * norms[j] - means[j] * means[j], 0));
            Deviation[j] = constant ? 0 : spread / inverse;
        }
    }

    public void Dispose() => _memory.Dispose();

    private void Fill(WorkCrew crew, Design x, double* weights, int firstRow, bool guess)
    {
        int p = x.Columns;
        _columns = p;
        Center = _memory.Require(3 * (nint)p);
        InverseNorm = Center + p;
        Deviation = InverseNorm + p;
        if (x is StackedDesign stacked)
            FillStacked(crew, stacked, weights, firstRow);
        else
            _measuring.Run(crew, x, weights, firstRow, guess, Center, Deviation);
    }

    /// <summary>A feature is as wide in the rows of one output as in those of another. What stands for the intercepts has no width.</summary>
    private void FillStacked(WorkCrew crew, StackedDesign x, double* weights, int firstRow)
    {
        int features = x.Features.Columns, outputs = x.Outputs;
        _measuring.Run(crew, x.Features, weights, firstRow, guess: false, Center, Deviation);
        for (int k = 0; k < outputs; k++)
            Center[x.InterceptOf(k)] = Deviation[x.InterceptOf(k)] = 0;
        for (int j = features - 1; j >= 0; j--)
        {
            (double center, double deviation) = (Center[j], Deviation[j]);
            new Span<double>(Center + (nint)j * outputs, outputs).Fill(center);
            new Span<double>(Deviation + (nint)j * outputs, outputs).Fill(deviation);
        }
    }
}
