namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a mark.</summary>
public class LowPlantByMark
{
    [HighPlant]
    public static int Of() => 1;
}
