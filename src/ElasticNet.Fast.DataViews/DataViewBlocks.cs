using ElasticNet.Fast.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ElasticNet.Fast.DataViews;

/// <summary>The rows of a view as its cursor gives them, some thousand numbers a block.</summary>
internal sealed class DataViewBlocks : TableBlocks, IDisposable
{
    private const int MostRows = 1024;
    private const int MostNumbers = 1 << 18;

    private readonly DataViewRowCursor _cursor;
    private readonly BlockColumn[] _columns;
    private readonly (DataViewColumn? Values, int Slot)[] _places;
    private readonly DataViewColumn[] _read;
    private readonly int _most;

    /// <param name="view">The view.</param>
    /// <param name="isRead">Which columns of its schema the cursor is asked for.</param>
    public DataViewBlocks(IDataView view, Predicate<DataViewSchema.Column> isRead)
        : base("the view", "an IDataView")
    {
        DataViewSchema.Column[] shown = [.. view.Schema.Where(column => !column.IsHidden)];
        DataViewSchema.Column[] read = [.. shown.Where(column => isRead(column) && DataViewColumn.KindOf(column) != BlockKind.Other)];
        _most = Math.Clamp(MostNumbers / Math.Max(1, read.Sum(DataViewColumn.SlotsOf)), 1, MostRows);
        _cursor = view.GetRowCursor(read);
        Dictionary<string, DataViewColumn> values = read.ToDictionary(column => column.Name, column => DataViewColumn.Of(_cursor, column, _most), StringComparer.Ordinal);
        _read = [.. values.Values];
        List<BlockColumn> columns = [];
        List<(DataViewColumn?, int)> places = [];
        foreach (DataViewSchema.Column column in shown)
        {
            string[] names = DataViewColumn.NamesOf(column);
            for (int slot = 0; slot < names.Length; slot++)
            {
                columns.Add(new(names[slot], DataViewColumn.KindOf(column), column.Type.ToString() ?? column.Type.RawType.Name));
                places.Add((values.GetValueOrDefault(column.Name), slot));
            }
        }

        (_columns, _places) = ([.. columns], [.. places]);
        Rows = view.GetRowCount();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BlockColumn> Columns => _columns;

    /// <inheritdoc/>
    public override long? Rows { get; }

    /// <inheritdoc/>
    public void Dispose() => _cursor.Dispose();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <inheritdoc/>
    protected override ValueTask<int> MoveNextAsync(CancellationToken cancellationToken)
    {
        int rows = 0;
        for (; rows < _most && _cursor.MoveNext(); rows++)
        {
            foreach (DataViewColumn column in _read)
                column.Take(rows);
        }

        return new(rows == 0 ? -1 : rows);
    }

    /// <inheritdoc/>
    protected override ValueTask ReadColumnAsync(int column, Memory<double> values, LevelCollector levels, CancellationToken cancellationToken)
    {
        (DataViewColumn? from, int slot) = _places[column];
        from!.CopyTo(slot, values.Span, levels);
        return default;
    }
}
