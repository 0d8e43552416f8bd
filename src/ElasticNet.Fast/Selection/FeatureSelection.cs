using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Selection;

/// <summary>What one rule selects.</summary>
/// <param name="Rule">λ.min, λ.1se, or a criterion: aic, aicc, bic, ebic, gcv, alo.</param>
/// <param name="Lambda">The λ that it chooses.</param>
/// <param name="Features">The features with a coefficient there, ascending.</param>
public sealed record SelectedSet(string Rule, double Lambda, ReadOnlyMemory<int> Features)
{
    private const int MostShown = 20;

    /// <summary>Rule, λ and features, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"{Rule}: λ {Lambda:g6}, {Features.Length} features{(Features.IsEmpty ? "" : ": ")}{string.Join(", ", Features.Span[..Math.Min(Features.Length, MostShown)].ToArray())}{(Features.Length > MostShown ? ", …" : "")}");
}

/// <summary>The features that each rule selects, and whether the folds of the cross-validation would have selected the same. Immutable.</summary>
public sealed class FeatureSelection
{
    /// <summary>The rule of least cross-validated error.</summary>
    public const string LambdaMin = "min";

    /// <summary>The rule of one standard error.</summary>
    public const string Lambda1Se = "1se";

    private readonly double[] _frequencies;

    internal FeatureSelection(CrossValidationResult crossValidation, PathCriteria criteria, int[][] foldSets, string[] names)
    {
        (CrossValidation, Criteria, FeatureNames, Folds) = (crossValidation, criteria, names, foldSets.Length);
        List<SelectedSet> sets = [At(LambdaMin, crossValidation.LambdaMin), At(Lambda1Se, crossValidation.Lambda1Se)];
        foreach (Criterion criterion in Enum.GetValues<Criterion>())
        {
            if (criteria.TryBest(criterion, out int best))
                sets.Add(new(criterion.ToString().ToLowerInvariant(), criteria.Points[best].Lambda, criteria.Path[best].Coefficients.Indices.ToArray()));
        }

        Sets = sets;
        _frequencies = new double[names.Length];
        foreach (int[] set in foldSets)
        {
            foreach (int feature in set)
                _frequencies[feature] += 1.0 / foldSets.Length;
        }

        Agreement = SetAgreement.Nogueira(_frequencies, foldSets.Length);
        MeanJaccard = SetAgreement.Jaccard(foldSets);

        SelectedSet At(string rule, double lambda) =>
            new(rule, lambda, crossValidation.Best.Path.First(point => point.Lambda == lambda).Coefficients.Indices.ToArray());
    }

    /// <summary>The cross-validation that chose ρ, λ.min and λ.1se.</summary>
    public CrossValidationResult CrossValidation { get; }

    /// <summary>The criteria along the path of its ρ.</summary>
    public PathCriteria Criteria { get; }

    /// <summary>What each rule selects: λ.min, λ.1se, then the criteria that are defined anywhere on the path.</summary>
    public IReadOnlyList<SelectedSet> Sets { get; }

    /// <summary>Share of the folds whose training rows select each feature at λ.min, p values in [0, 1].</summary>
    public ReadOnlyMemory<double> FoldFrequencies => _frequencies;

    /// <summary>How many folds these are, repeats included.</summary>
    public int Folds { get; }

    /// <summary>How well the folds agree on a set, 1 if perfectly, about 0 if by chance; NaN where each selects all or none. Nogueira, Sechidis and Brown 2018.</summary>
    public double Agreement { get; }

    /// <summary>Mean over all pairs of folds of |A ∩ B|/|A ∪ B|. Folds share most of their rows, so this says how stable, not how right the selection is.</summary>
    public double MeanJaccard { get; }

    /// <summary>Name of each feature.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The set of one rule.</summary>
    /// <param name="rule"><see cref="LambdaMin"/>, <see cref="Lambda1Se"/>, or the name of a criterion in small letters.</param>
    /// <exception cref="ArgumentException">There is no such rule here, or the criterion is undefined on the whole path.</exception>
    public SelectedSet By(string rule)
    {
        SelectedSet? found = Sets.FirstOrDefault(set => set.Rule == rule);
        if (found is null)
            Throw.Data(nameof(rule), Throw.Invariant($"'{nameof(rule)}' ({rule}) must be one of {string.Join(", ", Sets.Select(set => set.Rule))}."));
        return found!;
    }

    /// <summary>The rules, and a line for each feature that any rule or fold selects.</summary>
    public override string ToString() => ToString(isWatched: false);

    /// <summary>The same for a terminal, where long names are cut.</summary>
    internal string ToString(bool isWatched)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"rule",-5} {"λ",12} {"features",8}\n");
        foreach (SelectedSet set in Sets)
            text.Append(CultureInfo.InvariantCulture, $"{set.Rule,-5} {set.Lambda,12:g6} {set.Features.Length,8}\n");
        text.Append(CultureInfo.InvariantCulture, $"agreement of the {Folds} folds at λ.min {Agreement:0.00} (1 perfect, 0 chance), mean Jaccard index {MeanJaccard:0.00}\n\n");
        int[] shown = [.. Enumerable.Range(0, FeatureNames.Count).Where(j => _frequencies[j] > 0 || Sets.Any(set => set.Features.Span.Contains(j)))
            .OrderByDescending(j => Sets.Count(set => set.Features.Span.Contains(j))).ThenByDescending(j => _frequencies[j])];
        NameColumn names = new("feature", shown.Select(j => FeatureNames[j]), isWatched);
        text.Append(names["feature"]);
        foreach (SelectedSet set in Sets)
            text.Append(' ').Append(set.Rule.PadLeft(4));
        text.Append(" folds\n");
        foreach (int feature in shown)
        {
            text.Append(names[FeatureNames[feature]]);
            foreach (SelectedSet set in Sets)
                text.Append(' ').Append((set.Features.Span.Contains(feature) ? "x" : "·").PadLeft(Math.Max(4, set.Rule.Length)));
            text.Append(CultureInfo.InvariantCulture, $" {_frequencies[feature],5:0.00}\n");
        }

        return text.ToString();
    }
}
