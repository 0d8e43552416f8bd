using System.Globalization;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Cli;

/// <summary>The target as a family wants it, made of the columns that the options name.</summary>
internal sealed class TargetColumn
{
    /// <summary>More labels than these are rather names than classes.</summary>
    private const int MostClasses = 50;

    private readonly ReadOnlyMemory<double> _values;
    private readonly string?[]? _labels;
    private readonly string? _positive;
    private readonly SurvivalColumns? _survival;
    private readonly string[] _responses = [];

    /// <summary>Offsets of several outputs, one after another; empty without.</summary>
    private double[] _offsets = [];

    private TargetColumn(ReadOnlyMemory<double> values, string?[]? labels = null, string? positive = null) =>
        (_values, _labels, _positive) = (values, labels, positive);

    private TargetColumn(SurvivalColumns survival) => _survival = survival;

    private TargetColumn(ReadOnlyMemory<double> values, string[] responses) => (_values, _responses) = (values, responses);

    /// <summary>Weights of the rows, or none.</summary>
    public ReadOnlyMemory<double> Weights { get; private init; }

    /// <summary>Offset of the rows, or none.</summary>
    public ReadOnlyMemory<double> Offset { get; private init; }

    /// <summary>Offsets as predictions take them: those of a row side by side.</summary>
    public double[] OffsetsByRow
    {
        get
        {
            int outputs = Target.ClassNames?.Count ?? Target.Responses, n = _offsets.Length / outputs;
            double[] byRow = _offsets.Length == 0 ? Offset.ToArray() : new double[_offsets.Length];
            for (int at = 0; at < _offsets.Length; at++)
                byRow[at % n * outputs + at / n] = _offsets[at];
            return byRow;
        }
    }

    /// <summary>For the engine, without folds.</summary>
    public Target Target
    {
        get
        {
            Target target = WithoutOffsets;
            return _offsets.Length == 0 ? target : target with { Offsets = MatrixView.ColumnMajor<double>(_offsets, target.Length, _offsets.Length / target.Length) };
        }
    }

    private Target WithoutOffsets => _survival is not null
        ? _survival.Target with { Weights = Weights.Span, Offset = Offset.Span }
        : _responses.Length > 0
        ? Target.Columns(MatrixView.ColumnMajor(_values.Span, _values.Length / _responses.Length, _responses.Length), _responses) with { Weights = Weights.Span }
        : _labels is null
        ? new(_values.Span) { Weights = Weights.Span, Offset = Offset.Span }
        : Target.Labels(_labels, _positive) with { Weights = Weights.Span, Offset = Offset.Span };

    /// <summary>Of a table.</summary>
    /// <exception cref="CsvDataException">A value cannot be what its column says.</exception>
    public static TargetColumn Of(Terminal terminal, CsvTable table, FitSettings settings)
    {
        FamilySettings loss = settings.Loss;
        ReadOnlyMemory<double> weights = settings.Weights is null ? default : table.Column(settings.Weights);
        ReadOnlyMemory<double> offset = settings.Offset is null || loss.Family.HasOutputs ? default : table.Column(settings.Offset);
        double[] offsets = loss.Family.HasOutputs ? [.. settings.Offsets.SelectMany(name => table.Column(name).ToArray())] : [];
        if (loss.Exposure is { } exposure)
            offset = Logarithms(table, exposure);
        if (loss.Trials is { } trials)
        {
            (double[] shares, double[] counts) = Proportions(table, settings.Target, trials, weights.Span);
            return new(shares) { Weights = counts, Offset = offset };
        }

        if (loss.Survival is { } survival)
            return new(survival.Read(terminal, table)) { Weights = weights, Offset = offset };
        if (settings.Targets.Length > 1)
            return new(settings.Targets.SelectMany(name => table.Column(name).ToArray()).ToArray(), settings.Targets) { Weights = weights, _offsets = offsets };
        ReadOnlyMemory<double> values = table.Column(settings.Target);
        if (!loss.HasLabels)
            return new(values) { Weights = weights, Offset = offset };
        TargetColumn target = Labelled(terminal, table, settings.Target, loss);
        if (offsets.Length > 0 && target.Target.ClassNames is { } classes && classes.Count != settings.Offsets.Length)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"--offset names {settings.Offsets.Length} columns, and column '{settings.Target}' has {classes.Count} classes ({ClassLabels.Listed(classes)}): each has an offset of its own, in this order"));
        target = target.Weighted(terminal, loss, weights, offset, table.RowNumber);
        target._offsets = offsets;
        return target;
    }

    /// <summary>Of a file without names.</summary>
    public static TargetColumn Of(Terminal terminal, ReadOnlyMemory<double> values, FamilySettings loss) => loss.HasLabels
        ? Numbered(values.ToArray(), loss).Weighted(terminal, loss, default, default, row => row + 1)
        : new(values);

    /// <summary>What to type for a column of labels that was read as numbers; null where it is none.</summary>
    public static string? Advice(Terminal terminal, FitSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Loss.Family != Family.Gaussian || settings.IsSvmLight || settings.Data == "-")
            return null;
        CsvTable table = TableInput.Read(
            terminal, settings.Data, settings.Reading,
            settings.Reading.Options with { Apart = [settings.Target], Only = [], Categories = [settings.Target], Numbers = [] }, cancellationToken, isSilent: true);
        IReadOnlyList<string> levels = table.Levels(settings.Target);
        if (levels.Count is > 2 and <= MostClasses && table.Rows >= 2 * levels.Count && levels.All(level => !double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            return string.Create(CultureInfo.InvariantCulture, $"column '{settings.Target}' holds {levels.Count} labels ('{levels[0]}', '{levels[1]}' …), which are no numbers: --family multinomial fits the probability of each");
        return levels.Count == 2
            ? $"column '{settings.Target}' holds the labels '{levels[0]}' and '{levels[1]}', which are no numbers: --family binomial fits the probability of '{levels[1]}', with --positive {levels[0]} that of '{levels[0]}'"
            : null;
    }

    private static TargetColumn Labelled(Terminal terminal, CsvTable table, string column, FamilySettings loss)
    {
        ReadOnlySpan<double> codes = table.Column(column).Span;
        IReadOnlyList<string> levels = table.Levels(column);
        double[] numbers = LevelNumbers.Of(table, column);
        if (!numbers.Any(double.IsNaN))
        {
            double[] values = new double[codes.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = double.IsNaN(codes[i]) ? double.NaN : numbers[(int)codes[i]];
            return Numbered(values, loss);
        }

        SayCommas(terminal, table, column, numbers);
        string?[] labels = new string?[codes.Length];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = double.IsNaN(codes[i]) ? null : levels[(int)codes[i]];
        return new(default, labels, loss.Positive);
    }

    // Two of them may be labels; more are numbers that are not read as such.
    private static void SayCommas(Terminal terminal, CsvTable table, string column, double[] numbers)
    {
        IReadOnlyList<string> levels = table.Levels(column);
        int comma = Enumerable.Range(0, levels.Count).FirstOrDefault(k => double.IsNaN(numbers[k]), -1);
        if (!Enumerable.Range(0, levels.Count).All(k => !double.IsNaN(numbers[k]) || CellFault.HasDecimalComma(levels[k])))
            return;
        if (levels.Count > 2)
            throw new CsvDataException(table.RowNumber(table.Column(column).Span.IndexOf(comma)), column, CellFault.NoNumber(levels[comma])) { Remedy = CsvRemedy.NameDecimal };
        terminal.Say($"note: the labels '{levels[0]}' and '{levels[1]}' of column '{column}' look like numbers with a decimal comma, which --decimal , would read");
    }

    /// <summary>Of events 0 and 1, and proportions between them, are what they are; two other numbers are labels, and so are those of several classes.</summary>
    private static TargetColumn Numbered(double[] values, FamilySettings loss)
    {
        double[] distinct = [.. values.Where(value => !double.IsNaN(value)).Distinct().Take(3)];
        if (loss.Family.HasEvent && loss.Positive is null && (distinct.Length != 2 || distinct.All(value => value is 0 or 1)))
            return new(values);
        string?[] labels = Array.ConvertAll(values, value => double.IsNaN(value) ? null : value.ToString(CultureInfo.InvariantCulture));
        return new(default, labels, loss.Positive);
    }

    private TargetColumn Weighted(Terminal terminal, FamilySettings loss, ReadOnlyMemory<double> weights, ReadOnlyMemory<double> offset, Func<int, int> rowNumber)
    {
        Target target = Target;
        // More than two labels are refused when they are fitted.
        if (!loss.BalancesClasses || target.ClassNames is { Count: > 2 })
            return new(_values, _labels, _positive) { Weights = weights, Offset = offset };
        (double[] balanced, double ofEvents, double ofOthers) = Balanced(target.Values, weights.Span, rowNumber);
        if (ofEvents > 0)
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"note: the classes are balanced: rows of '{target.ClassNames?[1] ?? "1"}' weigh {ofEvents:g4}, rows of '{target.ClassNames?[0] ?? "0"}' {ofOthers:g4}; probabilities are those of classes that are equally frequent"));
        return new(_values, _labels, _positive) { Weights = balanced, Offset = offset };
    }

    /// <summary>Weights with which both classes weigh the same, and what a row of each is multiplied by; 0 where there is one class only, and weights stay.</summary>
    /// <param name="values">The target.</param>
    /// <param name="weights">As given, or none.</param>
    /// <param name="rowNumber">What a row is called in a message.</param>
    /// <exception cref="CsvDataException">A value is neither 0 nor 1.</exception>
    public static (double[] Weights, double Event, double Other) Balanced(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Func<int, int> rowNumber)
    {
        double[] balanced = new double[values.Length];
        double events = 0, others = 0;
        for (int i = 0; i < balanced.Length; i++)
        {
            double weight = balanced[i] = weights.IsEmpty ? 1 : weights[i];
            if (values[i] is not (0 or 1) && weight > 0)
                throw new CsvDataException(rowNumber(i), null, string.Create(CultureInfo.InvariantCulture, $"the target {values[i]} is a proportion, and --class-weight is for classes"));
            events += weight * values[i];
            others += weight * (1 - values[i]);
        }

        if (!(events > 0 && others > 0))
            return (balanced, 0, 0);
        (double of1, double of0) = ((events + others) / (2 * events), (events + others) / (2 * others));
        for (int i = 0; i < balanced.Length; i++)
            balanced[i] *= values[i] == 1 ? of1 : of0;
        return (balanced, of1, of0);
    }

    /// <summary>Exposures as an offset.</summary>
    /// <exception cref="CsvDataException">One is not above 0.</exception>
    public static double[] Logarithms(CsvTable table, string column)
    {
        ReadOnlySpan<double> values = table.Column(column).Span;
        double[] logarithms = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] > 0))
                throw new CsvDataException(table.RowNumber(i), column, string.Create(CultureInfo.InvariantCulture, $"the exposure {values[i]} must be above 0"));
            logarithms[i] = Math.Log(values[i]);
        }

        return logarithms;
    }

    /// <summary>Shares of successes, and what they weigh: their trials.</summary>
    /// <exception cref="CsvDataException">There are fewer trials than successes, or a negative number of either.</exception>
    public static (double[] Shares, double[] Counts) Proportions(CsvTable table, string target, string column, ReadOnlySpan<double> weights)
    {
        ReadOnlySpan<double> successes = table.Column(target).Span, trials = table.Column(column).Span;
        double[] shares = new double[successes.Length], counts = new double[successes.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            if (!(trials[i] >= 0))
                throw new CsvDataException(table.RowNumber(i), column, string.Create(CultureInfo.InvariantCulture, $"the number of trials {trials[i]} must not be negative"));
            if (!(successes[i] >= 0) || successes[i] > trials[i])
                throw new CsvDataException(table.RowNumber(i), target, string.Create(CultureInfo.InvariantCulture, $"the number of successes {successes[i]} must be from 0 to the {trials[i]} trials"));
            shares[i] = trials[i] > 0 ? successes[i] / trials[i] : 0;
            counts[i] = trials[i] * (weights.IsEmpty ? 1 : weights[i]);
        }

        return (shares, counts);
    }
}
