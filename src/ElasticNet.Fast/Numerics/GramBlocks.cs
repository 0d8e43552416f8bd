using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Numerics;

/// <summary>
/// Gram matrices of adjacent columns, cut into blocks whose panels stay in the caches. Each strip of the result is one
/// thread's, so that every sum is made in the same order however many there are.
/// </summary>
internal sealed unsafe class GramBlocks : IWorkItems
{
    /// <summary>Rows multiplied at a time: long enough to forget the sums at their end, and six columns share the L1 cache.</summary>
    private const int RowTile = 384;

    /// <summary>Columns multiplied at a time: two panels of so many share the L2 cache.</summary>
    private const int ColumnTile = 144;

    /// <summary>A strip is a whole number of the kernel's tiles.</summary>
    private const int StripUnit = 12;

    /// <summary>Products (of two numbers) worth a thread of their own.</summary>
    private const double LeastWork = 1 << 20;

    private double* _firstRow;
    private nint _strideRow;
    private double* _columns;
    private nint _stride;
    private int _first;
    private int _total;
    private nint _rows;
    private double* _c;
    private nint _strideC;
    private int _strip;

    /// <summary>c[i·strideC + j] += xᵢᵀxⱼ for first ≤ i &lt; total and j ≤ i.</summary>
    /// <param name="crew">Who works.</param>
    /// <param name="columns">xⱼ, adjacent; a <paramref name="stride"/> that is a multiple of 8 on an aligned address is the fastest.</param>
    /// <param name="stride">Elements from one column to the next.</param>
    /// <param name="first">The first row of the result that is wanted.</param>
    /// <param name="total">Number of columns.</param>
    /// <param name="rows">Length of a column.</param>
    /// <param name="c">The result, of which the rows before <paramref name="first"/> are not touched.</param>
    /// <param name="strideC">Elements from one row of the result to the next.</param>
    public void AddLower(WorkCrew crew, double* columns, nint stride, int first, int total, nint rows, double* c, nint strideC) =>
        AddLower(crew, columns + first * stride, stride, columns, stride, first, total, rows, c, strideC);

    /// <summary>The same with yᵢᵀxⱼ, where that is symmetric.</summary>
    /// <param name="crew">Who works.</param>
    /// <param name="firstRow">yᵢ from the first row of the result that is wanted on.</param>
    /// <param name="strideRow">Elements from one of them to the next.</param>
    /// <param name="columns">xⱼ.</param>
    /// <param name="stride">Elements from one column to the next.</param>
    /// <param name="first">The first row of the result that is wanted.</param>
    /// <param name="total">Number of columns.</param>
    /// <param name="rows">Length of a column.</param>
    /// <param name="c">The result.</param>
    /// <param name="strideC">Elements from one row of the result to the next.</param>
    public void AddLower(WorkCrew crew, double* firstRow, nint strideRow, double* columns, nint stride, int first, int total, nint rows, double* c, nint strideC)
    {
        _firstRow = firstRow;
        _strideRow = strideRow;
        _columns = columns;
        _stride = stride;
        _first = first;
        _total = total;
        _rows = rows;
        _c = c;
        _strideC = strideC;
        int wanted = total - first;
        // About sixteen strips, if they are worth it; then the threads finish together.
        double work = (double)wanted * total * rows;
        int strips = (int)Math.Clamp(work / LeastWork, 1, 16);
        _strip = Math.Clamp(RoundUp((wanted + strips - 1) / strips, StripUnit), StripUnit, ColumnTile);
        strips = (wanted + _strip - 1) / _strip;
        if (crew.Degree > 1)
        {
            crew.Run(strips, this);
            return;
        }

        // Alone, rows come first: they are still in cache for the next strip. Every sum is made in the same order.
        nint depth = Depth(rows);
        for (nint row = 0; row < rows; row += depth)
        {
            for (int strip = 0; strip < strips; strip++)
                Multiply(strip, row, nint.Min(depth, rows - row));
        }
    }

    void IWorkItems.Run(int item)
    {
        nint depth = Depth(_rows);
        for (nint row = 0; row < _rows; row += depth)
            Multiply(item, row, nint.Min(depth, _rows - row));
    }

    /// <summary>Some rows of one strip; the last strips are the longest and come first.</summary>
    private void Multiply(int strip, nint row, nint depth)
    {
        int bottom = _total - strip * _strip, top = Math.Max(bottom - _strip, _first);
        double* data = _columns + row, from = _firstRow + (top - _first) * _strideRow + row;
        for (int left = 0; left < bottom; left += ColumnTile)
        {
            Kernel.Gram(
                from, _strideRow, bottom - top, data + left * _stride, _stride, Math.Min(ColumnTile, bottom - left), depth,
                _c + top * _strideC + left, _strideC, top - left);
        }
    }

    /// <summary>Tiles of equal depth, whole cache lines: a short one at the end would cost as much as a long one.</summary>
    private static nint Depth(nint rows)
    {
        nint tiles = (rows + RowTile - 1) / RowTile;
        return tiles == 0 ? RowTile : (rows + 8 * tiles - 1) / (8 * tiles) * 8;
    }

    private static int RoundUp(int value, int unit) => (value + unit - 1) / unit * unit;
}
