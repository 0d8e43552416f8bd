using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Cli.Verify;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Judge;

/// <summary>Somebody else's coefficients and their data in; how good they are under their own objective out.</summary>
internal static class JudgeCommand
{
    /// <summary>Parses whose objective it is.</summary>
    /// <exception cref="UsageException">It is nobody's.</exception>
    public static ForeignObjective Objective(string name) => name switch
    {
        "glmnet" => ForeignObjective.Glmnet,
        "scikit-learn" => ForeignObjective.ScikitLearn,
        _ => throw OptionValue.Refused("--objective", name, "be glmnet or scikit-learn"),
    };

    /// <summary>Judges.</summary>
    public static void Run(Terminal terminal, string coefficientsPath, string data, ForeignObjective objective, VerifyRoles roles, ReadingSettings reading, bool json, CancellationToken cancellationToken)
    {
        ForeignCoefficients coefficients = ForeignCoefficients.Read(coefficientsPath, objective);
        Family family = coefficients.Family;
        if (family == Family.MultiGaussian)
            roles = roles with { Target = null, Targets = Responses(coefficients, roles.Target!) };
        if (family.HasOutputs && roles.Offset is not null)
            throw new UsageException($"--offset is for families of one output: of the family {family} each {family.OutputNoun} has one");
        SurvivalSettings? watched = Watched(family, roles);
        CsvTable table = TableInput.Read(
            terminal, data, reading,
            reading.Options with { Apart = [.. roles.Names.Distinct()], Only = coefficients.Names, Numbers = coefficients.Names, Categories = family.HasClasses ? [roles.Target!] : watched?.Texts ?? [] }, cancellationToken);
        foreach (string note in table.Notes)
            terminal.Say($"note: {note}");
        watched?.Check(table);
        foreach (string name in table.ColumnNames)
        {
            if (table.Gaps(name) is { Count: > 0 } gaps)
                throw new CsvDataException(gaps.FirstRow, name, "the value is missing; coefficients are judged on complete rows");
        }

        double[]? weights = roles.Weights is null ? null : table.Column(roles.Weights).ToArray();
        if (weights is not null && Array.FindIndex(weights, weight => weight < 0) is >= 0 and var negative)
            throw new CsvDataException(table.RowNumber(negative), roles.Weights, string.Create(CultureInfo.InvariantCulture, $"{weights[negative]} is a negative weight"));
        int[] counted = [.. Enumerable.Range(0, table.Rows).Where(i => weights is null || weights[i] > 0)];
        if (counted.Length == 0)
            throw new CsvDataException($"column '{roles.Weights}' must not be 0 in all rows");
        double[] Column(string name) => [.. counted.Select(i => table.Column(name).Span[i])];
        Judgement judgement = Judgement.Of(coefficients, objective, new(
            Array.ConvertAll(coefficients.Names, Column), Target(), roles.Weights is null ? null : Column(roles.Weights), roles.Offset is null ? null : Column(roles.Offset))
        {
            Survival = watched is null ? null : Part(watched.Read(terminal, table), counted),
        });
        double[] Target()
        {
            if (family == Family.MultiGaussian)
                return [.. coefficients.OutputNames.SelectMany(Column)];
            double[] values = Column(roles.Target!);
            if (family == Family.Multinomial)
                return Places(values, table, roles.Target!, coefficients.OutputNames, i => table.RowNumber(counted[i]));
            if (family.HasClasses)
                return Classes(values, table, roles.Target!);
            int bad = Array.FindIndex(values, value => family == Family.Poisson ? value < 0 : family == Family.Gamma && value <= 0);
            return bad < 0 ? values : throw new CsvDataException(table.RowNumber(counted[bad]), roles.Target, string.Create(CultureInfo.InvariantCulture, $"{values[bad]} is no target of the family {family}"));
        }

        if (json)
            WriteJson(judgement, coefficients, terminal.OutputStream);
        else
            Write(judgement, coefficients, terminal.Output);
    }

    // The responses that coefficients are for are columns.
    private static string[] Responses(ForeignCoefficients coefficients, string target) =>
        target.Split(',', StringSplitOptions.TrimEntries) is var named && named.Order(StringComparer.Ordinal).SequenceEqual(coefficients.OutputNames.Order(StringComparer.Ordinal)) ? named
        : throw new UsageException($"--target must name the responses that there are coefficients for, {string.Join(",", coefficients.OutputNames)}, but names {target}");

    private static SurvivalSettings? Watched(Family family, VerifyRoles roles)
    {
        (string? happened, string? start, string? strata) = roles.Survival;
        if (!family.IsSurvival)
            return (happened ?? start ?? strata) is null ? null : throw new UsageException("--event, --start and --strata are for coefficients of the family cox");
        return new(roles.Target!, happened ?? throw new UsageException("coefficients of the family cox need --event: the column that is 1 where the event happened, and 0 where the row was censored"), start, strata, family);
    }

    private static SurvivalColumns Part(SurvivalColumns all, int[] rows) => new(
        rows.Select(i => all.Time.Span[i]).ToArray(), [.. rows.Select(i => all.Events[i])], all.Start.IsEmpty ? default : rows.Select(i => all.Start.Span[i]).ToArray(),
        all.Strata is { } strata ? [.. rows.Select(i => strata[i])] : null, all.Names);

    private static double[] Places(double[] codes, CsvTable table, string target, string[] classes, Func<int, int> rowNumber)
    {
        IReadOnlyList<string> levels = table.Levels(target);
        int[] places = [.. levels.Select(level => Array.IndexOf(classes, level))];
        return [.. codes.Select((code, i) => places[(int)code] is >= 0 and var place ? place
            : throw new CsvDataException(rowNumber(i), target, $"there are no coefficients of the class '{PlainText.OneLine(levels[(int)code])}'"))];
    }

    // As both packages sort them, the second class is the event.
    private static double[] Classes(double[] codes, CsvTable table, string target)
    {
        IReadOnlyList<string> levels = table.Levels(target);
        double[] numbers = LevelNumbers.Of(table, target);
        bool areNumbers = !numbers.Any(double.IsNaN);
        if (areNumbers && numbers.All(number => number is >= 0 and <= 1))
            return Array.ConvertAll(codes, code => numbers[(int)code]);
        if (levels.Count != 2)
            throw new CsvDataException($"column '{target}' must hold two classes or proportions, and holds {levels.Count} values");
        int second = areNumbers ? (numbers[1] > numbers[0] ? 1 : 0) : string.CompareOrdinal(levels[1], levels[0]) > 0 ? 1 : 0;
        return Array.ConvertAll(codes, code => (int)code == second ? 1.0 : 0);
    }

    private static void Write(Judgement of, ForeignCoefficients coefficients, TextWriter output)
    {
        PlainVerdict verdict = of.Verdict;
        Line(output, $"objective      {verdict.Objective:g17}, proven to lie within {verdict.RelativeGap:0.0e+0} of half the null deviance ({verdict.HalfNull:g6}) above its minimum");
        if (verdict.RelativeGap <= Judgement.Solved)
        {
            Line(output, $"verdict        a solution of the objective as stated");
            return;
        }

        Line(output, $"worst          {Worst(verdict, coefficients)}");
        foreach ((string name, double gap) in of.Explanations)
            Line(output, $"explained by   {name} (then the gap is {gap:0.0e+0})");
        if (of.Explanations.Length == 0)
            Line(output, $"verdict        no solution of the objective as stated, and none of the usual confusions explains it: not converged, or other data");
    }

    private static void WriteJson(Judgement of, ForeignCoefficients coefficients, Stream output)
    {
        using (Utf8JsonWriter json = new(output, ModelJson.Options))
        {
            json.WriteStartObject();
            ModelJson.WriteNumber(json, "objective", of.Verdict.Objective);
            json.WriteNumber("halfNullDeviance", of.Verdict.HalfNull);
            ModelJson.WriteNumber(json, "relativeGap", of.Verdict.RelativeGap);
            json.WriteBoolean("isSolution", of.Verdict.RelativeGap <= Judgement.Solved);
            json.WriteString("worst", of.Verdict.InterceptViolation > of.Verdict.Violation ? "(intercept)" : Name(of.Verdict.Worst, coefficients));
            ModelJson.WriteNumber(json, "violation", Math.Max(of.Verdict.InterceptViolation, of.Verdict.Violation));
            json.WriteStartArray("explanations");
            foreach ((string name, double gap) in of.Explanations)
            {
                json.WriteStartObject();
                json.WriteString("confusion", name);
                json.WriteNumber("relativeGap", gap);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string Worst(in PlainVerdict verdict, ForeignCoefficients coefficients)
    {
        if (verdict.InterceptViolation > verdict.Violation)
            return Text($"the intercept: the residuals have mean {verdict.InterceptViolation:g4} in size, not 0");
        string name = PlainText.OneLine(Name(verdict.Worst, coefficients));
        return coefficients.Values[verdict.Worst] == 0
            ? Text($"'{name}': its coefficient is 0, but its gradient exceeds what holds it there by {verdict.Violation:g4}, in the units of the strength")
            : Text($"'{name}': its gradient misses what its coefficient {coefficients.Values[verdict.Worst]:g4} asks for by {verdict.Violation:g4}, in the units of the strength");
    }

    private static string Name(int at, ForeignCoefficients coefficients) => Math.DivRem(at, coefficients.Outputs) is var (j, k) && coefficients.Outputs > 1
        ? $"{coefficients.Names[j]} of {coefficients.OutputNames[k]}" : coefficients.Names[at];

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
