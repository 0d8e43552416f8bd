namespace ElasticNet.Fast.Tests;

/// <summary>A table, a target and options, and how the table is handed over.</summary>
internal sealed record Problem(double[,] X, double[] Y, ElasticNetOptions Options)
{
    public Layout Layout { get; init; } = Layout.RowMajor;

    /// <summary>Whether the table is handed over as float; <see cref="X"/> must then hold floats exactly.</summary>
    public bool IsSingle { get; init; }

    public int Rows => X.GetLength(0);

    public int Columns => X.GetLength(1);

    public RegularizationPath Path(double l1Ratio, params double[] lambdas)
    {
        ElasticNetOptions options = lambdas.Length == 0 ? Options : Options with { Lambdas = lambdas };
        return IsSingle
            ? ElasticNetEstimator.Path(new Table<float>(X, Layout).Features, Y, l1Ratio, options)
            : ElasticNetEstimator.Path(new Table<double>(X, Layout).Features, Y, l1Ratio, options);
    }

    public Solution Fit(double lambda, double l1Ratio)
    {
        using Workspace workspace = new();
        double[] coefficients = new double[Columns];
        ElasticNetFit fit = IsSingle
            ? ElasticNetEstimator.Fit(new Table<float>(X, Layout).Features, Y, lambda, l1Ratio, Options, workspace, coefficients)
            : ElasticNetEstimator.Fit(new Table<double>(X, Layout).Features, Y, lambda, l1Ratio, Options, workspace, coefficients);
        return new Solution(this, fit, coefficients);
    }

    public CrossValidationResult CrossValidate() => IsSingle
        ? ElasticNetEstimator.CrossValidate(new Table<float>(X, Layout).Features, Y, Options)
        : ElasticNetEstimator.CrossValidate(new Table<double>(X, Layout).Features, Y, Options);

    public CrossValidationResult CrossValidate(Workspace workspace) => IsSingle
        ? ElasticNetEstimator.CrossValidate(new Table<float>(X, Layout).Features, Y, Options, workspace)
        : ElasticNetEstimator.CrossValidate(new Table<double>(X, Layout).Features, Y, Options, workspace);

    /// <summary>The same rows with the table rounded to float, and handed over as such.</summary>
    public Problem AsSingle() => this with { X = Rounded(X), IsSingle = true };

    public Problem AsDouble() => this with { IsSingle = false };

    /// <summary>Some of the rows, in the order given; repeated where the order repeats.</summary>
    public Problem Subset(IReadOnlyList<int> rows)
    {
        double[,] x = new double[rows.Count, Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < Columns; j++)
                x[i, j] = X[rows[i], j];
        }

        return this with
        {
            X = x,
            Y = Pick(Y, rows),
            Options = Options with
            {
                Weights = Pick(Options.Weights.Span, rows),
                Offset = Pick(Options.Offset.Span, rows),
                FoldPlan = Options.FoldPlan?.Of([.. rows]),
            },
        };
    }

    private static T[] Pick<T>(ReadOnlySpan<T> all, IReadOnlyList<int> rows)
    {
        if (all.IsEmpty)
            return [];
        T[] some = new T[rows.Count];
        for (int i = 0; i < some.Length; i++)
            some[i] = all[rows[i]];
        return some;
    }

    private static double[,] Rounded(double[,] x)
    {
        double[,] rounded = (double[,])x.Clone();
        for (int i = 0; i < x.GetLength(0); i++)
        {
            for (int j = 0; j < x.GetLength(1); j++)
                rounded[i, j] = (float)x[i, j];
        }

        return rounded;
    }
}

/// <summary>A solution beside its problem.</summary>
internal sealed record Solution(Problem Problem, ElasticNetFit Fit, double[] Coefficients)
{
    public Optimality Check() =>
        Optimality.Of(Problem.X, Problem.Y, Problem.Options, Fit.Lambda, Fit.L1Ratio, Fit.Intercept, Coefficients);

    public double Predict(int row)
    {
        CompensatedSum sum = default;
        sum.Add(Fit.Intercept);
        if (!Problem.Options.Offset.IsEmpty)
            sum.Add(Problem.Options.Offset.Span[row]);
        for (int j = 0; j < Coefficients.Length; j++)
            sum.AddProduct(Problem.X[row, j], Coefficients[j]);
        return sum.Value;
    }

    public static Solution Of(Problem problem, PathPoint point) => new(problem, point.Fit, point.Coefficients.ToArray());
}
