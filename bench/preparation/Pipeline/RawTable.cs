using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.PreparationBenchmark.Pipeline;

/// <summary>A row-major table of numbers with gaps and of categories, with a target that depends on all of it.</summary>
internal sealed class RawTable
{
    /// <summary>Columns that are numbers; they come first.</summary>
    public const int Numbers = 12;

    private const ulong Stream = 0x70697065;
    private static readonly int[] s_levels = [5, 10, 20];

    /// <param name="rows">n.</param>
    /// <param name="missing">The share of the numbers that is missing.</param>
    /// <param name="unknown">The share of the categories that have a level of no training row.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="part">Keeps apart tables of the same seed; what the target depends on is the same in all.</param>
    public RawTable(int rows, double missing, double unknown, ulong seed, uint part)
    {
        Rows = rows;
        Raw = new double[rows * Columns.Length];
        Target = new double[rows];
        NormalSource source = new(seed, Stream + part);
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = Raw.AsSpan(i * Columns.Length, Columns.Length);
            double shared = source.NextNormal();
            double target = source.NextNormal();
            for (int j = 0; j < Numbers; j++)
            {
                // Different units, so that scaling matters.
                double value = 0.5 * shared + source.NextNormal();
                bool isGap = source.NextUniform() < missing;
                target += (j % 4 - 1.5) * 0.5 * value + (isGap && j % 3 == 0 ? 0.5 : 0);
                row[j] = isGap ? double.NaN : (value + j) * Math.Pow(10, j % 4);
            }
            for (int j = 0; j < s_levels.Length; j++)
            {
                int level = source.NextInt32(s_levels[j]);
                bool isUnknown = source.NextUniform() < unknown;
                target += Math.Sin(1 + 3 * level + j);
                row[Numbers + j] = isUnknown ? InputColumn.UnknownLevel : level;
            }
            Target[i] = target;
        }
    }

    /// <summary>What the columns are: X1 … X12, and A, B, C of 5, 10 and 20 levels.</summary>
    public static InputColumn[] Columns { get; } =
    [
        .. Enumerable.Range(1, Numbers).Select(j => InputColumn.Number($"X{j}")),
        .. s_levels.Select((count, j) => InputColumn.Category($"{(char)('A' + j)}", [.. Enumerable.Range(0, count).Select(level => $"level {level}")])),
    ];

    public int Rows { get; }

    /// <summary>Row by row; codes for categories.</summary>
    public double[] Raw { get; }

    public double[] Target { get; }

    /// <summary>The same rows as the library's table.</summary>
    public FeatureTable ToFeatureTable()
    {
        double[] columns = new double[Raw.Length];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns.Length; j++)
                columns[j * Rows + i] = Raw[i * Columns.Length + j];
        }

        return new(Columns, columns, Rows);
    }

    /// <summary>The same rows as an application's objects.</summary>
    public Reading[] ToReadings() =>
        [.. Enumerable.Range(0, Rows).Select(i => Reading.Of(Raw.AsSpan(i * Columns.Length, Columns.Length)))];

    /// <summary>The name of a code.</summary>
    public static string Level(int column, double code) =>
        code == InputColumn.UnknownLevel ? "a level of no training row" : Columns[column].Levels[(int)code];

    /// <summary>How far predictions are from the target: the root of the mean squared error.</summary>
    public double ErrorOf(ReadOnlySpan<double> predictions)
    {
        double sum = 0;
        for (int i = 0; i < Rows; i++)
            sum += (predictions[i] - Target[i]) * (predictions[i] - Target[i]);
        return Math.Sqrt(sum / Rows);
    }
}
