using ElasticNet.Fast.Inference;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// How raw columns become the features that are fitted: imputation, then encoding, then scaling. Everything it learns
/// from data is learnt from training rows alone, inside every fold, and travels in the model. Immutable and comparable by content.
/// </summary>
public sealed record PreparationOptions
{
    /// <summary>What the raw columns are; empty means numbers, named by <see cref="ElasticNetOptions.FeatureNames"/>.</summary>
    public ListOf<InputColumn> Inputs { get; init; }

    /// <summary>
    /// What takes the place of missing numbers. Default: nothing, missing numbers are refused. A missing one-hot category
    /// is a level of its own whatever is said here, except that <see cref="ImputationMethod.DropRows"/> drops its row.
    /// A missing ordinal category (a level that <see cref="InputColumn.Levels"/> does not have counts as missing) is a
    /// missing number, which every method that imputes fills with the position of the most frequent level.
    /// </summary>
    public ImputationMethod Imputation { get; init; } = ImputationMethod.None;

    /// <summary>The number that <see cref="ImputationMethod.Constant"/> puts in. Default 0.</summary>
    public double FillValue { get; init; }

    /// <summary>The k of <see cref="ImputationMethod.NearestNeighbors"/>, ≥ 1. Default 5.</summary>
    public int Neighbors { get; init; } = 5;

    /// <summary>How much each neighbour counts. Default: all alike.</summary>
    public NeighborWeighting NeighborWeighting { get; init; } = NeighborWeighting.Uniform;

    /// <summary>How <see cref="ImputationMethod.Iterative"/> learns; its limits hold for <see cref="ImputationMethod.Multiple"/>, too.</summary>
    public IterativeImputationOptions Iterative { get; init; } = new();

    /// <summary>How often and from what seed <see cref="ImputationMethod.Multiple"/> draws.</summary>
    public MultipleImputationOptions Multiple { get; init; } = new();

    /// <summary>Whether regressions of the numbers on each other are learnt.</summary>
    internal bool HasEquations => Imputation is ImputationMethod.Iterative or ImputationMethod.Multiple;

    /// <summary>How often each training row occurs in what is fitted.</summary>
    internal int Copies => Imputation == ImputationMethod.Multiple ? Multiple.Imputations : 1;

    /// <summary>Whether a column of numbers (or positions of levels) with gaps in the training rows gets a second feature that is 1 in the gaps and 0 elsewhere. Default false.</summary>
    public bool MissingIndicators { get; init; }

    /// <summary>
    /// The scale on which the penalty acts. Null (default) leaves that to <see cref="ElasticNetOptions.Standardize"/>; a
    /// method takes its place: features are scaled by it and the penalty acts on the coefficients of the scaled features.
    /// Coefficients are always reported on the original scale.
    /// </summary>
    public ScalingMethod? Scaling { get; init; }

    /// <summary>How a category becomes numbers. Default: one feature a level.</summary>
    public CategoryEncoding Encoding { get; init; } = CategoryEncoding.OneHot;

    /// <summary>
    /// Which level of a one-hot category gets no feature of its own, rare levels left out. Default: none, the penalty makes
    /// the choice unnecessary.
    /// </summary>
    public ReferenceLevel Reference { get; init; } = ReferenceLevel.None;

    /// <summary>Levels of a one-hot category with fewer training rows than this (rows, not weight) are pooled into one feature. Default 1: none are.</summary>
    public int MinLevelCount { get; init; } = 1;

    /// <summary>
    /// What a level that no training row has does at prediction, "missing" among them. Default: it counts as rare where
    /// levels were pooled, else as no level at all. An ordinal category knows every level of
    /// <see cref="InputColumn.Levels"/>: a position needs no training row.
    /// </summary>
    public UnknownLevelRule UnknownLevels { get; init; } = UnknownLevelRule.RareOrNone;
}

/// <summary>What takes the place of a missing number. Learnt from the training rows.</summary>
public enum ImputationMethod
{
    /// <summary>Nothing: missing numbers are refused in training and predict NaN.</summary>
    None,

    /// <summary>The weighted mean of the column.</summary>
    Mean,

    /// <summary>The weighted median of the column.</summary>
    Median,

    /// <summary>The value of largest total weight in the column; the smallest of several.</summary>
    MostFrequent,

    /// <summary><see cref="PreparationOptions.FillValue"/>.</summary>
    Constant,

    /// <summary>The mean over the nearest training rows that have the value, by all columns of numbers; the training rows (the donors) are stored in the model.</summary>
    NearestNeighbors,

    /// <summary>Nothing: incomplete rows, categories included, take no part in training, and predict NaN.</summary>
    DropRows,

    /// <summary>
    /// What regressions on all other columns of numbers predict, in rounds of chained equations; see <see cref="PreparationOptions.Iterative"/>.
    /// Regressions are stored in the model, rows are not.
    /// </summary>
    Iterative,

    /// <summary>
    /// In training, draws: the table is completed several times (<see cref="PreparationOptions.Multiple"/>), given the target too, and all
    /// completed tables are fitted together, one below the other, each row with its weight divided by their number, so that there is one
    /// choice of features for all (Wan, Datta, Conklin and Kong 2015). Rows to be predicted, and held-out rows, are filled as by
    /// <see cref="Iterative"/>, without the target.
    /// </summary>
    Multiple,
}

/// <summary>How much each of the nearest neighbours counts.</summary>
public enum NeighborWeighting
{
    /// <summary>All alike.</summary>
    Uniform,

    /// <summary>By the inverse of the distance; where there are neighbours at distance 0, only these.</summary>
    Distance,
}

/// <summary>The center and the unit of a scaled feature: (x − center)/scale. Where a scale comes out 0 it is 1.</summary>
public enum ScalingMethod
{
    /// <summary>0 and 1.</summary>
    None,

    /// <summary>Weighted mean and standard deviation with divisor n.</summary>
    Standard,

    /// <summary>Weighted mean and standard deviation with divisor n − 1, n the number of rows of positive weight.</summary>
    StandardSample,

    /// <summary>Minimum and range: onto [0, 1].</summary>
    MinMax,

    /// <summary>0 and the largest absolute value: into [−1, 1].</summary>
    MaxAbs,

    /// <summary>Median and interquartile range, by linear interpolation between order statistics.</summary>
    Robust,
}

/// <summary>How a category becomes numbers.</summary>
public enum CategoryEncoding
{
    /// <summary>One feature a level, 1 in its rows and 0 elsewhere.</summary>
    OneHot,

    /// <summary>One feature: the position of the level in <see cref="InputColumn.Levels"/>.</summary>
    Ordinal,
}

/// <summary>Which level of a one-hot category gets no feature of its own.</summary>
public enum ReferenceLevel
{
    /// <summary>None: every level has a feature.</summary>
    None,

    /// <summary>The first of <see cref="InputColumn.Levels"/> that occurs in the training rows and is not rare.</summary>
    First,

    /// <summary>The level of largest total weight in the training rows; the first of several.</summary>
    MostFrequent,
}

/// <summary>What a level that no training row has does at prediction.</summary>
public enum UnknownLevelRule
{
    /// <summary>It counts as a rare level where rare levels were pooled, else all features of the category are 0. So do levels in training rows that <see cref="InputColumn.Levels"/> does not have.</summary>
    RareOrNone,

    /// <summary>It predicts NaN; programs refuse the row, and training refuses levels that <see cref="InputColumn.Levels"/> does not have.</summary>
    Refuse,
}
