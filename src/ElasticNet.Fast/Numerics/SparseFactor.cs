namespace ElasticNet.Fast.Numerics;

/// <summary>
/// The Cholesky factor of those rows and columns of a <see cref="SparseSymmetric"/> that take part: column after column from the left as far
/// as it is sparse, the core and the border as a dense matrix. Who takes part may change at will; the places that fill do not, for an order
/// serves any part of its vertices.
/// </summary>
internal sealed unsafe partial class SparseFactor(SparseSymmetric matrix) : IDisposable
{
    /// <summary>What is left of a diagonal element, as a share of it, when it is rounding: what depends on others leaves 1e-15, levels of one row among n leave 1/n.</summary>
    private const double Dependent = 1e-12;

    private readonly AlignedBuffer<double> _memory = new();
    private readonly AlignedBuffer<double> _dense = new();
    private readonly CholeskyFactor _core = new();
    private readonly bool[] _takesPart = new bool[matrix.Size];
    private readonly bool[] _leftOut = new bool[matrix.Size];
    private readonly double[] _ridge = new double[matrix.Size];
    private readonly int[] _lists = new int[3 * matrix.Sparse];
    private readonly List<int> _dependents = [];
    private readonly List<int> _members = []; // of the core
    private readonly int _sparse = matrix.Order.CoreStart;
    private readonly int _border = matrix.Border;

    /// <summary>The matrix.</summary>
    public SparseSymmetric Matrix => matrix;

    /// <summary>Those who take part and were left out, for they depend on the others.</summary>
    public IReadOnlyList<int> Dependents => _dependents;

    /// <summary>The least of what is left of a diagonal element, as a share of it.</summary>
    public double LeastShare { get; private set; }

    /// <summary>Whether a place takes part from the next <see cref="Factor"/> on.</summary>
    public ref bool TakesPart(int place) => ref _takesPart[place];

    /// <summary>What is added to the diagonal.</summary>
    public ref double Ridge(int place) => ref _ridge[place];

    private int Size => matrix.Size;

    /// <summary>The roots of the pivots.</summary>
    private double* Roots => _memory.Pointer;

    /// <summary>A vector of zeros to gather a column in.</summary>
    private double* Work => Roots + Size;

    /// <summary>What the border has in the columns of the factor.</summary>
    private double* Borders => Work + Size;

    private double* Values => Borders + (nint)_sparse * _border;

    /// <summary>Factors.</summary>
    public void Factor()
    {
        EliminationOrder order = matrix.Order;
        nint core = Size - _sparse;
        _memory.Require(2 * (nint)Size + (nint)_sparse * _border + order.Rows.Length);
        double* dense = _dense.RequireZeroed(core * core);
        new Span<double>(Work, Size).Clear();
        Span<int> heads = _lists.AsSpan(0, matrix.Sparse), next = _lists.AsSpan(matrix.Sparse, matrix.Sparse), at = _lists.AsSpan(2 * matrix.Sparse);
        heads.Fill(-1);
        _dependents.Clear();
        Array.Clear(_leftOut);
        LeastShare = 1;
        double* values = Values, work = Work;
        fixed (int* rows = order.Rows)
        {
            for (int v = 0; v < _sparse; v++)
            {
                if (!_takesPart[v])
                    continue;
                double* borders = Borders + (nint)v * _border;
                double pivot = Gather(v, borders);
                int start = (int)order.Starts[v], end = (int)order.Starts[v + 1];
                for (int u = heads[v], after; u >= 0; u = after)
                {
                    after = next[u];
                    int place = at[u], last = (int)order.Starts[u + 1];
                    double factor = values[place];
                    pivot -= factor * factor;
                    for (int p = place + 1; p < last; p++)
                        work[rows[p]] -= factor * values[p];
                    double* those = Borders + (nint)u * _border;
                    for (int b = 0; b < _border; b++)
                        borders[b] -= factor * those[b];
                    Link(u, place + 1, last, rows, heads, next, at);
                }

                bool isDependent = IsDependent(v, pivot);
                double inverse = isDependent ? 0 : 1 / Math.Sqrt(pivot);
                for (int p = start; p < end; p++)
                {
                    values[p] = work[rows[p]] * inverse;
                    work[rows[p]] = 0;
                }

                if (isDependent)
                    continue;
                Roots[v] = Math.Sqrt(pivot);
                for (int b = 0; b < _border; b++)
                    borders[b] *= inverse;
                SubtractFromCore(values, borders, start, end, rows, dense, core);
                Link(v, start, end, rows, heads, next, at);
            }
        }

        FactorCore(dense, core);
    }

    /// <summary>x ← A⁻¹x for those who take part; what depends on the others, or takes no part, becomes 0.</summary>
    /// <param name="x">One number for each place.</param>
    public void Solve(double* x)
    {
        EliminationOrder order = matrix.Order;
        double* values = Values;
        fixed (int* rows = order.Rows)
        {
            for (int v = 0; v < _sparse; v++)
            {
                if (!Counts(v))
                {
                    x[v] = 0;
                    continue;
                }

                double value = x[v] /= Roots[v];
                for (long p = order.Starts[v]; p < order.Starts[v + 1]; p++)
                    x[rows[p]] -= values[p] * value;
                double* borders = Borders + (nint)v * _border;
                for (int b = 0; b < _border; b++)
                    x[matrix.Sparse + b] -= borders[b] * value;
            }

            double* gathered = _dense.Pointer;
            for (int k = 0; k < _members.Count; k++)
                gathered[k] = x[_members[k]];
            _core.Solve(gathered);
            new Span<double>(x + _sparse, Size - _sparse).Clear();
            for (int k = 0; k < _members.Count; k++)
                x[_members[k]] = gathered[k];
            for (int v = _sparse - 1; v >= 0; v--)
            {
                if (!Counts(v))
                    continue;
                double value = x[v];
                for (long p = order.Starts[v]; p < order.Starts[v + 1]; p++)
                    value -= values[p] * x[rows[p]];
                double* borders = Borders + (nint)v * _border;
                for (int b = 0; b < _border; b++)
                    value -= borders[b] * x[matrix.Sparse + b];
                x[v] = value / Roots[v];
            }
        }
    }

    /// <summary>Column <paramref name="place"/> of the matrix, on those who take part: what is on its diagonal is returned.</summary>
    public double Column(int place, double* column)
    {
        new Span<double>(column, Size).Clear();
        for (int v = 0; v < Size; v++)
        {
            if (_takesPart[v] && v != place)
                column[v] = v < place ? Element(place, v) : Element(v, place);
        }

        return Diagonal(place);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _dense.Dispose();
        _core.Dispose();
    }

    private double Diagonal(int place) => matrix.Diagonal[place] + _ridge[place];

    private bool Counts(int place) => _takesPart[place] && !_leftOut[place];

    /// <summary>An element below the diagonal.</summary>
    private double Element(int row, int column)
    {
        if (row >= matrix.Sparse)
            return matrix.Borders[(nint)column * _border + row - matrix.Sparse];
        int at = Array.BinarySearch(matrix.Rows, matrix.Starts[column], matrix.Starts[column + 1] - matrix.Starts[column], row);
        return at < 0 ? 0 : matrix.Values[at];
    }

    /// <summary>Scatters a column of the matrix; what is on its diagonal is returned.</summary>
    private double Gather(int v, double* borders)
    {
        double* values = matrix.Values;
        for (int e = matrix.Starts[v]; e < matrix.Starts[v + 1]; e++)
        {
            if (_takesPart[matrix.Rows[e]])
                Work[matrix.Rows[e]] = values[e];
        }

        double* from = matrix.Borders + (nint)v * _border;
        for (int b = 0; b < _border; b++)
            borders[b] = _takesPart[matrix.Sparse + b] ? from[b] : 0;
        return Diagonal(v);
    }

    private bool IsDependent(int place, double pivot)
    {
        double share = pivot / Diagonal(place);
        if (!(share > Dependent))
        {
            _leftOut[place] = true;
            _dependents.Add(place);
            return true;
        }

        LeastShare = Math.Min(LeastShare, share);
        return false;
    }

    /// <summary>Puts column u on the list of the next column that it takes part in.</summary>
    private void Link(int u, int place, int last, int* rows, Span<int> heads, Span<int> next, Span<int> at)
    {
        while (place < last && rows[place] < _sparse && Values[place] == 0)
            place++;
        if (place == last || rows[place] >= _sparse)
            return;
        (at[u], next[u], heads[rows[place]]) = (place, heads[rows[place]], u);
    }

    /// <summary>What a finished column takes from the core and the border.</summary>
    private void SubtractFromCore(double* values, double* borders, int start, int end, int* rows, double* dense, nint core)
    {
        int first = end;
        while (first > start && rows[first - 1] >= _sparse)
            first--;
        nint inner = core - _border;
        for (int a = first; a < end; a++)
        {
            double factor = values[a];
            if (factor == 0)
                continue;
            double* row = dense + (rows[a] - _sparse) * core;
            for (int b = first; b <= a; b++)
                row[rows[b] - _sparse] -= factor * values[b];
        }

        for (int c = 0; c < _border; c++)
        {
            double factor = borders[c];
            if (factor == 0)
                continue;
            double* row = dense + (inner + c) * core;
            for (int b = first; b < end; b++)
                row[rows[b] - _sparse] -= factor * values[b];
            for (int b = 0; b <= c; b++)
                row[inner + b] -= factor * borders[b];
        }
    }

    /// <summary>Adds the matrix to what the sparse columns have left, and factors.</summary>
    private void FactorCore(double* dense, nint core)
    {
        _members.Clear();
        for (int v = _sparse; v < Size; v++)
        {
            double* column = dense + (v - _sparse);
            column[(v - _sparse) * core] += Diagonal(v);
            for (int e = v < matrix.Sparse ? matrix.Starts[v] : 0; v < matrix.Sparse && e < matrix.Starts[v + 1]; e++)
                column[(matrix.Rows[e] - _sparse) * core] += matrix.Values[e];
            for (int b = Math.Max(v - matrix.Sparse + 1, 0); b < _border; b++)
                column[(core - _border + b) * core] += matrix.Borders[(nint)v * _border + b];
            if (_takesPart[v] && !IsDependent(v, column[(v - _sparse) * core]))
                _members.Add(v);
        }

        _core.Clear();
        _core.Reserve(_members.Count);
        while (true)
        {
            for (int i = _core.Count; i < _members.Count; i++)
            {
                double* from = dense + (_members[i] - _sparse) * core, to = _core.Row(i);
                for (int j = 0; j <= i; j++)
                    to[j] = from[_members[j] - _sparse];
            }

            int dependent = _core.FactorInPlace(_members.Count);
            if (dependent < 0)
                break;
            _ = IsDependent(_members[dependent], 0);
            _members.RemoveAt(dependent);
        }

        for (int k = 0; k < _members.Count; k++)
        {
            double root = _core.Row(k)[k];
            LeastShare = Math.Min(LeastShare, root * root / Diagonal(_members[k]));
        }
    }
}
