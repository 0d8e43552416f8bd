using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>placeholder</summary>
internal sealed unsafe class MinimumNorm : IDisposable
{
    public void Apply(NormalEquations equations, ExactSolver solver, PenaltyTerms terms, double* gradients)
    {
    }

    public void Dispose()
    {
    }
}
