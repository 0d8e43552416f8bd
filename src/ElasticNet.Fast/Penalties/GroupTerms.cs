using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Penalties;

/// <summary>
/// The partition of the columns into groups, and the penalty of each in the solvers' units, made from the <see cref="PenaltyTerms"/> of its
/// columns. Columns without a penalty and columns in no group are groups of their own; columns that may not enter are in none.
/// </summary>
internal sealed unsafe class GroupTerms : IDisposable
{
    /// <summary>Halvings that find a root to the last digit.</summary>
    private const int MostHalvings = 100;

    private readonly AlignedBuffer<int> _given = new();
    private readonly AlignedBuffer<int> _givenStarts = new();
    private readonly AlignedBuffer<double> _givenFactors = new();
    private readonly AlignedBuffer<int> _columns = new();
    private readonly AlignedBuffer<int> _starts = new();
    private readonly AlignedBuffer<double> _norms = new();
    private readonly AlignedBuffer<double> _units = new();
    private readonly AlignedBuffer<double> _gathered = new();
    private int _givenCount, _capacity;
    private double _mixing;

    /// <summary>Number of groups.</summary>
    public int Count { get; private set; }

    /// <summary>Columns in all groups: those that may enter.</summary>
    public int Total => Start(Count);

    /// <summary>Columns in the largest group.</summary>
    public int Largest { get; private set; }

    /// <summary>Whether the penalty is another one than that of the columns alone.</summary>
    public bool Acts { get; private set; }

    /// <summary>The columns of a group.</summary>
    public ReadOnlySpan<int> Columns(int group) => new(_columns.Pointer + Start(group), Size(group));

    /// <summary>Columns in a group.</summary>
    public int Size(int group) => Start(group + 1) - Start(group);

    /// <summary>aⱼ per unit of λρ, for the columns of a group.</summary>
    public double* Unit1(int group) => _units.Pointer + Start(group);

    /// <summary>rⱼ per unit of λ(1−ρ), likewise.</summary>
    public double* Unit2(int group) => Unit1(group) + _capacity;

    /// <summary>uⱼ, the largest of a group 1, likewise.</summary>
    public double* Share(int group) => Unit1(group) + 2 * (nint)_capacity;

    /// <summary><see cref="PenaltyTerms.Ratio"/>, likewise.</summary>
    public double* Ratio(int group) => Unit1(group) + 3 * (nint)_capacity;

    /// <summary>k per unit of λρ.</summary>
    public double Norm(int group) => _norms.Pointer[group];

    /// <summary>Begins a partition.</summary>
    /// <param name="mixing">τ: the share of the l1 term that is each column's for itself.</param>
    public void Begin(double mixing)
    {
        (_mixing, _givenCount) = (mixing, 0);
        *_givenStarts.Require(1) = 0;
    }

    /// <summary>Adds a group.</summary>
    /// <param name="columns">Its columns, which no other group has.</param>
    /// <param name="factor">v_g.</param>
    public void Add(ReadOnlySpan<int> columns, double factor)
    {
        int at = _givenStarts.Pointer[_givenCount];
        columns.CopyTo(new(_given.Grow(at + columns.Length, at) + at, columns.Length));
        _givenFactors.Grow(_givenCount + 1, _givenCount)[_givenCount] = factor;
        _givenStarts.Grow(_givenCount + 2, _givenCount + 1)[++_givenCount] = at + columns.Length;
    }

    /// <summary>Adds all columns in groups of so many that lie next to each other.</summary>
    public void AddConsecutive(int columns, int size, double factor)
    {
        Span<int> group = stackalloc int[size];
        for (int first = 0; first < columns; first += size)
        {
            for (int k = 0; k < size; k++)
                group[k] = first + k;
            Add(group, factor);
        }
    }

    /// <summary>Makes the penalty of the groups from that of the columns.</summary>
    public void Conclude(PenaltyTerms terms, int columns)
    {
        _capacity = columns;
        _columns.Require(columns);
        _starts.Require(columns + 1);
        _norms.Require(columns);
        _units.Require(4 * (nint)columns);
        (Count, Largest, Acts) = (0, 0, false);
        *_starts.Pointer = 0;
        double* isGiven = _gathered.RequireZeroed(columns);
        for (int g = 0; g < _givenCount; g++)
        {
            int at = Start(Count), size = 0;
            for (int k = _givenStarts.Pointer[g]; k < _givenStarts.Pointer[g + 1]; k++)
            {
                int j = _given.Pointer[k];
                if (!terms.MayEnter(j) || terms.Unit1[j] == 0)
                    continue;
                isGiven[j] = 1;
                _columns.Pointer[at + size++] = j;
            }

            Close(terms, size, _givenFactors.Pointer[g]);
        }

        for (int j = 0; j < columns; j++)
        {
            if (!terms.MayEnter(j) || isGiven[j] != 0)
                continue;
            _columns.Pointer[Start(Count)] = j;
            Close(terms, 1, 1);
        }

        _gathered.Require(3 * (nint)Math.Max(Largest, 1));
    }

    /// <summary>Whether the columns of every feature, so many that lie next to each other, are a group, or all of them without a penalty.</summary>
    public bool AreOfOutputs(int outputs)
    {
        for (int g = 0; g < Count; g++)
        {
            ReadOnlySpan<int> columns = Columns(g);
            if (columns.Length == 1 && outputs > 1 && At(g, 1, 1).IsFree)
            {
                // The others of its feature follow.
                int first = columns[0];
                for (int k = 0; k < outputs; k++)
                {
                    if (g + k >= Count || Size(g + k) != 1 || Columns(g + k)[0] != first + k || first % outputs != 0 || !At(g + k, 1, 1).IsFree)
                        return false;
                }

                g += outputs - 1;
                continue;
            }

            if (columns.Length != outputs || columns[0] % outputs != 0)
                return false;
            for (int k = 1; k < outputs; k++)
            {
                if (columns[k] != columns[0] + k)
                    return false;
            }
        }

        return true;
    }

    /// <summary>The penalty of a group at λρ = <paramref name="l1"/> and λ(1−ρ) = <paramref name="l2"/>.</summary>
    public GroupPenalty At(int group, double l1, double l2) =>
        new(Size(group), l1, l2, Norm(group), Unit1(group), Unit2(group), Share(group));

    /// <summary>The elements of a group, next to each other until the next call but one.</summary>
    /// <param name="group">Which.</param>
    /// <param name="values">One for each column.</param>
    /// <param name="place">0 or 1: one of two that are wanted at once.</param>
    public double* Gather(int group, double* values, int place)
    {
        double* gathered = _gathered.Pointer + place * (nint)Largest;
        int* columns = _columns.Pointer + Start(group);
        for (int k = 0; k < Size(group); k++)
            gathered[k] = values[columns[k]];
        return gathered;
    }

    /// <summary>Room for one number for each column of a group.</summary>
    public double* Scratch => _gathered.Pointer + 2 * (nint)Largest;

    /// <summary>The least λρ at which the group's coefficients are 0, given the gradients of all columns; 0 for a column without a penalty.</summary>
    /// <param name="group">Which.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column where the group is 0.</param>
    public double ZeroingStrength(int group, double* gradients)
    {
        double* t = Gather(group, gradients, 0), unit1 = Unit1(group), share = Share(group);
        double norm = Norm(group);
        if (Size(group) == 1)
            return unit1[0] == 0 ? 0 : Math.Abs(t[0]) / unit1[0];
        GroupPenalty without = At(group, 0, 0);
        double least = 0, most = norm > 0 ? without.Shrunk(t) / norm : double.PositiveInfinity;
        if (_mixing == 0)
            return most;
        double single = 0;
        for (int k = 0; k < Size(group); k++)
            single = Math.Max(single, unit1[k] > 0 ? Math.Abs(t[k]) / unit1[k] : double.PositiveInfinity);
        most = Math.Min(most, single);
        for (int halving = 0; halving < MostHalvings; halving++)
        {
            double middle = 0.5 * (least + most);
            if (middle == least || middle == most)
                break;
            (least, most) = At(group, middle, 0).Shrunk(t) <= middle * norm ? (least, middle) : (middle, most);
        }

        return most;
    }

    /// <summary>Whether the group's coefficients are not 0 at λρ = <paramref name="l1"/>, their gradients being as they are.</summary>
    public bool Enters(int group, double* gradients, double l1, double slack)
    {
        if (l1 <= 0)
            return true;
        double* t = Gather(group, gradients, 0);
        GroupPenalty penalty = At(group, l1, 0);
        return !(penalty.Shrunk(t, 1, -slack) <= penalty.Norm);
    }

    public void Dispose()
    {
        _given.Dispose();
        _givenStarts.Dispose();
        _givenFactors.Dispose();
        _columns.Dispose();
        _starts.Dispose();
        _norms.Dispose();
        _units.Dispose();
        _gathered.Dispose();
    }

    private int Start(int group) => _starts.Pointer[group];

    /// <summary>Makes a group of the columns that were listed last.</summary>
    private void Close(PenaltyTerms terms, int size, double factor)
    {
        if (size == 0)
            return;
        int at = Start(Count), group = Count++;
        _starts.Pointer[Count] = at + size;
        Largest = Math.Max(Largest, size);
        double largest = 0;
        for (int k = 0; k < size; k++)
            largest = Math.Max(largest, terms.Unit1[_columns.Pointer[at + k]]);
        double norm = (1 - _mixing) * factor * largest;
        if (size > 1 && _mixing < 1 && !double.IsNormal(norm))
            Throw.Data("x", Throw.Invariant($"'x' column {_columns.Pointer[at]} (counted from 0) is in a group whose penalty is beyond the range of double, with factor {factor} and the sizes that its columns and 'y' have; rescale them."));
        _norms.Pointer[group] = size > 1 ? norm : 0;
        // The norm of one number is its size.
        double own = size > 1 ? _mixing : factor == 1 ? 1 : _mixing + (1 - _mixing) * factor;
        Acts |= (size > 1 && _mixing < 1) || own != 1;
        double* unit1 = Unit1(group), unit2 = Unit2(group), share = Share(group), ratio = Ratio(group);
        for (int k = 0; k < size; k++)
        {
            int j = _columns.Pointer[at + k];
            unit1[k] = own * terms.Unit1[j];
            unit2[k] = terms.Unit2[j];
            share[k] = size > 1 ? terms.Unit1[j] / largest : 1;
            ratio[k] = terms.Ratio[j];
        }
    }
}
