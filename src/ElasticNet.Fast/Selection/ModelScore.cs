using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

/// <summary>How well a model predicts rows, those that it has not seen above all. Immutable.</summary>
public sealed class ModelScore
{
    private readonly double[] _values;

    internal ModelScore(Family family, int rows, double[] values, double squared, double absolute, double nullSquared, double devianceRatio)
    {
        (Family, Rows, _values) = (family, rows, values);
        (MeanSquaredError, MeanAbsoluteError, DevianceRatio) = (squared, absolute, devianceRatio);
        RSquared = Measure.MeanSquaredError.Explained(squared, nullSquared);
    }

    /// <summary>The family of the model.</summary>
    public Family Family { get; }

    /// <summary>How many rows counted: those of positive weight.</summary>
    public int Rows { get; }

    /// <summary>
    /// R²: 1 − the mean squared error / that of the best prediction without features, which is the weighted mean of these rows (under an offset:
    /// intercept and offset, the intercept fitted to these rows). Negative where that is better; 0 where it has no error.
    /// </summary>
    public double RSquared { get; }

    /// <summary>Weighted mean of (y − ŷ)², of families with a link on the scale of the response.</summary>
    public double MeanSquaredError { get; }

    /// <summary>RMSE: the root of <see cref="MeanSquaredError"/>, in units of the target.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>MAE: weighted mean of |y − ŷ|, in units of the target.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>1 − deviance / deviance of the best prediction without features, as of <see cref="RSquared"/>, which it is for squared error.</summary>
    public double DevianceRatio { get; }

    /// <summary>Every <see cref="Fast.Family.Measures"/> of the family with its value.</summary>
    public IEnumerable<KeyValuePair<Measure, double>> Measures => Family.Measures.Select((measure, k) => KeyValuePair.Create(measure, _values[k]));

    /// <summary>The value of one measure.</summary>
    /// <param name="measure">One of the family's: what cross-validation may measure.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the family's.</exception>
    public double this[Measure measure]
    {
        get
        {
            for (int k = 0; k < _values.Length; k++)
            {
                if (Family.Measures[k] == measure)
                    return _values[k];
            }

            Throw.OutOfRange(nameof(measure), measure, $"be a measure of the family {Family}: {string.Join(" or ", Family.Measures)}");
            return default;
        }
    }

    /// <summary>Rows, R², RMSE and MAE, and of other families their measures, on one line, culture-invariant.</summary>
    public override string ToString()
    {
        string text = Throw.Invariant($"{Rows} rows: R² {RSquared:0.0000}, RMSE {RootMeanSquaredError:g6}, MAE {MeanAbsoluteError:g6}");
        if (Family == Family.Gaussian)
            return text;
        IEnumerable<string> own = Measures.Where(pair => pair.Key != Measure.MeanSquaredError && pair.Key != Measure.MeanAbsoluteError).Select(pair => Throw.Invariant($"{pair.Key} {pair.Value:g6}"));
        return text + Throw.Invariant($", deviance ratio {DevianceRatio:0.0000}, ") + string.Join(", ", own);
    }
}
