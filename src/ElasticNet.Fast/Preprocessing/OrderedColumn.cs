namespace ElasticNet.Fast.Preprocessing;

/// <summary>A column of numbers in ascending order with their weights: quantiles and the most frequent value.</summary>
/// <remarks>
/// A row of weight k is k rows where all weights are whole numbers. Other weights have no such unit, there the weight of
/// one row is taken to be u = Σw²/Σw, which is the weight of each where all are equal and forgets rows whose weight
/// vanishes. On an axis of weight the i-th row then covers the positions mᵢ ± max(wᵢ − u, 0)/2 with
/// mᵢ = w₁ + … + wᵢ₋₁ + (wᵢ − u)/2, between rows one interpolates, and the quantile q is at q·(Σw − u): for equal
/// weights linear interpolation between order statistics (R's type 7, numpy's default).
/// </remarks>
internal readonly ref struct OrderedColumn
{
    private readonly ReadOnlySpan<double> _values;
    private readonly ReadOnlySpan<double> _weights;
    private readonly double _total;
    private readonly double _unit;

    /// <summary>Sorts the values, and their weights with them, where they lie.</summary>
    /// <param name="values">No NaN among them.</param>
    /// <param name="weights">As many, all positive; empty means 1 each.</param>
    public OrderedColumn(Span<double> values, Span<double> weights)
    {
        if (weights.IsEmpty)
            values.Sort();
        else
            values.Sort(weights);
        _values = values;
        _weights = weights;
        bool whole = true;
        double squares = 0;
        foreach (double weight in weights)
        {
            _total += weight;
            squares += weight * weight;
            whole &= weight == Math.Floor(weight);
        }

        _unit = whole ? 1 : squares / _total;
    }

    /// <summary>The value below which a share of the weight lies; NaN for no values.</summary>
    /// <param name="share">In [0, 1].</param>
    public double Quantile(double share)
    {
        if (_values.IsEmpty)
            return double.NaN;
        return _weights.IsEmpty ? Between(share * (_values.Length - 1)) : Weighted(share * (_total - _unit));
    }

    /// <summary>The value of largest total weight, the smallest of several; NaN for no values.</summary>
    public double MostFrequent()
    {
        double best = double.NaN, most = 0;
        for (int i = 0; i < _values.Length;)
        {
            double value = _values[i], weight = 0;
            for (; i < _values.Length && _values[i] == value; i++)
                weight += _weights.IsEmpty ? 1 : _weights[i];
            if (weight > most)
                (best, most) = (value, weight);
        }

        return best;
    }

    private double Between(double position)
    {
        int below = (int)position;
        return below + 1 < _values.Length ? Interpolate(_values[below], _values[below + 1], position - below) : _values[^1];
    }

    private double Weighted(double position)
    {
        double before = 0, end = double.NegativeInfinity;
        for (int i = 0; i < _values.Length; i++)
        {
            double middle = before + 0.5 * (_weights[i] - _unit), half = 0.5 * Math.Max(_weights[i] - _unit, 0);
            if (position < middle - half)
                return i == 0 ? _values[0] : Interpolate(_values[i - 1], _values[i], (position - end) / (middle - half - end));
            end = middle + half;
            if (position <= end)
                return _values[i];
            before += _weights[i];
        }

        return _values[^1];
    }

    /// <summary>Between equal values exactly these, and no difference that could overflow.</summary>
    private static double Interpolate(double from, double to, double share) =>
        from == to ? from : from * (1 - share) + to * share;
}
