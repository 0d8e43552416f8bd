using System.Text;
using ElasticNet.Fast.Assessment;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

/// <summary>On which scale of time a coefficient may change.</summary>
public enum HazardTimeScale
{
    /// <summary>1 − the Kaplan–Meier estimate just before the time, so that no late event weighs more than others.</summary>
    KaplanMeier,

    /// <summary>The time itself.</summary>
    Identity,

    /// <summary>Its logarithm.</summary>
    Logarithm,
}

/// <summary>Whether one coefficient stays the same over time.</summary>
/// <param name="Feature">The feature's place in the model.</param>
/// <param name="Name">Its name.</param>
/// <param name="Coefficient">Without a penalty.</param>
/// <param name="ChiSquare">The score test of a change along the scale of time, of one degree of freedom.</param>
/// <param name="PValue">The chance of more where there is none.</param>
public readonly record struct ProportionalHazardsLine(int Feature, string Name, double Coefficient, double ChiSquare, double PValue)
{
    /// <summary>Name, statistic and p-value, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"{FeatureName.Shown(Name)}: χ² {ChiSquare:g5}, p {PValue:g4}");
}

/// <summary>
/// The test of Grambsch and Therneau (1994), as a score test like <c>survival::cox.zph</c>: the features that a model selected are fitted to some rows without a penalty, and each
/// coefficient is asked whether it changes with time. A feature whose effect fades or grows makes hazards that are not proportional. Takes the selection as
/// given: of the rows that made it, p-values are too small. Immutable.
/// </summary>
/// <example><c>Console.WriteLine(ProportionalHazardsTest.Of(model, x, Target.Survival(time, isEvent)));</c></example>
public sealed class ProportionalHazardsTest
{
    private const int MostSteps = 20;

    private readonly double[][] _residuals, _scaled;

    private ProportionalHazardsTest(HazardTimeScale scale, ProportionalHazardsLine[] lines, string[] leftOut, double chiSquare, Residuals residuals, double[][] scaled)
    {
        (Scale, Lines, LeftOut, ChiSquare) = (scale, Array.AsReadOnly(lines), Array.AsReadOnly(leftOut), chiSquare);
        (EventRows, EventTimes, _residuals, _scaled) = (residuals.Rows, residuals.Times, residuals.Values, scaled);
        PValue = lines.Length == 0 ? double.NaN : ChiSquareDistribution.Survival(chiSquare, lines.Length);
    }

    /// <summary>The scale of time.</summary>
    public HazardTimeScale Scale { get; }

    /// <summary>One for each feature that was tested, in the order of the model.</summary>
    public IReadOnlyList<ProportionalHazardsLine> Lines { get; }

    /// <summary>Selected features that are combinations of others in these rows, or constant, and have no coefficient of their own.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>The statistic of all coefficients together, of as many degrees of freedom as <see cref="Lines"/>.</summary>
    public double ChiSquare { get; }

    /// <summary>The chance of more where no coefficient changes; NaN where there is none.</summary>
    public double PValue { get; }

    /// <summary>The rows with the event, by rising time; ties in the order of the rows.</summary>
    public ReadOnlyMemory<int> EventRows { get; }

    /// <summary>Their times.</summary>
    public ReadOnlyMemory<double> EventTimes { get; }

    /// <summary>Schoenfeld residuals of the k-th of <see cref="Lines"/>: at each of <see cref="EventRows"/> its value less its mean over who was at risk.</summary>
    /// <param name="line">k.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public ReadOnlyMemory<double> SchoenfeldResiduals(int line) => _residuals[Checked(line)];

    /// <summary>The same times the covariance of the coefficients and the number of events, plus the coefficient: their trend over time is that of the coefficient.</summary>
    /// <param name="line">k.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public ReadOnlyMemory<double> ScaledSchoenfeldResiduals(int line) => _scaled[Checked(line)];

    /// <summary>Tests the features that a model selected.</summary>
    /// <param name="model">The model, of <see cref="Family.Cox"/> or <see cref="Family.CoxBreslow"/>.</param>
    /// <param name="x">The rows, as <see cref="ElasticNetModel.Predict(Features, Span{double}, ReadOnlySpan{double}, Preprocessing.InputTally?)"/> takes them: those that the model was fitted to, or others.</param>
    /// <param name="y">Their survival, with weights and offset.</param>
    /// <param name="scale">The scale of time.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, the target is none of survival, a row that counts lacks a feature, or without a penalty the likelihood has no maximum.</exception>
    /// <exception cref="NotSupportedException">The model is of another family.</exception>
    public static ProportionalHazardsTest Of(ElasticNetModel model, Features x, Target y, HazardTimeScale scale = HazardTimeScale.KaplanMeier)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!Enum.IsDefined(scale))
            Throw.OutOfRange(nameof(scale), scale, "be a scale that is defined");
        if (!model.Family.IsSurvival)
            throw new NotSupportedException($"The test of proportional hazards is of Cox models, and this one is of the family {model.Family.Title}.");
        if (y.Length != x.Rows)
            Throw.Length(nameof(y), y.Length, $"have one value for each of the {x.Rows} rows of 'x'");
        int[] selected = model.Indices.ToArray();
        string[] names = Array.ConvertAll(selected, j => FeatureName.Of(model.FeatureNames, j));
        SurvivalRows rows = SurvivalRows.Of(model.Family, null, new double[y.Length], y);
        double[][] columns = model.SelectedColumns(x);
        for (int k = 0; k < columns.Length; k++)
            Center(columns[k], names[k], rows);
        double[] weights = rows.Counted();
        InformationFactor told = new(new Sums(rows, weights, columns, rows.Offset, null).Information, columns.Length);
        columns = Array.ConvertAll(told.Kept, k => columns[k]);
        double[] coefficients = Refit(rows, weights, columns, out double[] eta);
        double[] clock = Clock(rows, scale);
        Sums sums = new(rows, weights, columns, eta, clock);
        (double[] each, double all) = sums.Tests();
        ProportionalHazardsLine[] lines =
            [.. told.Kept.Select((k, at) => new ProportionalHazardsLine(selected[k], names[k], coefficients[at], each[at], ChiSquareDistribution.Survival(each[at], 1)))];
        Residuals residuals = sums.Ordered(rows);
        return new(scale, lines, [.. names.Where((_, k) => !told.Kept.Contains(k))], all, residuals, Scaled(sums, residuals, coefficients));
    }

    /// <summary>As a person reads it.</summary>
    public override string ToString() => ToString(isWatched: false);

    /// <summary>The same for a terminal, where long names are cut.</summary>
    internal string ToString(bool isWatched)
    {
        StringBuilder text = new();
        string scale = Scale switch { HazardTimeScale.KaplanMeier => "1 − the Kaplan–Meier estimate", HazardTimeScale.Identity => "time", _ => "the logarithm of time" };
        text.Append("proportional hazards, without a penalty: does a coefficient change along ").Append(scale).Append("?\n");
        const string global = "(all)";
        NameColumn names = new("feature", [.. Lines.Select(line => line.Name), global], isWatched);
        text.Append(Throw.Invariant($"{names["feature"]} {"coefficient",12} {"χ²",10} {"df",5} {"p",10}\n"));
        foreach (ProportionalHazardsLine line in Lines)
            text.Append(Throw.Invariant($"{names[line.Name]} {line.Coefficient,12:g5} {line.ChiSquare,10:g5} {1,5} {line.PValue,10:g3}\n"));
        text.Append(Throw.Invariant($"{names[global]} {"",12} {ChiSquare,10:g5} {Lines.Count,5} {PValue,10:g3}\n"));
        if (LeftOut.Count > 0)
            text.Append("left out, because others tell the same: ").AppendJoin(", ", LeftOut.Select(FeatureName.Shown)).Append('\n');
        return text.ToString();
    }

    private int Checked(int line)
    {
        if ((uint)line >= (uint)Lines.Count)
            Throw.OutOfRange(nameof(line), line, Throw.Invariant($"be in [0, {Lines.Count})"));
        return line;
    }

    /// <summary>Takes the mean off, so that sums of squares keep their digits.</summary>
    private static void Center(double[] column, string name, SurvivalRows rows)
    {
        double sum = 0, total = 0;
        foreach (int i in rows.Rows)
        {
            if (!double.IsFinite(column[i]))
                Throw.Data("x", Throw.Invariant($"'x' must be finite in rows that count, but row {i} (counted from 0) has {column[i]} as '{FeatureName.Shown(name)}'; a weight of 0 takes it out."));
            (sum, total) = (sum + rows.Weights[i] * column[i], total + rows.Weights[i]);
        }

        for (int i = 0; i < column.Length; i++)
            column[i] -= sum / total;
    }

    /// <summary>The solver's maximum, and Newton steps for its last digits.</summary>
    private static double[] Refit(SurvivalRows rows, double[] weights, double[][] columns, out double[] eta)
    {
        int n = rows.Times.Count, p = columns.Length;
        double[] coefficients = new double[p];
        eta = [.. rows.Offset];
        if (p == 0)
            return coefficients;
        double[] all = [.. columns.SelectMany(column => column)];
        ElasticNetOptions options = new() { Family = rows.Family, Times = rows.Times, Weights = weights, Offset = rows.Offset, MaxDegreeOfParallelism = 1 };
        using (PathMemory memory = new())
            _ = PathEngine.Fit(MatrixView.ColumnMajor<double>(all, n, p), rows.Times.Events, 0, 1, options, memory, coefficients);
        double last = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            eta = [.. rows.Offset];
            for (int k = 0; k < p; k++)
                Vectors.Add(coefficients[k], columns[k], eta);
            Sums sums = new(rows, weights, columns, eta, null);
            InformationFactor factor = new(sums.Information, p);
            if (factor.Kept.Length < p)
                throw new InvalidOperationException("Without a penalty some coefficients are hardly told apart by these rows, so that nothing can be tested; a model of fewer features can.");
            double[] moves = factor.Solve(sums.Score);
            double moved = 0;
            for (int k = 0; k < p; k++)
                moved += moves[k] * sums.Score[k];
            if (step == MostSteps || !(moved < 0.25 * last) || moved == 0)
                return coefficients;
            last = moved;
            for (int k = 0; k < p; k++)
                coefficients[k] += moves[k];
        }
    }

    private static double[] Clock(SurvivalRows rows, HazardTimeScale scale)
    {
        KaplanMeier? curve = scale == HazardTimeScale.KaplanMeier ? KaplanMeier.Of(rows.Times, rows.Rows, rows.Weights) : null;
        double[] clock = new double[rows.Times.Count];
        double sum = 0, total = 0;
        foreach (int i in rows.Rows)
        {
            double time = rows.Times.Time[i];
            clock[i] = curve is not null ? 1 - curve.Between(double.NegativeInfinity, time, isBefore: true) : scale == HazardTimeScale.Identity ? time : Math.Log(time);
            if (rows.IsEvent(i))
                (sum, total) = (sum + rows.Weights[i] * clock[i], total + rows.Weights[i]);
        }

        // A constant more or less changes no test.
        return Array.ConvertAll(clock, value => value - sum / total);
    }

    private static double[][] Scaled(Sums sums, Residuals residuals, double[] coefficients)
    {
        int p = coefficients.Length, events = residuals.Rows.Length;
        InformationFactor factor = new(sums.Information, p);
        double[][] scaled = Array.ConvertAll(coefficients, _ => new double[events]);
        double[] one = new double[p];
        for (int e = 0; e < events; e++)
        {
            for (int k = 0; k < p; k++)
                one[k] = residuals.Values[k][e];
            double[] solved = factor.Solve(one);
            for (int k = 0; k < p; k++)
                scaled[k][e] = events * solved[k] + coefficients[k];
        }

        return scaled;
    }

    /// <summary>Residuals by rising time.</summary>
    private sealed record Residuals(int[] Rows, double[] Times, double[][] Values);

    /// <summary>Score and information of coefficients, and of their change along a clock.</summary>
    private sealed class Sums
    {
        private readonly int _p;
        private readonly double[] _change, _mixed, _changes;
        private readonly List<(int Row, double[] Residual)> _residuals = [];

        public Sums(SurvivalRows rows, double[] weights, double[][] columns, double[] eta, double[]? clock)
        {
            int p = _p = columns.Length;
            (Score, Information, _change, _mixed, _changes) = (new double[p], new double[p * p], new double[p], new double[p * p], new double[p * p]);
            new RiskMoments(rows.Family, columns).Visit(rows.Times, weights, eta, (_, events, mean, information) =>
            {
                double now = clock is null ? 0 : clock[events[0]];
                foreach (int i in events)
                {
                    double[] residual = new double[p];
                    for (int k = 0; k < p; k++)
                    {
                        residual[k] = columns[k][i] - mean[k];
                        Score[k] += weights[i] * residual[k];
                        _change[k] += weights[i] * residual[k] * now;
                    }

                    if (clock is not null)
                        _residuals.Add((i, residual));
                }

                for (int k = 0; k < information.Length; k++)
                {
                    Information[k] += information[k];
                    _mixed[k] += now * information[k];
                    _changes[k] += now * now * information[k];
                }
            });
        }

        public double[] Score { get; }

        /// <summary>p × p.</summary>
        public double[] Information { get; }

        /// <summary>The score tests of each coefficient's change, the others held constant, and of all together.</summary>
        public (double[] Each, double All) Tests()
        {
            double[] each = new double[_p];
            double all = 0;
            int[][] groups = [.. Enumerable.Range(0, _p).Select(k => (int[])[k]), [.. Enumerable.Range(0, _p)]];
            for (int g = 0; g < groups.Length; g++)
            {
                int size = _p + groups[g].Length;
                double[] matrix = new double[size * size], score = new double[size];
                for (int i = 0; i < size; i++)
                {
                    score[i] = i < _p ? 0 : _change[groups[g][i - _p]];
                    for (int j = 0; j < size; j++)
                    {
                        int row = i < _p ? i : groups[g][i - _p], column = j < _p ? j : groups[g][j - _p];
                        matrix[i * size + j] = (i < _p && j < _p ? Information : i >= _p && j >= _p ? _changes : _mixed)[row * _p + column];
                    }
                }

                InformationFactor factor = new(matrix, size);
                double[] right = Array.ConvertAll(factor.Kept, k => score[k]), solved = factor.Solve(right);
                double statistic = 0;
                for (int k = 0; k < right.Length; k++)
                    statistic += right[k] * solved[k];
                if (g < _p)
                    each[g] = factor.Kept.Length == size ? statistic : double.NaN;
                else
                    all = factor.Kept.Length == size ? statistic : double.NaN;
            }

            return (each, all);
        }

        public Residuals Ordered(SurvivalRows rows)
        {
            (int Row, double[] Residual)[] order = [.. _residuals.OrderBy(one => rows.Times.Time[one.Row]).ThenBy(one => one.Row)];
            return new(
                [.. order.Select(one => one.Row)], [.. order.Select(one => rows.Times.Time[one.Row])],
                [.. Enumerable.Range(0, _p).Select(k => order.Select(one => one.Residual[k]).ToArray())]);
        }
    }
}
