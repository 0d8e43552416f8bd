using System.Text;
using ElasticNet.Fast.Assessment;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

/// <summary>
/// How well a model of <see cref="Family.Cox"/> fits rows whose survival is known, best rows that the model has not seen: whether it foresees the order of events (deviance,
/// concordance), who has the event by a time (areas, Brier scores), and whether chances are what they say (calibration). Weights count, rows of
/// weight 0 count nowhere. Immutable.
/// </summary>
/// <example><c>Console.WriteLine(SurvivalAssessment.Of(model, x, Target.Survival(time, isEvent), [12, 24]));</c></example>
public sealed class SurvivalAssessment
{
    /// <summary>An integral is over so many steps at most; of more, every so many-th counts.</summary>
    private const int MostSteps = 1000;

    private const int MostGroups = 5;

    private static readonly double[] s_quartiles = [0.25, 0.5, 0.75];

    private readonly SurvivalRows _rows;
    private readonly double[] _times, _martingale, _deviance;

    private SurvivalAssessment(SurvivalRows rows, double[] times, double horizon = double.NaN)
    {
        (_rows, _times) = (rows, times);
        double[] eventTimes = [.. rows.Rows.Where(rows.IsEvent).Select(i => rows.Times.Time[i]).Order()];
        foreach (int i in rows.Rows)
            (Weight, EventWeight) = (Weight + rows.Weights[i], EventWeight + (rows.IsEvent(i) ? rows.Weights[i] : 0));
        Events = eventTimes.Length;
        Horizon = !double.IsNaN(horizon) ? horizon : times.Length > 0 ? times.Max() : Events > 0 ? eventTimes[^1] : double.NaN;
        (_martingale, _deviance) = (new double[rows.Times.Count], new double[rows.Times.Count]);
        Array.Fill(_martingale, double.NaN);
        Array.Fill(_deviance, double.NaN);
        (Deviance, NullDeviance) = Judge();
        MartingaleSummary = ResidualSummary.Of([.. rows.Rows.Select(i => _martingale[i])]);
        DevianceSummary = ResidualSummary.Of([.. rows.Rows.Select(i => _deviance[i])]);
        Concordance = Selection.Concordance.Share(rows.Times, rows.Rows, Picked(rows.Weights), Picked(rows.Eta));
        UnoConcordance = Uno();
        ExpectedEvents = rows.Baseline is null ? double.NaN : rows.Rows.Sum(i => rows.Weights[i] * rows.Hazard(i, rows.Times.Time[i]) * Math.Exp(rows.Eta[i] - rows.Baseline.Center));
        (Slope, Note) = Recalibrate();
        Groups = Array.AsReadOnly(rows.Rows.Length == 0 ? [] : RiskGroup.Cut(rows, MostGroups));
        double[] asked = times.Length > 0 ? times : [.. s_quartiles.Where(_ => Events > 0).Select(share => eventTimes[(int)(share * (Events - 1))]).Distinct()];
        AtTimes = Array.AsReadOnly(Array.ConvertAll(asked, time => new SurvivalAtTime(rows, time, Groups)));
        (IntegratedBrier, IntegratedNullBrier) = Integrate();
    }

    /// <summary>The family, which knows what is done about ties.</summary>
    public Family Family => _rows.Family;

    /// <summary>Rows of positive weight.</summary>
    public int Rows => _rows.Rows.Length;

    /// <summary>Sum of their weights.</summary>
    public double Weight { get; }

    /// <summary>How many of them have the event.</summary>
    public int Events { get; }

    /// <summary>Sum of the weights of those.</summary>
    public double EventWeight { get; }

    /// <summary>Twice the difference of the partial log-likelihood of these rows from that of a model that foresees every event, for each event.</summary>
    public double Deviance { get; }

    /// <summary>The same of the offset alone.</summary>
    public double NullDeviance { get; }

    /// <summary>1 − deviance / that of the offset alone; below 0 the model is worse than none. NaN where there is nothing to explain.</summary>
    public double DevianceExplained => NullDeviance > 0 ? 1 - Deviance / NullDeviance : double.NaN;

    /// <summary>
    /// Harrell's C: of all pairs of an event and a row of its stratum that was at risk then and lived longer, the share in which the event has the larger relative
    /// hazard; equal ones count half. NaN without such pairs.
    /// </summary>
    public double Concordance { get; }

    /// <summary>Uno's C: the same of the events up to the <see cref="Horizon"/>, each over the squared chance of being watched so long, so that it does not depend on who was censored. NaN where that chance is 0.</summary>
    public double UnoConcordance { get; }

    /// <summary>The last of the times that were asked for, else the last event: how far <see cref="UnoConcordance"/> and <see cref="IntegratedBrier"/> reach.</summary>
    public double Horizon { get; }

    /// <summary>Mean of the Brier score over the times up to the <see cref="Horizon"/>: the exact integral of its steps, of more than a thousand of them over a thousand. NaN without a baseline hazard.</summary>
    public double IntegratedBrier { get; }

    /// <summary>The same of the Kaplan–Meier estimate of these rows.</summary>
    public double IntegratedNullBrier { get; }

    /// <summary>What was asked for at each time; the quartiles of the times of events where no time was named.</summary>
    public IReadOnlyList<SurvivalAtTime> AtTimes { get; }

    /// <summary>At most five groups of about equal weight by rising relative hazard, with the curves that were observed and predicted.</summary>
    public IReadOnlyList<RiskGroup> Groups { get; }

    /// <summary>How many events the model's baseline hazard expects of these rows in the time that they were watched; beside <see cref="EventWeight"/> it says whether chances are too high on the whole. NaN without a baseline hazard.</summary>
    public double ExpectedEvents { get; }

    /// <summary>By what the linear predictor has to be multiplied for these rows, fitted without a penalty: below 1 relative hazards are too extreme, above 1 too timid. NaN where there is none; see <see cref="Note"/>.</summary>
    public double Slope { get; }

    /// <summary>Why there is no slope; null where there is one.</summary>
    public string? Note { get; }

    /// <summary>Five numbers of <see cref="MartingaleResiduals"/>.</summary>
    public ResidualSummary MartingaleSummary { get; }

    /// <summary>Five numbers of <see cref="DevianceResiduals"/>.</summary>
    public ResidualSummary DevianceSummary { get; }

    /// <summary>
    /// Of each row its event (1 or 0) less those that were to be expected of it, by the hazard that these rows have under the model's relative hazards and its rule for ties, as
    /// <c>survival::residuals</c> has it; NaN in rows of weight 0. A new array.
    /// </summary>
    public double[] MartingaleResiduals() => [.. _martingale];

    /// <summary>The same, M, made symmetric: sign(M)√(−2(M + δ log(δ − M))), δ whether the row has the event; NaN in rows of weight 0. A new array.</summary>
    public double[] DevianceResiduals() => [.. _deviance];

    /// <summary>Assesses a model.</summary>
    /// <param name="model">The model, of <see cref="Family.Cox"/> or <see cref="Family.CoxBreslow"/>.</param>
    /// <param name="x">The rows, as <see cref="ElasticNetModel.Predict(Features, Span{double}, ReadOnlySpan{double}, InputTally?)"/> takes them.</param>
    /// <param name="y">Their survival, with weights, and with the offset where the model was fitted with one. Strata are those of the model by name.</param>
    /// <param name="times">When Brier scores, areas and calibration are wanted; empty for the quartiles of the times of events.</param>
    /// <param name="tally">Counts what was missing or unknown in a <see cref="FeatureTable"/>; null counts nothing.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, the target is none of survival, no row that counts has the event, one has no prediction or a stratum that the model does not know, or a time is not positive and finite.</exception>
    /// <exception cref="NotSupportedException">The model is of another family.</exception>
    public static SurvivalAssessment Of(ElasticNetModel model, Features x, Target y, ReadOnlySpan<double> times = default, InputTally? tally = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (y.Length != x.Rows)
            Throw.Length(nameof(y), y.Length, $"have one value for each of the {x.Rows} rows of 'x'");
        double[] eta = new double[x.Rows];
        Demand(model.Family);
        model.OnLinkScale.Predict(x, eta, y.Offset, tally);
        return Of(model.Family, model.Baseline, eta, y, times);
    }

    /// <summary>Assesses predictions that were made already, or by others.</summary>
    /// <param name="family"><see cref="Family.Cox"/> or <see cref="Family.CoxBreslow"/>, whose rule for ties counts.</param>
    /// <param name="baseline">The hazard that the relative hazards multiply; null: there are no chances, and measures of them are NaN.</param>
    /// <param name="linearPredictors">The logarithm of the relative hazard of each row, offset included.</param>
    /// <param name="y">Their survival, with weights; the offset is for the null model.</param>
    /// <param name="times">As for a model.</param>
    /// <exception cref="ArgumentException">As for a model.</exception>
    /// <exception cref="NotSupportedException">The family is another.</exception>
    public static SurvivalAssessment Of(Family family, BaselineHazard? baseline, ReadOnlySpan<double> linearPredictors, Target y, ReadOnlySpan<double> times = default)
    {
        ArgumentNullException.ThrowIfNull(family);
        Demand(family);
        for (int k = 0; k < times.Length; k++)
        {
            if (!(times[k] > 0) || !double.IsFinite(times[k]))
                Throw.OutOfRange(nameof(times), times[k], "be positive and finite");
            if (times[..k].Contains(times[k]))
                Throw.OutOfRange(nameof(times), times[k], "not be named twice");
        }

        return new(SurvivalRows.Of(family, baseline, linearPredictors, y), times.ToArray());
    }

    /// <summary>The same of the rows of each group at the same times: which hospitals or years the model is good for.</summary>
    /// <param name="groups">The group of each row; null is one of its own, called "(missing)".</param>
    /// <returns>By name in ordinal order. A group whose rows all have weight 0 has <see cref="Rows"/> 0, and its measures are NaN.</returns>
    /// <exception cref="ArgumentException">There are not as many as rows.</exception>
    public IReadOnlyList<(string Name, SurvivalAssessment Assessment)> By(IReadOnlyList<string?> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count != _rows.Times.Count)
            Throw.Length(nameof(groups), groups.Count, $"have one value for each of the {_rows.Times.Count} rows");
        SortedDictionary<string, List<int>> found = new(StringComparer.Ordinal);
        foreach (string? name in groups)
            found.TryAdd(name ?? "(missing)", []);
        foreach (int i in _rows.Rows)
            found[groups[i] ?? "(missing)"].Add(i);
        double[] times = [.. AtTimes.Select(at => at.Time)];
        return [.. found.Select(group => (group.Key, new SurvivalAssessment(_rows.Of([.. group.Value]), times, Horizon)))];
    }

    /// <summary>As a person reads it.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Line("rows", Throw.Invariant($"{Rows}{(Weight == Rows ? "" : Throw.Invariant($", weight {Weight:g6}"))}, {Events} events, {Family.Title}"));
        Line("deviance", Throw.Invariant($"partial, for each event {Deviance:g6}, of the null model {NullDeviance:g6}; explained {Defined(DevianceExplained)}"));
        Line("concordance", Throw.Invariant($"Harrell's C {Defined(Concordance)}, Uno's C up to {Horizon:g6} {Defined(UnoConcordance)}"));
        if (_rows.Baseline is null)
            Line("chances", "none: the model has no baseline hazard");
        else
        {
            Line("Brier score", Throw.Invariant($"integrated up to {Horizon:g6} {Defined(IntegratedBrier)}, of the Kaplan–Meier estimate {Defined(IntegratedNullBrier)}"));
            Line("events", Throw.Invariant($"expected {ExpectedEvents:g6}, observed {EventWeight:g6}"));
        }

        Line("calibration", Note is null ? Throw.Invariant($"slope {Slope:g5}") : Throw.Invariant($"no slope: {Note}"));
        Line("residuals", Throw.Invariant($"{"",-10}{"least",12} {"1st quartile",12} {"median",12} {"3rd quartile",12} {"largest",12}"));
        Line("", Summary("martingale", MartingaleSummary));
        Line("", Summary("deviance", DevianceSummary));
        Table(text);
        return text.ToString();

        void Line(string label, string line) => text.Append(label.PadRight(15)).Append(line).Append('\n');

        static string Summary(string name, ResidualSummary of) =>
            Throw.Invariant($"{name,-10}{of.Least,12:g5} {of.FirstQuartile,12:g5} {of.Median,12:g5} {of.ThirdQuartile,12:g5} {of.Largest,12:g5}");
    }

    private void Table(StringBuilder text)
    {
        text.Append('\n').Append(Throw.Invariant($"{"at time",12} {"AUC",12} {"Brier score",12} {"Kaplan–Meier",12} {"explained",12}")).Append('\n');
        foreach (SurvivalAtTime at in AtTimes)
            text.Append(Throw.Invariant($"{at.Time,12:g6} {Defined(at.Auc),12} {Defined(at.Brier),12} {Defined(at.NullBrier),12} {Defined(at.Explained),12}")).Append('\n');
        if (_rows.Baseline is null || Groups.Count == 0)
            return;
        text.Append('\n').Append("without the event, predicted and observed, by groups of rising hazard\n");
        text.Append(Throw.Invariant($"{"group",12} {"rows",8} {"events",8}")).Append(string.Concat(AtTimes.Select(at => Throw.Invariant($" {Throw.Invariant($"at {at.Time:g6}"),17}")))).Append('\n');
        for (int k = 0; k < Groups.Count; k++)
        {
            text.Append(Throw.Invariant($"{k + 1,12} {Groups[k].Rows,8} {Groups[k].Events,8}"));
            foreach (SurvivalAtTime at in AtTimes)
                text.Append(Throw.Invariant($" {(at.Calibration.Count == 0 ? "not defined" : Throw.Invariant($"{at.Calibration[k].Prediction:0.0000}   {at.Calibration[k].Observed:0.0000}")),17}"));
            text.Append('\n');
        }
    }

    private static string Defined(double value) => double.IsNaN(value) ? "not defined" : Digits.Four(value);

    private static void Demand(Family family)
    {
        if (!family.IsSurvival)
            throw new NotSupportedException($"An assessment of survival is of Cox models, and this one is of the family {family.Title}: {nameof(ModelAssessment)} assesses it.");
    }

    private double[] Picked(double[] all) => Array.ConvertAll(_rows.Rows, i => all[i]);

    /// <summary>Deviances for each event, and residuals.</summary>
    private (double Deviance, double Null) Judge()
    {
        using PartialLoss loss = new(Family, _rows.Times, _rows.Counted());
        double[] expected = new double[_rows.Times.Count];
        loss.Expected(_rows.Eta, expected);
        foreach (int i in _rows.Rows)
        {
            double happened = _rows.Times.Events[i], martingale = _martingale[i] = happened - expected[i];
            double half = martingale + (happened == 0 ? 0 : Math.Log(expected[i]));
            _deviance[i] = Math.CopySign(Math.Sqrt(Math.Max(-2 * half, 0)), martingale);
        }

        return (loss.Deviance(_rows.Eta) / EventWeight, loss.Deviance(_rows.Offset) / EventWeight);
    }

    private (double Slope, string? Note) Recalibrate()
    {
        if (Rows == 0 || EventWeight == 0)
            return (double.NaN, "no row has the event");
        if (_rows.Rows.GroupBy(_rows.Times.StratumOf).All(stratum => stratum.All(i => _rows.Eta[i] == _rows.Eta[stratum.First()])))
            return (double.NaN, "all relative hazards are the same");
        try
        {
            double[] column = Array.ConvertAll(_rows.Eta, eta => double.IsFinite(eta) ? eta : 0);
            using PathMemory memory = new();
            double[] slope = new double[1];
            ElasticNetOptions options = new() { Family = Family, Times = _rows.Times, Weights = _rows.Counted(), MaxDegreeOfParallelism = 1 };
            _ = PathEngine.Fit(MatrixView.ColumnMajor<double>(column, column.Length, 1), _rows.Times.Events, 0, 1, options, memory, slope);
            return (slope[0], null);
        }
        catch (ArgumentException)
        {
            // Refused as monotone likelihood.
            return (double.NaN, "every event has the larger relative hazard, or every one the smaller, so that no finite slope fits best");
        }
    }

    private (double Brier, double Null) Integrate()
    {
        if (_rows.Baseline is null || double.IsNaN(Horizon) || Rows == 0 || !_rows.Rows.Any(i => _rows.Times.Time[i] >= Horizon))
            return (double.NaN, double.NaN);
        double[] steps = [.. _rows.Rows.SelectMany(i => (double[])[_rows.Times.Time[i], _rows.Start(i)])
            .Concat(_rows.Baseline.Strata.SelectMany(stratum => stratum.Times.ToArray())).Where(time => time > 0 && time < Horizon).Prepend(0).Distinct().Order()];
        int count = Math.Min(steps.Length, MostSteps);
        double brier = 0, reference = 0;
        for (int k = 0; k < count; k++)
        {
            double from = At(k), length = (k + 1 < count ? At(k + 1) : Horizon) - from;
            (double own, double without) = SurvivalAtTime.Squares(_rows, from);
            // Before anybody came there is nobody to be wrong about.
            (brier, reference) = (brier + length * (double.IsNaN(own) ? 0 : own), reference + length * (double.IsNaN(without) ? 0 : without));
        }

        return (brier / Horizon, reference / Horizon);

        double At(int k) => steps[(int)((long)k * steps.Length / count)];
    }

    private double Uno()
    {
        double[] factors = new double[Rows];
        for (int k = 0; k < factors.Length; k++)
        {
            int row = _rows.Rows[k];
            if (!_rows.IsEvent(row) || _rows.Times.Time[row] > Horizon)
                continue;
            double watched = _rows.Watched(row);
            factors[k] = 1 / (watched * watched);
        }

        return factors.Any(double.IsInfinity) ? double.NaN : Selection.Concordance.Share(_rows.Times, _rows.Rows, Picked(_rows.Weights), Picked(_rows.Eta), factors);
    }
}
