using System.Runtime.Intrinsics;
using ElasticNet.Fast.Numerics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// The partial likelihood of Cox, tie by tie. A tie of m events of weight W in all counts as m terms, each with the weight W/m and its own
/// weighing of who is at risk: everybody in full under Breslow's rule; under Efron's the events of the tie with the share 1, (m−1)/m, …, 1/m.
/// With S the mass Σ w·exp η of the others at risk and E that of the events, a term divides by D = S + share·E: no digits cancel.
/// </summary>
internal sealed unsafe class TieSums : IDisposable
{
    /// <summary>Logarithms taken at a time.</summary>
    private const int Held = 64;

    private readonly AlignedBuffer<double> _memory = new();
    private readonly AlignedBuffer<double> _held = new();
    private int _count;
    private nint _stride;

    /// <summary>The partial loss less that of a model for which whoever has the event is the only one at risk; not a number where η overflows.</summary>
    public double Value { get; private set; }

    /// <summary>Σ of the χ² distances of the terms' shares of weight from what the model expects: how fast the loss grows towards that other model.</summary>
    public double Spread { get; private set; }

    /// <summary>How far any D can be from its exact value, as a share of it.</summary>
    public double Rounding { get; private set; }

    /// <summary>Σ weight/D over the terms of each tie: what the hazard of somebody with η = 0 gains.</summary>
    public double* Rate => _memory.Pointer;

    /// <summary>The same with each term's share: what it gains for the tie's own events.</summary>
    public double* TiedRate => Rate + _stride;

    /// <summary>Σ weight/D²,</summary>
    public double* Second => Rate + 2 * _stride;

    /// <summary>with the share,</summary>
    public double* TiedSecond => Rate + 3 * _stride;

    /// <summary>and with its square.</summary>
    public double* TwiceTiedSecond => Rate + 4 * _stride;

    /// <summary>Goes through all risk sets.</summary>
    /// <param name="sets">The risk sets.</param>
    /// <param name="isEfron">Which rule holds for ties.</param>
    /// <param name="mass">w·exp η by position; η may have a constant of each stratum taken away. 0 where nobody is ever at risk.</param>
    /// <param name="eta">The same η.</param>
    public void Evaluate(RiskSets sets, bool isEfron, double* mass, double* eta)
    {
        _stride = (sets.Ties + 8) & ~7;
        _memory.Require(5 * _stride);
        _held.Require(2 * Held);
        _count = 0;
        double value = 0, rest = 0, spread = 0, rounding = 0;
        double high = 0, low = 0, moved = 0;
        int terms = 0;
        for (int tie = 0; tie < sets.Ties; tie++)
        {
            if (sets.Size(tie) == 0)
            {
                (high, low, moved, terms) = (0, 0, 0, 0);
                (Rate[tie], TiedRate[tie], Second[tie], TiedSecond[tie], TwiceTiedSecond[tie]) = (0, 0, 0, 0, 0);
                continue;
            }

            for (int k = sets.Leave[tie]; k < sets.Leave[tie + 1]; k++, terms++)
            {
                double leaves = mass[sets.Leavers[k]];
                Add(ref high, ref low, -leaves);
                moved += leaves;
            }

            for (int k = sets.Enter[tie]; k < sets.Events[tie]; k++, terms++)
            {
                Add(ref high, ref low, mass[k]);
                moved += mass[k];
            }

            if (sets.Others[tie] == 0)
                (high, low, moved, terms) = (0, 0, 0, 0);
            double others = Math.Max(high + low, 0), tied = 0, tiedRest = 0, inverse = 0, score = 0;
            for (int k = sets.Events[tie]; k < sets.Until[tie]; k++, terms++)
            {
                Add(ref tied, ref tiedRest, mass[k]);
                inverse += sets.Weight[k] * (sets.Weight[k] / mass[k]);
                score += sets.Weight[k] * eta[k];
            }

            tied += tiedRest;
            double all = Evaluate(tie, sets.Size(tie), sets.TieWeight[tie], isEfron, others, tied, inverse, ref spread);
            Add(ref value, ref rest, all - score);
            if (_count == Held)
                Add(ref value, ref rest, Logarithms());
            Add(ref high, ref low, tied);
            moved += tied;
            rounding = Math.Max(rounding, terms * moved / (others + tied / sets.Size(tie)));
        }

        Add(ref value, ref rest, Logarithms());
        Value = value + rest;
        Spread = Math.Max(spread, 0);
        Rounding = Constancy.Unit * (4 + Constancy.Unit * rounding);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _held.Dispose();
    }

    /// <summary>Adds with what rounding takes kept aside.</summary>
    public static void Add(ref double high, ref double low, double value)
    {
        double sum = high + value, part = sum - high;
        low += (high - (sum - part)) + (value - part);
        high = sum;
    }

    /// <summary>Σ weight·log(D/weight) of what is held.</summary>
    private double Logarithms()
    {
        double* ratios = _held.Pointer, weights = ratios + Held;
        for (; _count % Vec.Count != 0; _count++)
            (ratios[_count], weights[_count]) = (1, 0);
        Vec sum = Vec.Zero;
        for (int k = 0; k < _count; k += Vec.Count)
            sum += Vector512.Load(weights + k) * Vector512.Log(Vector512.Load(ratios + k));
        _count = 0;
        return Vector512.Sum(sum);
    }

    /// <summary>The terms of one tie.</summary>
    private double Evaluate(int tie, int size, double weight, bool isEfron, double others, double tied, double inverse, ref double spread)
    {
        if (!isEfron || size == 1)
        {
            double all = others + tied, rate = weight / all, second = rate / all;
            (Rate[tie], TiedRate[tie], Second[tie], TiedSecond[tie], TwiceTiedSecond[tie]) = (rate, rate, second, second, second);
            spread += all / weight * inverse - weight;
            // Most ties are of one event, and logarithms are faster together.
            double* held = _held.Pointer + _count++;
            (held[0], held[Held]) = (all / weight, weight);
            return all > 0 ? 0 : double.NaN;
        }

        double sum = 0, one = weight / size;
        double rates = 0, tiedRates = 0, seconds = 0, tiedSeconds = 0, twice = 0;
        for (int term = 0; term < size; term++)
        {
            double share = (double)(size - term) / size, all = others + share * tied, rate = one / all, second = rate / all;
            rates += rate;
            tiedRates += share * rate;
            seconds += second;
            tiedSeconds += share * second;
            twice += share * share * second;
            spread += one * (all / (share * weight * weight) * inverse - 1);
            sum += all > 0 ? one * Math.Log(all / (share * weight)) : double.NaN;
        }

        (Rate[tie], TiedRate[tie], Second[tie], TiedSecond[tie], TwiceTiedSecond[tie]) = (rates, tiedRates, seconds, tiedSeconds, twice);
        return sum;
    }
}
