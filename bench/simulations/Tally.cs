namespace ElasticNet.Fast.Simulations;

/// <summary>
/// How often intervals covered what they should. A replication is the unit: its coefficients share their data, so the Monte-Carlo
/// error is that of the replications' mean coverage.
/// </summary>
internal sealed class Tally
{
    private readonly List<double> _shares = [], _lengths = [];
    private int _infinite, _intervals;

    /// <summary>Counts the intervals of one replication.</summary>
    public void Add(IEnumerable<(CoefficientInference Found, double Truth)> intervals)
    {
        int covered = 0, all = 0;
        foreach ((CoefficientInference found, double truth) in intervals)
        {
            all++;
            covered += truth >= found.Lower && truth <= found.Upper ? 1 : 0;
            if (double.IsFinite(found.Upper - found.Lower))
                _lengths.Add(found.Upper - found.Lower);
            else
                _infinite++;
        }

        _intervals += all;
        if (all > 0)
            _shares.Add((double)covered / all);
    }

    /// <summary>Coverage ± its standard error, median length of finite intervals, share of infinite ones.</summary>
    public override string ToString()
    {
        if (_shares.Count == 0)
            return "– | – | –";
        double mean = _shares.Average(), deviation = Math.Sqrt(_shares.Sum(s => (s - mean) * (s - mean)) / Math.Max(1, _shares.Count - 1));
        _lengths.Sort();
        string length = _lengths.Count == 0 ? "–" : _lengths[_lengths.Count / 2].ToString("0.000");
        return $"{mean:0.000} ± {deviation / Math.Sqrt(_shares.Count):0.000} | {length} | {(double)_infinite / _intervals:0.000}";
    }
}
