namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>What nothing below may see.</summary>
[AttributeUsage(AttributeTargets.All)]
public class HighPlant : Attribute
{
    public static int Answer() => 42;
}
