namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>R's glmnet on classes, responses and survival. A black box: nothing of it was read.</summary>
internal sealed class OutputPeer(TimeSpan limit) : Peer(threads: 1, limit, openBlas: null)
{
    /// <inheritdoc/>
    public override string Name => "glmnet";

    /// <inheritdoc/>
    public override string DebianPackage => "r-cran-glmnet";

    /// <inheritdoc/>
    public override double[] ToleranceLadder => [1e-7];

    /// <inheritdoc/>
    public override string ToleranceName => "thresh";

    /// <inheritdoc/>
    protected override string[] Interpreters => ["Rscript"];

    /// <inheritdoc/>
    protected override string Script => "outputs.R";
}
