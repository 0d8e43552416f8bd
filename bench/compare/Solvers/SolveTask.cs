using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>What everybody is asked for: the solutions of one problem at one ρ for the given λ.</summary>
/// <param name="Problem">X and y.</param>
/// <param name="L1Ratio">ρ.</param>
/// <param name="Lambdas">Descending; a single one is a cold start.</param>
internal sealed record SolveTask(Problem Problem, double L1Ratio, double[] Lambdas)
{
    /// <summary>The λ at which a cold start is asked for: so many times smaller than the largest.</summary>
    private const double ColdStartDivisor = 20;

    /// <summary>The grid of the problem, as far as it is solved.</summary>
    public static SolveTask Path(Problem problem, double l1Ratio) =>
        new(problem, l1Ratio, problem.LambdaGrid(l1Ratio)[..problem.PathLength]);

    /// <summary>λ_max/20 alone, from nothing; of other losses than least squares the 50th λ of the grid.</summary>
    public SolveTask ColdStart() =>
        this with { Lambdas = [Problem.Family == Family.Gaussian ? Lambdas[0] / ColdStartDivisor : Lambdas[49]] };

    /// <summary>Whether a single λ is asked for.</summary>
    public bool IsColdStart => Lambdas.Length == 1;

    /// <summary>For tables.</summary>
    public string Name => IsColdStart ? "one λ" : $"{Lambdas.Length} λ";
}
