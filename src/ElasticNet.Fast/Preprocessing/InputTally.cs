using System.Globalization;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Counts, over predictions that it is handed to, what rows did not say or the model does not know: missing values and unknown levels in
/// the columns that predictions read. Belongs to one model and one call at a time.
/// </summary>
public sealed class InputTally
{
    private const int MostExamples = 3;
    private const int MostColumns = 5;
    private const int LongestExample = 40;

    private Preparation? _preparation;
    private int[] _inputs = [];
    private long[] _missing = [];
    private long[] _unknown = [];
    private List<string>?[] _examples = [];

    /// <summary>Counts for the first model that it is handed to.</summary>
    public InputTally()
    {
    }

    /// <summary>Counts rows that are handed to <see cref="Add(ReadOnlySpan{double})"/>.</summary>
    /// <param name="preparation">The preparation of the model.</param>
    /// <param name="used">The inputs that its predictions read, ascending: <see cref="ElasticNetModel.UsedInputs"/>.</param>
    public InputTally(Preparation preparation, ReadOnlySpan<int> used)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        Begin(preparation, used);
    }

    /// <summary>The number of rows.</summary>
    public long Rows { get; private set; }

    /// <summary>The columns of which something was missing or unknown, in the order of <see cref="Preparation.Inputs"/>.</summary>
    public IReadOnlyList<InputCount> Columns => [.. _inputs.Where((_, k) => _missing[k] + _unknown[k] > 0).Select(Count)];

    /// <summary>
    /// What was counted and what became of it, in one sentence without a full stop: "2 of 9 rows have a level of 'zip' that the model does
    /// not know ('6170', '6170.0'), counted as no level; …". Empty where every value was there and known.
    /// </summary>
    public override string ToString()
    {
        IReadOnlyList<InputCount> columns = Columns;
        IEnumerable<string> told = columns.SelectMany(Sentences);
        string text = string.Join("; ", told.Take(MostColumns));
        int more = told.Count() - MostColumns;
        return more > 0 ? text + Throw.Invariant($"; and {more} more of the kind") : text;
    }

    /// <summary>Counts for a model from here on.</summary>
    /// <param name="preparation">How it prepares raw columns.</param>
    /// <param name="used">The inputs that its predictions read, ascending.</param>
    /// <exception cref="ArgumentException">It has counted for another one.</exception>
    internal void Begin(Preparation preparation, ReadOnlySpan<int> used)
    {
        if (_preparation is not null)
        {
            if (!ReferenceEquals(_preparation, preparation))
                Throw.Data("tally", "'tally' must count for one model; this one has counted for another.");
            return;
        }

        _preparation = preparation;
        _inputs = used.ToArray();
        _missing = new long[_inputs.Length];
        _unknown = new long[_inputs.Length];
        _examples = new List<string>?[_inputs.Length];
    }

    /// <summary>Counts a row. Allocates nothing.</summary>
    /// <param name="row">One value for each of <see cref="Preparation.Inputs"/>: numbers, codes of levels, NaN for missing.</param>
    /// <exception cref="ArgumentException">The row has another length, or no model was named.</exception>
    public void Add(ReadOnlySpan<double> row)
    {
        if (row.Length != (_preparation?.Inputs.Count ?? 0))
            Throw.Length(nameof(row), row.Length, Throw.Invariant($"have one value for each of the {_preparation?.Inputs.Count ?? 0} inputs"));
        Rows++;
        for (int k = 0; k < _inputs.Length; k++)
            Add(k, row[_inputs[k]]);
    }

    /// <summary>Remembers, for the sentence and for <see cref="InputCount.Examples"/>, what an unknown level is called; only a few are kept.</summary>
    /// <param name="input">Which of <see cref="Preparation.Inputs"/>.</param>
    /// <param name="level">The level.</param>
    /// <exception cref="ArgumentException">It is no input that predictions read.</exception>
    public void Remember(int input, ReadOnlySpan<char> level)
    {
        int used = Array.BinarySearch(_inputs, input);
        if (used < 0)
            Throw.OutOfRange(nameof(input), input, Throw.Invariant($"be one of the {_inputs.Length} inputs that predictions read"));
        List<string> examples = _examples[used] ??= [];
        if (examples.Count == MostExamples)
            return;
        string text = level.Length <= LongestExample ? level.ToString() : string.Concat(level[..LongestExample], "…");
        if (!examples.Contains(text))
            examples.Add(text);
    }

    /// <summary>Counts rows.</summary>
    internal void AddRows(long rows) => Rows += rows;

    /// <summary>Counts one value.</summary>
    /// <param name="used">Which of the used inputs.</param>
    /// <param name="value">A number, the code of a level, or NaN.</param>
    internal void Add(int used, double value)
    {
        if (double.IsNaN(value))
            _missing[used]++;
        else if (_preparation!.Inputs[_inputs[used]] is { Kind: InputKind.Category } input && !InputColumn.IsCode(value, input.Levels.Count))
            _unknown[used]++;
    }

    private InputCount Count(int input)
    {
        int k = Array.BinarySearch(_inputs, input);
        return new(_preparation!.Inputs[input], _missing[k], _unknown[k], _examples[k]?.AsReadOnly() ?? (IReadOnlyList<string>)[]);
    }

    private IEnumerable<string> Sentences(InputCount column)
    {
        string name = column.Input.Name;
        int input = _inputs.First(j => ReferenceEquals(_preparation!.Inputs[j], column.Input));
        InputEncoding encoding = _preparation!.Encodings.Span[input];
        if (column.Unknown > 0)
        {
            string examples = column.Examples.Count == 0 ? "" : $" ({string.Join(", ", column.Examples.Select(level => $"'{level}'"))}{(column.Unknown > column.Examples.Count ? ", …" : "")})";
            yield return $"{Of(column.Unknown)} a level of '{name}' that the model does not know{examples}, {Became(encoding, encoding.UnknownFeature, column.Input)}";
        }

        if (column.Missing > 0 && IsRemarkable(encoding, column.Input))
            yield return $"{Of(column.Missing)} no '{name}', {(column.Input.Kind == InputKind.Category ? Became(encoding, encoding.MissingFeature, column.Input) : Filled(encoding))}";
    }

    // "Missing" that training had is a level like any other.
    private static bool IsRemarkable(InputEncoding encoding, InputColumn input) =>
        input.Kind == InputKind.Number || encoding.Feature >= 0 || encoding.MissingFeature < 0 || encoding.MissingFeature == encoding.UnknownFeature;

    private string Became(InputEncoding encoding, int feature, InputColumn input) => feature switch
    {
        InputEncoding.Refused => "which it refuses",
        _ when encoding.Feature >= 0 => InputColumn.IsCode(encoding.Fill, input.Levels.Count) ? $"counted as '{input.Levels[(int)encoding.Fill]}'" : "counted as missing",
        >= 0 => $"counted as '{_preparation!.FeatureNames[feature]}'",
        _ => Reference(encoding, input) is { } level ? $"counted as no level, which is that of '{level}'" : "counted as no level",
    };

    private string Filled(InputEncoding encoding) => _preparation!.Imputer is not null ? "filled from the other columns"
        : double.IsNaN(encoding.Fill) ? "and nothing fills it"
        : Throw.Invariant($"filled by {encoding.Fill}");

    // Levels without a training row have no feature either; with one of them who is the reference cannot be told.
    private static string? Reference(InputEncoding encoding, InputColumn input)
    {
        ReadOnlySpan<int> features = encoding.LevelFeatures.Span;
        return features.Count(InputEncoding.None) == 1 ? input.Levels[features.IndexOf(InputEncoding.None)] : null;
    }

    private string Of(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} of {Rows} {(Rows == 1 ? "row has" : count == 1 ? "rows has" : "rows have")}");
}

/// <summary>What an <see cref="InputTally"/> counted in one column.</summary>
/// <param name="Input">The column.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Unknown">Rows with a level that the model does not know.</param>
/// <param name="Examples">A few of these levels, where their names were given.</param>
public sealed record InputCount(InputColumn Input, long Missing, long Unknown, IReadOnlyList<string> Examples)
{
    /// <summary>What was counted, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"{Input.Name}: {Missing} missing, {Unknown} unknown{(Examples.Count == 0 ? "" : $" ({string.Join(", ", Examples.Select(level => $"'{level}'"))})")}");
}
