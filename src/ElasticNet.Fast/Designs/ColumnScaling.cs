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

    private readonly AlignedBuffer<double> _memory = new();
    private IWorkItems? _measuring;

    /// <summary>The weighted mean with an intercept, else 0.</summary>
    public double* Center { get; private set; }

    /// <summary>1 / weighted root mean square of (xⱼ − center); 0 for a constant column.</summary>
    public double* InverseNorm { get; private set; }

    /// <summary>The weighted, centred 1/n standard deviation; 0 for a constant column.</summary>
    public double* Deviation { get; private set; }

    /// <summary>The standard deviations of the first columns, of which so many are measured.</summary>
    public ReadOnlySpan<double> Deviations(int columns) => new(Deviation, columns);

    /// <summary>Measures all columns.</summary>
    /// <param name="crew">Who works.</param>
    /// <param name="x">X.</param>
    /// <param name="weights">One for each row, Σ = 1.</param>
    /// <param name="firstRow">A row of positive weight.</param>
    /// <param name="intercept">Whether columns are centred.</param>
    /// <exception cref="ArgumentException">An element is NaN or infinite, or a column is too wide for double arithmetic.</exception>
    public void Measure<TDesign>(WorkCrew crew, in TDesign x, double* weights, int firstRow, bool intercept)
        where TDesign : struct, IDesign
    {
        Fill(crew, x, weights, firstRow, guess: false);
        for (int j = 0; j < x.Columns; j++)
        {
            double mean = Center[j], deviation = Deviation[j];
            Center[j] = intercept ? mean : 0;
            double norm = intercept ? deviation : double.Hypot(deviation, mean);
            // A constant column has coefficient 0 by definition, with or without intercept.
            InverseNorm[j] = deviation > 0 ? 1 / norm : 0;
        }
    }

    /// <summary>
    /// Guesses means and deviations from a sample of rows, for moments to be taken about them, which say how far off they are
    /// (<see cref="Rescale"/>): X is read once instead of twice. Constant columns are known as such.
    /// </summary>
    /// <returns>False where that gains nothing, or costs digits: about any other point than the mean a column's spread is a small difference.</returns>
    public bool TryGuess<TDesign>(WorkCrew crew, in TDesign x, double* weights, int firstRow, bool intercept)
        where TDesign : struct, IDesign
    {
        if (!intercept || x.Rows < RowsForGuess)
            return false;
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

    private void Fill<TDesign>(WorkCrew crew, in TDesign x, double* weights, int firstRow, bool guess)
        where TDesign : struct, IDesign
    {
        int p = x.Columns;
        Center = _memory.Require(3 * (nint)p);
        InverseNorm = Center + p;
        Deviation = InverseNorm + p;
        if (_measuring is not ColumnMeasuring<TDesign> measuring)
            _measuring = measuring = new ColumnMeasuring<TDesign>();
        measuring.Run(crew, x, weights, firstRow, guess, Center, Deviation);
    }
}
