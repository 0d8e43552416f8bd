namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a type.</summary>
public class LowPlantByType
{
    public static string Of() => typeof(HighPlantAttribute).Name;
}
