namespace ElasticNet.Fast.Paths;

/// <summary>What is known of a path before its first solution.</summary>
internal readonly ref struct PathStart()
{
    /// <summary>ρ.</summary>
    public required double L1Ratio { get; init; }

    /// <summary>The strength that zeroes every penalised coefficient.</summary>
    public required double LambdaMax { get; init; }

    /// <summary>The λ, descending.</summary>
    public required ReadOnlySpan<double> Lambdas { get; init; }

    /// <summary>Rows of positive weight.</summary>
    public required int Rows { get; init; }

    /// <summary>How many outputs; of more than one, columns are (feature, output), and the intercepts stand behind the last feature.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>The standard deviation of every feature; 0 for a constant one.</summary>
    public required ReadOnlySpan<double> Deviations { get; init; }
}
