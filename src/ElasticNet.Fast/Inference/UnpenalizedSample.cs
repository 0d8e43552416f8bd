namespace ElasticNet.Fast.Inference;

/// <summary>The rows of positive weight as they are, and the weights as given: not only their ratios count where the variance is known.</summary>
internal sealed class UnpenalizedSample
{
    /// <summary>Of a table.</summary>
    public UnpenalizedSample(CountedTable table)
    {
        (X, Y, Names, IsPrepared) = (table.X, table.Rows.Target, table.Names, table.IsPrepared);
        (Places, Weights, Offset) = (table.Rows.Places.ToArray(), table.Rows.GivenWeights.ToArray(), table.Offset);
        if (Weights.Length == 0)
        {
            Weights = new double[Rows];
            Array.Fill(Weights, 1);
        }

        if (Offset.Length == 0)
            Offset = new double[Rows];
        Options = table.Options with { Weights = Weights, Offset = Offset, Preparation = null, Progress = null, FoldPlan = null, Lambdas = default };
    }

    /// <summary>Columns one after the other.</summary>
    public double[] X { get; }

    /// <summary>y; of squared error less the offset.</summary>
    public double[] Y { get; }

    public double[] Weights { get; }

    /// <summary>0 without one, and of squared error.</summary>
    public double[] Offset { get; }

    /// <summary>Where the rows are among all.</summary>
    public int[] Places { get; }

    /// <summary>Of each column.</summary>
    public string[] Names { get; }

    /// <summary>Per feature, and for these rows.</summary>
    public ElasticNetOptions Options { get; }

    public int Rows => Y.Length;

    /// <summary>Whether raw columns were prepared.</summary>
    public bool IsPrepared { get; }
}
