using ElasticNet.Fast.Data;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast;

/// <summary>
/// What to minimise and how to choose. The objective, with weights w that are normalised to sum 1:
/// <code>½ Σᵢ wᵢ (yᵢ − b − oᵢ − xᵢᵀβ)²  +  λ Σⱼ vⱼ [ ρ|sⱼβⱼ| + (1−ρ)/2 (sⱼβⱼ)² ]</code>
/// Immutable, thread-safe and comparable by content: lists are copied when they are set.
/// </summary>
public sealed record ElasticNetOptions
{
    /// <summary>Everything at its default.</summary>
    public static ElasticNetOptions Default { get; } = new();

    /// <summary>Which loss is minimised. Default: <see cref="Family.Gaussian"/>, squared error.</summary>
    public Family Family { get; init; } = Family.Gaussian;

    /// <summary>Whether an unpenalised intercept b is fitted. Default true. Not looked at by <see cref="Family.Cox"/>, where none says anything.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>
    /// Whether the penalty acts on sⱼβⱼ with sⱼ the weighted, centred 1/n standard deviation of column j (default),
    /// or on βⱼ itself. Coefficients are always reported on the original scale.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>Whether a constant column is a feature like any other: neither the intercept stands for it nor is it to be divided by its deviation.</summary>
    internal bool KeepsConstants => !Intercept && !Standardize && PenaltyScales.IsEmpty;

    /// <summary>The target's weights, on their way through the engine.</summary>
    internal ReadOnlyMemory<double> Weights { get; init; }

    /// <summary>The labels of the target's classes, the event second, likewise.</summary>
    internal IReadOnlyList<string>? Classes { get; init; }

    /// <summary>How long the target's rows were watched, likewise.</summary>
    internal SurvivalTimes? Times { get; init; }

    /// <summary>The target's offset, likewise.</summary>
    internal ReadOnlyMemory<double> Offset { get; init; }

    /// <summary>Penalty factors vⱼ ≥ 0, one per column; empty means 1. Used as given, never rescaled; 0 frees a feature from the penalty.</summary>
    public ListOf<double> PenaltyFactors { get; init; }

    /// <summary>
    /// Groups of columns whose coefficients are 0 together or not at all; columns in none are groups of their own, and a column may be in one only. Of
    /// a group g the term λρ Σⱼ vⱼ|sⱼβⱼ| becomes
    /// <code>λρ [ (1−τ) v_g ‖(vⱼsⱼβⱼ)ⱼ‖₂ + τ Σⱼ vⱼ|sⱼβⱼ| ]</code>
    /// with v_g the group's <see cref="FeatureGroup.Factor"/> and τ the <see cref="GroupMixing"/>; the ridge term stays as it is, and so does a
    /// group of one. A column with vⱼ = 0 is free of the penalty, and of its group. With <see cref="Preparation"/> raw columns are named, and a group
    /// holds every feature that they become. Bounds must not be given with groups.
    /// </summary>
    public ListOf<FeatureGroup> FeatureGroups { get; init; }

    /// <summary>
    /// τ in [0, 1]: the share of the l1 term of groups that is each column's for itself, so that a group that is in may leave columns out (the sparse
    /// group lasso). Default 0: the groups' alone; 1 is the penalty without groups.
    /// </summary>
    public double GroupMixing { get; init; }

    /// <summary>
    /// Whether the levels of each category are a group, in or out together, unless <see cref="FeatureGroups"/> has the column. For columns
    /// that <see cref="Preparation"/> makes features of. Default false.
    /// </summary>
    public bool GroupLevels { get; init; }

    /// <summary>
    /// Of several outputs (<see cref="Family.HasOutputs"/>): whether a feature's coefficients of all classes or responses are 0 together or not at all. Its term
    /// λρ vⱼ Σₖ sⱼ|βⱼₖ| becomes λρ vⱼ sⱼ‖(βⱼₖ)ₖ‖₂. Default false. Neither bounds nor groups of features go with it.
    /// </summary>
    public bool GroupOutputs { get; init; }

    /// <summary>Columns that lie next to each other in groups of so many, with v_g = 1; on its way through the engine, in place of <see cref="FeatureGroups"/>. 0 for none.</summary>
    internal int StackedColumns { get; init; }

    /// <summary>Whether the penalty may be another one than that of the columns alone.</summary>
    internal bool HasGroups
    {
        get
        {
            bool any = StackedColumns > 1;
            foreach (FeatureGroup group in FeatureGroups)
                any |= group.Columns.Count > 1 || group.FactorUsed != 1;
            return any && GroupMixing < 1;
        }
    }

    /// <summary>Refuses groups where what is computed rests on the penalty of single columns.</summary>
    internal void RefuseGroups(string what)
    {
        if (HasGroups || GroupLevels)
            Throw.Data(HasGroups ? nameof(FeatureGroups) : nameof(GroupLevels), $"'{(HasGroups ? nameof(FeatureGroups) : nameof(GroupLevels))}' must not be given here: {what} knows the penalty of single columns only.");
    }

    /// <summary>Lower bounds ≤ 0 of the coefficients on the original scale, one per column or a single one for all; empty means −∞.</summary>
    public ListOf<double> LowerBounds { get; init; }

    /// <summary>Upper bounds ≥ 0 of the coefficients on the original scale, one per column or a single one for all; empty means +∞.</summary>
    public ListOf<double> UpperBounds { get; init; }

    /// <summary>Columns (counted from 0) whose coefficient is held at 0.</summary>
    public ListOf<int> ExcludedFeatures { get; init; }

    /// <summary>The λ to fit; any order, duplicates removed. Empty means the automatic grid of <see cref="LambdaCount"/> values.</summary>
    public ListOf<double> Lambdas { get; init; }

    /// <summary>Length of the automatic grid, ≥ 1. Default 100.</summary>
    public int LambdaCount { get; init; } = 100;

    /// <summary>Smallest over largest λ of the automatic grid, in (0, 1). Null means 1e-4 if rows ≥ columns, else 1e-2.</summary>
    public double? LambdaMinRatio { get; init; }

    /// <summary>
    /// Whether <see cref="ElasticNetFit.DegreesOfFreedom"/> is computed where a ridge term (ρ &lt; 1) or groups make that as much work as
    /// factoring a matrix for every λ; if not, it is NaN there. Null, the default, computes it for a single λ and for the paths on all
    /// rows of a cross-validation, but not for other paths; <c>ElasticNetEstimator.Criteria</c> computes it in every case.
    /// </summary>
    public bool? DegreesOfFreedom { get; init; }

    /// <summary>The mixings ρ in [0, 1] that cross-validation tries. Default: 1, the lasso.</summary>
    public ListOf<double> L1Ratios { get; init; } = [1];

    /// <summary>Number of folds, from 2 to the number of rows. Default 10. Not looked at where the target has <see cref="Target.Folds"/>.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>The names of the target's responses, on their way through the engine; empty where there is one.</summary>
    internal ListOf<string> Responses { get; init; }

    /// <summary>The offsets of several outputs, output after output, likewise; empty means 0.</summary>
    internal ReadOnlyMemory<double> OutputOffsets { get; init; }

    /// <summary>Likewise what the outputs are called; null where there is one.</summary>
    internal IReadOnlyList<string>? OutputNames => !Family.HasOutputs ? null : Responses.IsEmpty ? Classes : (IReadOnlyList<string>)Responses;

    /// <summary>The target's plan of folds, on its way through the engine.</summary>
    internal FoldPlan? FoldPlan { get; init; }

    /// <summary>
    /// How often cross-validation deals the rows out to folds anew, ≥ 1. A fold's error is its average over the repeats. Default 1. Must be 1
    /// where the target's folds are given or go forward in time; not looked at where it has another plan.
    /// </summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Seed of the fold shuffle; that of repeat r > 1 is the (r − 1)-th number of a generator with this seed. The same seed means the same folds on every machine and in every version.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What cross-validation measures on held-out rows, one of <see cref="Family.Measures"/>; null, the default, means the family's: the mean squared error.</summary>
    public Measure? Measure { get; init; }

    /// <summary>The measure, given or not.</summary>
    internal Measure MeasureUsed => Measure ?? Family.DefaultMeasure;

    /// <summary>Which λ the final model of a cross-validation gets. Default: the one of least error.</summary>
    public LambdaSelection Selection { get; init; } = LambdaSelection.Minimum;

    /// <summary>Threads to use at most; −1 means all cores. The answer is the same, bit for bit, for any number.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    /// <summary>Names of the columns, kept in the model; empty means none.</summary>
    public ListOf<string> FeatureNames { get; init; }

    /// <summary>The same as results have them: null for none.</summary>
    internal IReadOnlyList<string>? NamesGiven => FeatureNames.IsEmpty ? null : (IReadOnlyList<string>)FeatureNames;

    /// <summary>Name of the target, kept in the model.</summary>
    public string? TargetName { get; init; }

    /// <summary>Name of the column that the weights came from, kept in the model for whoever wants to verify it.</summary>
    public string? WeightsName { get; init; }

    /// <summary>Name of the column that the offset came from, likewise.</summary>
    public string? OffsetName { get; init; }

    /// <summary>How text became the values of X, kept in the model for whoever reads rows for it; null (default) where it was no text. A table that knows it says it itself (<see cref="FeatureTable.Format"/>).</summary>
    public TextFormat? TextFormat { get; init; }

    /// <summary>
    /// How raw columns with gaps and categories become features; null (default) means that X holds the features. With it,
    /// what is given per column (<see cref="PenaltyFactors"/>, bounds, <see cref="ExcludedFeatures"/>) is given per raw
    /// column and holds for every feature that the column becomes.
    /// </summary>
    public PreparationOptions? Preparation { get; init; }

    /// <summary>The scale sⱼ of each column on which the penalty acts, where preparation says so; empty leaves it to <see cref="Standardize"/>.</summary>
    internal ReadOnlyMemory<double> PenaltyScales { get; init; }

    /// <summary>Told after every solved λ; called on the thread that solved it.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <summary>Stops the work between two solves with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>Which λ a cross-validation settles on.</summary>
public enum LambdaSelection
{
    /// <summary>The λ (and ρ) of least mean error; ties go to the larger λ.</summary>
    Minimum,

    /// <summary>The largest λ on the best ρ's path whose mean error is within one standard error of the least.</summary>
    OneStandardError,
}

/// <summary>How far a long piece of work has come: in solved problems (one λ of one path or fold), or where pieces of several sizes make up the work, in thousandths of a piece.</summary>
/// <param name="Completed">Done so far.</param>
/// <param name="Total">In all.</param>
public readonly record struct FitProgress(int Completed, int Total)
{
    /// <summary>"3 of 10".</summary>
    public override string ToString() => Throw.Invariant($"{Completed} of {Total}");
}
