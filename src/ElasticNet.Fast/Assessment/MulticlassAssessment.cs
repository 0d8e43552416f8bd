using System.Globalization;
using System.Text;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// How well the probabilities of several classes fit rows whose class is known, best rows that the model has not seen: who is called what, log-loss and
/// Brier score, and of each class precision, recall and the area under its ROC curve against the rest. Weights count, and rows of weight 0 count nowhere.
/// What would divide by nothing is NaN. Immutable.
/// </summary>
/// <example><c>Console.WriteLine(MulticlassAssessment.Of(model, x, model.Labels(labels)));</c></example>
public sealed class MulticlassAssessment
{
    /// <summary>A table of who is called what is printed for no more classes than these.</summary>
    private const int MostPrinted = 12;

    private readonly double[] _confusion, _probabilities;
    private readonly Counted _rows;

    private MulticlassAssessment(IReadOnlyList<string> names, Counted rows, bool hasOffsets)
    {
        (double[] eta, int[] codes, double[] weights) = (rows.Eta, rows.Codes, rows.Weights);
        int outputs = names.Count, n = codes.Length;
        _rows = rows;
        ClassNames = Array.AsReadOnly([.. names]);
        Rows = n;
        _confusion = new double[outputs * outputs];
        double[] probabilities = _probabilities = new double[n * outputs], shares = new double[outputs];
        double loss = 0, squares = 0;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> own = eta.AsSpan(i * outputs, outputs);
            Span<double> p = probabilities.AsSpan(i * outputs, outputs);
            Link.Softmax.Inverse(own, p);
            double largest = own[ElasticNetModel.Largest(own)], sum = 0;
            foreach (double one in own)
                sum += Math.Exp(one - largest);
            // Of the linear predictors, so that a probability too small for a double has a loss all the same.
            loss += weights[i] * (largest + Math.Log(sum) - own[codes[i]]);
            for (int k = 0; k < outputs; k++)
                squares += weights[i] * (p[k] - (k == codes[i] ? 1 : 0)) * (p[k] - (k == codes[i] ? 1 : 0));
            _confusion[codes[i] * outputs + ElasticNetModel.Largest(p)] += weights[i];
            shares[codes[i]] += weights[i];
            Weight += weights[i];
        }

        LogLoss = loss / Weight;
        Brier = squares / Weight;
        double entropy = shares.Sum(share => share > 0 ? -share / Weight * Math.Log(share / Weight) : 0);
        (HasOffsets, NullDeviance) = (hasOffsets, hasOffsets ? double.NaN : 2 * entropy);
        Classes = Array.AsReadOnly([.. Enumerable.Range(0, outputs).Select(k => ScoreOf(k, shares[k], Area(probabilities, codes, weights, k)))]);
    }

    private bool HasOffsets { get; }

    /// <summary>What the classes are called, in the order of the model.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Rows of positive weight.</summary>
    public int Rows { get; }

    /// <summary>Sum of their weights.</summary>
    public double Weight { get; }

    /// <summary>Weight of the rows of one class for which another, or the same, is the most probable; of several as probable the first counts.</summary>
    /// <param name="actual">The place of the class that came.</param>
    /// <param name="called">The place of the class that is called.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int actual, int called]
    {
        get
        {
            if ((uint)actual >= (uint)ClassNames.Count)
                Throw.OutOfRange(nameof(actual), actual, $"be in [0, {ClassNames.Count})");
            if ((uint)called >= (uint)ClassNames.Count)
                Throw.OutOfRange(nameof(called), called, $"be in [0, {ClassNames.Count})");
            return _confusion[actual * ClassNames.Count + called];
        }
    }

    /// <summary>Each class against the rest.</summary>
    public IReadOnlyList<ClassScore> Classes { get; }

    /// <summary>Weighted share of rows whose most probable class is theirs.</summary>
    public double Accuracy => Enumerable.Range(0, ClassNames.Count).Sum(k => this[k, k]) / Weight;

    /// <summary>Mean of the classes' recalls: each class counts the same. NaN where one has no row, as the other means.</summary>
    public double MacroRecall => Classes.Average(score => score.Recall);

    /// <summary>Mean of the classes' precisions; one that is never called counts as 0.</summary>
    public double MacroPrecision => Classes.Average(score => double.IsNaN(score.Precision) ? 0 : score.Precision);

    /// <summary>Mean of the classes' F1.</summary>
    public double MacroF1 => Classes.Average(score => score.F1);

    /// <summary>Mean of the classes' areas under the ROC curve.</summary>
    public double MacroAuc => Classes.Average(score => score.Auc);

    /// <summary>Mean of the classes' F1, weighted by their rows.</summary>
    public double WeightedF1 => Weighted(score => score.F1);

    /// <summary>Mean of the classes' areas, weighted by their rows.</summary>
    public double WeightedAuc => Weighted(score => score.Auc);

    /// <summary>Weighted mean of −log of the probability given to the class that came.</summary>
    public double LogLoss { get; }

    /// <summary>Twice the log-loss.</summary>
    public double Deviance => 2 * LogLoss;

    /// <summary>The same of the shares of the classes in these rows; NaN with offsets, beside which shares are not the best constants.</summary>
    public double NullDeviance { get; }

    /// <summary>1 − deviance / that of the shares; below 0 the model is worse than they are. NaN where all rows are of one class.</summary>
    public double DevianceExplained => NullDeviance > 0 ? 1 - Deviance / NullDeviance : double.NaN;

    /// <summary>Weighted mean of Σ (p − y)² over the classes, y being 1 for the one that came, else 0: from 0 to 2.</summary>
    public double Brier { get; }

    /// <summary>Assesses a model.</summary>
    /// <param name="model">A model of <see cref="Family.Multinomial"/>.</param>
    /// <param name="x">The rows, as <see cref="ElasticNetModel.Predict(Features, Span{double}, ReadOnlySpan{double}, Preprocessing.InputTally?)"/> takes them.</param>
    /// <param name="y">What came, classes by the model's names in any order (<see cref="ElasticNetModel.Labels"/>), with weights, and with offsets where the model was fitted with them.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, a class is none of the model's, a row that counts has no class or no prediction, or none counts.</exception>
    /// <exception cref="NotSupportedException">The model is of another family, which <see cref="ModelAssessment"/> is for.</exception>
    public static MulticlassAssessment Of(ElasticNetModel model, Features x, Target y)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Family != Family.Multinomial)
            throw new NotSupportedException($"The model is of the family {model.Family.Title}; an assessment of several classes is for {Family.Multinomial}, {nameof(ModelAssessment)} for the families of one output.");
        if (y.Length != x.Rows)
            Throw.Length(nameof(y), y.Length, $"have one value for each of the {x.Rows} rows of 'x'");
        double[] eta = new double[(long)x.Rows * model.Outputs], offset = new double[(long)y.Offsets.Rows * y.Offsets.Columns];
        for (int i = 0, at = 0; i < y.Offsets.Rows; i++)
        {
            for (int k = 0; k < y.Offsets.Columns; k++)
                offset[at++] = y.Offsets[i, k];
        }

        model.OnLinkScale.Predict(x, eta, offset);
        return Of(eta, y, model.Classes!);
    }

    /// <summary>Assesses predictions that were made already, or by others.</summary>
    /// <param name="linearPredictors">Of each row one for each class, side by side, offsets included: logarithms of probabilities, but for what those of a row share.</param>
    /// <param name="y">What came, with weights.</param>
    /// <param name="classes">What the predictors are of; null: the classes of the target.</param>
    /// <exception cref="ArgumentException">As for a model.</exception>
    public static MulticlassAssessment Of(ReadOnlySpan<double> linearPredictors, Target y, IReadOnlyList<string>? classes = null)
    {
        if (y.ClassNames is not { } own)
        {
            Throw.Data(nameof(y), $"'{nameof(y)}' must be classes: {nameof(Target)}.{nameof(Target.Labels)}(labels) or {nameof(Target)}.{nameof(Target.Classes)}(codes, names).");
            return null!;
        }

        classes ??= own;
        int n = y.Length, outputs = classes.Count;
        Dictionary<string, int> known = new(outputs, StringComparer.Ordinal);
        for (int k = 0; k < outputs; k++)
            known.TryAdd(classes[k], k);
        int[] places = new int[own.Count];
        for (int k = 0; k < places.Length; k++)
        {
            if (!known.TryGetValue(own[k], out places[k]))
                Throw.Data(nameof(y), $"'{nameof(y)}' must have the model's classes {ClassLabels.Listed(classes)}, but has '{own[k]}'.");
        }

        if (linearPredictors.Length != (long)n * outputs)
            Throw.Length(nameof(linearPredictors), linearPredictors.Length, $"have one value for each of {n} rows × {outputs} classes");
        if (!y.Weights.IsEmpty && y.Weights.Length != n)
            Throw.Length(nameof(y.Weights), y.Weights.Length, $"be empty or have one value for each of the {n} rows");
        List<double> eta = [], weights = [];
        List<int> codes = [], rows = [];
        for (int i = 0; i < n; i++)
        {
            double weight = y.Weights.IsEmpty ? 1 : y.Weights[i];
            if (!(weight >= 0) || !double.IsFinite(weight))
                Throw.Data(nameof(y.Weights), Throw.Invariant($"'{nameof(y.Weights)}' must be finite and not negative, but that of row {i} (counted from 0) is {weight}."));
            if (weight == 0)
                continue;
            if (double.IsNaN(y.Values[i]))
                Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' must have a class in rows that count, but row {i} (counted from 0) has none; a weight of 0 takes it out."));
            foreach (double one in linearPredictors.Slice(i * outputs, outputs))
            {
                if (!double.IsFinite(one))
                    Throw.Data("x", Throw.Invariant($"Row {i} (counted from 0) has no prediction (linear predictor {one}): a feature with a coefficient is missing or too large, and nothing fills it; a weight of 0 takes the row out."));
                eta.Add(one);
            }

            rows.Add(i);
            weights.Add(weight);
            codes.Add(places[(int)y.Values[i]]);
        }

        if (codes.Count == 0)
            Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' ({n} rows) must have a row of positive weight."));
        return new(classes, new([.. eta], [.. codes], [.. weights], [.. rows], n), y.Offsets.Rows > 0);
    }

    /// <summary>The same of groups of rows: how the model fares in each.</summary>
    /// <param name="groups">The group of each row, all rows; null is a group of its own, "(missing)".</param>
    /// <returns>The groups with rows that count, by name (ordinal).</returns>
    /// <exception cref="ArgumentException">There is not one for each row.</exception>
    public IReadOnlyList<(string Name, MulticlassAssessment Assessment)> By(IReadOnlyList<string?> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count != _rows.All)
            Throw.Length(nameof(groups), groups.Count, $"have one value for each of the {_rows.All} rows");
        SortedDictionary<string, List<int>> found = new(StringComparer.Ordinal);
        for (int r = 0; r < Rows; r++)
        {
            string name = groups[_rows.Places[r]] ?? "(missing)";
            if (!found.TryGetValue(name, out List<int>? own))
                found[name] = own = [];
            own.Add(r);
        }

        return [.. found.Select(group => (group.Key, new MulticlassAssessment(ClassNames, _rows.Of(group.Value, ClassNames.Count), HasOffsets)))];
    }

    /// <summary>The ROC curve of one class against the rest: from nobody called to everybody, by falling probability of the class.</summary>
    /// <param name="output">The place of the class.</param>
    /// <returns>Points from (0, 0) to (1, 1); empty where all rows are of the class, or none is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public IReadOnlyList<RocPoint> Roc(int output)
    {
        int outputs = ClassNames.Count;
        if ((uint)output >= (uint)outputs)
            Throw.OutOfRange(nameof(output), output, $"be in [0, {outputs})");
        int[] order = [.. Enumerable.Range(0, Rows).OrderByDescending(i => _probabilities[i * outputs + output])];
        double own = 0, others = 0, of = Classes[output].Weight;
        if (!(of > 0 && Weight > of))
            return [];
        List<RocPoint> points = [new(0, 0)];
        for (int at = 0; at < order.Length; at++)
        {
            int i = order[at];
            (own, others) = _rows.Codes[i] == output ? (own + _rows.Weights[i], others) : (own, others + _rows.Weights[i]);
            if (at == order.Length - 1 || _probabilities[order[at + 1] * outputs + output] != _probabilities[i * outputs + output])
                points.Add(new(Math.Min(1, others / (Weight - of)), Math.Min(1, own / of)));
        }

        return points;
    }

    /// <summary>All of it for people, culture-invariant, several lines: the measures, the classes, and of few who is called what.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Line("rows", Throw.Invariant($"{Rows}{(Weight == Rows ? "" : Throw.Invariant($", weight {Weight:g6}"))}, {ClassNames.Count} classes"));
        Line("log-loss", Throw.Invariant($"{LogLoss:g6}, deviance explained {Defined(DevianceExplained)}, Brier score {Brier:g6}"));
        Line("called right", Throw.Invariant($"{Defined(Accuracy)} of the rows, {Defined(MacroRecall)} of a class on the mean"));
        Line("F1", Throw.Invariant($"{Defined(MacroF1)} on the mean, {Defined(WeightedF1)} weighted by rows"));
        Line("AUC", Throw.Invariant($"{Defined(MacroAuc)} on the mean, {Defined(WeightedAuc)} weighted by rows: each class against the rest"));
        string[] names = [.. ClassNames.Select(FeatureName.Shown)];
        int width = Math.Max(10, names.Max(FeatureName.Width));
        text.Append(CultureInfo.InvariantCulture, $"\n{FeatureName.Padded("class", width)} {"weight",10} {"precision",10} {"recall",10} {"F1",10} {"AUC",10}\n");
        for (int k = 0; k < names.Length; k++)
        {
            ClassScore score = Classes[k];
            text.Append(CultureInfo.InvariantCulture, $"{FeatureName.Padded(names[k], width)} {score.Weight,10:g6} {Defined(score.Precision),10} {Defined(score.Recall),10} {Defined(score.F1),10} {Defined(score.Auc),10}\n");
        }

        if (names.Length > MostPrinted)
            return text.ToString();
        text.Append(CultureInfo.InvariantCulture, $"\n{FeatureName.Padded("is \\ called", width)}");
        foreach (string name in names)
            text.Append(' ').Append(FeatureName.Padded(name, -width));
        text.Append('\n');
        for (int actual = 0; actual < names.Length; actual++)
        {
            text.Append(FeatureName.Padded(names[actual], width));
            for (int called = 0; called < names.Length; called++)
                text.Append(' ').Append(FeatureName.Padded(Throw.Invariant($"{this[actual, called]:g6}"), -width));
            text.Append('\n');
        }

        return text.ToString();

        void Line(string label, string words) => text.Append(CultureInfo.InvariantCulture, $"{label,-15}{words}\n");
    }

    private ClassScore ScoreOf(int k, double share, double area)
    {
        double hits = this[k, k], called = Enumerable.Range(0, ClassNames.Count).Sum(actual => this[actual, k]);
        return new(ClassNames[k], share, called > 0 ? hits / called : double.NaN, share > 0 ? hits / share : double.NaN, called + share > 0 ? 2 * hits / (called + share) : double.NaN, area);
    }

    /// <summary>The chance that a row of the class is given a larger probability of it than another row; equal ones count half.</summary>
    private static double Area(double[] probabilities, int[] codes, double[] weights, int k)
    {
        int outputs = probabilities.Length / codes.Length;
        int[] order = [.. Enumerable.Range(0, codes.Length)];
        Array.Sort(Array.ConvertAll(order, i => probabilities[i * outputs + k]), order);
        double below = 0, of = 0, area = 0;
        for (int first = 0, last; first < order.Length; first = last)
        {
            double own = 0, others = 0;
            for (last = first; last < order.Length && probabilities[order[last] * outputs + k] == probabilities[order[first] * outputs + k]; last++)
            {
                if (codes[order[last]] == k)
                    own += weights[order[last]];
                else
                    others += weights[order[last]];
            }

            area += own * (below + 0.5 * others);
            below += others;
            of += own;
        }

        return of > 0 && below > 0 ? Math.Min(1, area / (of * below)) : double.NaN;
    }

    private double Weighted(Func<ClassScore, double> value) => Classes.Where(score => score.Weight > 0).Sum(score => score.Weight * value(score)) / Weight;

    /// <summary>The rows that count: linear predictors side by side, classes, weights, and their places among so many.</summary>
    private sealed record Counted(double[] Eta, int[] Codes, double[] Weights, int[] Places, int All)
    {
        public Counted Of(List<int> rows, int outputs) => new(
            [.. rows.SelectMany(r => Eta.AsSpan(r * outputs, outputs).ToArray())], [.. rows.Select(r => Codes[r])], [.. rows.Select(r => Weights[r])], [.. rows.Select(r => Places[r])], All);
    }

    private static string Defined(double value) => double.IsNaN(value) ? "not defined" : Digits.Four(value);
}

/// <summary>One class against the rest. What would divide by nothing is NaN.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Weight">Weight of its rows.</param>
/// <param name="Precision">Share of its rows among those for which it is called.</param>
/// <param name="Recall">Share of its rows for which it is called.</param>
/// <param name="F1">Harmonic mean of the two.</param>
/// <param name="Auc">Area under the ROC curve of its probability: the chance that one of its rows has a larger one than another row, equal ones counting half.</param>
public readonly record struct ClassScore(string Name, double Weight, double Precision, double Recall, double F1, double Auc)
{
    /// <summary>All on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"{Name}: weight {Weight:g6}, precision {Precision:0.0000}, recall {Recall:0.0000}, F1 {F1:0.0000}, AUC {Auc:0.0000}");
}
