namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>R's glmnet. A black box: nothing of it was read.</summary>
internal sealed class GlmnetPeer(int threads, TimeSpan limit, string? openBlas) : Peer(threads, limit, openBlas)
{
    /// <inheritdoc/>
    public override string Name => "glmnet";

    /// <inheritdoc/>
    public override string DebianPackage => "r-cran-glmnet";

    /// <inheritdoc/>
    public override double[] ToleranceLadder => [1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15];

    /// <inheritdoc/>
    public override string ToleranceName => "thresh";

    /// <inheritdoc/>
    protected override string[] Interpreters => ["Rscript"];

    /// <inheritdoc/>
    protected override string Script => "glmnet.R";
}
