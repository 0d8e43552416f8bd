using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>
/// Which columns should join the working set. Sees gradients only, whatever the family they come from. Capped: of many
/// candidates only the strongest join, the others get their chance once these are solved.
/// </summary>
internal sealed unsafe class Screening : IDisposable
{
    /// <summary>So many may always join at once,</summary>
    private const int AlwaysAdmitted = 64;

    /// <summary>
    /// and √(so many·p): their Gram matrix then costs about as much as the pass over X that a round more would take (a
    /// multiply-add of a pass waits for memory as long as eight of a matrix product take).
    /// </summary>
    private const double ProductsPerPass = 8;

    private readonly AlignedBuffer<int> _chosen = new();
    private readonly AlignedBuffer<double> _scores = new();

    /// <summary>Columns that pass the last <see cref="Select"/>, those beyond its cap included.</summary>
    public int Candidates { get; private set; }

    /// <summary>The columns that join without screening: all that may enter, or the unpenalised ones.</summary>
    public ReadOnlySpan<int> Unscreened(int columns, PenaltyTerms terms, bool all)
    {
        int found = 0;
        int* chosen = _chosen.Require(columns);
        for (int j = 0; j < columns; j++)
        {
            if (all ? terms.MayEnter(j) : terms.IsFree(j))
                chosen[found++] = j;
        }

        return new(chosen, found);
    }

    /// <summary>Columns outside the working set whose gradient passes <paramref name="l1"/>·unit (less <paramref name="slack"/>), strongest first.</summary>
    /// <param name="equations">Knows the working set.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="terms">The penalty terms.</param>
    /// <param name="l1">The bar per unit of l1; for the sequential strong rule (Tibshirani et al. 2012) ρ(2λₖ − λₖ₋₁) or less far, for violators λρ.</param>
    /// <param name="slack">What rounding may add to a gradient.</param>
    /// <param name="support">Size of the current support: the cap grows with it.</param>
    public ReadOnlySpan<int> Select(
        NormalEquations equations, double* gradients, PenaltyTerms terms, double l1, double slack, int support)
    {
        int* chosen = _chosen.Require(equations.Columns);
        int exceeding = (int)Kernel.Exceeding(gradients, 0, terms.Unit1, -slack, l1, terms.Unit1, equations.Columns, chosen);
        double* scores = _scores.Require(exceeding);
        int found = 0;
        for (int k = 0; k < exceeding; k++)
        {
            int j = chosen[k];
            double g = gradients[j], unit = terms.Unit1[j];
            if (double.IsNaN(g))
                Throw.NotANumber(j);
            if (equations.IsMember(j) || (g > 0 ? terms.Upper[j] : -terms.Lower[j]) <= 0)
                continue;
            chosen[found] = j;
            scores[found++] = unit > 0 ? -Math.Abs(g) / unit : double.NegativeInfinity;
        }

        Candidates = found;
        int cap = Math.Max(AlwaysAdmitted, Math.Max(2 * support, (int)Math.Sqrt(ProductsPerPass * equations.Columns)));
        int admitted = Math.Min(found, cap);
        Least.Sort(scores, chosen, found, admitted);
        return new(chosen, admitted);
    }

    public void Dispose()
    {
        _chosen.Dispose();
        _scores.Dispose();
    }
}
