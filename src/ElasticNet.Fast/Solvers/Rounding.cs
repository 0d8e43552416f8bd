using System.Runtime.Intrinsics;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Bounds on what rounding has done to the quantities that a proof rests on, in the solvers' units (columns and response of norm 1).
/// They follow the sums as they are made: a chain of k additions errs by at most k·u times the sum of the absolute terms, and a sum in
/// lanes has a chain for each lane, not one for all.
/// </summary>
/// <param name="Gradient">How far a gradient that counts as exact can be from x̂ⱼᵀr of the residual at hand.</param>
/// <param name="Residual">How far the residual at hand can be from that of the coefficients that are returned, intercept aside.</param>
/// <param name="Intercept">What rounding the intercept adds to η.</param>
/// <param name="Square">How far ‖r‖² at hand can be from that of the coefficients that are returned.</param>
/// <param name="Product">How far an element of the Gram matrix on the working set can be from the product of its columns.</param>
/// <param name="Proven">The share of its l1 below which a gradient of which there is only an estimate is known to lie.</param>
internal readonly record struct Rounding(double Gradient, double Residual, double Intercept, double Square, double Product, double Proven)
{
    /// <summary>u: half the distance from 1 to the next double.</summary>
    public const double Unit = Constancy.Unit;

    /// <summary>What the kernels' fewest lanes are.</summary>
    private static int Lanes => Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : 2;

    /// <summary>The rounding of xᵀy, ‖x‖ = ‖y‖ = 1, by a kernel that sums in lanes; with the rounding of a standardised column.</summary>
    public static double OfProduct(nint rows) => Unit * (rows / Lanes + 24);

    /// <summary>The rounding of y − Σ βₖxₖ over a support, per unit of 1 + Σ|βₖ|: kernels take four columns at a time.</summary>
    public static double OfCombination(int support) => Unit * (support / 2 + 16);
}
