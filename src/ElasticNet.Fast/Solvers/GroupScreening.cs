using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>Which groups should join the working set: those that the norm of their gradients lets in, the strongest first and not too many at once.</summary>
internal sealed unsafe class GroupScreening : IDisposable
{
    /// <summary>So many columns may always join at once,</summary>
    private const int AlwaysAdmitted = 64;

    /// <summary>and √(so many·p), as for columns that are no group.</summary>
    private const double ProductsPerPass = 8;

    private readonly AlignedBuffer<int> _chosen = new();
    private readonly AlignedBuffer<double> _scores = new();
    private readonly AlignedBuffer<byte> _members = new();
    private double _columns;

    /// <summary>Begins with the groups that join without screening: the columns without a penalty.</summary>
    public ReadOnlySpan<int> Start(GroupTerms groups)
    {
        int* chosen = _chosen.Require(Math.Max(groups.Count, 1));
        byte* members = _members.RequireZeroed(Math.Max(groups.Count, 1));
        int found = 0;
        _columns = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            _columns += groups.Size(g);
            if (!groups.At(g, 1, 1).IsFree)
                continue;
            chosen[found++] = g;
            members[g] = 1;
        }

        return new(chosen, found);
    }

    /// <summary>Groups outside the working set that are not 0 at a strength, given their gradients; they count as members from here on.</summary>
    /// <param name="groups">The partition.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="l1">The strength, per unit of l1: for the sequential strong rule ρ(2λₖ − λₖ₋₁) or less far, for violators λρ.</param>
    /// <param name="slack">What rounding may add to a gradient.</param>
    /// <param name="support">Size of the current support: the cap grows with it.</param>
    public ReadOnlySpan<int> Select(GroupTerms groups, double* gradients, double l1, double slack, int support)
    {
        int* chosen = _chosen.Pointer;
        double* scores = _scores.Require(Math.Max(groups.Count, 1));
        int found = 0, admitted = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            if (_members.Pointer[g] != 0 || !groups.Enters(g, gradients, l1, slack))
                continue;
            chosen[found] = g;
            scores[found++] = -groups.ZeroingStrength(g, gradients);
        }

        Least.Sort(scores, chosen, found, found);
        double cap = Math.Max(AlwaysAdmitted, Math.Max(2 * support, Math.Sqrt(ProductsPerPass * _columns)));
        while (admitted < found && (admitted == 0 || cap > 0))
        {
            cap -= groups.Size(chosen[admitted]);
            _members.Pointer[chosen[admitted++]] = 1;
        }

        return new(chosen, admitted);
    }

    public void Dispose()
    {
        _chosen.Dispose();
        _scores.Dispose();
        _members.Dispose();
    }
}
