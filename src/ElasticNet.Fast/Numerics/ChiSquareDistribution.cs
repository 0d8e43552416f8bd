namespace ElasticNet.Fast.Numerics;

/// <summary>The χ² distribution of whole degrees of freedom.</summary>
internal static class ChiSquareDistribution
{
    /// <summary>P(χ² &gt; x) with <paramref name="freedom"/> ≥ 1 degrees of freedom: a finite sum of positive terms; NaN for NaN.</summary>
    public static double Survival(double x, int freedom)
    {
        if (!(x > 0))
            return double.IsNaN(x) ? x : 1;
        bool isOdd = freedom % 2 == 1;
        double half = 0.5 * x, log = Math.Log(half), sum = isOdd ? 2 * NormalDistribution.Survival(Math.Sqrt(x)) : 0;
        // Terms halfⁱ·e^−half/Γ(i + 1), i whole or between: they neither overflow nor vanish before their sum does.
        double i = isOdd ? 0.5 : 0, term = isOdd ? 0.5 * log - half - 0.5 * Math.Log(Math.PI / 4) : -half;
        for (; i < 0.5 * freedom; i++)
        {
            sum += Math.Exp(term);
            term += log - Math.Log(i + 1);
        }

        return Math.Min(sum, 1);
    }
}
