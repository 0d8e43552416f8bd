using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Explanation;

/// <summary>
/// What each feature takes from the deviance as all coefficients grow together from 0 to what they are, the intercept following: the integral of
/// the deviance's derivative by each, which is the formula of squared error where the loss is that (Aumann and Shapley 1974). The parts add up
/// to what the model takes. Of several outputs each coefficient has its part.
/// </summary>
/// <param name="rows">The rows that count.</param>
/// <param name="outputs">K.</param>
internal abstract class DevianceParts(CountedRows rows, int outputs = 1)
{
    /// <summary>The interval is cut into so many pieces of eight nodes.</summary>
    private const int Pieces = 4;

    // Gauss and Legendre, on [−1, 1]; symmetric.
    private static readonly (double Node, double Weight)[] s_rule =
    [
        (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763),
    ];

    /// <summary>The slope of half the deviance by η of each row that counts, over its weight, where <see cref="At"/> was asked last; output after output.</summary>
    protected double[] Slope { get; } = new double[rows.Count * outputs];

    /// <summary>The share of the null deviance that each coefficient takes.</summary>
    /// <param name="centred">√w·(x − mean) of each feature.</param>
    /// <param name="values">β of each, those of a feature for all outputs side by side.</param>
    public double[] Of(double[][] centred, double[] values)
    {
        double[] parts = new double[values.Length];
        double nullDeviance = 2 * At(0);
        if (!(nullDeviance > 0))
            return parts;
        for (int piece = 0; piece < Pieces; piece++)
        {
            foreach ((double node, double weight) in s_rule)
            {
                Add(piece, -node, weight);
                Add(piece, node, weight);
            }
        }

        return parts;

        void Add(int piece, double node, double weight)
        {
            At((piece + 0.5 * (1 + node)) / Pieces);
            for (int i = 0; i < Slope.Length; i++)
                Slope[i] *= rows.Roots[i % rows.Count];
            for (int k = 0; k < parts.Length; k++)
                parts[k] -= weight / (2 * Pieces) * 2 * values[k] * Vectors.Dot(Slope.AsSpan(k % outputs * rows.Count, rows.Count), centred[k / outputs]) / nullDeviance;
        }
    }

    /// <summary>Half the deviance at a share of the coefficients, with its slopes.</summary>
    protected abstract double At(double share);
}
