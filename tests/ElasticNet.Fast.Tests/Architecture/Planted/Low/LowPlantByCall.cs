namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a call.</summary>
public class LowPlantByCall
{
    public static int Of() => HighPlantAttribute.Answer();
}
