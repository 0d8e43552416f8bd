using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The elastic net restricted to a working set of columns, reduced to its normal equations:
/// minimise ½βᵀGβ − cᵀβ + Σ l1ⱼ|βⱼ| + ½ l2ⱼβⱼ² over lowerⱼ ≤ βⱼ ≤ upperⱼ. Members are addressed by their position in the set.
/// </summary>
internal sealed unsafe class RestrictedProblem : IMemberProducts, IDisposable
{
    private const int Arrays = 9;

    private const int MirrorBlock = 16;

    private readonly AlignedBuffer<double> _gram = new();
    private readonly AlignedBuffer<double> _arrays = new();
    private readonly AlignedBuffer<int> _columns = new();
    private readonly AlignedBuffer<double> _residual = new();
    private readonly AlignedBuffer<int> _sequence = new();
    private WorkingColumns? _held;
    private ISymmetricOperator? _curvature;
    private int _capacity;

    /// <summary>Number of members.</summary>
    public int Count { get; private set; }

    /// <summary>The column of X at each position.</summary>
    public int* Columns => _columns.Pointer;

    /// <summary>G, both triangles, rows <see cref="Stride"/> apart.</summary>
    public double* Gram => _gram.Pointer;

    /// <summary>Elements from one row of G to the next.</summary>
    public nint Stride { get; private set; }

    /// <summary>Whether G is kept. If not, its elements are multiplied as they are needed, and gradients go through the residual.</summary>
    public bool HasGram { get; private set; } = true;

    /// <summary>X̂ᵀX̂ of all columns, where it is sparse and takes the place of G.</summary>
    public SparseNormalMatrix? Normal { get; private set; }

    /// <summary>Where there is no G: the length of a column.</summary>
    public int Rows { get; private set; }

    /// <summary>Where there is no G: the response.</summary>
    public double* Response { get; private set; }

    /// <summary>c = X̂ᵀŷ.</summary>
    public double* Correlation => _arrays.Pointer;

    /// <summary>The current coefficients, in the solvers' units.</summary>
    public double* Beta => _arrays.Pointer + _capacity;

    /// <summary>c − Gβ, as of the last <see cref="RefreshGradient"/>.</summary>
    public double* Gradient => _arrays.Pointer + 2 * (nint)_capacity;

    /// <summary>l1 per unit of λρ.</summary>
    public double* Unit1 => _arrays.Pointer + 3 * (nint)_capacity;

    /// <summary>l2 per unit of λ(1−ρ).</summary>
    public double* Unit2 => _arrays.Pointer + 4 * (nint)_capacity;

    /// <summary>Lower bounds.</summary>
    public double* Lower => _arrays.Pointer + 5 * (nint)_capacity;

    /// <summary>Upper bounds.</summary>
    public double* Upper => _arrays.Pointer + 6 * (nint)_capacity;

    /// <summary>Strength of |βⱼ| at the current λ.</summary>
    public double* L1 => _arrays.Pointer + 7 * (nint)_capacity;

    /// <summary>Strength of ½βⱼ² at the current λ.</summary>
    public double* L2 => _arrays.Pointer + 8 * (nint)_capacity;

    /// <summary>λρ: the strengths of |βⱼ| are so many times <see cref="Unit1"/>.</summary>
    public double Threshold { get; private set; }

    /// <summary>λ(1−ρ): the strengths of ½βⱼ² are so many times <see cref="Unit2"/>.</summary>
    public double Ridge { get; private set; }

    /// <summary>Whether any member has a ridge term at the current λ.</summary>
    public bool HasRidge { get; private set; }

    /// <summary>Whether a bound other than 0 may hold a coefficient of any member.</summary>
    public bool HasBounds { get; private set; }

    /// <summary>Row <paramref name="position"/> of G.</summary>
    public double* GramRow(int position) => _gram.Pointer + position * Stride;

    /// <summary>Empties the set and makes room for <paramref name="capacity"/> members.</summary>
    public void Clear(int capacity)
    {
        Count = 0;
        Threshold = Ridge = 0;
        HasBounds = false;
        if (!HasGram)
            (_capacity, Stride) = (0, 0); // what was reserved meanwhile had no G
        HasGram = true;
        (Normal, _curvature) = (null, null);
        Reserve(capacity);
    }

    /// <summary>
    /// From here on there is no G, but the members' columns: where most of the many members lie at a bound, few elements of G are ever
    /// looked at, and a column is shorter than a row of G. To be told again whenever the columns have moved.
    /// </summary>
    /// <param name="columns">The members' columns.</param>
    /// <param name="rows">Length of a column.</param>
    /// <param name="response">The response.</param>
    public void UseColumns(WorkingColumns columns, int rows, double* response)
    {
        _held = columns;
        Rows = rows;
        Response = response;
        _residual.Require(rows);
        HasGram = false;
    }

    /// <summary>The same where G is sparse, with the matrix that it is a part of.</summary>
    /// <param name="columns">The members' columns.</param>
    /// <param name="rows">Length of a column.</param>
    /// <param name="response">The response.</param>
    /// <param name="normal">The matrix.</param>
    /// <param name="curvature">V where G = X̂ᵀVX̂.</param>
    public void UseColumns(WorkingColumns columns, int rows, double* response, SparseNormalMatrix normal, ISymmetricOperator? curvature)
    {
        UseColumns(columns, rows, response);
        (Normal, _curvature) = (normal, curvature);
        _residual.Require(3 * (nint)rows);
    }

    /// <summary>products[k] ← G between a position and each of some others.</summary>
    public void Products(int position, int* others, int count, double* products)
    {
        if (!HasGram)
        {
            _held!.Dot(others, count, Curved(_held.Column(position)), products);
            return;
        }

        double* row = GramRow(position);
        for (int k = 0; k < count; k++)
            products[k] = row[others[k]];
    }

    /// <summary>The diagonal element of G.</summary>
    public double Square(int position)
    {
        if (HasGram)
            return GramRow(position)[position];
        double* column = _held!.Column(position);
        return Kernel.Dot(column, Curved(column), Rows);
    }

    /// <summary>vector ← vector + X̂·factors over some members; only where there is no G.</summary>
    public void AddColumns(int* members, double* factors, int count, double* vector) =>
        _held!.AddTo(members, factors, count, vector);

    /// <summary>How many coefficients lie at a bound other than 0.</summary>
    public int CountPinned()
    {
        int pinned = 0;
        for (int i = 0; i < Count; i++)
            pinned += Beta[i] != 0 && (Beta[i] == Lower[i] || Beta[i] == Upper[i]) ? 1 : 0;
        return pinned;
    }

    /// <summary>Makes room, keeping what is there.</summary>
    public void Reserve(int capacity)
    {
        if (capacity <= _capacity)
            return;
        int grown = (Math.Max(capacity, _capacity + _capacity / 2) + 7) & ~7;
        nint stride = grown % 512 == 0 ? grown + 8 : grown; // rows of G must not all map to one cache set
        if (HasGram)
            _gram.GrowRows(grown, Count, Stride, stride);
        _arrays.GrowRows(Arrays, _capacity == 0 ? 0 : Arrays, _capacity, grown);
        _columns.Grow(grown, Count);
        Stride = stride;
        _capacity = grown;
    }

    /// <summary>Adds a member with coefficient 0. The caller fills its row and column of G and its correlation.</summary>
    public int Add(int column, double unit1, double unit2, double lower, double upper)
    {
        Reserve(Count + 1);
        int at = Count++;
        Columns[at] = column;
        Beta[at] = 0;
        Unit1[at] = unit1;
        Unit2[at] = unit2;
        Lower[at] = lower;
        Upper[at] = upper;
        L1[at] = L2[at] = 0;
        HasBounds |= (lower != 0 && double.IsFinite(lower)) || (upper != 0 && double.IsFinite(upper));
        return at;
    }

    /// <summary>Copies the rows of G from <paramref name="first"/> on, which are filled up to their diagonal, into the columns that they equal.</summary>
    public void Mirror(int first)
    {
        // In blocks, so that the lines of cache that a column is written to are still there for the next.
        for (int top = first; top < Count; top += MirrorBlock)
        {
            int bottom = Math.Min(top + MirrorBlock, Count);
            for (int left = 0; left < bottom; left += MirrorBlock)
            {
                int right = Math.Min(left + MirrorBlock, bottom);
                for (int j = left; j < right; j++)
                {
                    double* row = GramRow(j);
                    for (int i = Math.Max(top, j + 1); i < bottom; i++)
                        row[i] = GramRow(i)[j];
                }
            }
        }
    }

    /// <summary>Sets strengths at which nothing penalised enters, as λ = ∞ would: columns and response have norm 1, and so no gradient is larger.</summary>
    public void Bar()
    {
        HasRidge = false;
        Threshold = double.PositiveInfinity;
        Ridge = 0;
        for (int i = 0; i < Count; i++)
            (L1[i], L2[i]) = (Unit1[i] > 0 ? 4 : 0, 0);
    }

    /// <summary>Sets the strengths: <paramref name="l1"/> = λρ, <paramref name="l2"/> = λ(1−ρ).</summary>
    public void SetStrength(double l1, double l2)
    {
        HasRidge = false;
        Threshold = l1;
        Ridge = l2;
        for (int i = 0; i < Count; i++)
        {
            L1[i] = Math.Min(l1 * Unit1[i], double.MaxValue);
            L2[i] = Math.Min(l2 * Unit2[i], double.MaxValue);
            HasRidge |= L2[i] > 0;
        }
    }

    /// <summary>Gradient ← c − Gβ (never accumulated), using the rows of the given support.</summary>
    /// <param name="from">c, less what coefficients outside the given support explain; the response, where there is no G.</param>
    /// <param name="support">The other positions whose coefficient is not 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">Room for <paramref name="count"/> numbers.</param>
    public void RefreshGradient(double* from, int* support, int count, double* scratch)
    {
        for (int k = 0; k < count; k++)
            scratch[k] = -Beta[support[k]];
        if (!HasGram)
        {
            double* residual = _residual.Pointer;
            if (_curvature is null)
            {
                Buffer.MemoryCopy(from, residual, (long)Rows * sizeof(double), (long)Rows * sizeof(double));
                AddColumns(support, scratch, count, residual);
            }
            else
            {
                double* fit = residual + 2 * (nint)Rows;
                new Span<double>(fit, Rows).Clear();
                AddColumns(support, scratch, count, fit);
                double* curved = Curved(fit);
                for (int i = 0; i < Rows; i++)
                    residual[i] = from[i] + curved[i];
            }

            _held!.Dot(Sequence(), Count, residual, Gradient);
            return;
        }

        Buffer.MemoryCopy(from, Gradient, (long)Count * sizeof(double), (long)Count * sizeof(double));
        Kernel.PanelAxpy(Gram, Stride, support, scratch, count, Gradient, Count);
    }

    /// <summary>Takes into the gradient that the coefficient at <paramref name="position"/> has moved.</summary>
    public void AdjustGradient(int position, double change)
    {
        if (change != 0)
            Kernel.Axpy(-change, GramRow(position), Gradient, Count);
    }

    /// <summary>The objective, given an up-to-date gradient: ½βᵀGβ − cᵀβ = −½βᵀ(c + gradient).</summary>
    public double Objective()
    {
        double value = 0;
        for (int i = 0; i < Count; i++)
        {
            double beta = Beta[i];
            if (beta != 0)
                value += beta * (0.5 * (L2[i] * beta - Correlation[i] - Gradient[i])) + L1[i] * Math.Abs(beta);
        }

        return value;
    }

    public void Dispose()
    {
        _gram.Dispose();
        _arrays.Dispose();
        _columns.Dispose();
        _residual.Dispose();
        _sequence.Dispose();
    }

    /// <summary>V times a vector.</summary>
    private double* Curved(double* vector)
    {
        if (_curvature is null)
            return vector;
        double* curved = _residual.Pointer + Rows;
        _curvature.Apply(vector, curved);
        return curved;
    }

    /// <summary>0, 1, 2 …</summary>
    private int* Sequence()
    {
        int* sequence = _sequence.Require(_capacity);
        for (int i = 0; i < Count; i++)
            sequence[i] = i;
        return sequence;
    }
}
