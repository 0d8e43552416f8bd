using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// What was observed of one column beside what its regression predicts for the same rows, in the order of the predictions: predictive mean
/// matching puts an observed value into a gap, of a row that is predicted about the same. Little 1988; van Buuren 2018, §3.4. Immutable.
/// </summary>
internal sealed class MatchTable
{
    /// <summary>So many donors are compared at most.</summary>
    public const int MostDonors = 64;

    private readonly double[] _predictions;
    private readonly double[] _values;

    /// <param name="predictions">Ascending.</param>
    /// <param name="values">What was observed there.</param>
    public MatchTable(double[] predictions, double[] values) => (_predictions, _values) = (predictions, values);

    /// <summary>No donors.</summary>
    public static MatchTable Empty { get; } = new([], []);

    /// <summary>The predictions, ascending.</summary>
    public ReadOnlySpan<double> Predictions => _predictions;

    /// <summary>The observed values.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The table of some rows; a prediction that is no number takes no part.</summary>
    public static MatchTable Of(IEnumerable<(double Prediction, double Value)> donors)
    {
        (double Prediction, double Value)[] sorted = [.. donors.Where(donor => double.IsFinite(donor.Prediction)).Order()];
        return new(Array.ConvertAll(sorted, donor => donor.Prediction), Array.ConvertAll(sorted, donor => donor.Value));
    }

    /// <summary>Rows of the same prediction made one, with the middle (of two the smaller) of their values: for <see cref="Middle"/>, which would have to break ties.</summary>
    public MatchTable Collapsed()
    {
        List<double> predictions = [], values = [];
        for (int start = 0, end; start < _predictions.Length; start = end)
        {
            end = start + 1;
            while (end < _predictions.Length && _predictions[end] == _predictions[start])
                end++;
            // Of one prediction the values are ascending.
            predictions.Add(_predictions[start]);
            values.Add(_values[start + (end - start - 1) / 2]);
        }

        return new([.. predictions], [.. values]);
    }

    /// <summary>Of the donors whose predictions are nearest the one in the middle, of two the smaller: an observed value. Without donors, or for NaN, the prediction itself.</summary>
    public double Middle(double prediction, int donors)
    {
        (int start, int end) = Nearest(prediction, donors);
        if (start == end)
            return prediction;
        Span<double> values = stackalloc double[MostDonors];
        values = values[..(end - start)];
        _values.AsSpan(start, end - start).CopyTo(values);
        values.Sort();
        return values[(values.Length - 1) / 2];
    }

    /// <summary>One of the donors whose predictions are nearest, each with the same chance; of those that are last by the same distance, any.</summary>
    public double Any(double prediction, int donors, ref Deviates random)
    {
        (int start, int end) = Nearest(prediction, donors);
        if (start == end)
            return prediction;
        int count = end - start, pick = (int)(random.Uniform() * count);
        double last = Math.Max(prediction - _predictions[start], _predictions[end - 1] - prediction);
        int nearStart = start, nearEnd = end;
        while (nearStart < nearEnd && Math.Abs(prediction - _predictions[nearStart]) == last)
            nearStart++;
        while (nearStart < nearEnd && Math.Abs(_predictions[nearEnd - 1] - prediction) == last)
            nearEnd--;
        if (pick < nearEnd - nearStart)
            return _values[nearStart + pick];
        while (start > 0 && prediction - _predictions[start - 1] == last)
            start--;
        while (end < _predictions.Length && _predictions[end] - prediction == last)
            end++;
        int before = nearStart - start, tied = (int)(random.Uniform() * (before + end - nearEnd));
        return _values[tied < before ? start + tied : nearEnd + tied - before];
    }

    /// <summary>The rows with the nearest predictions follow each other; of two at the same distance the smaller prediction is nearer.</summary>
    private (int Start, int End) Nearest(double prediction, int donors)
    {
        if (double.IsNaN(prediction))
            return (0, 0);
        int end = Array.BinarySearch(_predictions, prediction);
        if (end < 0)
            end = ~end;
        int start = end;
        while (end - start < donors && (start > 0 || end < _predictions.Length))
        {
            if (end == _predictions.Length || (start > 0 && prediction - _predictions[start - 1] <= _predictions[end] - prediction))
                start--;
            else
                end++;
        }

        return (start, end);
    }
}
