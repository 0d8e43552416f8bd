using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>What everybody is asked for: the solutions of one problem at one ρ for the given λ.</summary>
/// <param name="Problem">X and y.</param>
/// <param name="L1Ratio">ρ.</param>
/// <param name="Lambdas">Descending; a single one is a cold start.</param>
internal sealed record SolveTask(Problem Problem, double L1Ratio, double[] Lambdas)
{
    /// <summary>The whole grid of the problem.</summary>
    public static SolveTask Path(Problem problem, double l1Ratio) => new(problem, l1Ratio, problem.LambdaGrid(l1Ratio));

    /// <summary>The λ in the middle of this task's grid alone, from nothing.</summary>
    public SolveTask ColdStart() => this with { Lambdas = [Lambdas[Lambdas.Length / 2 - 1]] };

    /// <summary>Whether a single λ is asked for.</summary>
    public bool IsColdStart => Lambdas.Length == 1;

    /// <summary>For tables.</summary>
    public string Name => IsColdStart ? "one λ" : $"{Lambdas.Length} λ";
}
