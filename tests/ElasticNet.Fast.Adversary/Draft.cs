namespace ElasticNet.Fast.Adversary;

/// <summary>A problem in the making: what a class of hostility sets, the rest is chance (<see cref="Settings"/>).</summary>
internal sealed class Draft
{
    public Draft(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        X = new double[rows * columns];
    }

    public Draft(int rows, int columns, Func<double> element)
        : this(rows, columns)
    {
        for (int k = 0; k < X.Length; k++)
            X[k] = element();
    }

    public int Rows { get; }

    public int Columns { get; }

    public double[] X { get; }

    /// <summary>Empty for a signal from a few columns, and noise.</summary>
    public double[] Y { get; set; } = [];

    /// <summary>What y is multiplied by.</summary>
    public double Unit { get; set; } = 1;

    public double[] Weights { get; set; } = [];

    public double[] Offset { get; set; } = [];

    public double[] Factors { get; set; } = [];

    public double[] Lower { get; set; } = [];

    public double[] Upper { get; set; } = [];

    public bool? Intercept { get; set; }

    public bool? Standardize { get; set; }

    public bool? IsSingle { get; set; }

    public double? L1Ratio { get; set; }

    /// <summary>Share of problems of this class with λ = 0 or close to it among the λ.</summary>
    public double NearZero { get; set; } = 0.3;

    /// <summary>Nothing unusual is added by chance.</summary>
    public bool IsPlain { get; set; }

    public Span<double> Column(int j) => X.AsSpan(j * Rows, Rows);

    public void Fill(int j, Func<int, double> element)
    {
        for (int i = 0; i < Rows; i++)
            X[j * Rows + i] = element(i);
    }

    /// <summary>Sets y from rows.</summary>
    public void Respond(Func<int, double> value)
    {
        Y = new double[Rows];
        for (int i = 0; i < Rows; i++)
            Y[i] = value(i);
    }
}
