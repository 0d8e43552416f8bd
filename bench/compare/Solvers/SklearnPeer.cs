using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>Python's scikit-learn. The system's interpreter comes first: that is the one the Debian package is for.</summary>
internal sealed class SklearnPeer(int threads, TimeSpan limit, string? openBlas) : Peer(threads, limit, openBlas)
{
    /// <inheritdoc/>
    public override string Name => "scikit-learn";

    /// <inheritdoc/>
    public override string DebianPackage => "python3-sklearn";

    /// <inheritdoc/>
    public override bool Solves(Problem problem) => problem.IsDenseGaussian;

    /// <inheritdoc/>
    public override double[] ToleranceLadder => [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12];

    /// <inheritdoc/>
    public override string ToleranceName => "tol";

    /// <inheritdoc/>
    protected override string[] Interpreters => ["/usr/bin/python3", "python3"];

    /// <inheritdoc/>
    protected override string Script => "sklearn.py";

    /// <summary>Searches the grid of all mixings, each with its own 100 strengths, by one of scikit-learn's ways.</summary>
    /// <param name="way">ElasticNetCV or GridSearchCV.</param>
    /// <param name="problem">The problem in use.</param>
    /// <param name="l1Ratios">The mixings.</param>
    public SearchOutcome Search(string way, Problem problem, double[] l1Ratios)
    {
        double[] numbers = AskNumbers("search", way, Text(problem.LambdaRatio), string.Join(' ', l1Ratios.Select(Text)));
        return new(numbers[2], numbers[3], numbers[4], new(numbers[0], numbers[1]));
    }
}
