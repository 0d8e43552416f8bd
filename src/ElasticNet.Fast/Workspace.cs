namespace ElasticNet.Fast;

/// <summary>Buffers that grow to what a problem needs and are kept from call to call. Belongs to one call at a time and says so if it doesn't.</summary>
public sealed class Workspace : IDisposable
{
    /// <summary>Gives the memory back.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}
