using ElasticNet.Fast.Data;
using ElasticNet.Fast.Families;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>The partial likelihood of some rows at linear predictors that come from elsewhere, and their baseline hazard.</summary>
internal sealed unsafe class PartialLoss : IDisposable
{
    private readonly RiskSets _sets = new();
    private readonly bool _isEfron;

    /// <param name="family">Cox, which knows what is done about ties.</param>
    /// <param name="times">What is known of each row.</param>
    /// <param name="weights">w of each row, of any sum; 0 for those that do not count.</param>
    public PartialLoss(Family family, SurvivalTimes times, double[] weights)
    {
        _isEfron = ((CoxFamily)family).IsEfron;
        fixed (double* w = weights)
            _sets.Start(times, w);
    }

    /// <summary>Σw of the events.</summary>
    public double EventWeight => _sets.EventWeight;

    /// <summary>Twice the partial loss less the least that ties and weights allow.</summary>
    /// <param name="eta">The linear predictor of every row, those that do not count included.</param>
    public double Deviance(ReadOnlySpan<double> eta)
    {
        using TieSums sums = new();
        using AlignedBuffer<double> tops = new();
        Evaluate(sums, eta, tops);
        return 2 * sums.Value;
    }

    /// <summary>The cumulative hazard of somebody with η = <paramref name="reference"/>, stratum by stratum at the times of events, ascending.</summary>
    /// <param name="eta">The linear predictor of every row.</param>
    /// <param name="reference">η whose hazard is wanted.</param>
    /// <param name="take">Given the first row of each stratum, times and hazards.</param>
    public void Hazards(ReadOnlySpan<double> eta, double reference, Action<int, double[], double[]> take)
    {
        using TieSums sums = new();
        using AlignedBuffer<double> tops = new();
        Evaluate(sums, eta, tops);
        for (int tie = 0, from = 0; tie < _sets.Ties; from = ++tie)
        {
            while (_sets.Size(tie) > 0)
                tie++;
            double[] times = new double[tie - from], hazards = new double[tie - from];
            double hazard = 0, factor = Math.Exp(reference - tops.Pointer[_sets.StratumOf[tie]]);
            for (int k = 0; k < times.Length; k++)
            {
                hazard += sums.Rate[tie - 1 - k];
                (times[k], hazards[k]) = (_sets.Time[tie - 1 - k], hazard * factor);
            }

            take(_sets.Row[_sets.Until[tie] - 1], times, hazards);
        }
    }

    /// <summary>The events that were to be expected of each row: exp η times the cumulative hazard that it has gone through; 0 for rows that are never at risk or do not count.</summary>
    /// <param name="eta">The linear predictor of every row.</param>
    /// <param name="expected">Filled, one for each row.</param>
    public void Expected(ReadOnlySpan<double> eta, Span<double> expected)
    {
        using TieSums sums = new();
        using AlignedBuffer<double> tops = new(), memory = new();
        Evaluate(sums, eta, tops);
        double* gained = memory.Require(2 * (nint)_sets.Ties + 2), rest = gained + _sets.Ties;
        double high = 0, low = 0;
        for (int tie = _sets.Ties - 1; tie >= 0; tie--)
        {
            if (_sets.Size(tie) == 0)
                (high, low) = (0, 0);
            else
                TieSums.Add(ref high, ref low, sums.Rate[tie]);
            (gained[tie], rest[tie]) = (high, low);
        }

        expected.Clear();
        for (int k = 0; k < _sets.Count; k++)
        {
            if (!_sets.IsEverAtRisk(k))
                continue;
            // An event goes through its own tie as the rule for ties has it.
            int first = _sets.First[k], from = k < _sets.Events[first] ? first : first + 1, end = _sets.End[k];
            double hazard = (from == first ? 0 : sums.TiedRate[first]) + (gained[from] - gained[end] + (rest[from] - rest[end]));
            expected[_sets.Row[k]] = Math.Exp(eta[_sets.Row[k]] - tops.Pointer[_sets.StratumOf[first]]) * hazard;
        }
    }

    public void Dispose() => _sets.Dispose();

    private void Evaluate(TieSums sums, ReadOnlySpan<double> given, AlignedBuffer<double> tops)
    {
        using AlignedBuffer<double> memory = new();
        double* eta = memory.Require(2 * (nint)Math.Max(_sets.Count, 1)), mass = eta + _sets.Count, top = tops.Require(Math.Max(_sets.Strata, 1));
        for (int k = 0; k < _sets.Count; k++)
            eta[k] = given[_sets.Row[k]];
        _sets.TakeTops(eta, top);
        for (int k = 0; k < _sets.Count; k++)
            mass[k] = _sets.IsEverAtRisk(k) ? _sets.Weight[k] * Math.Exp(eta[k]) : 0;
        sums.Evaluate(_sets, _isEfron, mass, eta);
    }
}
