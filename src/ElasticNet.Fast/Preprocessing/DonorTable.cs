using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// The rows that neighbours are looked for among, packed twice: in float, column by column within tiles of rows, to pass
/// over those that are too far away; and in double, row by row, for the distances themselves. Immutable.
/// </summary>
/// <remarks>
/// Both are in units of a power of two near the largest spread of a column, so that squares of distances neither overflow
/// nor vanish. The floats are taken from the middle of their column, so that they keep the digits that tell rows apart.
/// A gap is NaN. The memory is freed by the finalizers of its buffers: who works on pointers keeps the table alive.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Shared by models and threads: nobody knows who is last, so the finalizers of its buffers free them.")]
internal sealed unsafe class DonorTable
{
    /// <summary>Rows of a tile: a multiple of four of the widest vectors, few enough for a tile of 100 columns to stay in the L1 cache.</summary>
    public const int TileRows = 64;

    /// <summary>Rows are padded with gaps to a multiple of this: the number of sums that a distance is made of.</summary>
    public const int Lanes = 8;

    private readonly AlignedBuffer<float> _tiles = new();
    private readonly AlignedBuffer<double> _rows = new();
    private readonly double[] _middles;
    private readonly double[] _means;

    /// <summary>Packs donors given column by column.</summary>
    public DonorTable(ReadOnlySpan<double> donors, int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        RowStride = (columns + Lanes - 1) / Lanes * Lanes;
        _middles = new double[columns];
        _means = new double[columns];
        double spread = 0, size = 0;
        for (int j = 0; j < columns; j++)
        {
            (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (double value in donors.Slice(j * rows, rows))
            {
                // Gaps compare as false.
                if (value < least)
                    least = value;
                if (value > most)
                    most = value;
            }

            bool empty = least > most;
            _middles[j] = empty ? 0 : 0.5 * least + 0.5 * most;
            spread = Math.Max(spread, empty ? 0 : 0.5 * most - 0.5 * least);
            size = Math.Max(size, empty ? 0 : Math.Max(Math.Abs(least), Math.Abs(most)));
            _means[j] = Mean(donors.Slice(j * rows, rows), _middles[j]);
        }

        Scale = UnitFor(spread > 0 ? spread : size, size);
        Pack(donors);
    }

    /// <summary>Number of donors.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from one row of doubles to the next.</summary>
    public int RowStride { get; }

    /// <summary>What values are multiplied by when they are packed: a power of two.</summary>
    public double Scale { get; }

    /// <summary>The largest distance of a donor from the middle, in packed units: how large the rounding of the floats can be.</summary>
    public double Radius { get; private set; }

    /// <summary>Number of tiles, the last one padded with gaps.</summary>
    public int Tiles => (Rows + TileRows - 1) / TileRows;

    /// <summary>Column after column of <see cref="TileRows"/> rows each.</summary>
    public float* Tile(int tile) => _tiles.Pointer + (nint)tile * TileRows * Columns;

    /// <summary>The doubles of one donor.</summary>
    public double* Row(int row) => _rows.Pointer + (nint)row * RowStride;

    /// <summary>The mean of a column over the donors that have it; NaN where none has.</summary>
    public double MeanOf(int column) => _means[column];

    /// <summary>A value as the doubles hold it.</summary>
    public double Packed(double value) => value * Scale;

    /// <summary>A value as the floats hold it, before it is rounded.</summary>
    public double Centred(double value, int column) => (value - _middles[column]) * Scale;

    /// <summary>The value of a donor in the user's units.</summary>
    public double ValueOf(int row, int column) => Row(row)[column] / Scale;

    /// <summary>
    /// Squared distance to a donor over the columns that both have, in packed units, and the number of these columns.
    /// Always the same eight sums in the same order: the bits do not depend on the machine.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Square, int Common) SquaredDistance(int row, double* packed)
    {
        double* donor = Row(row);
        Vector128<double> s0 = default, s1 = default, s2 = default, s3 = default;
        Vector128<long> count = default;
        for (int j = 0; j < RowStride; j += Lanes)
        {
            Vector128<double> d0 = Vector128.Load(donor + j) - Vector128.Load(packed + j);
            Vector128<double> d1 = Vector128.Load(donor + j + 2) - Vector128.Load(packed + j + 2);
            Vector128<double> d2 = Vector128.Load(donor + j + 4) - Vector128.Load(packed + j + 4);
            Vector128<double> d3 = Vector128.Load(donor + j + 6) - Vector128.Load(packed + j + 6);
            Vector128<double> k0 = Vector128.Equals(d0, d0), k1 = Vector128.Equals(d1, d1);
            Vector128<double> k2 = Vector128.Equals(d2, d2), k3 = Vector128.Equals(d3, d3);
            s0 += (d0 * d0) & k0;
            s1 += (d1 * d1) & k1;
            s2 += (d2 * d2) & k2;
            s3 += (d3 * d3) & k3;
            count -= (k0.AsInt64() + k1.AsInt64()) + (k2.AsInt64() + k3.AsInt64());
        }

        Vector128<double> sum = (s0 + s1) + (s2 + s3);
        return (sum[0] + sum[1], (int)(count[0] + count[1]));
    }

    /// <summary>One after another, in the order of the donors: the same bits everywhere.</summary>
    private static double Mean(ReadOnlySpan<double> values, double shift)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += value - shift;
                count++;
            }
        }

        return count > 0 ? shift + sum / count : double.NaN;
    }

    private static double UnitFor(double spread, double size)
    {
        if (spread == 0)
            return 1;
        // The largest value must stay a number, too.
        int exponent = Math.Min(-Math.ILogB(spread), 1000 - Math.ILogB(size));
        return Math.ScaleB(1, Math.Clamp(exponent, -1000, 1000));
    }

    private void Pack(ReadOnlySpan<double> donors)
    {
        _tiles.Require((nint)Tiles * TileRows * Columns);
        _rows.Require((nint)Rows * RowStride);
        // In the last tile alone donors may be missing.
        for (nint j = 0; j < Columns && Tiles > 0; j++)
            new Span<float>(Tile(Tiles - 1) + j * TileRows, TileRows).Fill(float.NaN);
        for (int i = 0; i < Rows; i++)
        {
            double square = 0;
            new Span<double>(Row(i), RowStride).Fill(double.NaN);
            for (int j = 0; j < Columns; j++)
            {
                double value = donors[j * Rows + i], centred = Centred(value, j);
                Row(i)[j] = Packed(value);
                Tile(i / TileRows)[(nint)j * TileRows + i % TileRows] = (float)centred;
                square += double.IsNaN(centred) ? 0 : centred * centred;
            }

            Radius = Math.Max(Radius, Math.Sqrt(square));
        }
    }
}
