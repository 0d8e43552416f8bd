namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a local.</summary>
public class LowPlantByLocal
{
    public static bool Is(object x) => new List<HighPlantAttribute>().Count == x.GetHashCode();
}
