namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a result.</summary>
public class LowPlantByResult
{
    public static IEnumerable<HighPlantAttribute[]>? Of() => null;
}
