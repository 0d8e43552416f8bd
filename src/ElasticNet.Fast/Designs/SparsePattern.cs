using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// Which columns of a sparse X share rows, and in what order their normal equations are eliminated: of levels of a few categories each row has a
/// handful of entries, and hardly anything fills. It depends on X alone, so that all folds share it.
/// </summary>
internal sealed unsafe class SparsePattern
{
    /// <summary>Columns below which a dense matrix is as good.</summary>
    public const int LeastColumns = 1000;

    /// <summary>A share of the columns: with more of them in the core a factor costs what a dense one does, which is kept up to date instead of made anew.</summary>
    private const double LargestCore = 1.0 / 8;

    /// <summary>Products of entries that share a row, per entry: beyond, most columns would be neighbours.</summary>
    private const double MostPerEntry = 64;

    private readonly EliminationOrder _order;
    private readonly int[] _rowStarts, _rowPlaces; // the places of the columns that have an entry in each row
    private readonly int[] _columns; // the column at each place
    private readonly int[] _starts, _rows;

    private SparsePattern(EliminationOrder order, int[] rowStarts, int[] rowPlaces, int[] columns, int[] starts, int[] rows)
    {
        (_order, _rowStarts, _rowPlaces, _columns, _starts, _rows) = (order, rowStarts, rowPlaces, columns, starts, rows);
    }

    /// <summary>The place of each column.</summary>
    public int[] Places => _order.Places;

    /// <summary>Looks at a table of ones.</summary>
    /// <returns>Null where a dense matrix serves better.</returns>
    public static SparsePattern? Find(SparseDesign<UnitValues> design)
    {
        int n = design.Rows, p = design.Columns;
        if (p < LeastColumns || design.Stored > int.MaxValue / 2)
            return null;
        int[] starts = new int[n + 1];
        for (int j = 0; j < p; j++)
        {
            SparseVector<UnitValues> column = design.Panel[j];
            for (nint k = 0; k < column.Count; k++)
                starts[column.Rows[k] + 1]++;
        }

        double products = 0;
        for (int i = 0; i < n; i++)
        {
            products += (double)starts[i + 1] * starts[i + 1];
            starts[i + 1] += starts[i];
        }

        if (products > MostPerEntry * design.Stored)
            return null;
        int[] places = new int[starts[n]], filled = starts[..n];
        for (int j = 0; j < p; j++)
        {
            SparseVector<UnitValues> column = design.Panel[j];
            for (nint k = 0; k < column.Count; k++)
                places[filled[column.Rows[k]]++] = j;
        }

        List<int>[] neighbours = Neighbours(design, starts, places);
        EliminationOrder? order = EliminationOrder.Find(neighbours);
        if (order is null || p - order.CoreStart > LargestCore * p)
            return null;
        int[] columns = new int[p];
        for (int j = 0; j < p; j++)
            columns[order.Places[j]] = j;
        for (int e = 0; e < places.Length; e++)
            places[e] = order.Places[places[e]];
        return Below(design, order, starts, places, columns);
    }

    /// <summary>Room for XᵀWX with so many dense rows below it.</summary>
    public SparseSymmetric MakeMatrix(int border) => new(_order, _starts, _rows, border);

    /// <summary>Fills in XᵀWX of standardised but not centred columns; what belongs to the border is for the caller to fill.</summary>
    /// <param name="design">X.</param>
    /// <param name="weights">W.</param>
    /// <param name="scales">1/norm, by column.</param>
    /// <param name="matrix">The matrix.</param>
    public void Multiply(SparseDesign<UnitValues> design, double* weights, ReadOnlySpan<double> scales, SparseSymmetric matrix)
    {
        double* values = matrix.Values;
        double[] sums = new double[_columns.Length];
        for (int place = 0; place < _columns.Length; place++)
        {
            SparseVector<UnitValues> column = design.Panel[_columns[place]];
            for (nint k = 0; k < column.Count; k++)
            {
                int row = column.Rows[k];
                for (int e = _rowStarts[row]; e < _rowStarts[row + 1]; e++)
                    sums[_rowPlaces[e]] += weights[row];
            }

            double scale = scales[_columns[place]];
            matrix.Diagonal[place] = sums[place] * scale * scale;
            for (int e = _starts[place]; e < _starts[place + 1]; e++)
                values[e] = sums[_rows[e]] * scale * scales[_columns[_rows[e]]];
            for (nint k = 0; k < column.Count; k++)
            {
                int row = column.Rows[k];
                for (int e = _rowStarts[row]; e < _rowStarts[row + 1]; e++)
                    sums[_rowPlaces[e]] = 0;
            }
        }
    }

    private static List<int>[] Neighbours(SparseDesign<UnitValues> design, int[] starts, int[] columns)
    {
        int p = design.Columns;
        List<int>[] neighbours = new List<int>[p];
        int[] marks = new int[p];
        Array.Fill(marks, -1);
        for (int j = 0; j < p; j++)
        {
            neighbours[j] = [];
            marks[j] = j;
            SparseVector<UnitValues> column = design.Panel[j];
            for (nint k = 0; k < column.Count; k++)
            {
                foreach (int other in columns.AsSpan(starts[column.Rows[k]]..starts[column.Rows[k] + 1]))
                {
                    if (marks[other] == j)
                        continue;
                    marks[other] = j;
                    neighbours[j].Add(other);
                }
            }
        }

        return neighbours;
    }

    /// <summary>The entries below the diagonal, by places.</summary>
    private static SparsePattern Below(SparseDesign<UnitValues> design, EliminationOrder order, int[] rowStarts, int[] rowPlaces, int[] columns)
    {
        int p = columns.Length;
        int[] starts = new int[p + 1], marks = new int[p];
        List<int> rows = [];
        Array.Fill(marks, -1);
        for (int place = 0; place < p; place++)
        {
            SparseVector<UnitValues> column = design.Panel[columns[place]];
            for (nint k = 0; k < column.Count; k++)
            {
                foreach (int other in rowPlaces.AsSpan(rowStarts[column.Rows[k]]..rowStarts[column.Rows[k] + 1]))
                {
                    if (other <= place || marks[other] == place)
                        continue;
                    marks[other] = place;
                    rows.Add(other);
                }
            }

            starts[place + 1] = rows.Count;
            rows.Sort(starts[place], rows.Count - starts[place], null);
        }

        return new(order, rowStarts, rowPlaces, columns, starts, [.. rows]);
    }
}
