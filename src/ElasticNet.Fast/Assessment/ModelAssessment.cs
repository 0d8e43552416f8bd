using System.Globalization;
using System.Text;
using ElasticNet.Fast.Assessment;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// How well predictions fit rows whose target is known, best rows that the model has not seen: errors, deviance, residuals, and of classes confusion,
/// curves and calibration. Weights count, and rows of weight 0 count nowhere. Immutable.
/// </summary>
/// <example><c>Console.WriteLine(ModelAssessment.Of(model, x, y));</c></example>
public sealed class ModelAssessment
{
    private readonly AssessedRows _rows;
    private readonly double _threshold;
    private readonly int _all;

    private ModelAssessment(AssessedRows rows, int all, double threshold, IReadOnlyList<string>? classes)
    {
        (_rows, _all, _threshold, ClassNames) = (rows, all, threshold, classes is null ? null : Array.AsReadOnly([.. classes]));
        // Checks the responses, too.
        (double nullDeviance, double nullSquared) = rows.Null();
        Deviance = rows.Average(i => rows.DevianceResiduals[i] * rows.DevianceResiduals[i] / rows.Weights[i]);
        NullDeviance = nullDeviance / rows.Total;
        DevianceExplained = NullDeviance > 0 ? 1 - Deviance / NullDeviance : double.NaN;
        MeanSquaredError = rows.Average(i => (rows.Response[i] - rows.Mean[i]) * (rows.Response[i] - rows.Mean[i]));
        RSquared = nullSquared > 0 ? 1 - MeanSquaredError / (nullSquared / rows.Total) : double.NaN;
        MeanAbsoluteError = rows.Average(i => Math.Abs(rows.Response[i] - rows.Mean[i]));
        ResponseMean = rows.Average(i => rows.Response[i]);
        PredictionMean = rows.Average(i => rows.Mean[i]);
        DevianceSummary = ResidualSummary.Of(rows.DevianceResiduals);
        PearsonSummary = ResidualSummary.Of(rows.PearsonResiduals);
        if (rows.Family.HasClasses)
            Classes = rows.Count == 0 ? null : new(rows, threshold, 0.5 * Deviance);
    }

    /// <summary>The family.</summary>
    public Family Family => _rows.Family;

    /// <summary>Rows of positive weight.</summary>
    public int Rows => _rows.Count;

    /// <summary>Sum of their weights.</summary>
    public double Weight => _rows.Total;

    /// <summary>Of two classes their names, the event second; null for numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>Weighted mean of the unit deviance: twice the loss less that of fitted values that equal y; of squared error (y − ŷ)².</summary>
    public double Deviance { get; }

    /// <summary>The same of the one constant, beside the offset, that fits these rows best.</summary>
    public double NullDeviance { get; }

    /// <summary>1 − deviance / that of the null model, which of squared error is R²; below 0 the model is worse than a constant. NaN where a constant is perfect.</summary>
    public double DevianceExplained { get; }

    /// <summary>Weighted mean of (y − ŷ)².</summary>
    public double MeanSquaredError { get; }

    /// <summary>Its root.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>R²: 1 − mean squared error / that of the null model; below 0 the model is worse than a constant. NaN where a constant is perfect.</summary>
    public double RSquared { get; }

    /// <summary>Weighted mean of |y − ŷ|.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>Weighted mean of y.</summary>
    public double ResponseMean { get; }

    /// <summary>Weighted mean of ŷ.</summary>
    public double PredictionMean { get; }

    /// <summary>Five numbers of <see cref="DevianceResiduals"/>.</summary>
    public ResidualSummary DevianceSummary { get; }

    /// <summary>Five numbers of <see cref="PearsonResiduals"/>.</summary>
    public ResidualSummary PearsonSummary { get; }

    /// <summary>What families of classes have beside; null for others, and for a group without rows.</summary>
    public ClassAssessment? Classes { get; }

    /// <summary>What cross-validation would have measured on these rows.</summary>
    /// <param name="measure">One of the family's <see cref="Fast.Family.Measures"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the family's.</exception>
    public double this[Measure measure]
    {
        get
        {
            if (!Family.Measures.Contains(measure))
                Throw.OutOfRange(nameof(measure), measure, $"be a measure of the family {Family}: {string.Join(" or ", Family.Measures)}");
            return measure == Measure.MeanSquaredError || measure == Measure.Brier ? MeanSquaredError
                : measure == Measure.MeanAbsoluteError ? MeanAbsoluteError
                : measure == Measure.Deviance ? Deviance
                : Classes is not { } classes ? double.NaN
                : measure == Measure.Auc ? classes.Auc
                : measure == Measure.LogLoss ? classes.LogLoss
                : 1 - classes.At(0.5).Accuracy;
        }
    }

    /// <summary>ŷ of each row, the mean response; NaN in rows of weight 0. A new array.</summary>
    public double[] Predictions() => Spread(_rows.Mean);

    /// <summary>sign(y − ŷ)√(w·unit deviance) of each row, whose squares add up to the deviance; NaN in rows of weight 0. A new array.</summary>
    public double[] DevianceResiduals() => Spread(_rows.DevianceResiduals);

    /// <summary>√w(y − ŷ)/√V(ŷ) of each row, V the family's variance; of Huber's loss V is 1. NaN in rows of weight 0. A new array.</summary>
    public double[] PearsonResiduals() => Spread(_rows.PearsonResiduals);

    /// <summary>Assesses a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="x">The rows, as <see cref="ElasticNetModel.Predict(Features, Span{double}, ReadOnlySpan{double}, Preprocessing.InputTally?)"/> takes them.</param>
    /// <param name="y">What came, with weights, and with the offset where the model was fitted with one. Labels must be those of the model; see <see cref="ElasticNetModel.Labels"/>.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1].</param>
    /// <exception cref="ArgumentException">Sizes do not fit, classes are not the model's, a response is outside the family's range, a row that counts has no prediction, or none counts.</exception>
    public static ModelAssessment Of(ElasticNetModel model, Features x, Target y, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Score(x, y, threshold: threshold);
    }

    /// <summary>Assesses predictions that were made already, or by others.</summary>
    /// <param name="family">Whose deviance and variance.</param>
    /// <param name="linearPredictors">η of each row, offset included: log odds for the logit link, logarithms of the mean for the log link.</param>
    /// <param name="y">What came, with weights; the offset is for the null model.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1].</param>
    /// <param name="classes">The names of the two classes, the event second; null: those of the target, if it has names.</param>
    /// <exception cref="ArgumentException">As for a model.</exception>
    public static ModelAssessment Of(Family family, ReadOnlySpan<double> linearPredictors, Target y, double threshold = 0.5, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(family);
        family.DemandRowLoss("An assessment");
        int n = y.Length;
        if (linearPredictors.Length != n)
            Throw.Length(nameof(linearPredictors), linearPredictors.Length, $"have one value for each of the {n} rows of 'y'");
        if (!y.Weights.IsEmpty && y.Weights.Length != n)
            Throw.Length(nameof(y.Weights), y.Weights.Length, $"be empty or have one value for each of the {n} rows");
        if (!y.Offset.IsEmpty && y.Offset.Length != n)
            Throw.Length(nameof(y.Offset), y.Offset.Length, $"be empty or have one value for each of the {n} rows");
        if (classes is { Count: not 2 })
            Throw.Length(nameof(classes), classes.Count, "have the names of two classes");
        bool turned = Turned(family, y, classes);
        List<int> places = [];
        for (int i = 0; i < n; i++)
        {
            double weight = y.Weights.IsEmpty ? 1 : y.Weights[i];
            if (!(weight >= 0) || !double.IsFinite(weight))
                Throw.Data(nameof(y.Weights), Throw.Invariant($"'{nameof(y.Weights)}' must be finite and not negative, but that of row {i} (counted from 0) is {weight}."));
            if (weight == 0)
                continue;
            if (!double.IsFinite(y.Values[i]))
                Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' must be finite in rows that count, but row {i} (counted from 0) is {y.Values[i]}; a weight of 0 takes it out."));
            if (!y.Offset.IsEmpty && !double.IsFinite(y.Offset[i]))
                Throw.Data(nameof(y.Offset), Throw.Invariant($"'{nameof(y.Offset)}' must be finite in rows that count, but that of row {i} (counted from 0) is {y.Offset[i]}; a weight of 0 takes it out."));
            if (!double.IsFinite(linearPredictors[i]) || !double.IsFinite(family.Link.Inverse(linearPredictors[i])))
                Throw.Data("x", Throw.Invariant($"Row {i} (counted from 0) has no prediction (linear predictor {linearPredictors[i]}): a feature with a coefficient is missing or too large, and nothing fills it; a weight of 0 takes the row out."));
            places.Add(i);
        }

        if (places.Count == 0)
            Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' ({n} rows) must have a row of positive weight."));
        double[] eta = new double[places.Count], response = new double[places.Count], weights = new double[places.Count], offset = new double[places.Count];
        for (int k = 0; k < places.Count; k++)
        {
            int i = places[k];
            (eta[k], response[k]) = (linearPredictors[i], turned ? 1 - y.Values[i] : y.Values[i]);
            (weights[k], offset[k]) = (y.Weights.IsEmpty ? 1 : y.Weights[i], y.Offset.IsEmpty ? 0 : y.Offset[i]);
            if (family.HasClasses && !(response[k] is >= 0 and <= 1))
                Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' must be 0, 1 or a proportion between for the {family.Title} family, but row {i} (counted from 0) is {response[k]}."));
        }

        return new(new(family, eta, response, weights, offset, [.. places]), n, threshold, classes ?? y.ClassNames);
    }

    /// <summary>The same of the rows of each group: which customers, shops or years the model is good for.</summary>
    /// <param name="groups">The group of each row; null is one of its own, called "(missing)".</param>
    /// <returns>By name in ordinal order. A group whose rows all have weight 0 has <see cref="Rows"/> 0, and its measures are NaN.</returns>
    /// <exception cref="ArgumentException">There are not as many as rows.</exception>
    public IReadOnlyList<(string Name, ModelAssessment Assessment)> By(IReadOnlyList<string?> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count != _all)
            Throw.Length(nameof(groups), groups.Count, $"have one value for each of the {_all} rows");
        SortedDictionary<string, List<int>> found = new(StringComparer.Ordinal);
        foreach (string? name in groups)
            found.TryAdd(name ?? "(missing)", []);
        for (int k = 0; k < _rows.Count; k++)
            found[groups[_rows.Places[k]] ?? "(missing)"].Add(k);
        return [.. found.Select(group => (group.Key, new ModelAssessment(_rows.Of([.. group.Value]), _all, _threshold, ClassNames)))];
    }

    /// <summary>As a person reads it.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Line("rows", Throw.Invariant($"{Rows}{(Weight == Rows ? "" : Throw.Invariant($", weight {Weight:g6}"))}, {Family.Title}, {Family.Link} link"));
        string explained = double.IsNaN(DevianceExplained) ? "not defined, because a constant is perfect" : Digits.Four(DevianceExplained);
        Line("deviance", Throw.Invariant($"mean {Deviance:g6}, of the null model {NullDeviance:g6}; explained {explained}"));
        Line("errors", Throw.Invariant($"mean squared {MeanSquaredError:g6}, root {RootMeanSquaredError:g6}, mean absolute {MeanAbsoluteError:g6}; R² {Defined(RSquared)}"));
        Line("mean", Throw.Invariant($"predicted {PredictionMean:g6}, observed {ResponseMean:g6}"));
        Line("residuals", Throw.Invariant($"{"",-10}{"least",12} {"1st quartile",12} {"median",12} {"3rd quartile",12} {"largest",12}"));
        Line("", Summary("deviance", DevianceSummary));
        Line("", Summary("Pearson", PearsonSummary));
        if (Classes is { } classes)
            Append(classes);
        return text.ToString();

        void Line(string label, string line) => text.Append(label.PadRight(15)).Append(line).Append('\n');

        static string Summary(string name, ResidualSummary of) => string.Create(
            CultureInfo.InvariantCulture, $"{name,-10}{of.Least,12:g5} {of.FirstQuartile,12:g5} {of.Median,12:g5} {of.ThirdQuartile,12:g5} {of.Largest,12:g5}");

        void Append(ClassAssessment of)
        {
            (string other, string happened) = ClassNames is { } names ? (FeatureName.Shown(names[0]), FeatureName.Shown(names[1])) : ("0", "1");
            ConfusionTable at = of.Confusion;
            Line("probabilities", Throw.Invariant($"log-loss {of.LogLoss:g6}, AUC {Defined(of.Auc)}, average precision {Defined(of.AveragePrecision)}"));
            Calibration c = of.Calibration;
            Line("Brier score", Throw.Invariant($"{c.Brier:g6} = reliability {c.Reliability:g4} − resolution {c.Resolution:g4} + uncertainty {c.Uncertainty:g4} + within bins {c.Within:g4}"));
            Line("calibration", c.Note is { } note ? Throw.Invariant($"no slope: {note}") : Throw.Invariant($"slope {c.Slope:g5}, intercept {c.Intercept:g5}; with slope 1 intercept {c.InTheLarge:g5}"));
            Line(Throw.Invariant($"from {at.Threshold:0.####} on"), Throw.Invariant($"sensitivity {Defined(at.Sensitivity)}, specificity {Defined(at.Specificity)}, precision {Defined(at.Precision)}, F1 {Defined(at.F1)}, accuracy {Defined(at.Accuracy)}"));
            int width = Math.Max(14, 7 + Math.Max(FeatureName.Width(other), FeatureName.Width(happened)));
            text.Append('\n').Append(' ', width).Append(CultureInfo.InvariantCulture, $" {FeatureName.Padded($"called {happened}", -width)} {FeatureName.Padded($"called {other}", -width)}\n");
            text.Append(FeatureName.Padded($"is {happened}", width)).Append(CultureInfo.InvariantCulture, $" {Throw.Invariant($"{at.TruePositives:g6}").PadLeft(width)} {Throw.Invariant($"{at.FalseNegatives:g6}").PadLeft(width)}\n");
            text.Append(FeatureName.Padded($"is {other}", width)).Append(CultureInfo.InvariantCulture, $" {Throw.Invariant($"{at.FalsePositives:g6}").PadLeft(width)} {Throw.Invariant($"{at.TrueNegatives:g6}").PadLeft(width)}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{"probability",-19} {"rows",8} {"predicted",10} {"observed",10}\n");
            foreach (CalibrationBin bin in c.Bins)
                text.Append(CultureInfo.InvariantCulture, $"{Throw.Invariant($"{bin.Lowest:0.0000} … {bin.Highest:0.0000}"),-19} {bin.Rows,8} {bin.Prediction,10:0.0000} {bin.EventRate,10:0.0000}\n");
        }
    }

    private static string Defined(double value) => double.IsNaN(value) ? "not defined" : Digits.Four(value);

    /// <summary>Whether the target's event is the other class.</summary>
    private static bool Turned(Family family, Target y, IReadOnlyList<string>? classes)
    {
        if (y.ClassNames is not { } own)
            return false;
        if (!family.HasClasses)
            Throw.Data(nameof(y), $"'{nameof(y)}' has classes ({ClassLabels.Listed(own)}), and the {family.Title} family has none.");
        if (own.Count != 2)
            Throw.Data(nameof(y), $"'{nameof(y)}' must have two classes for {family.Title}, but has {ClassLabels.Listed(own)}.");
        if (classes is null || own.SequenceEqual(classes, StringComparer.Ordinal))
            return false;
        if (!own.Reverse().SequenceEqual(classes, StringComparer.Ordinal))
            Throw.Data(nameof(y), $"'{nameof(y)}' must have the model's classes '{classes[0]}' and '{classes[1]}', but has '{own[0]}' and '{own[1]}'.");
        return true;
    }

    private double[] Spread(double[] values)
    {
        double[] all = new double[_all];
        Array.Fill(all, double.NaN);
        for (int k = 0; k < values.Length; k++)
            all[_rows.Places[k]] = values[k];
        return all;
    }
}
