namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a constraint.</summary>
public class LowPlantByConstraint
{
    public static int Of<T>(T? x)
        where T : HighPlantAttribute => x is null ? 0 : 1;
}
