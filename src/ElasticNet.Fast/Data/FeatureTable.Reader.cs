using System.Data;
using System.Data.Common;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <content>From a database, or what looks like one.</content>
public sealed partial class FeatureTable
{
    /// <summary>
    /// A table of all rows that a reader has left, which is not closed. Numbers and truth values (0 and 1) are numbers, text is a category with
    /// its levels in ordinal order, dates are days since 1970-01-01. Missing are null, <see cref="DBNull"/>, NaN and blank text.
    /// </summary>
    /// <param name="reader">The rows; of a query, or of a <see cref="DataTable"/>.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="ArgumentException">
    /// Two columns have the same name, a column has values that are neither number, truth value, date nor text, or of several kinds; or there
    /// are more values than one array holds.
    /// </exception>
    public static FeatureTable From(IDataReader reader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ValueCollector[] columns = Collectors(reader);
        int rows = 0;
        for (; reader.Read(); rows++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(reader, columns, rows);
        }

        return Collected(columns, rows);
    }

    /// <summary>A table of all rows that a reader has left, which is not closed, waiting for them without a thread.</summary>
    /// <param name="reader">The rows of a query.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <inheritdoc cref="From(IDataReader, CancellationToken)"/>
    public static async Task<FeatureTable> FromAsync(DbDataReader reader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ValueCollector[] columns = Collectors(reader);
        int rows = 0;
        for (; await reader.ReadAsync(cancellationToken).ConfigureAwait(false); rows++)
            Take(reader, columns, rows);
        return Collected(columns, rows);
    }

    /// <summary>A copy of a table in memory, without its deleted rows; what its columns become, <see cref="From(IDataReader, CancellationToken)"/> says.</summary>
    /// <param name="table">The table.</param>
    /// <inheritdoc cref="From(IDataReader, CancellationToken)"/>
    public static FeatureTable From(DataTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using DataTableReader reader = table.CreateDataReader();
        return From(reader);
    }

    private static ValueCollector[] Collectors(IDataReader reader)
    {
        ValueCollector[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(j => new ValueCollector(reader.GetName(j)))];
        DemandNames(nameof(reader), [.. columns.Select(column => InputColumn.Number(column.Name))]);
        return columns;
    }

    private static void Take(IDataReader reader, ValueCollector[] columns, int rows)
    {
        DemandRoom(rows + 1L, columns.Length);
        for (int j = 0; j < columns.Length; j++)
            columns[j].Add(reader.IsDBNull(j) ? null : reader.GetValue(j));
    }

    private static FeatureTable Collected(ValueCollector[] columns, int rows)
    {
        double[] values = new double[rows * columns.Length];
        InputColumn[] inputs = new InputColumn[columns.Length];
        for (int j = 0; j < columns.Length; j++)
            inputs[j] = columns[j].Finish(values.AsSpan(j * rows, rows));
        List<TextColumn> dates = [.. columns.Where(column => column.IsDate).Select(column => new TextColumn(column.Name, column.Name, TextPart.Days))];
        return new(inputs, values, rows) { Format = FormatOf(dates) };
    }
}
