namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>scikit-learn's only solver of several classes with an L1 penalty, SAGA. A black box: nothing of it was read.</summary>
internal sealed class SagaPeer(TimeSpan limit) : Peer(threads: 1, limit, openBlas: null)
{
    /// <inheritdoc/>
    public override string Name => "scikit-learn, SAGA";

    /// <inheritdoc/>
    public override string DebianPackage => "python3-sklearn";

    /// <inheritdoc/>
    public override double[] ToleranceLadder => [1e-4, 1e-8];

    /// <inheritdoc/>
    public override string ToleranceName => "tol";

    /// <inheritdoc/>
    protected override string[] Interpreters => ["/usr/bin/python3", "python3"];

    /// <inheritdoc/>
    protected override string Script => "saga.py";
}
