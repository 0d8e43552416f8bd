namespace ElasticNet.Fast.Cli.Verify;

/// <summary>What plain loops find out about coefficients.</summary>
internal interface IPlainProof
{
    /// <summary>Judges coefficients on the scale of the columns.</summary>
    /// <param name="beta">One for each column.</param>
    /// <param name="b">The intercept; 0 without.</param>
    /// <param name="penalty">What is added to the loss, weights summing to 1.</param>
    /// <param name="enough">The search for a better dual point ends at this relative gap.</param>
    PlainVerdict Judge(double[] beta, double b, PlainPenalty penalty, double enough);

    /// <summary>λ_max from the data: an upper bound that allows for rounding; +∞ where a bound holds a free column.</summary>
    double LambdaMax(PlainPenalty penalty);
}
