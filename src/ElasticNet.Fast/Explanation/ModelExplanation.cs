using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Explanation;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// What a model says, in units that people understand: effects per standard deviation and between quartiles, the order in which features
/// entered, their parts of the explained deviance, groups of correlated features, and what each feature adds to a prediction. Of families with a
/// link all effects are on its scale: <see cref="Baseline"/> and <see cref="Contributions"/> add up to what <see cref="ElasticNetModel.OnLinkScale"/> predicts. Of several outputs
/// all of this is said of each coefficient that is not 0. Immutable.
/// </summary>
/// <example><c>Console.WriteLine(ModelExplanation.Of(model, x, y));</c></example>
public sealed class ModelExplanation
{
    private readonly FeatureExplanation[] _features;
    private readonly string[] _names;
    private readonly double[] _baselines;
    private readonly Family _family;
    private readonly IReadOnlyList<string>? _outputs;

    private ModelExplanation(ElasticNetModel model, FeatureExplanation[] features, CorrelatedGroup[] groups, double groupCorrelation, double[] baselines, string[] names) =>
        (_family, _outputs, _features, Groups, GroupCorrelation, _baselines, _names) = (model.Family, model.OutputNames, features, groups, groupCorrelation, baselines, names);

    private bool HasLink => _family != Family.Gaussian && _family != Family.MultiGaussian;

    /// <summary>The selected features, the strongest effect per standard deviation first; of several outputs one for each coefficient that is not 0.</summary>
    public IReadOnlyList<FeatureExplanation> Features => _features;

    /// <summary>Groups of two features or more, at least one of them selected, linked by correlations of at least <see cref="GroupCorrelation"/>.</summary>
    public IReadOnlyList<CorrelatedGroup> Groups { get; }

    /// <summary>The absolute correlation from which on features count as telling the same.</summary>
    public double GroupCorrelation { get; }

    /// <summary>The prediction, on the link scale, for a row of means (without an intercept, but of Cox, of zeros), without offset: where <see cref="Contributions"/> start.</summary>
    /// <exception cref="NotSupportedException">There are several outputs, each with its own: <see cref="Baselines"/>.</exception>
    public double Baseline => _baselines.Length == 1
        ? _baselines[0]
        : throw new NotSupportedException(Throw.Invariant($"The model has {_baselines.Length} {_family.OutputsNoun}, each with a baseline of its own: {nameof(Baselines)}."));

    /// <summary>The same of each output, in the order of the model; of one output it is <see cref="Baseline"/>.</summary>
    public ReadOnlyMemory<double> Baselines => _baselines;

    /// <summary>Explains a model by the rows that it was fitted to, or others.</summary>
    /// <param name="model">The model.</param>
    /// <param name="x">The columns that the model was fitted to, n × p; raw ones where it prepares them.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">As for the fit: weights, offset, preparation, penalty. Null means the defaults.</param>
    /// <param name="groupCorrelation">Absolute correlation in (0, 1] that links features to groups.</param>
    /// <exception cref="ArgumentException">The model has other columns, or values are refused.</exception>
    public static ModelExplanation Of(
        ElasticNetModel model, Features x, Target y, ElasticNetOptions? options = null, double groupCorrelation = 0.8)
    {
        ArgumentNullException.ThrowIfNull(model);
        Features dense = x.Dense();
        options = GivenOptions.For(dense, y, options) with { Preparation = options?.Preparation };
        return dense.HasSingles ? Of(model, dense, dense.Singles, y.Values, options, groupCorrelation) : Of(model, dense, dense.Doubles, y.Values, options, groupCorrelation);
    }

    private static ModelExplanation Of<T>(ElasticNetModel model, in Features all, MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions? options, double groupCorrelation)
        where T : unmanaged, INumberBase<T>
    {
        options ??= ElasticNetOptions.Default;
        if (options.Family != model.Family)
            Throw.Data(nameof(options), $"'{nameof(options.Family)}' ({options.Family}) must be the family of the model, {model.Family}.");
        if (!(groupCorrelation is > 0 and <= 1))
            Throw.OutOfRange(nameof(groupCorrelation), groupCorrelation, "be in (0, 1]");
        if (x.Columns != model.InputCount)
            Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' ({x.Columns} columns) must have the {model.InputCount} columns of the model."));
        if (model.Preparation is not { } preparation)
        {
            ValidOptions.Check(options, x.Rows, x.Columns, y);
            return Explain(model, all, x, y, options with { Preparation = null }, groupCorrelation);
        }

        if (preparation.Options.Imputation == ImputationMethod.Multiple)
            Throw.Data(nameof(model), $"'{nameof(model)}' must not be of multiple imputation: its rows are not one table; explain a model of iterative imputation.");
        // Learnt again from the same rows, so that the path sees what the fit saw.
        RawProblem raw = RawProblem.Check(x, y, options with { Preparation = preparation.Options });
        using PreparedProblem problem = PreparedProblem.Of(x, raw.Target, raw.Weights, raw.Options, isFold: false, asTable: true);
        if (problem.Features.Columns != model.FeatureCount)
            Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' comes to {problem.Features.Columns} features, but the model has {model.FeatureCount}; explain it by the rows that it was fitted to."));
        return Explain(model, problem.Features, problem.Table, raw.Target, problem.Options, groupCorrelation);
    }

    /// <summary>What each feature of <see cref="Features"/> adds to a prediction, on the link scale: β(x − mean); with <see cref="Baseline"/> (and offset) they add up to it, of several outputs those of one with its own baseline.</summary>
    /// <param name="row">The features of one row, after preparation where the model prepares them.</param>
    /// <returns>As many values as <see cref="Features"/>, in its order.</returns>
    /// <exception cref="ArgumentException">The row has another number of features.</exception>
    public double[] Contributions(ReadOnlySpan<double> row)
    {
        if (row.Length != _names.Length)
            Throw.Length(nameof(row), row.Length, $"have the {_names.Length} features of the model");
        double[] contributions = new double[_features.Length];
        for (int k = 0; k < contributions.Length; k++)
            contributions[k] = _features[k].Coefficient * (row[_features[k].Feature] - _features[k].Mean);
        return contributions;
    }

    /// <summary>A line for each selected feature, and one for each group.</summary>
    public override string ToString() => ToString(isWatched: false);

    /// <summary>The same for a terminal, where long names are cut.</summary>
    internal string ToString(bool isWatched)
    {
        StringBuilder text = new();
        if (_outputs is not null)
            AppendOutputs(text, isWatched);
        else
            AppendFeatures(text, isWatched);
        foreach (CorrelatedGroup group in Groups)
        {
            string members = string.Join(", ", group.Features.ToArray().Select((j, k) => Throw.Invariant($"{FeatureName.Shown(_names[j])} {0 + Math.Round(100 * group.Shares.Span[k])} %")));
            text.Append(CultureInfo.InvariantCulture, $"correlated by {GroupCorrelation} or more, the effect shared: {members}\n");
        }

        return text.ToString();
    }

    private void AppendFeatures(StringBuilder text, bool isWatched)
    {
        NameColumn names = new("feature", _features.Select(feature => feature.Name), isWatched);
        text.Append(CultureInfo.InvariantCulture, $"{names["feature"]} {"per SD",12} {"per IQR",12} {(HasLink ? "ratio per SD" : "standardised"),12} {"of deviance",11} {"entered",8} {"at λ",12}\n");
        foreach (FeatureExplanation f in _features)
            text.Append(CultureInfo.InvariantCulture, $"{names[f.Name]} {0 + f.EffectPerDeviation,12:g5} {0 + f.EffectPerQuartiles,12:g5} {Digits.Four(HasLink ? Math.Exp(f.EffectPerDeviation) : f.StandardizedCoefficient),12} {Digits.Four(f.DevianceContribution),11} {f.EntryRank,8} {f.EntryLambda,12:g5}\n");
    }

    /// <summary>A line for each coefficient. What a class's coefficient multiplies depends on those of the others, so that there is no ratio.</summary>
    private void AppendOutputs(StringBuilder text, bool isWatched)
    {
        string noun = _family.OutputNoun;
        NameColumn names = new("feature", _features.Select(feature => feature.Name), isWatched), whose = new(noun, _outputs!, isWatched);
        text.Append(CultureInfo.InvariantCulture, $"{names["feature"]} {whose[noun]} {"per SD",12} {"per IQR",12} {(HasLink ? "" : $"{"standardised",12} ")}{"of deviance",11} {"entered",8} {"at λ",12}\n");
        foreach (FeatureExplanation f in _features)
        {
            string standardised = HasLink ? "" : $"{Digits.Four(f.StandardizedCoefficient),12} ";
            text.Append(CultureInfo.InvariantCulture, $"{names[f.Name]} {whose[f.Output!]} {0 + f.EffectPerDeviation,12:g5} {0 + f.EffectPerQuartiles,12:g5} {standardised}{Digits.Four(f.DevianceContribution),11} {f.EntryRank,8} {f.EntryLambda,12:g5}\n");
        }
    }

    /// <summary>Writes the explanation as one JSON object; NaN is null.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        if (_outputs is null)
            Number("baseline", Baseline);
        else
            WriteBaselines(json);
        json.WriteStartArray("features");
        foreach (FeatureExplanation f in _features)
        {
            json.WriteStartObject();
            json.WriteString("name", f.Name);
            json.WriteNumber("feature", f.Feature);
            if (f.Output is not null)
                json.WriteString("output", f.Output);
            Number("coefficient", f.Coefficient);
            Number("mean", f.Mean);
            Number("standardDeviation", f.StandardDeviation);
            Number("standardizedCoefficient", f.StandardizedCoefficient);
            Number("effectPerDeviation", f.EffectPerDeviation);
            Number("effectPerQuartiles", f.EffectPerQuartiles);
            Number("entryLambda", f.EntryLambda);
            json.WriteNumber("entryRank", f.EntryRank);
            Number("devianceContribution", f.DevianceContribution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Number("groupCorrelation", GroupCorrelation);
        json.WriteStartArray("groups");
        foreach (CorrelatedGroup group in Groups)
        {
            json.WriteStartObject();
            for (int k = 0; k < group.Features.Length; k++)
                Number(_names[group.Features.Span[k]], group.Shares.Span[k]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Number(string name, double value)
        {
            if (double.IsFinite(value))
                json.WriteNumber(name, value);
            else
                json.WriteNull(name);
        }
    }

    private void WriteBaselines(Utf8JsonWriter json)
    {
        json.WriteStartArray("outputs");
        for (int k = 0; k < _baselines.Length; k++)
        {
            json.WriteStartObject();
            json.WriteString("name", _outputs![k]);
            json.WriteNumber("baseline", _baselines[k]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ModelExplanation Explain<T>(ElasticNetModel model, in Features all, MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options, double link)
        where T : unmanaged, INumberBase<T>
    {
        int outputs = model.Outputs;
        // Of classes a row has one code, of responses as many numbers, one after another.
        CountedRows rows = new(y[..x.Rows], options);
        // Hazards are relative to those of a row of means.
        bool intercept = model.Provenance.Intercept || model.Family.IsSurvival;
        string[] names = FeatureName.All(model.FeatureNames, model.FeatureCount);
        int[] selected = model.Indices.ToArray();
        double[] values = model.Values.ToArray(), fitted = new double[rows.Count * outputs], spreads = new double[outputs], baselines = model.Intercepts.ToArray();
        bool isCurved = model.Family != Family.Gaussian && model.Family != Family.MultiGaussian;
        double[][] targets = [.. Enumerable.Range(0, isCurved && outputs > 1 ? 0 : outputs).Select(_ => new double[rows.Count])], centred = new double[selected.Length][];
        for (int o = 0; o < targets.Length; o++)
        {
            TargetOf(rows, y, options, o, x.Rows).CopyTo(targets[o], 0);
            rows.Center(targets[o], intercept ? rows.Mean(targets[o]) : 0);
            spreads[o] = Math.Sqrt(Vectors.Dot(targets[o], targets[o]));
        }

        FeatureExplanation[] features = new FeatureExplanation[selected.Length * outputs];
        (double[] entries, int[] ranks) = Entries(
            model.Path is { } kept && kept.L1Ratio == model.Fit.L1Ratio ? kept : Fit(all, y, model.Fit.L1Ratio, options), outputs);
        for (int k = 0; k < selected.Length; k++)
        {
            int j = selected[k];
            double[] column = centred[k] = new double[rows.Count];
            rows.Column(x, j, column);
            double average = rows.Mean(column), deviation = Math.Sqrt(rows.Square(column, average)), mean = intercept ? average : 0;
            double quartiles = Quartiles(column, rows.GivenWeights);
            rows.Center(column, mean);
            for (int o = 0; o < outputs; o++)
            {
                double value = values[k * outputs + o];
                baselines[o] += value * mean;
                Vectors.Add(value, column, fitted.AsSpan(o * rows.Count, rows.Count));
                features[k * outputs + o] = new()
                {
                    Feature = j,
                    Name = names[j],
                    Output = model.OutputNames?[o],
                    Coefficient = value,
                    Mean = mean,
                    StandardDeviation = deviation,
                    StandardizedCoefficient = isCurved ? double.NaN : spreads[o] > 0 ? value * deviation / spreads[o] : 0,
                    EffectPerDeviation = value * deviation,
                    EffectPerQuartiles = value * quartiles,
                    EntryLambda = entries[j * outputs + o],
                    EntryRank = ranks[j * outputs + o],
                };
            }
        }

        double[] parts = isCurved ? CurvedParts(model, rows, y, options, centred, values, fitted, intercept) : SquareParts(targets, spreads, centred, values, fitted);
        for (int at = 0; at < features.Length; at++)
            features[at] = features[at] with { DevianceContribution = parts[at] };
        double[] effects = [.. Enumerable.Range(0, selected.Length).Select(k => outputs == 1
            ? Math.Abs(features[k].EffectPerDeviation)
            : Math.Sqrt(features.AsSpan(k * outputs, outputs).ToArray().Sum(f => f.EffectPerDeviation * f.EffectPerDeviation)))];
        CorrelatedGroup[] groups = Grouping.Of(x, rows, intercept, selected, centred, effects, link, options.CancellationToken);
        return new(model, [.. features.Where(f => outputs == 1 || f.Coefficient != 0).OrderByDescending(f => Math.Abs(f.EffectPerDeviation))], groups, link, baselines, names);
    }

    /// <summary>One response of the rows that count, less its offset.</summary>
    private static double[] TargetOf(CountedRows rows, ReadOnlySpan<double> y, ElasticNetOptions options, int output, int count)
    {
        if (options.OutputNames is null)
            return rows.Target;
        ReadOnlySpan<double> offsets = options.OutputOffsets.Span;
        double[] target = new double[rows.Count];
        for (int r = 0; r < target.Length; r++)
        {
            int at = output * count + rows.Places[r];
            target[r] = y[at] - (offsets.IsEmpty ? 0 : offsets[at]);
        }

        return target;
    }

    /// <summary>Of squared error: what a coefficient takes from the sum of squares of its response, over those of all.</summary>
    private static double[] SquareParts(double[][] targets, double[] spreads, double[][] centred, double[] values, double[] fitted)
    {
        int outputs = targets.Length, count = targets[0].Length;
        double[] parts = new double[values.Length];
        double all = 0;
        foreach (double spread in spreads)
            all += spread * spread;
        for (int at = 0; at < values.Length; at++)
        {
            int o = at % outputs;
            double[] column = centred[at / outputs];
            double part = 2 * Vectors.Dot(column, targets[o]) - Vectors.Dot(column, fitted.AsSpan(o * count, count));
            parts[at] = all > 0 ? values[at] * part / all : 0;
        }

        return parts;
    }

    private static double[] CurvedParts(
        ElasticNetModel model, CountedRows rows, ReadOnlySpan<double> y, ElasticNetOptions options, double[][] centred, double[] values, double[] fitted, bool intercept)
    {
        if (model.Outputs > 1)
        {
            using ClassDevianceParts classes = new(rows, model.Outputs, y, options.OutputOffsets.Span, fitted, intercept);
            return classes.Of(centred, values);
        }

        if (!model.Family.IsSurvival)
            return new RowDevianceParts(RowLoss.Of(model.Family)!, rows, y, options.Offset.Span, fitted, intercept).Of(centred, values);
        using PartialDevianceParts partial = new(model.Family, options.Times!, rows, options.Offset.Span, fitted);
        return partial.Of(centred, values);
    }

    private static double Quartiles(double[] column, ReadOnlySpan<double> weights)
    {
        double[] scratch = new double[ColumnStatistics.ScratchLength(column.Length, !weights.IsEmpty)];
        return ColumnStatistics.Quantile(column, weights, 0.75, scratch) - ColumnStatistics.Quantile(column, weights, 0.25, scratch);
    }

    private static RegularizationPath Fit(in Features x, ReadOnlySpan<double> y, double l1Ratio, ElasticNetOptions options)
    {
        using PathMemory memory = new();
        return PathEngine.FitPath(x, y, l1Ratio, options with { DegreesOfFreedom = false, Progress = null }, memory);
    }

    private static (double[] Lambdas, int[] Ranks) Entries(RegularizationPath path, int outputs)
    {
        double[] lambdas = new double[(long)path.FeatureCount * outputs];
        int[] ranks = new int[lambdas.Length];
        Array.Fill(lambdas, double.NaN);
        int entered = 0;
        foreach (PathPoint point in path)
        {
            int before = entered;
            for (int at = 0; at < point.Coefficients.Values.Length; at++)
            {
                int own = point.Coefficients.Indices[at / outputs] * outputs + at % outputs;
                if (ranks[own] != 0 || (outputs > 1 && point.Coefficients.Values[at] == 0))
                    continue;
                (lambdas[own], ranks[own]) = (point.Lambda, before + 1);
                entered++;
            }
        }

        return (lambdas, ranks);
    }
}
