using ElasticNet.Fast.Data;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// Who was at risk whenever an event happened. The rows that count stand in an order of their own: stratum by stratum, the latest first,
/// of one time the censored before the events. Events of one stratum and time are a tie; ties are numbered in the same order, and behind those
/// of each stratum stands an empty one. A row is at risk in the ties from <see cref="First"/> to before <see cref="End"/>.
/// </summary>
internal sealed unsafe class RiskSets : IDisposable
{
    private readonly AlignedBuffer<Entry> _entries = new();
    private readonly AlignedBuffer<int> _numbers = new();
    private readonly AlignedBuffer<double> _values = new();
    private int _rows;

    /// <summary>Rows that count, which have a position each.</summary>
    public int Count { get; private set; }

    /// <summary>Ties, the empty ones included.</summary>
    public int Ties { get; private set; }

    /// <summary>Strata that a row is in.</summary>
    public int Strata { get; private set; }

    /// <summary>Whether anybody leaves before an event and was there at a later one: then sums are no mere additions.</summary>
    public bool HasLeavers { get; private set; }

    /// <summary>Σw of the events; the weights of all rows as they are given.</summary>
    public double EventWeight { get; private set; }

    /// <summary>The row at each position.</summary>
    public int* Row => _numbers.Pointer;

    /// <summary>The first tie, in time the last, in whose risk set a position is.</summary>
    public int* First => Row + _rows;

    /// <summary>The first tie after that in whose risk set it is not any more.</summary>
    public int* End => First + _rows;

    /// <summary>Positions of all who leave, those before each tie together.</summary>
    public int* Leavers => End + _rows;

    /// <summary>Where the positions begin that come into the risk set with a tie: first those that are not of it,</summary>
    public int* Enter => Leavers + _rows;

    /// <summary>from here on its events,</summary>
    public int* Events => Enter + (2 * (nint)_rows + 1);

    /// <summary>up to here.</summary>
    public int* Until => Events + (2 * (nint)_rows + 1);

    /// <summary>Where the leavers of each tie begin; one more at the end.</summary>
    public int* Leave => Until + (2 * (nint)_rows + 1);

    /// <summary>How many are at risk at a tie besides its events.</summary>
    public int* Others => Leave + (2 * (nint)_rows + 2);

    /// <summary>The stratum of each tie, counted from 0 in the order of the rows.</summary>
    public int* StratumOf => Others + (2 * (nint)_rows + 1);

    /// <summary>w at each position.</summary>
    public double* Weight => _values.Pointer;

    /// <summary>The time of each tie; not a number for an empty one.</summary>
    public double* Time => Weight + _rows;

    /// <summary>Σw of its events.</summary>
    public double* TieWeight => Time + (2 * (nint)_rows + 1);

    /// <summary>How many events a tie has; 0 for the empty one that ends a stratum.</summary>
    public int Size(int tie) => Until[tie] - Events[tie];

    /// <summary>Whether any event happens while a position is watched.</summary>
    public bool IsEverAtRisk(int position) => First[position] < End[position];

    /// <summary>Takes the largest value of each stratum away, of those that are ever at risk, so that exp does not overflow; the others become 0.</summary>
    /// <param name="values">By position.</param>
    /// <param name="tops">Filled with what was taken, by stratum, 0 where nobody is ever at risk; or null.</param>
    public void TakeTops(double* values, double* tops)
    {
        for (int from = 0, tie = 0; from < Count; tie++)
        {
            if (Size(tie) > 0)
                continue;
            double top = double.NegativeInfinity;
            for (int k = from; k < Until[tie]; k++)
                top = IsEverAtRisk(k) ? Math.Max(top, values[k]) : top;
            for (int k = from; k < Until[tie]; k++)
                values[k] = IsEverAtRisk(k) ? values[k] - top : 0;
            if (tops != null)
                tops[StratumOf[tie]] = double.IsNegativeInfinity(top) ? 0 : top;
            from = Until[tie];
        }
    }

    /// <summary>How far apart values of rows that are at risk in one stratum lie.</summary>
    public double Spread(double* values)
    {
        double spread = 0;
        for (int from = 0, tie = 0; from < Count; tie++)
        {
            if (Size(tie) > 0)
                continue;
            double least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int k = from; k < Until[tie]; k++)
            {
                if (IsEverAtRisk(k))
                    (least, most) = (Math.Min(least, values[k]), Math.Max(most, values[k]));
            }

            spread = Math.Max(spread, most - least);
            from = Until[tie];
        }

        return spread;
    }

    /// <summary>Sorts the rows of positive weight.</summary>
    /// <param name="times">What is known of each row.</param>
    /// <param name="weights">w of each row.</param>
    public void Start(SurvivalTimes times, double* weights)
    {
        int n = _rows = times.Count, count = 0;
        Entry* entries = _entries.Require(Math.Max(n, 1));
        _numbers.Require(16 * (nint)n + 8);
        _values.Require(5 * (nint)n + 2);
        for (int i = 0; i < n; i++)
        {
            if (weights[i] > 0)
                entries[count++] = new(times.StratumOf(i), times.Time[i], times.Events[i] != 0, i);
        }

        new Span<Entry>(entries, count).Sort();
        Count = count;
        FindTies(entries, weights);
        FindSpans(entries, times.Start);
    }

    public void Dispose()
    {
        _entries.Dispose();
        _numbers.Dispose();
        _values.Dispose();
    }

    private void FindTies(Entry* entries, double* weights)
    {
        int tie = 0, entered = 0;
        (Strata, EventWeight) = (0, 0);
        for (int k = 0; k < Count;)
        {
            Entry entry = entries[k];
            int next = k;
            double weight = 0;
            for (; next < Count && entries[next].IsSameTie(entry); next++)
            {
                Row[next] = entries[next].Row;
                Weight[next] = weights[entries[next].Row];
                First[next] = tie;
                weight += Weight[next];
            }

            bool isLast = next == Count || entries[next].Stratum != entry.Stratum;
            if (entry.IsEvent)
            {
                (Enter[tie], Events[tie], Until[tie], StratumOf[tie]) = (entered, k, next, Strata);
                (Time[tie], TieWeight[tie]) = (entry.Time, weight);
                EventWeight += weight;
                entered = next;
                tie++;
            }

            k = next;
            if (!isLast)
                continue;
            (Enter[tie], Events[tie], Until[tie], StratumOf[tie]) = (entered, next, next, Strata);
            (Time[tie], TieWeight[tie]) = (double.NaN, 0);
            entered = next;
            tie++;
            Strata++;
        }

        Ties = tie;
    }

    private void FindSpans(Entry* entries, double[]? starts)
    {
        new Span<int>(Leave, Ties + 1).Clear();
        HasLeavers = false;
        // From the end of a stratum, where its empty tie is.
        for (int k = Count - 1, last = Ties; k >= 0; k--)
        {
            if (k == Count - 1 || entries[k].Stratum != entries[k + 1].Stratum)
                last = LastOf(k, last);
            End[k] = starts is null ? last : Before(First[k], last, starts[entries[k].Row]);
            if (IsEverAtRisk(k) && End[k] < last)
            {
                HasLeavers = true;
                Leave[End[k] + 1]++;
            }
        }

        for (int tie = 0; tie < Ties; tie++)
            Leave[tie + 1] += Leave[tie];
        if (HasLeavers)
        {
            int* at = Others;
            Buffer.MemoryCopy(Leave, at, (long)Ties * sizeof(int), (long)Ties * sizeof(int));
            for (int k = 0; k < Count; k++)
            {
                if (IsEverAtRisk(k) && Size(End[k]) > 0)
                    Leavers[at[End[k]]++] = k;
            }
        }

        for (int tie = 0, at = 0; tie < Ties; tie++)
        {
            at -= Leave[tie + 1] - Leave[tie];
            for (int k = Enter[tie]; k < Events[tie]; k++)
                at += End[k] > tie ? 1 : 0;
            Others[tie] = at;
            at = Size(tie) == 0 ? 0 : at + Size(tie);
        }
    }

    /// <summary>The empty tie of the stratum of the last position of it.</summary>
    private int LastOf(int position, int later)
    {
        int tie = later - 1;
        while (Size(tie) > 0 || Until[tie] != position + 1)
            tie--;
        return tie;
    }

    /// <summary>The first tie from one on, before the empty one, whose time is not after the start.</summary>
    private int Before(int first, int last, double start)
    {
        int low = first, high = last;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Time[middle] > start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private readonly record struct Entry(int Stratum, double Time, bool IsEvent, int Row) : IComparable<Entry>
    {
        public bool IsSameTie(Entry other) => Stratum == other.Stratum && Time == other.Time && IsEvent == other.IsEvent;

        public int CompareTo(Entry other)
        {
            int order = Stratum.CompareTo(other.Stratum);
            if (order == 0)
                order = other.Time.CompareTo(Time);
            if (order == 0)
                order = IsEvent.CompareTo(other.IsEvent);
            return order == 0 ? Row.CompareTo(other.Row) : order;
        }
    }
}
