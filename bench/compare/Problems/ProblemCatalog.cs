namespace ElasticNet.Fast.Compare.Problems;

/// <summary>
/// The shapes on which everyone is compared. Ratios between solvers depend on the correlation, the noise and
/// the depth of the path, so these stay as they are; vary the seed instead.
/// </summary>
internal static class ProblemCatalog
{
    /// <summary>What runs unless told otherwise: all that fits into a small machine.</summary>
    public static string[] Defaults { get; } = ["tall-100k", "tall-10k", "square", "wide"];

    /// <summary>Every problem there is.</summary>
    public static ProblemRecipe[] All { get; } =
    [
        new("tall-100k", 100_000, 100, new AutoregressiveDesign(0.3), SupportSize: 20, SignalToNoise: 3, LambdaRatio: 1e-4),
        new("tall-10k", 10_000, 1_000, new AutoregressiveDesign(0.5), SupportSize: 50, SignalToNoise: 3, LambdaRatio: 1e-3),
        new("square", 2_000, 2_000, new AutoregressiveDesign(0.9), SupportSize: 50, SignalToNoise: 3, LambdaRatio: 1e-2),
        new("wide", 500, 20_000, new AutoregressiveDesign(0), SupportSize: 20, SignalToNoise: 3, LambdaRatio: 1e-2),
        new("wide-blocks", 1_000, 50_000, new BlockDesign(50), SupportSize: 100, SignalToNoise: 3, LambdaRatio: 1e-2, PathLength: 50),
        new("genotypes", 2_000, 50_000, new GenotypeDesign(0.8, 100), SupportSize: 100, SignalToNoise: 1, LambdaRatio: 1e-2, PathLength: 50),
        new("logistic-tall-100k", 100_000, 100, new AutoregressiveDesign(0.3), SupportSize: 20, SignalToNoise: 3, LambdaRatio: 1e-4, Loss: Family.Binomial),
        new("logistic-tall-10k", 10_000, 1_000, new AutoregressiveDesign(0.5), SupportSize: 50, SignalToNoise: 3, LambdaRatio: 1e-3, Loss: Family.Binomial),
        new("logistic-square", 2_000, 2_000, new AutoregressiveDesign(0.9), SupportSize: 50, SignalToNoise: 3, LambdaRatio: 1e-2, Loss: Family.Binomial),
        new("logistic-wide", 500, 20_000, new AutoregressiveDesign(0), SupportSize: 20, SignalToNoise: 3, LambdaRatio: 1e-2, Loss: Family.Binomial),
        new("poisson-tall-10k", 10_000, 1_000, new AutoregressiveDesign(0.5), SupportSize: 50, SignalToNoise: 3, LambdaRatio: 1e-3, Loss: Family.Poisson),
        new("poisson-wide", 500, 20_000, new AutoregressiveDesign(0), SupportSize: 20, SignalToNoise: 3, LambdaRatio: 1e-2, Loss: Family.Poisson),
        new("sparse-raw", 20_000, 100_000, new SparseDesign(0.001, IsScaled: false), SupportSize: 200, SignalToNoise: 3, LambdaRatio: 1e-2, PathLength: 50),
        new("sparse-std", 20_000, 100_000, new SparseDesign(0.001, IsScaled: true), SupportSize: 200, SignalToNoise: 3, LambdaRatio: 1e-2, PathLength: 50),
        new("logistic-sparse-raw", 20_000, 100_000, new SparseDesign(0.001, IsScaled: false), SupportSize: 200, SignalToNoise: 3, LambdaRatio: 1e-2, PathLength: 50, Loss: Family.Binomial),
        new("logistic-sparse-std", 20_000, 100_000, new SparseDesign(0.001, IsScaled: true), SupportSize: 200, SignalToNoise: 3, LambdaRatio: 1e-2, PathLength: 50, Loss: Family.Binomial),
    ];

    /// <summary>The recipe of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ProblemRecipe Find(string name) =>
        Array.Find(All, recipe => recipe.Name == name)
        ?? throw new ArgumentException($"'problems' ({name}) must be among {string.Join(", ", All.Select(recipe => recipe.Name))}.");
}
