namespace ElasticNet.Fast.Numerics;

/// <summary>ψ(x), the derivative of log Γ.</summary>
internal static class Digamma
{
    /// <summary>ψ(x) for x &gt; 0: its asymptotic series from 16 on, reached by ψ(x + 1) = ψ(x) + 1/x.</summary>
    public static double Of(double x)
    {
        double sum = 0;
        for (; x < 16; x++)
            sum -= 1 / x;
        double square = 1 / (x * x);
        double series = square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square * (1.0 / 132 - square * (691.0 / 32760))))));
        return sum + Math.Log(x) - 0.5 / x - series;
    }
}
