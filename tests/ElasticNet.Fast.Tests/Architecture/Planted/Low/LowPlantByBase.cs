namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by its base.</summary>
public sealed class LowPlantByBase : HighPlantAttribute;
