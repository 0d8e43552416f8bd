namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees nothing above.</summary>
public static class LowPlant
{
    public static int Answer() => 1;
}
