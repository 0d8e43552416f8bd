using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>A stored model held against the rows that it was fitted to: what it claims, what is found, and whether the one covers the other.</summary>
/// <param name="Model">The model.</param>
/// <param name="Found">What its coefficients are, by <see cref="PlainProof"/>.</param>
/// <param name="FoundLambdaMax">An upper bound on λ_max from the data.</param>
internal sealed record Verification(ElasticNetModel Model, PlainVerdict Found, double FoundLambdaMax)
{
    /// <summary>
    /// What may lie between claimed and found, in units of ½ null deviance and of λ_max. A gap in double is good to this; for violations, where
    /// it is more, 16ε per unit of ‖x̃ⱼ‖/sⱼ·(‖y‖ + Σ‖x̃ₖ‖|βₖ|): each stored coefficient carries a few roundings, and the gradient that was claimed some more.
    /// </summary>
    public const double Tolerance = 1e-12;

    /// <summary>What violations are relative to: the file's, or where it says nothing that of the data.</summary>
    public double LambdaMax => Model.Problem?.LambdaMax ?? FoundLambdaMax;

    /// <summary>Largest violation / λ_max; where that is 0 the violation itself.</summary>
    public double KktResidual => Found.Violation / (LambdaMax > 0 ? LambdaMax : 1);

    /// <summary>What the column of the largest violation is called, and its output where there are several.</summary>
    public string WorstName
    {
        get
        {
            (int feature, int output) = Math.DivRem(Found.Worst, Model.Outputs);
            string name = $"'{PlainText.OneLine(Model.FeatureNames?[feature] ?? Text($"column {feature + 1}"))}'";
            return Model.OutputNames is { } outputs ? $"{name} of '{PlainText.OneLine(outputs[output])}'" : name;
        }
    }

    /// <summary>Whether the gap is no larger than claimed.</summary>
    public bool GapHolds => Found.RelativeGap <= Model.Fit.RelativeGap + Tolerance;

    /// <summary>Whether the violations are no larger than claimed.</summary>
    public bool KktHolds => Found.Excess(LambdaMax) <= Model.Fit.KktResidual;

    /// <summary>Whether the claimed λ_max, which a file could make large for violations to look small, is that of the data.</summary>
    public bool LambdaMaxHolds => LambdaMax <= FoundLambdaMax * (1 + 1e-6);

    /// <summary>Whether everything holds.</summary>
    public bool Holds => GapHolds && KktHolds && LambdaMaxHolds;

    /// <summary>Verifies.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">Its features in all rows, column after column.</param>
    /// <param name="target">The target; of classes their codes, of several responses one response after another.</param>
    /// <param name="weights">Weights, or null where all rows count alike; rows of weight 0 are left out.</param>
    /// <param name="offset">The offset, of several outputs one output after another, or null.</param>
    /// <param name="survival">How long rows were watched, of a Cox model, whose target is the time.</param>
    /// <exception cref="CsvDataException">The rows are not those of the fit, or hold what cannot be computed with.</exception>
    public static Verification Of(ElasticNetModel model, double[][] features, double[] target, double[]? weights, double[]? offset, SurvivalColumns? survival = null)
    {
        int rows = weights?.Length ?? (model.Family.HasClasses ? target.Length : target.Length / model.Outputs);
        int[] counted = [.. Enumerable.Range(0, rows).Where(i => weights is null || weights[i] > 0)];
        if (counted.Length != model.Provenance.Rows)
            throw new CsvDataException(Text($"the model was fitted to {model.Provenance.Rows} rows of positive weight, and here there are {counted.Length}: these are not the rows that it was fitted to"));
        double[] Counted(double[] values) => counted.Length == rows ? values : [.. Enumerable.Range(0, values.Length / rows).SelectMany(k => counted.Select(i => values[k * rows + i]))];
        double[][] columns = Array.ConvertAll(features, Counted);
        double[] y = Counted(target);
        for (int j = -1; j < columns.Length; j++)
        {
            string name = j < 0 ? model.TargetName ?? "target" : model.FeatureNames?[j] ?? Text($"column {j + 1}");
            double widest = (j < 0 ? y : columns[j]).Max(Math.Abs);
            if (double.IsNaN(widest))
                throw new CsvDataException($"'{name}' must have a value in every row that counts, and has none in some");
            if (widest is > 1e100 or (< 1e-100 and > 0))
                throw new CsvDataException(Text($"'{name}' (up to {widest}) must lie between 1e-100 and 1e100 in size to be verified; rescale and fit anew"));
        }

        SolvedProblem? problem = model.Problem;
        Preparation? preparation = model.Preparation;
        PlainPenalty penalty = new(model.Fit.Lambda, model.Fit.L1Ratio)
        {
            // Where the preparation has scaled, a constant column is held at 0 as where the fit does.
            Standardize = model.Provenance.Standardize || preparation is { Scales.IsEmpty: false },
            Scales = preparation is { Scales.IsEmpty: false } ? preparation.Scales.ToArray() : null,
            Factors = problem is { PenaltyFactors.IsEmpty: false } ? problem.PenaltyFactors.ToArray() : null,
            Lower = Bounds(problem?.LowerBounds ?? default, columns.Length),
            Upper = Bounds(problem?.UpperBounds ?? default, columns.Length),
            Excluded = problem?.ExcludedFeatures.ToArray() ?? [],
            GroupsOutputs = problem?.GroupOutputs ?? false,
            Groups = problem is null ? [] : [.. problem.FeatureGroups.Select(group => new PlainGroup([.. group.Columns], (1 - problem.GroupMixing) * group.FactorUsed, problem.GroupMixing))],
        };
        int outputs = model.Outputs;
        double[] beta = new double[columns.Length * outputs];
        ReadOnlySpan<int> indices = model.Indices;
        for (int k = 0; k < indices.Length; k++)
            model.Values.Slice(k * outputs, outputs).CopyTo(beta.AsSpan(indices[k] * outputs));
        double[] w = weights is null ? [.. counted.Select(_ => 1.0)] : Counted(weights);
        double[]? o = offset is null ? null : Counted(offset);
        IPlainProof proof = outputs > 1
            ? new PlainOutputsProof(columns, new(outputs, y, model.Family.HasClasses, w), o, model.Provenance.Intercept)
            : survival is null
            ? new PlainProof(columns, y, o, w, model.Provenance.Intercept, model.Family == Family.Gaussian ? null : PlainLoss.Of(model.Family))
            : new PlainPartialProof(columns, new(
                y, [.. counted.Select(i => survival.Events[i])], survival.Start.IsEmpty ? null : Counted(survival.Start.ToArray()),
                survival.Strata is { } strata ? [.. counted.Select(i => strata[i])] : null, w, model.Family == Family.Cox), o ?? new double[y.Length]);
        return new(model, proof.Judge(beta, [.. model.Intercepts], penalty, model.Fit.RelativeGap + Tolerance / 1000), proof.LambdaMax(penalty));
    }

    private static double[]? Bounds(ReadOnlyMemory<double> bounds, int columns) => bounds.Length switch
    {
        0 => null,
        1 => [.. Enumerable.Repeat(bounds.Span[0], columns)],
        _ => bounds.ToArray(),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
