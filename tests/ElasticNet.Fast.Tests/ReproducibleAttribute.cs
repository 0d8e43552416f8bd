using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests;

/// <summary>
/// The properties of a class start from a fixed seed, so that a run can be repeated. PROPERTY_SEED=random draws others;
/// a failure then prints the pair to put here in its place.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReproducibleAttribute : PropertiesAttribute
{
    public ReproducibleAttribute()
    {
        string? seed = Environment.GetEnvironmentVariable("PROPERTY_SEED");
        if (seed != "random")
            Replay = seed ?? "(20261123,1)";
    }
}
