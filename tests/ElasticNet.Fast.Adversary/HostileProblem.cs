namespace ElasticNet.Fast.Adversary;

/// <summary>A problem as a user would hand it over, X column-major, and which way it is handed over.</summary>
internal sealed class HostileProblem
{
    public required string Class { get; init; }

    public required int Seed { get; init; }

    public required int Index { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>Element (i, j) at j·n + i.</summary>
    public required double[] X { get; init; }

    public required double[] Y { get; init; }

    public double[] Weights { get; set; } = [];

    public double[] Offset { get; set; } = [];

    public double[] Factors { get; set; } = [];

    public double[] Lower { get; set; } = [];

    public double[] Upper { get; set; } = [];

    public int[] Excluded { get; set; } = [];

    public bool Intercept { get; set; } = true;

    public bool Standardize { get; set; } = true;

    /// <summary>Whether X is handed over as float; its values then are floats.</summary>
    public bool IsSingle { get; set; }

    public bool IsRowMajor { get; set; }

    public double L1Ratio { get; set; } = 1;

    /// <summary>Empty for the automatic grid.</summary>
    public double[] Lambdas { get; set; } = [];

    public int LambdaCount { get; set; } = 15;

    public double? LambdaMinRatio { get; set; }

    public Way Way { get; set; }

    public double Weight(int row) => Weights.Length == 0 ? 1 : Weights[row];

    public double Factor(int column) => Factors.Length == 0 ? 1 : Factors[column];

    public double LowerBound(int column) => Bound(Lower, column, double.NegativeInfinity);

    public double UpperBound(int column) => Bound(Upper, column, double.PositiveInfinity);

    public ElasticNetOptions Options() => new()
    {
        Intercept = Intercept,
        Standardize = Standardize,
        PenaltyFactors = Factors,
        LowerBounds = Lower,
        UpperBounds = Upper,
        ExcludedFeatures = Excluded,
        Lambdas = Lambdas,
        LambdaCount = LambdaCount,
        LambdaMinRatio = LambdaMinRatio,
        MaxDegreeOfParallelism = 1,
    };

    private static double Bound(double[] bounds, int column, double none) =>
        bounds.Length == 0 ? none : bounds.Length == 1 ? bounds[0] : bounds[column];
}

/// <summary>Through which door of the library a problem goes.</summary>
internal enum Way
{
    /// <summary>A path into the caller's memory, in a workspace that other problems have used.</summary>
    PathInWorkspace,

    /// <summary>A path.</summary>
    Path,

    /// <summary>A model for each λ.</summary>
    Models,

    /// <summary>A fit for each λ into the caller's memory, in a workspace that other problems have used.</summary>
    FitsInWorkspace,
}
