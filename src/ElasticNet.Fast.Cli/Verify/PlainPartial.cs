using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>
/// Minus the partial log-likelihood of Cox, weights summing to 1, from its definition: at each time of an event log Σ w·exp η over who is at risk, less the events' η; of m
/// tied events of weight d in all Efron has m terms of weight d/m, whose sums have the events with the shares 1, (m−1)/m, …, 1/m, and Breslow one of weight d. Sums are in twice the
/// precision of double, exp and log in double.
/// </summary>
internal sealed class PlainPartial
{
    private readonly double[] _w;
    private readonly bool _isEfron;
    private readonly List<Tie> _ties = [];
    private readonly int[] _first, _end, _stratum;
    private readonly bool[] _events;

    /// <param name="time">Until when each row was watched.</param>
    /// <param name="events">Whether the event happened then.</param>
    /// <param name="start">From when on, or null.</param>
    /// <param name="strata">The stratum of each row, or null.</param>
    /// <param name="weights">Weights, all positive, of any sum.</param>
    /// <param name="isEfron">Efron's rule for ties, else Breslow's.</param>
    public PlainPartial(double[] time, bool[] events, double[]? start, int[]? strata, double[] weights, bool isEfron)
    {
        Dd total = weights.Aggregate((Dd)0, (sum, weight) => sum + weight);
        (_w, _isEfron, _events) = ([.. weights.Select(weight => weight / total.Value)], isEfron, events);
        int n = time.Length;
        (_first, _end, _stratum) = (new int[n], new int[n], strata ?? new int[n]);
        foreach (IGrouping<int, int> stratum in Enumerable.Range(0, n).GroupBy(i => _stratum[i]).OrderBy(group => group.Key))
        {
            int from = _ties.Count;
            double[] times = [.. stratum.Where(i => events[i]).Select(i => time[i]).Distinct().OrderDescending()];
            _ties.AddRange(times.Select((_, k) => new Tie(k == 0)));
            foreach (int i in stratum)
            {
                _first[i] = from + times.TakeWhile(one => one > time[i]).Count();
                _end[i] = from + times.TakeWhile(one => start is null || start[i] <= 0 || one > start[i]).Count();
                if (_first[i] >= _end[i])
                    continue;
                bool isTied = events[i];
                (isTied ? _ties[_first[i]].Events : _ties[_first[i]].Enter).Add(i);
                if (_end[i] < _ties.Count)
                    _ties[_end[i]].Leave.Add(i);
            }
        }

        foreach (Tie tie in _ties)
            tie.Weight = tie.Events.Aggregate((Dd)0, (sum, i) => sum + _w[i]);
    }

    /// <summary>Whether any event happens while a row is watched.</summary>
    public bool IsEverAtRisk(int row) => _first[row] < _end[row];

    /// <summary>Σ ω: what all events weigh.</summary>
    public double EventWeight => _ties.Sum(tie => tie.Weight.Value);

    /// <summary>w/Σw of a row.</summary>
    public double Weight(int row) => _w[row];

    /// <summary>The stratum of a row.</summary>
    public int Stratum(int row) => _stratum[row];

    /// <summary>Everything at some linear predictors.</summary>
    public State At(Dd[] eta) => new(this, eta);

    private sealed class Tie(bool isFirst)
    {
        /// <summary>Whether it is the latest of its stratum.</summary>
        public bool IsFirst { get; } = isFirst;

        public List<int> Enter { get; } = [];

        public List<int> Events { get; } = [];

        public List<int> Leave { get; } = [];

        public Dd Weight { get; set; }
    }

    /// <summary>Loss, slopes and curvature at some linear predictors.</summary>
    internal sealed class State
    {
        private readonly PlainPartial _of;
        private readonly Dd[] _mass, _hazard, _second, _mixed, _twice;

        public State(PlainPartial of, Dd[] eta)
        {
            _of = of;
            int n = eta.Length, ties = of._ties.Count;
            (_mass, _second, _mixed, _twice) = (new Dd[n], new Dd[ties], new Dd[ties], new Dd[ties]);
            Dd[] moved = new Dd[n], rate = new Dd[ties], tiedRate = new Dd[ties];
            // A constant of a stratum changes nothing.
            foreach (IGrouping<int, int> stratum in Enumerable.Range(0, n).Where(of.IsEverAtRisk).GroupBy(i => of._stratum[i]))
            {
                Dd top = stratum.Select(i => eta[i]).MaxBy(value => value.Value);
                foreach (int i in stratum)
                {
                    moved[i] = eta[i] - top;
                    _mass[i] = (Dd)of._w[i] * Math.Exp(moved[i].High) * (1 + (Dd)moved[i].Low);
                }
            }

            Dd above = 0, spread = 0;
            of.Walk(i => _mass[i], (k, others, tied) =>
            {
                Tie tie = of._ties[k];
                int m = tie.Events.Count, terms = of._isEfron ? m : 1;
                Dd inverse = tie.Events.Aggregate((Dd)0, (sum, i) => sum + (Dd)of._w[i] * of._w[i] / _mass[i]);
                for (int l = 0; l < terms; l++)
                {
                    Dd share = (Dd)(terms - l) / terms, one = tie.Weight / terms, all = others + share * tied, gain = one / all;
                    above += one * Math.Log((all / (share * tie.Weight)).Value);
                    spread += one * (all * inverse / (share * tie.Weight * tie.Weight) - 1);
                    rate[k] += gain;
                    tiedRate[k] += share * gain;
                    _second[k] += gain / all;
                    _mixed[k] += share * gain / all;
                    _twice[k] += share * share * gain / all;
                }

                foreach (int i in tie.Events)
                    above -= (Dd)of._w[i] * moved[i];
            });
            _hazard = of.Gathered(rate, tiedRate);
            (Above, Spread) = (above, Math.Max(spread.Value, 0));
            Residual = [.. _mass.Select((mass, i) => (of._events[i] ? (Dd)of._w[i] : 0) - mass * _hazard[i])];
        }

        /// <summary>The loss above that of a model that foresees every event.</summary>
        public Dd Above { get; }

        /// <summary>Σ of the χ² distances of the events' shares of each term from what the model expects.</summary>
        public double Spread { get; }

        /// <summary>Minus the gradient by η.</summary>
        public Dd[] Residual { get; }

        /// <summary>The diagonal of the curvature but for what the means take, over the weight of the row: the events to be expected of it.</summary>
        public double Expected(int row) => (_mass[row] * _hazard[row]).Value / _of._w[row];

        /// <summary>The curvature times a vector.</summary>
        public Dd[] Curve(Dd[] vector)
        {
            int ties = _of._ties.Count;
            Dd[] gain = new Dd[ties], tiedGain = new Dd[ties];
            _of.Walk(i => _mass[i] * vector[i], (k, others, tied) =>
                (gain[k], tiedGain[k]) = (_second[k] * others + _mixed[k] * tied, _mixed[k] * others + _twice[k] * tied));
            Dd[] mean = _of.Gathered(gain, tiedGain);
            return [.. _mass.Select((mass, i) => mass * (_hazard[i] * vector[i] - mean[i]))];
        }
    }

    /// <summary>Hands on, tie by tie, the sums of something over who is at risk: who has no event then, and who has.</summary>
    private void Walk(Func<int, Dd> value, Action<int, Dd, Dd> visit)
    {
        Dd others = 0;
        int inside = 0;
        for (int k = 0; k < _ties.Count; k++)
        {
            Tie tie = _ties[k];
            (others, inside) = tie.IsFirst ? (0, 0) : (others, inside);
            others = tie.Enter.Aggregate(others, (sum, i) => sum + value(i));
            others = tie.Leave.Aggregate(others, (sum, i) => sum - value(i));
            inside += tie.Enter.Count - tie.Leave.Count;
            others = inside == 0 ? 0 : others;
            Dd tied = tie.Events.Aggregate((Dd)0, (sum, i) => sum + value(i));
            visit(k, others, tied);
            (others, inside) = (others + tied, inside + tie.Events.Count);
        }
    }

    /// <summary>What each row has gone through of something that ties give, its own tie's as that gives it to its events.</summary>
    private Dd[] Gathered(Dd[] gain, Dd[] tiedGain)
    {
        Dd[] after = new Dd[_ties.Count + 1], sums = new Dd[_w.Length];
        for (int k = _ties.Count - 1; k >= 0; k--)
            after[k] = gain[k] + (k + 1 < _ties.Count && !_ties[k + 1].IsFirst ? after[k + 1] : 0);
        for (int i = 0; i < sums.Length; i++)
        {
            if (!IsEverAtRisk(i))
                continue;
            Dd end = From(_end[i]);
            sums[i] = _events[i] ? tiedGain[_first[i]] + From(_first[i] + 1) - end : after[_first[i]] - end;
        }

        return sums;

        // The first of another stratum ends this one.
        Dd From(int k) => k == _ties.Count || _ties[k].IsFirst ? 0 : after[k];
    }
}
