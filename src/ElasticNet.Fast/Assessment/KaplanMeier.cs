using ElasticNet.Fast.Assessment;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;

namespace ElasticNet.Fast;

/// <summary>
/// The share of rows that are without the event at each time, by Kaplan and Meier: rows that were censored, or came late, count while they were watched.
/// Immutable.
/// </summary>
public sealed class KaplanMeier
{
    private readonly double[] _times, _survival, _errors, _factors;

    private KaplanMeier(double[] times, double[] factors, double[] errors)
    {
        (_times, _factors, _errors, _survival) = (times, factors, errors, new double[times.Length]);
        double survival = 1;
        for (int k = 0; k < times.Length; k++)
        {
            _survival[k] = survival *= factors[k];
            _errors[k] *= survival;
        }
    }

    /// <summary>When events happened, ascending.</summary>
    public ReadOnlyMemory<double> Times => _times;

    /// <summary>The share without the event from each of <see cref="Times"/> on.</summary>
    public ReadOnlyMemory<double> Survival => _survival;

    /// <summary>The standard error of <see cref="Survival"/>: Greenwood's, with weights that of the infinitesimal jackknife, which knows no unit of weights; 0 where nobody is left.</summary>
    public ReadOnlyMemory<double> StandardErrors => _errors;

    /// <summary>Estimates it from a survival target, all strata together.</summary>
    /// <param name="y">The target, as <see cref="Target.Survival"/> makes it, with weights.</param>
    /// <exception cref="ArgumentException">It is no survival target, or a row that counts has a time or weight that is none.</exception>
    public static KaplanMeier Of(Target y)
    {
        SurvivalTimes times = SurvivalRows.TimesOf(y);
        double[] weights = SurvivalRows.WeightsOf(y);
        times.Check(weights);
        return Of(times, [.. Enumerable.Range(0, times.Count).Where(i => weights[i] > 0)], weights);
    }

    /// <summary>The share without the event at a time.</summary>
    /// <param name="time">The time.</param>
    public double At(double time) => After(Last(time));

    /// <summary>The standard error of the share at a time.</summary>
    /// <param name="time">The time.</param>
    public double StandardErrorAt(double time) => Last(time) is >= 0 and var at ? _errors[at] : 0;

    /// <summary>The shares at the times of events, on one line, culture-invariant.</summary>
    public override string ToString() => _times.Length == 0 ? "nobody has the event" : Throw.Invariant($"{_times.Length} times of events, {_survival[^1]:g4} without it from {_times[^1]:g6} on");

    /// <summary>Estimates it from some rows.</summary>
    /// <param name="times">What is known of all rows.</param>
    /// <param name="rows">Those that count.</param>
    /// <param name="weights">w of all rows.</param>
    /// <param name="ofCensoring">Whether being censored is the event; then who has the event at the same time was not at risk of it any more.</param>
    internal static KaplanMeier Of(SurvivalTimes times, int[] rows, double[] weights, bool ofCensoring = false)
    {
        int[] byTime = [.. rows], byStart = times.Start is null ? [] : [.. rows];
        Array.Sort(Array.ConvertAll(byTime, i => -times.Time[i]), byTime);
        if (times.Start is { } starts)
            Array.Sort(Array.ConvertAll(byStart, i => -starts[i]), byStart);
        List<(double Time, double Leaving, double Staying)> steps = [];
        // From the last time on: then nothing is subtracted but who was not there yet.
        double high = 0, low = 0;
        for (int k = 0, left = 0; k < byTime.Length;)
        {
            double time = times.Time[byTime[k]], events = 0, censored = 0;
            for (; left < byStart.Length && times.Start![byStart[left]] >= time; left++)
                TieSums.Add(ref high, ref low, -weights[byStart[left]]);
            for (; k < byTime.Length && times.Time[byTime[k]] == time; k++)
            {
                if (times.Events[byTime[k]] != 0)
                    events += weights[byTime[k]];
                else
                    censored += weights[byTime[k]];
            }

            TieSums.Add(ref high, ref low, events + censored);
            double leaving = ofCensoring ? censored : events, staying = high + low - events - (ofCensoring ? censored : 0);
            if (leaving > 0)
                steps.Add((time, leaving, staying > 4e-16 * (high + low) ? staying : 0));
        }

        steps.Reverse();
        Array.Reverse(byTime);
        Array.Reverse(byStart);
        return new(
            [.. steps.Select(step => step.Time)], [.. steps.Select(step => step.Staying / (step.Leaving + step.Staying))],
            ofCensoring ? new double[steps.Count] : Errors(times, byTime, byStart, weights, steps));
    }

    /// <summary>
    /// Relative standard errors. log S has the derivative Dᵢ = C(min(T, t)) − C(start) − [event by t]/staying(T) by the weight of a row, C = Σ leaving/((leaving + staying)·staying): the
    /// variance is Σ w²D², whose part of those who are still there is a square in C.
    /// </summary>
    private static double[] Errors(SurvivalTimes times, int[] byTime, int[] byStart, double[] weights, List<(double Time, double Leaving, double Staying)> steps)
    {
        double[] errors = new double[steps.Count], entry = new double[times.Count];
        double all = 0, gone = 0, square = 0, first = 0, second = 0;
        if (times.Start is null)
            square = byTime.Sum(i => weights[i] * weights[i]);
        for (int k = 0, at = 0, entered = 0; k < errors.Length && steps[k].Staying > 0; k++)
        {
            (double time, double leaving, double staying) = steps[k];
            for (; entered < byStart.Length && times.Start![byStart[entered]] < time; entered++)
            {
                entry[byStart[entered]] = all;
                Count(byStart[entered], 1);
            }

            for (; times.Time[byTime[at]] < time; at++)
                Leave(byTime[at], 0);
            all += leaving / ((leaving + staying) * staying);
            for (; at < byTime.Length && times.Time[byTime[at]] == time; at++)
                Leave(byTime[at], times.Events[byTime[at]] / staying);
            errors[k] = Math.Sqrt(Math.Max(gone + all * all * square - 2 * all * first + second, 0));
        }

        return errors;

        void Leave(int row, double own)
        {
            double moved = weights[row] * (all - entry[row] - own);
            gone += moved * moved;
            Count(row, -1);
        }

        void Count(int row, int sign)
        {
            double weight = sign * weights[row] * weights[row];
            (square, first, second) = (square + weight, first + weight * entry[row], second + weight * entry[row] * entry[row]);
        }
    }

    /// <summary>The chance of staying until a time for who was there at another.</summary>
    /// <param name="from">The other; it does not count itself.</param>
    /// <param name="until">The time.</param>
    /// <param name="isBefore">Whether it does not count itself, either.</param>
    internal double Between(double from, double until, bool isBefore = false)
    {
        int first = Last(from), last = isBefore ? Before(until) : Last(until);
        if (After(first) is > 0 and var survival)
            return After(Math.Max(first, last)) / survival;
        // Who came after everybody else had gone.
        double chance = 1;
        for (int k = first + 1; k <= last; k++)
            chance *= _factors[k];
        return chance;
    }

    private double After(int step) => step < 0 ? 1 : _survival[step];

    private int Last(double time) => Array.BinarySearch(_times, time) is var at && at >= 0 ? at : ~at - 1;

    private int Before(double time) => Array.BinarySearch(_times, time) is var at && at >= 0 ? at - 1 : ~at - 1;
}
