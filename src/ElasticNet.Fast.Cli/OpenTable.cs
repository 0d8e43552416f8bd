using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Cli;

/// <summary>A file that is read block by block.</summary>
internal sealed record OpenTable(Stream File, TableBlocks Blocks) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Blocks.DisposeAsync().AsTask().GetAwaiter().GetResult();
        File.Dispose();
    }
}
