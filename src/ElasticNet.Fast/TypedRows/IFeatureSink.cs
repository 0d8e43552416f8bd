namespace ElasticNet.Fast.TypedRows;

/// <summary>Takes the values of one typed row, member by member.</summary>
public interface IFeatureSink
{
    /// <summary>The value of a number; NaN is missing.</summary>
    void Number(double value);

    /// <summary>The level of a category, compared ordinally.</summary>
    void Category(scoped ReadOnlySpan<char> level);

    /// <summary>There is no value; of a number or a category.</summary>
    void Missing();

    /// <summary>
    /// A category with a value that is no level at all, as an enumeration without a name for it: refused in training,
    /// in prediction like any level that the model does not know.
    /// </summary>
    void Unknown();
}
