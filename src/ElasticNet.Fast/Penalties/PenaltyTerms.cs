using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Penalties;

/// <summary>
/// The penalty of every column in the solvers' units, where columns and response have norm 1: strengths per unit of λρ and
/// λ(1−ρ), and bounds. A column that may not enter (constant or excluded) has both bounds at 0.
/// </summary>
internal sealed unsafe class PenaltyTerms : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();

    /// <summary>l1ⱼ = λρ·Unit1ⱼ.</summary>
    public double* Unit1 { get; private set; }

    /// <summary>l2ⱼ = λ(1−ρ)·Unit2ⱼ.</summary>
    public double* Unit2 { get; private set; }

    /// <summary>sⱼ (or 1) in units of the column's norm.</summary>
    public double* Ratio { get; private set; }

    /// <summary>Lower bounds, ≤ 0.</summary>
    public double* Lower { get; private set; }

    /// <summary>Upper bounds, ≥ 0.</summary>
    public double* Upper { get; private set; }

    /// <summary>Lower bounds as the user gave them, on the original scale.</summary>
    public double* GivenLower { get; private set; }

    /// <summary>Upper bounds as the user gave them, on the original scale.</summary>
    public double* GivenUpper { get; private set; }

    /// <summary>The smallest <see cref="Unit1"/> of the penalised columns that may enter; infinite where there are none.</summary>
    public double LeastUnit1 { get; private set; }

    /// <summary>The smallest <see cref="Unit2"/> of the columns that may enter: 0 where one of them is not penalised.</summary>
    public double LeastUnit2 { get; private set; }

    /// <summary>Whether a column may enter that is not penalised.</summary>
    public bool HasFree { get; private set; }

    /// <summary>Whether any bound is finite on a column that may enter.</summary>
    public bool HasBounds { get; private set; }

    /// <summary>Whether any bound is finite on a column that is not penalised.</summary>
    public bool HasBoundedFree { get; private set; }

    /// <summary>The groups that columns are penalised in; null where each is for itself.</summary>
    public GroupTerms? Groups { get; set; }

    /// <summary>Translates the user's terms.</summary>
    /// <param name="columns">p.</param>
    /// <param name="factors">Penalty factors vⱼ, or empty for 1.</param>
    /// <param name="lower">Bounds on the original scale: p, one for all, or none.</param>
    /// <param name="upper">Likewise.</param>
    /// <param name="excluded">Columns held at 0.</param>
    /// <param name="inverseNorm">1 / norm of each column; 0 for a constant one.</param>
    /// <param name="deviation">sⱼ, or null where the penalty acts on the original coefficients.</param>
    /// <param name="coefficientScale">Norm of the response, or what stands for it.</param>
    /// <param name="gradientScale">Likewise.</param>
    /// <param name="hasRidge">Whether ρ &lt; 1, so that the ridge term counts.</param>
    /// <param name="outputs">So many columns share what is given for one feature; those beyond the last feature are not given anything.</param>
    /// <exception cref="ArgumentException">A strength lies beyond the range of double.</exception>
    public void Prepare(
        int columns, ReadOnlySpan<double> factors, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, ReadOnlySpan<int> excluded,
        double* inverseNorm, double* deviation, double coefficientScale, double gradientScale, bool hasRidge, int outputs = 1)
    {
        Unit1 = _memory.Require(7 * (nint)columns);
        Unit2 = Unit1 + columns;
        Lower = Unit2 + columns;
        Upper = Lower + columns;
        Ratio = Upper + columns;
        GivenLower = Ratio + columns;
        GivenUpper = GivenLower + columns;
        HasBounds = HasBoundedFree = HasFree = false;
        for (int j = 0; j < columns; j++)
        {
            int feature = j / outputs;
            double factor = feature < factors.Length ? factors[feature] : 1;
            double ratio = (deviation == null ? 1 : deviation[j]) * inverseNorm[j];
            Ratio[j] = ratio;
            Unit1[j] = factor * ratio / gradientScale;
            Unit2[j] = factor * ratio * ratio * (coefficientScale / gradientScale); // 1 for squared error
            bool enters = inverseNorm[j] > 0;
            if (enters && factor > 0 && ratio > 0)
                CheckRange(j, feature, factor, hasRidge);
            GivenLower[j] = Bound(lower, feature, double.NegativeInfinity);
            GivenUpper[j] = Bound(upper, feature, double.PositiveInfinity);
            Lower[j] = enters ? GivenLower[j] / inverseNorm[j] / coefficientScale : 0;
            Upper[j] = enters ? GivenUpper[j] / inverseNorm[j] / coefficientScale : 0;
        }

        foreach (int feature in excluded)
        {
            for (int k = 0; k < outputs; k++)
                Lower[feature * outputs + k] = Upper[feature * outputs + k] = 0;
        }

        LeastUnit1 = LeastUnit2 = double.PositiveInfinity;
        for (int j = 0; j < columns; j++)
        {
            if (MayEnter(j))
            {
                LeastUnit1 = Unit1[j] > 0 ? Math.Min(LeastUnit1, Unit1[j]) : LeastUnit1;
                LeastUnit2 = Math.Min(LeastUnit2, Unit2[j]);
            }

            HasFree |= IsFree(j);
            bool bounded = MayEnter(j) && (double.IsFinite(Lower[j]) || double.IsFinite(Upper[j]));
            HasBounds |= bounded;
            HasBoundedFree |= bounded && IsFree(j);
        }
    }

    /// <summary>Whether a column can have a coefficient other than 0.</summary>
    public bool MayEnter(int column) => Lower[column] < Upper[column];

    /// <summary>Whether a column may enter and is not penalised.</summary>
    public bool IsFree(int column) => MayEnter(column) && Unit1[column] == 0;

    /// <summary>
    /// The coefficient to report, given the solvers' and its way back to the original scale: on a bound exactly the bound
    /// that the user gave, and never beyond one, although the way there and back rounds.
    /// </summary>
    public double Bounded(int column, double beta, double coefficient) =>
        beta == Lower[column] ? GivenLower[column]
        : beta == Upper[column] ? GivenUpper[column]
        : Math.Clamp(coefficient, GivenLower[column], GivenUpper[column]);

    /// <summary>The user's bound that a coefficient rests on; NaN where it rests on none.</summary>
    public double GivenBound(int column, double beta) =>
        beta == Lower[column] ? GivenLower[column] : beta == Upper[column] ? GivenUpper[column] : double.NaN;

    /// <summary>The penalty at λρ = <paramref name="l1"/> and λ(1−ρ) = <paramref name="l2"/>.</summary>
    public ElasticNetPenalty At(double l1, double l2) => new(l1, l2, Unit1, Unit2, Lower, Upper);

    public void Dispose() => _memory.Dispose();

    /// <summary>Strengths are what λ is multiplied by: they must be numbers that have all digits.</summary>
    private void CheckRange(int column, int feature, double factor, bool hasRidge)
    {
        if (!double.IsNormal(Unit1[column]) || (hasRidge && !double.IsNormal(Unit2[column])))
            Throw.Data("x", Throw.Invariant($"'x' column {feature} (counted from 0) has a penalty beyond the range of double, with penalty factor {factor} and the sizes that it and 'y' have; rescale them{(Ratio[column] is > 0.5 and < 2 ? "" : ", or let columns be standardised")}."));
        if (!hasRidge)
            Unit2[column] = Math.Min(Unit2[column], double.MaxValue); // never used, but multiplied by 0
    }

    private static double Bound(ReadOnlySpan<double> bounds, int column, double none) =>
        bounds.Length == 1 ? bounds[0] : column < bounds.Length ? bounds[column] : none;
}
