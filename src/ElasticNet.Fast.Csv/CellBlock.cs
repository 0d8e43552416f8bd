namespace ElasticNet.Fast.Csv;

/// <summary>The text of some rows, copied out of the reader so that another thread can parse it. Used again and again.</summary>
internal sealed class CellBlock(int[] fields)
{
    // Small enough to stay in a core's cache until it is parsed, large enough that handing it over costs nothing.
    private const int LeastRoom = 1 << 17;
    private const int MostRoom = 1 << 23;
    private const int RoomPerColumn = 64;
    private const int MostRows = 1 << 14;

    private readonly int _room = Math.Clamp(fields.Length * RoomPerColumn, LeastRoom, MostRoom);
    private char[] _text = new char[1 << 12];
    private int[] _ends = new int[Math.Max(1, fields.Length)];
    private int _cells;

    /// <summary>Rows in the block.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether the next row belongs into another block.</summary>
    public bool IsFull => Rows == MostRows || Length >= _room;

    private int Length => _cells == 0 ? 0 : _ends[_cells - 1];

    /// <summary>The text of one cell; columns are counted in the order of the fields that the block was made for.</summary>
    public ReadOnlySpan<char> this[int row, int column]
    {
        get
        {
            int cell = (row * fields.Length) + column;
            int start = cell == 0 ? 0 : _ends[cell - 1];
            return _text.AsSpan(start, _ends[cell] - start);
        }
    }

    /// <summary>Empties the block.</summary>
    public void Clear() => (Rows, _cells) = (0, 0);

    /// <summary>Copies the current row of a reader.</summary>
    public void Add(CsvRecords records)
    {
        int end = Length;
        if (_cells + fields.Length > _ends.Length)
            Array.Resize(ref _ends, Math.Max(_cells + fields.Length, 2 * _ends.Length));
        foreach (int field in fields)
        {
            ReadOnlySpan<char> cell = records[field];
            if (end + cell.Length > _text.Length)
                Array.Resize(ref _text, Math.Max(end + cell.Length, 2 * _text.Length));
            cell.CopyTo(_text.AsSpan(end));
            end += cell.Length;
            _ends[_cells++] = end;
        }
        Rows++;
    }
}
