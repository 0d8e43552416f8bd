using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Explanation;

/// <summary>The parts of the partial deviance of Cox, in which rows take part together.</summary>
internal sealed class PartialDevianceParts : DevianceParts, IDisposable
{
    private readonly PartialLoss _loss;
    private readonly SurvivalTimes _times;
    private readonly int[] _places;
    private readonly double[] _offset, _fitted, _eta, _expected;

    /// <param name="family">Cox.</param>
    /// <param name="times">What is known of all rows.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="offset">The offset, all rows, or empty.</param>
    /// <param name="fitted">√w·Σβ(x − mean) of the rows that count.</param>
    public PartialDevianceParts(Family family, SurvivalTimes times, CountedRows rows, ReadOnlySpan<double> offset, double[] fitted)
        : base(rows)
    {
        int n = times.Count;
        (_times, _places) = (times, rows.Places.ToArray());
        (_offset, _fitted, _eta, _expected) = (offset.IsEmpty ? new double[n] : offset.ToArray(), new double[_places.Length], new double[n], new double[n]);
        double[] weights = new double[n];
        for (int k = 0; k < _places.Length; k++)
        {
            weights[_places[k]] = rows.Roots[k] * rows.Roots[k];
            _fitted[k] = fitted[k] / rows.Roots[k];
        }

        _loss = new(family, times, weights);
    }

    public void Dispose() => _loss.Dispose();

    /// <inheritdoc/>
    protected override double At(double share)
    {
        for (int k = 0; k < _places.Length; k++)
            _eta[_places[k]] = _offset[_places[k]] + share * _fitted[k];
        _loss.Expected(_eta, _expected);
        for (int k = 0; k < _places.Length; k++)
            Slope[k] = _expected[_places[k]] - _times.Events[_places[k]];
        return 0.5 * _loss.Deviance(_eta);
    }
}
