using ElasticNet.Fast.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ElasticNet.Fast.DataViews;

/// <summary>Tables of ML.NET's <see cref="IDataView"/>, to be fitted or predicted.</summary>
public static class DataViewTable
{
    /// <summary>
    /// Reads a view with one cursor. Numbers of all types are numbers, text and keys are categories, dates are days since 1970-01-01, truth values
    /// a category of "false" and "true"; NaN, blank text and missing keys are missing. A vector of numbers is a column for each of its slots,
    /// called <c>Features.area</c>, or <c>Features[0]</c> where slots have no names; vectors of unknown length and of other types are refused by name and can be left out.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="target">The column that is to be predicted: no feature, and rows without it are left out (<see cref="TrainingTable.RowsWithoutTarget"/>). Null: what the options say.</param>
    /// <param name="options">Which columns are read, and as what; null means all that are not hidden, as their types say.</param>
    /// <param name="cancellationToken">Stops between two blocks of rows.</param>
    /// <exception cref="ArgumentException">The options contradict each other or name a column that is not there; a column is of a type that is refused; a number is not finite; or no row has the target.</exception>
    /// <exception cref="InvalidDataException">The view throws, or the table does not fit into memory.</exception>
    public static TrainingTable From(IDataView view, string? target = null, TableReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        options ??= TableReadOptions.Default;
        if (target is not null)
            options = options with { Target = target };
        Dictionary<string, string[]> vectors = view.Schema.Where(column => !column.IsHidden && column.Type is VectorDataViewType).ToDictionary(column => column.Name, DataViewColumn.NamesOf, StringComparer.Ordinal);
        HashSet<string> skipped = [.. options.Skip], wanted = [.. options.Only ?? [], .. options.Apart, options.Target ?? ""];
        bool hasOnly = options.Only is not null;
        using DataViewBlocks blocks = new(view, column => !skipped.Contains(column.Name) && (!hasOnly || wanted.Contains(column.Name) || (vectors.TryGetValue(column.Name, out string[]? slots) && slots.Any(wanted.Contains))));
        options = options with { Skip = Slots(options.Skip), Only = options.Only is { } only ? Slots(only) : default(ListOf<string>?), Apart = Slots(options.Apart) };
        // Nothing is waited for: cursors are synchronous.
        return BlockTable.ReadAsync(blocks, options, cancellationToken).GetAwaiter().GetResult();

        // Who names a vector means all of it.
        ListOf<string> Slots(ListOf<string> names) => [.. names.SelectMany(name => name is not null && vectors.TryGetValue(name, out string[]? slots) ? slots : [name!])];
    }
}
