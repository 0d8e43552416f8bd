namespace ElasticNet.Fast.Numerics;

/// <summary>Logarithms near 1, which <c>double.LogP1</c> of .NET 10 leaves to the rounding of 1 + x.</summary>
internal static class Logarithm
{
    /// <summary>log(1 + x): what 1 + x loses in rounding cancels in the quotient (Goldberg 1991, theorem 4).</summary>
    public static double OnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : x * Math.Log(sum) / (sum - 1);
    }
}
