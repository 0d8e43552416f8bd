using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Problems;

/// <summary>
/// Raw columns made into a problem: the preparation that some rows taught, the features it makes of all rows, and the options
/// with what was given per raw column spread over the features that the column became.
/// </summary>
internal sealed unsafe class PreparedProblem : IDisposable
{
    private readonly AlignedBuffer<double> _features = new();
    private readonly LevelColumns? _levels;

    private PreparedProblem(Preparation preparation, Design design, ElasticNetOptions options)
    {
        Preparation = preparation;
        Design = design;
        Options = options;
    }

    private PreparedProblem(Preparation preparation, AlignedBuffer<double> features, LevelColumns? levels, int rows, ElasticNetOptions options)
        : this(preparation, DesignOf(preparation, features, levels, rows), options)
    {
        _features = features;
        _levels = levels;
    }

    /// <summary>What was learnt.</summary>
    public Preparation Preparation { get; }

    /// <summary>The features of all rows, copy after copy where rows are imputed several times; rows that do not count hold 0 where they would hold NaN.</summary>
    public Design Design { get; }

    /// <summary>The same for a verb.</summary>
    public Features Features => new(Design, Design.Rows, Design.Columns);

    /// <summary>The same as a table; only where it was asked for.</summary>
    public MatrixView<double> Table => MatrixView.ColumnMajor(_features.Pointer, Design.Rows, Design.Columns, Design.Rows);

    /// <summary>The options of the problem in features.</summary>
    public ElasticNetOptions Options { get; }

    /// <summary>Learns from the rows of positive weight and makes features of all rows.</summary>
    /// <param name="raw">The raw columns.</param>
    /// <param name="target">y, which draws for gaps depend on.</param>
    /// <param name="weights">Weights; empty means 1.</param>
    /// <param name="options">What was asked for, per raw column; its preparation knows its inputs.</param>
    /// <param name="isFold">Whether the rows are those of a fold, where a column that has no value is no mistake.</param>
    /// <param name="counted">Weights of the rows in the whole problem, 0 for those that count nowhere; empty means <paramref name="weights"/>.</param>
    /// <param name="asTable">Whether every feature is wanted as dense numbers.</param>
    public static PreparedProblem Of<T>(
        MatrixView<T> raw, ReadOnlySpan<double> target, ReadOnlySpan<double> weights, ElasticNetOptions options, bool isFold,
        ReadOnlySpan<double> counted = default, bool asTable = false)
        where T : unmanaged
    {
        int threads = options.MaxDegreeOfParallelism;
        CancellationToken cancellation = options.CancellationToken;
        Preparation preparation = PreparationLearner.LearnFeatures(raw, options.Preparation!, weights, threads, cancellation, isFold,
            ElasticNetRegression.For(options.Preparation!, cancellation));
        AlignedBuffer<double> memory = new();
        LevelColumns? levels = asTable ? null : LevelColumns.Find(preparation);
        try
        {
            int copies = preparation.Options.Copies, rows = RowCopies.Rows(raw.Rows, copies);
            int dense = levels?.DenseCount ?? preparation.FeatureCount;
            DemandRoom(preparation, rows, dense);
            double* features = memory.Require(Math.Max((nint)rows * dense, 1));
            // Only rows that count nowhere are still incomplete; NaN times a weight of 0 would count.
            preparation.Fill(raw, features, rows, threads, cancellation, undefined: 0, levels?.Places);
            if (levels is not null)
            {
                fixed (T* origin = raw)
                    levels.Fill(preparation, new RawTable<T>(raw, origin), cancellation);
            }

            if (copies > 1)
                RowCopies.Draw(raw, target, weights, preparation, features, threads, cancellation);
            Mask(features, rows, dense, RowCopies.Of(counted.IsEmpty ? weights : counted, copies));
            if (preparation.Options.Scaling is not null)
                preparation = FeatureScales.Measure(preparation, features, rows, rows, RowCopies.Of(weights, copies), threads, cancellation);
            return new(preparation, memory, levels, rows, Spread(options, preparation, raw.Rows - weights.Count(0.0)));
        }
        catch
        {
            memory.Dispose();
            levels?.Dispose();
            throw;
        }
    }

    /// <summary>The same features with the scales that other weights give them; on the calling thread, because folds are made on several.</summary>
    public PreparedProblem WithScales(ReadOnlySpan<double> weights)
    {
        Preparation measured = FeatureScales.Measure(
            Preparation, _features.Pointer, Design.Rows, Design.Rows, RowCopies.Of(weights, Preparation.Options.Copies), maxDegreeOfParallelism: 1, Options.CancellationToken);
        return new(measured, Design, Options with { PenaltyScales = measured.Scales });
    }

    public void Dispose()
    {
        _features.Dispose();
        _levels?.Dispose();
    }

    /// <summary>Says before memory is taken that there is not as much, and which column wants most of it.</summary>
    private static void DemandRoom(Preparation preparation, int rows, int dense)
    {
        double bytes = (double)rows * dense * sizeof(double), available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes <= available)
            return;
        InputColumn widest = preparation.Inputs.MaxBy(input => input.Levels.Count)!;
        Throw.Data("x", Throw.Invariant($"'x' must become features that fit into memory, but {rows} rows × {dense} of them take {bytes / 1e9:0.0} GB, and there are {available / 1e9:0.0}; '{widest.Name}' alone has {widest.Levels.Count} levels: leave columns out, pool rare levels (MinLevelCount) or encode them by position (Ordinal)."));
    }

    private static Design DesignOf(Preparation preparation, AlignedBuffer<double> features, LevelColumns? levels, int rows)
    {
        if (levels is null)
            return new DenseDesign<double>().Of(features.Pointer, rows, preparation.FeatureCount, rows);
        SparseDesign<UnitValues> sparse = new SparseDesign<UnitValues>().Of(levels.Starts, levels.Rows, default, rows, levels.Count);
        return new MixedDesign(new DenseDesign<double>().Of(features.Pointer, rows, levels.DenseCount, rows), sparse, levels.Places);
    }

    /// <summary>Rows that count nowhere hold what no arithmetic minds.</summary>
    private static void Mask(double* features, int rows, int columns, ReadOnlySpan<double> weights)
    {
        using RowMask mask = new();
        if (mask.Find(weights) && mask.IsNeeded(features, 1, rows, columns))
            mask.Apply(features, rows, columns);
    }

    private static ElasticNetOptions Spread(ElasticNetOptions options, Preparation preparation, int trainingRows)
    {
        if (preparation.Options.Copies is > 1 and int copies)
        {
            options = options with
            {
                Weights = RowCopies.Of(options.Weights.Span, copies).ToArray(),
                Offset = RowCopies.Of(options.Offset.Span, copies).ToArray(),
                // Copies are no rows of their own.
                LambdaMinRatio = options.LambdaMinRatio ?? LambdaGrid.DefaultRatio(trainingRows, preparation.FeatureCount),
            };
        }

        List<int> excluded = [];
        for (int k = 0; k < preparation.FeatureCount; k++)
        {
            if (options.ExcludedFeatures.Span.Contains(preparation.Sources[k].Input))
                excluded.Add(k);
        }

        return options with
        {
            Preparation = null,
            FeatureNames = [.. preparation.FeatureNames],
            PenaltyFactors = preparation.Spread(options.PenaltyFactors.Span),
            LowerBounds = SpreadBounds(options.LowerBounds, preparation),
            UpperBounds = SpreadBounds(options.UpperBounds, preparation),
            ExcludedFeatures = excluded.ToArray(),
            FeatureGroups = SpreadGroups(options, preparation),
            GroupLevels = false,
            PenaltyScales = preparation.Scales,
        };
    }

    /// <summary>The features of the raw columns of each group; and of each category in none, where its levels are one.</summary>
    private static ListOf<FeatureGroup> SpreadGroups(ElasticNetOptions options, Preparation preparation)
    {
        List<FeatureGroup> groups = [];
        bool[] isTaken = new bool[preparation.Inputs.Count];
        foreach (FeatureGroup group in options.FeatureGroups)
        {
            foreach (int input in group.Columns)
                isTaken[input] = true;
            Add(group, source => group.Columns.Span.Contains(source.Input));
        }

        for (int input = 0; input < isTaken.Length && options.GroupLevels; input++)
        {
            if (!isTaken[input])
                Add(new([]) { Name = preparation.Inputs[input].Name }, source => source.Input == input && source.Kind == SourceKind.Level);
        }

        return [.. groups];

        void Add(FeatureGroup named, Func<FeatureSource, bool> isIn)
        {
            int[] features = [.. Enumerable.Range(0, preparation.FeatureCount).Where(k => isIn(preparation.Sources[k]))];
            if (features.Length > 0)
                groups.Add(named with { Columns = features });
        }
    }

    /// <summary>A single bound holds for all features anyway.</summary>
    private static ListOf<double> SpreadBounds(ListOf<double> bounds, Preparation preparation) =>
        bounds.Count == 1 ? bounds : preparation.Spread(bounds.Span);
}
