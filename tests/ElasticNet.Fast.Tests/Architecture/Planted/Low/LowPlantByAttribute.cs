namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a attribute.</summary>
public class LowPlantByAttribute
{
    [HighPlant]
    public static int Of() => 1;
}
