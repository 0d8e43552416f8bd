namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>What nothing below may see.</summary>
[AttributeUsage(AttributeTargets.All)]
public class HighPlantAttribute : Attribute
{
    public static int Answer() => 42;
}
