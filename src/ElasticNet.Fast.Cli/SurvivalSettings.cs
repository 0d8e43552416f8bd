using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Which columns say how long a row was watched, for --family cox.</summary>
/// <param name="Time">Until when.</param>
/// <param name="Event">Whether the event happened then.</param>
/// <param name="Start">From when on, or null.</param>
/// <param name="Strata">Within which rows are compared, or null.</param>
/// <param name="Family">Cox, with its rule for ties.</param>
internal sealed record SurvivalSettings(string Time, string Event, string? Start, string? Strata, Family Family)
{
    /// <summary>The name of the family.</summary>
    public const string Name = "cox";

    /// <summary>The columns beside <see cref="Time"/>.</summary>
    public string[] Others => [.. new[] { Event, Start, Strata }.OfType<string>()];

    /// <summary>The columns that are read as text: what a cell means depends on all of them.</summary>
    public string[] Texts => [.. new[] { Event, Strata }.OfType<string>()];

    /// <summary>Parses and checks; null for other families.</summary>
    /// <exception cref="UsageException">An option belongs to another family, or a column lacks.</exception>
    public static SurvivalSettings? Parse(string? family, string? target, string? time, string? @event, string? start, string? strata, string? ties)
    {
        if (family != Name)
        {
            foreach ((string option, string? given) in new[] { ("--time", time), ("--event", @event), ("--start", start), ("--strata", strata), ("--ties", ties) })
            {
                if (given is not null)
                    throw new UsageException($"{option} belongs to --family cox");
            }

            return null;
        }

        if (target is not null)
            throw new UsageException("--target is for other families: --family cox takes --time, until when a row was watched, and --event, whether the event happened then");
        return new(
            time ?? throw new UsageException("--family cox needs --time: the column that says until when a row was watched"),
            @event ?? throw new UsageException("--family cox needs --event: the column that is 1 where the event happened at that time, and 0 where the row was censored"),
            start, strata,
            ties switch
            {
                null or "efron" => Family.Cox,
                "breslow" => Family.CoxBreslow,
                _ => throw OptionValue.Refused("--ties", ties, "be efron or breslow"),
            });
    }

    /// <summary>The same for data that may have no columns.</summary>
    /// <exception cref="UsageException">They have none.</exception>
    public static SurvivalSettings? Parse(string? family, string? target, string data, bool zeroBased, string? time, string? @event, string? start, string? strata, string? ties) =>
        Parse(family, target, time, @event, start, strata, ties) is not { } survival ? null
        : SvmLightInput.Is(data, zeroBased) ? throw new UsageException("--family cox is for a CSV, whose columns say how long rows were watched")
        : survival;

    /// <summary>The columns by which a stored model is held against rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="time">Until when.</param>
    /// <param name="event">Whether the event happened then, or null.</param>
    /// <param name="start">From when on, or null.</param>
    /// <param name="strata">The stratum, or null.</param>
    /// <exception cref="CsvDataException">The event is not named, or a stratum is needed, or is none.</exception>
    public static SurvivalSettings For(ElasticNetModel model, string time, string? @event, string? start, string? strata)
    {
        if (@event is null)
            throw new CsvDataException("the model does not name the column that is 1 where the event happened, and 0 where the row was censored; --event does");
        if (model.Baseline is { Strata.Count: > 1 } several && strata is null)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"the model was fitted in {several.Strata.Count} strata and does not name their column; --strata does"));
        if (model.Baseline is { Strata: [{ Name: "0" }] } && strata is not null)
            throw new CsvDataException($"the model was fitted without strata; column '{strata}' cannot be one");
        return new(time, @event, start, strata, model.Family);
    }

    /// <summary>Refuses times that are none, before rows are left out: a row bears the number that it has in the file.</summary>
    /// <exception cref="CsvDataException">A time is not positive, or a start not before it.</exception>
    public void Check(CsvTable table)
    {
        ReadOnlySpan<double> times = table.Column(Time).Span, starts = Start is null ? default : table.Column(Start).Span;
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] <= 0)
                throw new CsvDataException(i + 1, Time, string.Create(CultureInfo.InvariantCulture, $"{times[i]} is no time until which a row was watched: it must be above 0"));
            if (starts.IsEmpty)
                continue;
            if (starts[i] < 0)
                throw new CsvDataException(i + 1, Start, string.Create(CultureInfo.InvariantCulture, $"{starts[i]} is no time from which on a row was watched: it must be 0 or more"));
            if (starts[i] >= times[i])
                throw new CsvDataException(i + 1, Start, string.Create(CultureInfo.InvariantCulture, $"{starts[i]} must be before '{Time}', which is {times[i]}: a row is watched from the one to the other"));
        }

        _ = Events(table);
    }

    /// <summary>How long the rows of a table were watched. Says what strata add nothing.</summary>
    /// <exception cref="CsvDataException">A cell says nothing about an event.</exception>
    public SurvivalColumns Read(Terminal terminal, CsvTable table)
    {
        bool[] events = Events(table);
        if (Strata is null)
            return new(table.Column(Time), events, Start is null ? default : table.Column(Start), null, null);
        int[] strata = Array.ConvertAll(table.Column(Strata).ToArray(), code => double.IsNaN(code) ? 0 : (int)code);
        IReadOnlyList<string> names = table.Levels(Strata);
        string[] without = [.. Enumerable.Range(0, names.Count).Where(k => strata.Contains(k) && !Enumerable.Range(0, strata.Length).Any(i => strata[i] == k && events[i])).Select(k => names[k])];
        if (without.Length > 0)
            terminal.Say($"note: {(without.Length == 1 ? "stratum" : "strata")} {ColumnList.Quote(without)} of '{Strata}' {(without.Length == 1 ? "has" : "have")} no event and {(without.Length == 1 ? "adds" : "add")} nothing");
        return new(table.Column(Time), events, Start is null ? default : table.Column(Start), strata, names);
    }

    private bool[] Events(CsvTable table)
    {
        IReadOnlyList<string> labels = table.Levels(Event);
        ReadOnlySpan<double> codes = table.Column(Event).Span;
        bool[] events = new bool[codes.Length];
        for (int i = 0; i < events.Length; i++)
        {
            // A gap is refused, or its row left out, later on.
            if (double.IsNaN(codes[i]))
                continue;
            string label = labels[(int)codes[i]];
            events[i] = IsEvent(label) ?? throw new CsvDataException(i + 1, Event, $"'{PlainText.OneLine(label)}' is neither 1 (the event happened) nor 0 (the row was censored)");
        }

        return events;
    }

    private static bool? IsEvent(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number == 1 ? true : number == 0 ? false : null
        : label.Equals("true", StringComparison.OrdinalIgnoreCase) ? true
        : label.Equals("false", StringComparison.OrdinalIgnoreCase) ? false : null;
}

/// <summary>What the columns hold.</summary>
/// <param name="Time">Until when each row was watched.</param>
/// <param name="Events">Whether the event happened then.</param>
/// <param name="Start">From when on, or none.</param>
/// <param name="Strata">The stratum of each row, or null.</param>
/// <param name="Names">What the strata are called, or null.</param>
internal sealed record SurvivalColumns(ReadOnlyMemory<double> Time, bool[] Events, ReadOnlyMemory<double> Start, int[]? Strata, IReadOnlyList<string>? Names)
{
    /// <summary>For the engine.</summary>
    public Target Target => Fast.Target.Survival(Time.Span, Events, Start.Span, Strata, Names);
}
