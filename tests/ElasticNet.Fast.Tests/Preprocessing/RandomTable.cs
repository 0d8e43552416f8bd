namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>
/// A random raw table with options that can be learnt from it: numbers and categories with gaps, whole weights with zeros.
/// Row 0 is complete, known and counts, so that there is always something to learn from.
/// </summary>
internal sealed class RandomTable
{
    private readonly Random _random;

    public RandomTable(int seed)
    {
        _random = new Random(seed);
        Rows = _random.Next(1, 40);
        Options = new PreparationOptions
        {
            Imputation = Pick(Enum.GetValues<ImputationMethod>()),
            FillValue = _random.Next(-3, 3),
            Neighbors = _random.Next(1, 6),
            NeighborWeighting = Pick(Enum.GetValues<NeighborWeighting>()),
            MissingIndicators = Chance(0.5),
            Scaling = Pick<ScalingMethod?>([null, .. Enum.GetValues<ScalingMethod>()]),
            Encoding = Pick(Enum.GetValues<CategoryEncoding>()),
            Reference = Pick(Enum.GetValues<ReferenceLevel>()),
            MinLevelCount = _random.Next(1, 6),
            UnknownLevels = Pick(Enum.GetValues<UnknownLevelRule>()),
        };
        Columns = [.. Enumerable.Range(0, _random.Next(1, 12)).Select(Column)];
        Weights = [.. Enumerable.Range(0, Rows).Select(i => i == 0 ? 1.0 : _random.Next(0, 4))];
        Values = new double[Rows * Columns.Length];
        for (int j = 0; j < Columns.Length; j++)
        {
            double share = Chance(0.3) ? 0 : _random.NextDouble();
            for (int i = 0; i < Rows; i++)
                Values[j * Rows + i] = i == 0 ? Known(Columns[j]) : Value(Columns[j], share, isTraining: true);
        }

        if (Options.HasEquations)
        {
            Options = Options with
            {
                Iterative = new()
                {
                    MaxRounds = _random.Next(1, 6),
                    Tolerance = Pick([0, 1e-3, 0.1]),
                    Minimum = Pick([double.NegativeInfinity, -2]),
                    ClipToObserved = Chance(0.5),
                    Matching = Chance(0.5) ? 0 : _random.Next(1, 7),
                },
                Multiple = new() { Imputations = _random.Next(2, 4), Rounds = _random.Next(1, 4), Seed = (ulong)seed },
            };
        }
    }

    public int Rows { get; }

    public InputColumn[] Columns { get; }

    public double[] Values { get; }

    public double[] Weights { get; }

    public PreparationOptions Options { get; set; }

    public FeatureTable Table => new(Columns, Values, Rows);

    public double[] Row(int row) => [.. Enumerable.Range(0, Columns.Length).Select(j => Values[j * Rows + row])];

    /// <summary>A table of the same columns with any values, unknown and missing ones among them.</summary>
    public FeatureTable Unseen(int rows)
    {
        double[] values = [.. Columns.SelectMany(column => Enumerable.Range(0, rows).Select(_ => Value(column, 0.3, isTraining: false)))];
        return new FeatureTable(Columns, values, rows);
    }

    /// <summary>Other values in the rows that do not count.</summary>
    public FeatureTable WithOtherHeldOutRows()
    {
        double[] values = [.. Values];
        for (int k = 0; k < values.Length; k++)
        {
            if (Weights[k % Rows] == 0)
                values[k] = Value(Columns[k / Rows], 0.3, isTraining: false);
        }

        return new FeatureTable(Columns, values, Rows);
    }

    /// <summary>Every row as often as its weight says.</summary>
    public FeatureTable Copies()
    {
        int[] rows = [.. Enumerable.Range(0, Rows).SelectMany(i => Enumerable.Repeat(i, (int)Weights[i]))];
        double[] values = [.. Enumerable.Range(0, Columns.Length).SelectMany(j => rows.Select(i => Values[j * Rows + i]))];
        return new FeatureTable(Columns, values, rows.Length);
    }

    private InputColumn Column(int column) => column == 0 || Chance(0.5)
        ? InputColumn.Number("größe " + column)
        : InputColumn.Category("面積 " + column, [.. Enumerable.Range(0, _random.Next(1, 9)).Select(level => level == 7 ? "" : "😀 " + level)]);

    private double Value(InputColumn column, double missing, bool isTraining)
    {
        bool mustBeKnown = isTraining && Options.UnknownLevels == UnknownLevelRule.Refuse;
        bool mustBeThere = isTraining && Options.Imputation == ImputationMethod.None
            && (column.Kind == InputKind.Number || Options.Encoding == CategoryEncoding.Ordinal);
        if (!mustBeThere && Chance(missing))
            return double.NaN;
        return column.Kind == InputKind.Category && !mustBeKnown && !mustBeThere && Chance(0.1) ? InputColumn.UnknownLevel : Known(column);
    }

    private double Known(InputColumn column) =>
        column.Kind == InputKind.Number ? Math.Round(_random.NextDouble() * 6 - 3, _random.Next(0, 6)) : _random.Next(column.Levels.Count);

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
