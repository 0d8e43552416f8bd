namespace ElasticNet.Fast.Tests.Architecture.Planted;

/// <summary>Sees what is above by a lambda.</summary>
public class LowPlantByLambda
{
    public static Func<int> Of(int a) => () => a + HighPlantAttribute.Answer();
}
