using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// A square on the columns of some groups, in terms of where it is looked at: at β it has the gradient −g and the Gram matrix G, so that after a move
/// of Δ it has −(g − GΔ). The members of a group lie next to each other. What is to be minimised is the square and the penalty of the groups.
/// Where the members are the outputs of features, alike but for their coefficients, G is kept of the features alone: outputs have no product
/// with each other. Then the square may bend less than G says, which is multiplied by what it bends at most (<see cref="Scale"/>).
/// </summary>
internal sealed unsafe partial class GroupProblem : IMemberProducts, IDisposable
{
    private const int Block = 16;

    private readonly AlignedBuffer<double> _gram = new();
    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<int> _columns = new();
    private readonly AlignedBuffer<int> _groups = new();
    private readonly AlignedBuffer<double> _bounds = new();
    private int _capacity, _groupCapacity, _gramCapacity;
    private double _l1, _l2;

    /// <summary>Number of members.</summary>
    public int Count { get; private set; }

    /// <summary>Number of groups.</summary>
    public int Groups { get; private set; }

    /// <summary>Outputs of a feature, which are members one after another; 1 where every member is for itself.</summary>
    public int Outputs { get; private set; } = 1;

    /// <summary>What the matrix that is kept of features is multiplied with.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>Number of rows of G.</summary>
    public int Features => Count / Outputs;

    /// <summary>Elements from one row of G to the next.</summary>
    public nint Stride { get; private set; }

    /// <summary>The first row of G.</summary>
    public double* Gram => _gram.Pointer;

    /// <summary>Column of X of each member.</summary>
    public int* Columns => _columns.Pointer;

    /// <summary>β.</summary>
    public double* Beta => _values.Pointer;

    /// <summary>g.</summary>
    public double* Gradient => Beta + _capacity;

    private double* Unit1 => Beta + 2 * (nint)_capacity;

    private double* Unit2 => Beta + 3 * (nint)_capacity;

    private double* Share => Beta + 4 * (nint)_capacity;

    private double* Norms => _bounds.Pointer + _groupCapacity;

    /// <summary>A row of G as it is kept: of a feature.</summary>
    public double* Row(int feature) => _gram.Pointer + feature * Stride;

    /// <summary>An element of G, by members.</summary>
    public double Element(int a, int b)
    {
        if (Outputs == 1)
            return Row(a)[b];
        (int first, int output) = Math.DivRem(a, Outputs);
        (int second, int other) = Math.DivRem(b, Outputs);
        return output == other ? Scale * Row(first)[second] : 0;
    }

    /// <summary>The first member of a group; of the number of groups the end.</summary>
    public int Start(int group) => _groups.Pointer[group];

    /// <summary>No eigenvalue of the group's part of G and of its ridge terms, in units of the group's norm, is larger.</summary>
    public double Bound(int group) => Scale * _bounds.Pointer[group] + MostRidge(group);

    /// <summary>Forgets all members.</summary>
    /// <param name="outputs">Outputs of a feature where all of them are always members together; else 1.</param>
    public void Clear(int outputs)
    {
        (Count, Groups, Outputs, Scale) = (0, 0, outputs, 1);
        _gramCapacity = 0;
        *_groups.Require(1) = 0;
    }

    /// <summary>Makes room for more members and groups.</summary>
    public void Reserve(int members, int groups)
    {
        if (members > _capacity)
        {
            int capacity = Math.Max(members, 2 * _capacity);
            _values.GrowRows(5, Count == 0 ? 0 : 5, _capacity, capacity);
            _columns.Grow(capacity, Count);
            _capacity = capacity;
        }

        if (members > _gramCapacity * Outputs)
        {
            int capacity = Math.Max(members / Outputs, 2 * _gramCapacity);
            nint stride = ((capacity + 7) & ~7) + 8;
            _gram.GrowRows(capacity, Features, Stride, stride);
            (_gramCapacity, Stride) = (capacity, stride);
        }

        if (groups <= _groupCapacity)
            return;
        int room = Math.Max(groups, 2 * _groupCapacity);
        _bounds.GrowRows(2, Groups == 0 ? 0 : 2, _groupCapacity, room);
        _groups.Grow(room + 1, Groups + 1);
        _groupCapacity = room;
    }

    /// <summary>Adds a group; its rows of G are to be filled.</summary>
    public void Add(GroupTerms terms, int group)
    {
        int at = Count, size = terms.Size(group);
        terms.Columns(group).CopyTo(new(Columns + at, size));
        for (int k = 0; k < size; k++)
        {
            Beta[at + k] = Gradient[at + k] = 0;
            Unit1[at + k] = terms.Unit1(group)[k];
            Unit2[at + k] = terms.Unit2(group)[k];
            Share[at + k] = terms.Share(group)[k];
        }

        Norms[Groups] = terms.Norm(group);
        _groups.Pointer[++Groups] = Count = at + size;
    }

    /// <summary>Sets λρ and λ(1−ρ).</summary>
    public void SetStrength(double l1, double l2) => (_l1, _l2) = (l1, l2);

    /// <summary>λρ.</summary>
    public double L1 => _l1;

    /// <summary>The penalty of a group, whose members begin at <see cref="Start"/>.</summary>
    public GroupPenalty Penalty(int group)
    {
        int at = Start(group);
        return new(Start(group + 1) - at, _l1, _l2, Norms[group], Unit1 + at, Unit2 + at, Share + at);
    }

    /// <summary>The penalty of all members at some β.</summary>
    public double Cost(double* beta)
    {
        double cost = 0;
        for (int g = 0; g < Groups; g++)
            cost += Penalty(g).Value(beta + Start(g));
        return cost;
    }

    /// <summary>The largest violation of an optimality condition: of the groups that are 0, or of the others.</summary>
    public double Worst(bool ofZeros)
    {
        double worst = 0;
        for (int g = 0; g < Groups; g++)
        {
            GroupPenalty penalty = Penalty(g);
            double* beta = Beta + Start(g);
            if (penalty.IsZero(beta) == ofZeros)
                worst = Math.Max(worst, penalty.Violation(beta, Gradient + Start(g), null));
        }

        return worst;
    }

    /// <summary>Completes G from the rows that are new, of which the lower triangle is filled, and bounds the groups that are.</summary>
    /// <param name="known">Members that were there before.</param>
    public void Complete(int known)
    {
        int first = known / Outputs, all = Features;
        // In blocks, so that the lines of cache that a column is written to are still there for the next.
        for (int top = first; top < all; top += Block)
        {
            int bottom = Math.Min(top + Block, all);
            for (int left = 0; left < bottom; left += Block)
            {
                int right = Math.Min(left + Block, bottom);
                for (int b = left; b < right; b++)
                {
                    double* row = Row(b);
                    for (int a = Math.Max(top, b + 1); a < bottom; a++)
                        row[a] = Row(a)[b];
                }
            }
        }

        for (int g = 0; g < Groups; g++)
        {
            if (Start(g) >= known)
                _bounds.Pointer[g] = Largest(g);
        }
    }

    public void Dispose()
    {
        _gram.Dispose();
        _values.Dispose();
        _columns.Dispose();
        _groups.Dispose();
        _bounds.Dispose();
        _byOutput.Dispose();
    }

    /// <summary>The smaller of the trace and the largest row sum of a group's part of G, in units of its norm.</summary>
    private double Largest(int group)
    {
        int start = Start(group), end = Start(group + 1);
        double trace = 0, largest = 0;
        for (int a = start; a < end; a++)
        {
            double sum = 0;
            for (int b = start; b < end; b++)
                sum += Math.Abs(Element(a, b)) / (Share[a] * Share[b]);
            trace += Square(a) / (Share[a] * Share[a]);
            largest = Math.Max(largest, sum);
        }

        return Math.Min(trace, largest) / Scale;
    }

    private double MostRidge(int group)
    {
        double most = 0;
        for (int k = Start(group); k < Start(group + 1) && _l2 > 0; k++)
            most = Math.Max(most, _l2 * Unit2[k] / (Share[k] * Share[k]));
        return most;
    }
}
