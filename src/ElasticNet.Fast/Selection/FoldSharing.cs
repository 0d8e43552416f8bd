using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Whether the features of all rows are right for every fold too. They are where nothing but their scales is learnt: a level
/// or a gap that no training row has gives a feature that is constant there, and a constant feature has coefficient 0.
/// </summary>
internal static class FoldSharing
{
    /// <summary>Looks at the rows of positive weight.</summary>
    public static bool IsPossible<T>(MatrixView<T> raw, ReadOnlySpan<double> weights, PreparationOptions options)
        where T : unmanaged
    {
        bool fillsAreLearnt = options.Imputation is ImputationMethod.Mean or ImputationMethod.Median
            or ImputationMethod.MostFrequent or ImputationMethod.NearestNeighbors || options.HasEquations;
        bool levelsAreLearnt = options.MinLevelCount > 1 || options.Reference != ReferenceLevel.None;
        for (int j = 0; j < raw.Columns; j++)
        {
            bool category = options.Inputs[j].Kind == InputKind.Category;
            bool encoded = category && options.Encoding == CategoryEncoding.OneHot;
            bool learnt = encoded ? levelsAreLearnt : (category || fillsAreLearnt) && HasGap(raw, j, weights, options);
            if (learnt)
                return false;
        }

        return true;
    }

    private static bool HasGap<T>(MatrixView<T> raw, int column, ReadOnlySpan<double> weights, PreparationOptions options)
        where T : unmanaged
    {
        for (int i = 0; i < raw.Rows; i++)
        {
            if ((weights.IsEmpty || weights[i] > 0) && CompleteRows.IsMissing(options.Inputs[column], Models.Number.Widen(raw[i, column]), options.Encoding))
                return true;
        }

        return false;
    }
}
