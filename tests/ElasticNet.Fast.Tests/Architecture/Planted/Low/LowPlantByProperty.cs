namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a property.</summary>
public class LowPlantByProperty
{
    public HighPlantAttribute? Above { get; init; }
}
