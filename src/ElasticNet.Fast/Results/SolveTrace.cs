using System.Globalization;
using System.Text;

namespace ElasticNet.Fast;

/// <summary>How a solution was reached: the costs that matter, counted.</summary>
public readonly record struct SolveTrace
{
    /// <summary>Columns that are named one by one.</summary>
    private const int MostNamed = 10;

    /// <summary>What reached the final accuracy.</summary>
    public FinishMethod Finisher { get; init; }

    /// <summary>Whether moments of all columns, taken in one pass over the rows, stood in for X: it pays from n ≥ 2p on.</summary>
    public bool UsesMoments { get; init; }

    /// <summary>Passes over all columns of X; 0 where moments of X stand in for it.</summary>
    public int FullPasses { get; init; }

    /// <summary>Columns of X read singly (into the working set).</summary>
    public int ColumnsRead { get; init; }

    /// <summary>Size of the working set at the end.</summary>
    public int WorkingSetSize { get; init; }

    /// <summary>Coordinate-descent sweeps.</summary>
    public int Sweeps { get; init; }

    /// <summary>Linear systems solved on a support.</summary>
    public int Solves { get; init; }

    /// <summary>Factorisations from scratch.</summary>
    public int Factorizations { get; init; }

    /// <summary>Steps of conjugate gradients with the factor of an earlier λ as preconditioner, where a ridge term would ask for a new one at every λ.</summary>
    public int ConjugateSteps { get; init; }

    /// <summary>Steps of the monotone active-set method that had to stand in for block pivoting.</summary>
    public int MonotoneSteps { get; init; }

    /// <summary>
    /// Where the solution did not end exact (<see cref="ElasticNetFit.IsExact"/>), what is left and why, in words; null where it did.
    /// </summary>
    public string? Shortfall { get; init; }

    /// <summary>
    /// Columns (counted from 0, ascending) that have coefficient 0 because they are constant up to rounding over the rows that were
    /// fitted: their spread is at most 16ε of their largest value.
    /// </summary>
    public ReadOnlyMemory<int> ConstantColumns { get; init; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The trace of a solution with the given gap: where that is more than an exact solution has, it says so.</summary>
    internal SolveTrace Certified(double gap) => gap <= ElasticNetFit.ExactGap ? this : this with
    {
        Shortfall = string.Create(CultureInfo.InvariantCulture, $"not exact: a relative duality gap of {gap:0.0e+0} is left, more than {ElasticNetFit.ExactGap:0e+0}, for ") + Finisher switch
        {
            FinishMethod.CoordinateDescent => "the support is too large to factor and coordinate descent used up its sweeps",
            FinishMethod.LeastSquares => "without a penalty columns depend on each other so nearly that rounding hides which",
            _ => "columns or scales lie so that rounding hides a better support",
        },
    };

    /// <summary>What was chosen and why, in words.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Clause(UsesMoments
            ? "moments of all columns in place of X, for it has twice as many rows as columns or more"
            : $"{FullPasses} passes over X and {ColumnsRead} columns read singly, for the residuals of before tell about the others");
        if (Sweeps > 0)
            Clause($"{Sweeps} sweeps of coordinate descent to find the support roughly, for many coefficients wanted to enter at once");
        Clause(Finisher switch
        {
            FinishMethod.None => "nothing penalised to solve for",
            FinishMethod.ActiveSet => $"{Solves} exact solves on the support",
            FinishMethod.DualNewton => "Newton's method on the dual, for the ridge term lets in more columns than twice the rows",
            FinishMethod.Compensated => "an active set in double-double arithmetic on the columns themselves, for rounding in double spoils the solution or its proof",
            FinishMethod.CoordinateDescent => "coordinate descent on the residual, for the support is too large to factor",
            _ => "least squares, of minimum norm where it is not unique, for λ is 0",
        });
        if (Factorizations > 0)
            Clause($"{Factorizations} factors made anew, for the one of before served no longer");
        if (ConjugateSteps > 0)
        {
            string why = Finisher == FinishMethod.CoordinateDescent ? "on the support, where sweeps alone would take more" : "on the factor of an earlier λ, for a new one costs more";
            Clause($"{ConjugateSteps} steps of conjugate gradients {why}");
        }

        if (MonotoneSteps > 0)
            Clause($"{MonotoneSteps} monotone steps, for moving many coefficients at once did not lower the objective");
        if (Shortfall is not null)
            Clause(Shortfall);
        if (!ConstantColumns.IsEmpty)
            Clause(ConstantWords());
        return text.ToString();

        void Clause(string clause) => text.Append(text.Length > 0 ? "; " : "").Append(clause);
    }

    private string ConstantWords()
    {
        ReadOnlySpan<int> columns = ConstantColumns.Span;
        string named = string.Join(", ", columns[..Math.Min(columns.Length, MostNamed)].ToArray());
        string more = columns.Length > MostNamed ? Throw.Invariant($" and {columns.Length - MostNamed} more") : "";
        return $"column{(columns.Length == 1 ? "" : "s")} {named}{more} (counted from 0) held at 0, for {(columns.Length == 1 ? "it is" : "they are")} constant up to rounding";
    }
}

/// <summary>What brought a solution to its final accuracy.</summary>
public enum FinishMethod
{
    /// <summary>Nothing to do: every penalised coefficient is 0.</summary>
    None,

    /// <summary>A Cholesky factor on the support.</summary>
    ActiveSet,

    /// <summary>Newton's method on the dual: a ridge term, and more columns in the support than rows.</summary>
    DualNewton,

    /// <summary>Coordinate descent on the residual: the support is too large to factor.</summary>
    CoordinateDescent,

    /// <summary>λ = 0: least squares; where it is not unique of minimum norm, as far as bounds and the range of double allow.</summary>
    LeastSquares,

    /// <summary>
    /// An active set in double-double arithmetic, from the columns themselves: double cannot tell these columns apart well enough, or not
    /// well enough to prove it.
    /// </summary>
    Compensated,
}
