using System.Diagnostics.CodeAnalysis;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// The nearest donors of a few rows at once: every tile of donors is read for all of them while it is in the cache. One
/// thread's scratch; what it finds does not depend on which rows are searched together.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Belongs to a thread, and the finalizers of its buffers free them when that has ended.")]
internal sealed unsafe class NeighborSearch
{
    /// <summary>What float arithmetic may be off, relative to what it works on; twice its rounding.</summary>
    private const double FloatEpsilon = 1.2e-7;

    private readonly AlignedBuffer<Query> _queries = new();
    private readonly AlignedBuffer<double> _packed = new();
    private readonly AlignedBuffer<float> _points = new();
    private readonly AlignedBuffer<int> _columns = new();
    private readonly AlignedBuffer<NeighborHeap> _heaps = new();
    private readonly AlignedBuffer<double> _distances = new();
    private readonly AlignedBuffer<int> _neighbors = new();
    private DonorTable _donors = null!;
    private int _k;
    private int _count;

    /// <summary>Starts with no row.</summary>
    /// <param name="donors">Where to look.</param>
    /// <param name="neighbors">k, at most the number of donors.</param>
    /// <param name="capacity">Rows to be added at most.</param>
    public void Begin(DonorTable donors, int neighbors, int capacity)
    {
        (_donors, _k, _count) = (donors, neighbors, 0);
        nint cells = (nint)capacity * donors.Columns;
        _queries.Require(capacity);
        _packed.Require((nint)capacity * donors.RowStride);
        _points.Require(cells);
        _columns.Require(cells);
        _heaps.Require(cells);
        _distances.Require(cells * neighbors);
        _neighbors.Require(cells * neighbors);
    }

    /// <summary>Adds a row, the elements of which are so many apart.</summary>
    public void Add(double* row, nint stride)
    {
        int p = _donors.Columns;
        nint first = (nint)_count * p;
        double* packed = _packed.Pointer + (nint)_count * _donors.RowStride;
        float* point = _points.Pointer + first;
        int* columns = _columns.Pointer + first;
        NeighborHeap* heaps = _heaps.Pointer + first;
        int known = 0, gaps = 0;
        double square = 0;
        for (int j = 0; j < p; j++)
        {
            double value = row[j * stride];
            packed[j] = _donors.Packed(value);
            if (double.IsNaN(value))
            {
                // The columns of the gaps fill the list from its end.
                columns[p - 1 - gaps] = j;
                heaps[gaps] = new(_distances.Pointer + (first + gaps) * _k, _neighbors.Pointer + (first + gaps) * _k, _k);
                gaps++;
            }
            else
            {
                double centred = _donors.Centred(value, j);
                square += centred * centred;
                columns[known] = j;
                point[known++] = (float)centred;
            }
        }

        new Span<double>(packed + p, _donors.RowStride - p).Fill(double.NaN);
        _queries.Pointer[_count++] = new()
        {
            Row = row,
            Stride = stride,
            Packed = packed,
            Point = point,
            Columns = columns,
            Heaps = heaps,
            Known = known,
            Gaps = gaps,
            // 1e-30 for what floats lose at their lower end.
            Error = FloatEpsilon * (Math.Sqrt(square) + _donors.Radius) + 1e-30,
            Limit = float.PositiveInfinity,
        };
    }

    /// <summary>Finds the neighbours of all rows added and fills their gaps.</summary>
    public void Fill(NeighborWeighting weighting)
    {
        int* hits = stackalloc int[DonorTable.TileRows];
        for (int t = 0; t < _donors.Tiles; t++)
        {
            for (int q = 0; q < _count; q++)
                Visit(t, ref _queries.Pointer[q], hits);
        }

        for (int q = 0; q < _count; q++)
        {
            ref Query query = ref _queries.Pointer[q];
            for (int g = 0; g < query.Gaps; g++)
            {
                int column = query.Columns[_donors.Columns - 1 - g];
                query.Row[column * query.Stride] = Combine(query.Heaps[g], column, weighting);
            }
        }

        GC.KeepAlive(_donors);
    }

    private void Visit(int tile, ref Query query, int* hits)
    {
        if (query.Known == 0)
            return;
        nint count = Kernel.NearRows(
            _donors.Tile(tile), DonorTable.TileRows, query.Columns, query.Known, query.Point, query.Limit, DonorTable.TileRows, hits);
        for (nint h = 0; h < count; h++)
        {
            int donor = tile * DonorTable.TileRows + hits[h];
            if (donor >= _donors.Rows)
                return;
            (double square, int common) = _donors.SquaredDistance(donor, query.Packed);
            if (common == 0)
                continue;
            double* values = _donors.Row(donor);
            bool taken = false;
            for (int g = 0; g < query.Gaps; g++)
            {
                if (!double.IsNaN(values[query.Columns[_donors.Columns - 1 - g]]))
                    taken |= query.Heaps[g].Offer(square / common, donor);
            }

            if (taken)
                query.Limit = LimitOf(query);
        }
    }

    /// <summary>What the float sum of squares of a donor is at most that is among the nearest of any gap, all rounding allowed for.</summary>
    private float LimitOf(in Query query)
    {
        double farthest = 0;
        for (int g = 0; g < query.Gaps; g++)
            farthest = Math.Max(farthest, query.Heaps[g].Limit);
        // At most all known columns are common to both.
        double root = Math.Sqrt(farthest * query.Known) + query.Error;
        return float.BitIncrement((float)(root * root * (1 + (query.Known + 8) * FloatEpsilon)));
    }

    private double Combine(NeighborHeap heap, int column, NeighborWeighting weighting)
    {
        Span<int> donors = heap.Donors;
        Span<double> distances = heap.Distances;
        if (donors.IsEmpty)
            return _donors.MeanOf(column);
        donors.Sort(distances);
        bool exact = weighting == NeighborWeighting.Distance && distances.Contains(0);
        // Shifted by one of the values: neighbours that agree give exactly what they agree on, not a column of rounding errors.
        double shift = _donors.ValueOf(donors[0], column), sum = 0, total = 0;
        for (int i = 0; i < donors.Length; i++)
        {
            // The unit of the distances and the factor √p drop out.
            double weight = weighting == NeighborWeighting.Uniform ? 1 : exact ? (distances[i] == 0 ? 1 : 0) : 1 / Math.Sqrt(distances[i]);
            sum += weight * (_donors.ValueOf(donors[i], column) - shift);
            total += weight;
        }

        return shift + sum / total;
    }

    private struct Query
    {
        public double* Row;
        public nint Stride;
        public double* Packed;
        public float* Point;
        public int* Columns;
        public NeighborHeap* Heaps;
        public int Known;
        public int Gaps;
        public double Error;
        public float Limit;
    }
}
