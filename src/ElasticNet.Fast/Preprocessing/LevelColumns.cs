using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// The features of categories with many levels as what they are: for each level the rows that have it. A number for each row, where
/// dense columns would be rows × levels.
/// </summary>
internal sealed unsafe class LevelColumns : IDisposable
{
    /// <summary>From so many features of one category on nearly all of their elements are 0.</summary>
    private const int LeastFeatures = 100;

    private readonly AlignedBuffer<long> _starts = new();
    private readonly AlignedBuffer<int> _rows = new();

    private LevelColumns(int features) => Places = new int[features];

    /// <summary>For each feature its place among the dense ones, or the complement (~) of its place among these.</summary>
    public int[] Places { get; }

    /// <summary>Features that are dense.</summary>
    public int DenseCount { get; private set; }

    /// <summary>Features that are here.</summary>
    public int Count { get; private set; }

    /// <summary>Where the rows of each begin, and where those of the last end.</summary>
    public long* Starts => _starts.Pointer;

    /// <summary>The rows, ascending in each.</summary>
    public int* Rows => _rows.Pointer;

    /// <summary>Finds categories with many levels.</summary>
    /// <returns>Null where there are none, or what was asked for needs all features as numbers.</returns>
    public static LevelColumns? Find(Preparation preparation)
    {
        if (preparation.Options.Scaling is not null || preparation.Options.Copies > 1)
            return null;
        LevelColumns columns = new(preparation.FeatureCount);
        int[] perInput = new int[preparation.Inputs.Count];
        foreach (FeatureSource source in preparation.Sources)
            perInput[source.Input] += source.Kind == SourceKind.Level ? 1 : 0;
        for (int k = 0; k < columns.Places.Length; k++)
        {
            FeatureSource source = preparation.Sources[k];
            columns.Places[k] = source.Kind == SourceKind.Level && perInput[source.Input] >= LeastFeatures ? ~columns.Count++ : columns.DenseCount++;
        }

        return columns.Count > 0 ? columns : null;
    }

    /// <summary>Takes the rows down.</summary>
    /// <param name="preparation">What makes features of levels.</param>
    /// <param name="table">The raw columns.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Fill<T>(Preparation preparation, RawTable<T> table, CancellationToken cancellationToken)
        where T : unmanaged
    {
        long* starts = _starts.RequireZeroed(Count + 2);
        bool[] has = new bool[preparation.Inputs.Count];
        for (int k = 0; k < Places.Length; k++)
            has[preparation.Sources[k].Input] |= Places[k] < 0;
        // One column after another, so that the memory of one is enough: first how many rows each level has, then which.
        for (int round = 0; round < 2; round++)
        {
            table.ForEachColumn(1, (input, values, _) =>
            {
                if (!has[input])
                    return;
                InputEncoding encoding = preparation.Encodings.Span[input];
                int levels = preparation.Inputs[input].Levels.Count;
                for (int i = 0; i < table.Rows; i++)
                {
                    int feature = encoding.FeatureOf(values[i], levels);
                    if (feature < 0 || Places[feature] >= 0)
                        continue;
                    int place = ~Places[feature];
                    if (round == 0)
                        starts[place + 2]++;
                    else
                        _rows.Pointer[starts[place + 1]++] = i;
                }
            }, cancellationToken);
            if (round > 0)
                continue;
            for (int k = 2; k < Count + 2; k++)
                starts[k] += starts[k - 1];
            _rows.Require((nint)Math.Max(starts[Count + 1], 1));
        }
    }

    public void Dispose()
    {
        _starts.Dispose();
        _rows.Dispose();
    }
}
