using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Cli;

/// <summary>Rows of a file of typed columns, in the memory of a block: of that only the columns are read that somebody asks for.</summary>
internal sealed class TypedRows : RowSource
{
    private readonly OpenTable _table;
    private readonly string[] _names;
    private readonly Cells[] _columns;
    private readonly CancellationToken _cancellationToken;
    private int _at = -1, _count;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <exception cref="InvalidDataException">It is not what its name says.</exception>
    public TypedRows(string path, CancellationToken cancellationToken)
    {
        _table = TypedTable.Open(path);
        _names = [.. _table.Blocks.Columns.Select(column => column.Name)];
        _columns = [.. _table.Blocks.Columns.Select(column => new Cells(column))];
        _cancellationToken = cancellationToken;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public override ReadOnlySpan<char> this[int field] => Of(field).Text(_at);

    /// <inheritdoc/>
    public override bool IsNumber(int field, out double value)
    {
        Cells cells = Of(field);
        value = cells.Column.Kind is BlockKind.Number or BlockKind.Truth ? cells.Values[_at] : double.NaN;
        return !double.IsNaN(value);
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        while (++_at >= _count)
        {
            (_at, _count) = (-1, Wait(_table.Blocks.NextAsync(_cancellationToken)));
            if (_count < 0)
                return false;
            foreach (Cells cells in _columns)
                cells.Forget();
        }

        Row++;
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _table.Dispose();

    private static T Wait<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private Cells Of(int field)
    {
        Cells cells = _columns[field];
        if (cells.IsRead)
            return cells;
        if (cells.Column.Kind == BlockKind.Other)
            throw new CsvDataException(cells.Column.Refusal + " (--id names the columns to keep)");
        if (cells.Values.Length < _count)
            cells.Values = new double[_count];
        _table.Blocks.ReadAsync(field, cells.Values.AsMemory(0, _count), cells.Levels, _cancellationToken).AsTask().GetAwaiter().GetResult();
        cells.IsRead = true;
        return cells;
    }

    /// <summary>A column of the current block.</summary>
    private sealed class Cells(BlockColumn column)
    {
        private readonly char[] _text = new char[BlockColumn.LongestText];

        public BlockColumn Column => column;

        public LevelCollector Levels { get; private set; } = new();

        public double[] Values { get; set; } = [];

        public bool IsRead { get; set; }

        // With its levels: where every row has another they would be all that was ever read.
        public void Forget() => (IsRead, Levels) = (false, IsRead ? new() : Levels);

        public ReadOnlySpan<char> Text(int row) => column.Kind == BlockKind.Text
            ? double.IsNaN(Values[row]) ? default : Levels[(int)Values[row]]
            : _text.AsSpan(0, column.Write(Values[row], _text));
    }
}
