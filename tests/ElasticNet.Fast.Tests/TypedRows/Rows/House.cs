namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>A row with a member of every sort.</summary>
[ElasticNetFeatures]
internal partial record struct House(
    [FeatureName("area")] float Area,
    [FeatureName("rooms")] int? Rooms,
    [FeatureName("district")] string? District,
    [FeatureName("heating")] Heating? Heating,
    [FeatureName("garden")] bool HasGarden,
    [FeatureName("class")] char EnergyClass,
    [FeatureIgnore] DateTime Sold)
{
    /// <summary>A feature that is computed.</summary>
    [FeatureName("area per room")]
    public readonly double AreaPerRoom => Area / (Rooms ?? double.NaN);

    /// <summary>Any house, gaps and unnamed values now and then.</summary>
    public static House Any(Random random) => new(
        random.Next(20, 300) / 3f,
        random.Next(4) == 0 ? null : random.Next(1, 9),
        random.Next(4) == 0 ? null : "district " + random.Next(30),
        random.Next(4) == 0 ? null : (Heating)random.Next(3),
        random.Next(2) == 0,
        (char)('A' + random.Next(7)),
        DateTime.UnixEpoch);
}

/// <summary>A category whose first value has a level that no name could be.</summary>
internal enum Heating
{
    [FeatureName("heat pump")]
    HeatPump,
    Gas,
    Oil,
}
