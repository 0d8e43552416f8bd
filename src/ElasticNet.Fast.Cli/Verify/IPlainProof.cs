namespace ElasticNet.Fast.Cli.Verify;

/// <summary>What plain loops find out about coefficients.</summary>
internal interface IPlainProof
{
    /// <summary>Standard deviation (1/n, weighted) of each column.</summary>
    double[] Deviation { get; }

    /// <summary>Weighted mean of each column; 0 without an intercept.</summary>
    double[] Mean { get; }

    /// <summary>Which columns are constant up to rounding.</summary>
    bool[] IsConstant { get; }

    /// <summary>Judges coefficients on the scale of the columns.</summary>
    /// <param name="beta">One for each column; of several outputs one for each output of each column.</param>
    /// <param name="b">The intercept of each output; 0 without.</param>
    /// <param name="penalty">What is added to the loss, weights summing to 1.</param>
    /// <param name="enough">The search for a better dual point ends at this relative gap.</param>
    PlainVerdict Judge(double[] beta, double[] b, PlainPenalty penalty, double enough);

    /// <summary>λ_max from the data: an upper bound that allows for rounding; +∞ where a bound holds a free column.</summary>
    double LambdaMax(PlainPenalty penalty);
}
