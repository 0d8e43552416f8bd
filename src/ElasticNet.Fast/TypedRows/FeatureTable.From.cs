using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ElasticNet.Fast.TypedRows;

namespace ElasticNet.Fast;

public sealed partial class FeatureTable
{
    /// <summary>
    /// A table of typed rows, to learn from: a column for each feature of the type, the levels of a category in ordinal
    /// order. The rows are copied.
    /// </summary>
    /// <typeparam name="TRow">A type with <see cref="ElasticNetFeaturesAttribute"/>.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">
    /// An enumeration has a value without a name, or rows × features are more than one array holds.
    /// </exception>
    [OverloadResolutionPriority(1)] // Of an array, which is both.
    public static FeatureTable From<TRow>(ReadOnlySpan<TRow> rows)
        where TRow : IElasticNetFeatures<TRow>
    {
        IReadOnlyList<FeatureMember> members = TRow.Members;
        if ((long)rows.Length * members.Count > Array.MaxLength)
            Throw.Length(nameof(rows), rows.Length, Throw.Invariant($"be at most {Array.MaxLength / members.Count} for {members.Count} features"));
        TableSink sink = new(members, rows.Length, typeof(TRow).Name);
        foreach (ref readonly TRow row in rows)
        {
            TRow.Write(in row, ref sink);
            sink.EndRow();
        }

        return new(sink.Finish(), sink.Values, rows.Length);
    }

    /// <summary>A table of typed rows from wherever they come: a list, a query, a generator. They are walked through once.</summary>
    /// <typeparam name="TRow">A type with <see cref="ElasticNetFeaturesAttribute"/>.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <inheritdoc cref="From{TRow}(ReadOnlySpan{TRow})"/>
    public static FeatureTable From<TRow>(IEnumerable<TRow> rows)
        where TRow : IElasticNetFeatures<TRow>
    {
        ArgumentNullException.ThrowIfNull(rows);
        return From<TRow>(rows is List<TRow> list ? (ReadOnlySpan<TRow>)CollectionsMarshal.AsSpan(list) : rows.ToArray().AsSpan());
    }
}
