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
/// link all effects are on its scale: <see cref="Baseline"/> and <see cref="Contributions"/> add up to what <see cref="ElasticNetModel.OnLinkScale"/> predicts. Immutable.
/// </summary>
/// <example><c>Console.WriteLine(ModelExplanation.Of(model, x, y));</c></example>
public sealed class ModelExplanation
{
    private readonly FeatureExplanation[] _features;
    private readonly string[] _names;
    private readonly bool _hasLink;

    private ModelExplanation(FeatureExplanation[] features, CorrelatedGroup[] groups, double groupCorrelation, double baseline, string[] names, bool hasLink) =>
        (_features, Groups, GroupCorrelation, Baseline, _names, _hasLink) = (features, groups, groupCorrelation, baseline, names, hasLink);

    /// <summary>The selected features, the strongest effect per standard deviation first.</summary>
    public IReadOnlyList<FeatureExplanation> Features => _features;

    /// <summary>Groups of two features or more, at least one of them selected, linked by correlations of at least <see cref="GroupCorrelation"/>.</summary>
    public IReadOnlyList<CorrelatedGroup> Groups { get; }

    /// <summary>The absolute correlation from which on features count as telling the same.</summary>
    public double GroupCorrelation { get; }

    /// <summary>The prediction, on the link scale, for a row of means (without an intercept, but of Cox, of zeros), without offset: where <see cref="Contributions"/> start.</summary>
    public double Baseline { get; }

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

    /// <summary>What each feature of <see cref="Features"/> adds to a prediction, on the link scale: β(x − mean); with <see cref="Baseline"/> (and offset) they add up to it.</summary>
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
        NameColumn names = new("feature", _features.Select(feature => feature.Name), isWatched);
        text.Append(CultureInfo.InvariantCulture, $"{names["feature"]} {"per SD",12} {"per IQR",12} {(_hasLink ? "ratio per SD" : "standardised"),12} {"of deviance",11} {"entered",8} {"at λ",12}\n");
        foreach (FeatureExplanation f in _features)
            text.Append(CultureInfo.InvariantCulture, $"{names[f.Name]} {0 + f.EffectPerDeviation,12:g5} {0 + f.EffectPerQuartiles,12:g5} {Digits.Four(_hasLink ? Math.Exp(f.EffectPerDeviation) : f.StandardizedCoefficient),12} {Digits.Four(f.DevianceContribution),11} {f.EntryRank,8} {f.EntryLambda,12:g5}\n");
        foreach (CorrelatedGroup group in Groups)
        {
            string members = string.Join(", ", group.Features.ToArray().Select((j, k) => Throw.Invariant($"{FeatureName.Shown(_names[j])} {0 + Math.Round(100 * group.Shares.Span[k])} %")));
            text.Append(CultureInfo.InvariantCulture, $"correlated by {GroupCorrelation} or more, the effect shared: {members}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes the explanation as one JSON object; NaN is null.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        Number("baseline", Baseline);
        json.WriteStartArray("features");
        foreach (FeatureExplanation f in _features)
        {
            json.WriteStartObject();
            json.WriteString("name", f.Name);
            json.WriteNumber("feature", f.Feature);
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

    private static ModelExplanation Explain<T>(ElasticNetModel model, in Features all, MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options, double link)
        where T : unmanaged, INumberBase<T>
    {
        CountedRows rows = new(y, options);
        // Hazards are relative to those of a row of means.
        bool intercept = model.Provenance.Intercept || model.Family.IsSurvival;
        string[] names = FeatureName.All(model.FeatureNames, model.FeatureCount);
        int[] selected = model.Indices.ToArray();
        double[] values = model.Values.ToArray();
        double[] target = rows.Target, fitted = new double[rows.Count];
        rows.Center(target, intercept ? rows.Mean(target) : 0);
        RowLoss? loss = model.Family.IsSurvival ? null : RowLoss.Of(model.Family);
        bool isCurved = model.Family != Family.Gaussian;
        double spread = Math.Sqrt(Vectors.Dot(target, target));
        double[][] centred = new double[selected.Length][];
        double baseline = model.Intercept;
        FeatureExplanation[] features = new FeatureExplanation[selected.Length];
        (double[] entries, int[] ranks) = Entries(
            model.Path is { } kept && kept.L1Ratio == model.Fit.L1Ratio ? kept : Fit(all, y, model.Fit.L1Ratio, options));
        for (int k = 0; k < selected.Length; k++)
        {
            int j = selected[k];
            double[] column = centred[k] = new double[rows.Count];
            rows.Column(x, j, column);
            double average = rows.Mean(column), deviation = Math.Sqrt(rows.Square(column, average)), mean = intercept ? average : 0;
            double quartiles = Quartiles(column, rows.GivenWeights);
            rows.Center(column, mean);
            baseline += values[k] * mean;
            Vectors.Add(values[k], column, fitted);
            features[k] = new()
            {
                Feature = j,
                Name = names[j],
                Coefficient = values[k],
                Mean = mean,
                StandardDeviation = deviation,
                StandardizedCoefficient = isCurved ? double.NaN : spread > 0 ? values[k] * deviation / spread : 0,
                EffectPerDeviation = values[k] * deviation,
                EffectPerQuartiles = values[k] * quartiles,
                EntryLambda = entries[j],
                EntryRank = ranks[j],
            };
        }

        double[]? parts = !isCurved ? null : loss is null ? PartialParts() : new RowDevianceParts(loss, rows, y, options.Offset.Span, fitted, intercept).Of(centred, values);
        for (int k = 0; k < selected.Length; k++)
        {
            if (parts is not null)
            {
                features[k] = features[k] with { DevianceContribution = parts[k] };
                continue;
            }

            double part = 2 * Vectors.Dot(centred[k], target) - Vectors.Dot(centred[k], fitted);
            features[k] = features[k] with { DevianceContribution = spread > 0 ? values[k] * part / (spread * spread) : 0 };
        }

        CorrelatedGroup[] groups = Grouping.Of(x, rows, intercept, selected, centred, Array.ConvertAll(features, f => Math.Abs(f.EffectPerDeviation)), link, options.CancellationToken);
        return new([.. features.OrderByDescending(f => Math.Abs(f.EffectPerDeviation))], groups, link, baseline, names, isCurved);

        double[] PartialParts()
        {
            using PartialDevianceParts partial = new(model.Family, options.Times!, rows, options.Offset.Span, fitted);
            return partial.Of(centred, values);
        }
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

    private static (double[] Lambdas, int[] Ranks) Entries(RegularizationPath path)
    {
        double[] lambdas = new double[path.FeatureCount];
        int[] ranks = new int[path.FeatureCount];
        Array.Fill(lambdas, double.NaN);
        int entered = 0;
        foreach (PathPoint point in path)
        {
            int before = entered;
            foreach (int j in point.Coefficients.Indices)
            {
                if (ranks[j] != 0)
                    continue;
                (lambdas[j], ranks[j]) = (point.Lambda, before + 1);
                entered++;
            }
        }

        return (lambdas, ranks);
    }
}
