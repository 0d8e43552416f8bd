namespace ElasticNet.Fast.Designs;

/// <summary>Scales that paths on the same X and the same rows need not measure again: those of each fold serve every mixing.</summary>
internal sealed class KnownScales : IDisposable
{
    /// <summary>Memory that they may take, in bytes.</summary>
    private const double MostMemory = 2.56e8;

    private readonly Dictionary<int, ColumnScaling> _known = [];
    private double _memory;

    /// <summary>Copies what is known of a fold.</summary>
    /// <param name="fold">The fold, or −1 for all rows.</param>
    /// <param name="scaling">Receives it.</param>
    /// <returns>False where nothing is.</returns>
    public bool TryCopy(int fold, ColumnScaling scaling)
    {
        ColumnScaling? known;
        lock (_known)
        {
            if (!_known.TryGetValue(fold, out known))
                return false;
        }

        scaling.Copy(known);
        return true;
    }

    /// <summary>Keeps what has been measured, as long as there is room.</summary>
    public void Keep(int fold, ColumnScaling measured)
    {
        double memory = 3.0 * sizeof(double) * measured.Columns;
        lock (_known)
        {
            if (_known.ContainsKey(fold) || _memory + memory > MostMemory)
                return;
            _memory += memory;
            ColumnScaling kept = new();
            kept.Copy(measured);
            _known.Add(fold, kept);
        }
    }

    public void Dispose()
    {
        foreach (ColumnScaling scaling in _known.Values)
            scaling.Dispose();
        _known.Clear();
    }
}
