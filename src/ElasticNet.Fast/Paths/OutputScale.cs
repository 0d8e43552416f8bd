using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>
/// What takes a solution of K outputs back to the user's scale beyond what one output takes: each output has an intercept, which stands among the
/// coefficients as that of a column behind the last feature, and what classes leave undetermined is chosen.
/// </summary>
internal sealed unsafe class OutputScale
{
    private double[] _row = [];
    private Datafit _datafit = null!;
    private int _columns;

    /// <summary>Begins with a solution of a loss.</summary>
    public void Start(Datafit datafit, int columns)
    {
        (_datafit, _columns) = (datafit, columns);
        if (_row.Length < datafit.Outputs)
            _row = new double[datafit.Outputs];
    }

    /// <summary>Chooses, and appends the intercepts.</summary>
    /// <param name="terms">The bounds that the user gave.</param>
    /// <param name="units">The way to the user's scale.</param>
    /// <param name="strength">With a ridge term what it acts on is determined.</param>
    /// <param name="columns">The columns whose coefficient is not 0, ascending, with room for all.</param>
    /// <param name="values">Their coefficients.</param>
    /// <param name="count">How many.</param>
    /// <returns>Features that have a coefficient, columns that have one, and what rounding can do to the intercepts.</returns>
    public (int Features, int Columns, double Rounding) Finish(
        PenaltyTerms terms, in Units units, in Strength strength, int* columns, double* values, int count)
    {
        int outputs = _datafit.Outputs, features = 0;
        if (_datafit.IsShiftFree)
            count = Shift(terms, columns, values, count, isFree: strength.Lambda == 0, isLasso: strength.L2 == 0 && terms.Groups is null);
        for (int i = 0, last = -1; i < count; i++)
        {
            features += columns[i] / outputs != last ? 1 : 0;
            last = columns[i] / outputs;
        }

        int kept = count;
        if (!_datafit.HasIntercepts)
            return (features, kept, 0);
        Span<double> intercepts = _row.AsSpan(0, outputs);
        double square = 0, mean = 0;
        for (int k = 0; k < outputs; k++)
            intercepts[k] = units.CoefficientScale * _datafit.InterceptOf(k);
        for (int k = 0; k < outputs; k++)
        {
            double size = Math.Abs(intercepts[k]);
            int parts = 4;
            for (int i = 0; i < count; i++)
            {
                if (columns[i] % outputs != k)
                    continue;
                double part = values[i] * units.Center[columns[i]];
                intercepts[k] -= part;
                size += Math.Abs(part);
                parts++;
            }

            if (!double.IsFinite(intercepts[k]))
                Throw.Data("x", "'x' and 'y' would get an intercept beyond the range of double; rescale them, or centre the columns that lie far from 0.");
            double rounding = Rounding.Unit * parts * (size / units.CoefficientScale);
            square += rounding * rounding;
            mean += intercepts[k] / outputs;
        }

        for (int k = 0; k < outputs; k++)
        {
            double intercept = intercepts[k] - (_datafit.IsShiftFree ? mean : 0);
            if (intercept == 0)
                continue;
            columns[kept] = _columns - outputs + k;
            values[kept++] = intercept;
        }

        return (features, kept, Math.Sqrt(square) * units.CoefficientScale);
    }

    /// <summary>
    /// A number added to a feature's coefficients in all classes changes no probability. The penalty chooses it where it can; where several
    /// numbers are as good (the lasso and an even number of classes), the least sum of squares among them; without a penalty the mean becomes 0.
    /// </summary>
    private int Shift(PenaltyTerms terms, int* columns, double* values, int count, bool isFree, bool isLasso)
    {
        int outputs = _datafit.Outputs, kept = 0;
        Span<double> row = stackalloc double[outputs <= 256 ? outputs : 0];
        row = outputs <= 256 ? row : new double[outputs];
        Span<double> sorted = _row.AsSpan(0, outputs);
        // Classes that had no coefficient may get one, so that there may be more in the end: from the back, and then to the front.
        int to = _columns, at = count;
        while (at > 0)
        {
            int feature = columns[at - 1] / outputs, first = feature * outputs;
            row.Clear();
            for (; at > 0 && columns[at - 1] >= first; at--)
                row[columns[at - 1] - first] = values[at - 1];
            double shift = 0;
            if (isFree || terms.Unit1[first] == 0)
                shift = Mean(row);
            else if (isLasso && outputs % 2 == 0)
            {
                // Between the two in the middle the sum of sizes is the same.
                row.CopyTo(sorted);
                sorted.Sort();
                shift = Math.Clamp(Mean(row), sorted[outputs / 2 - 1], sorted[outputs / 2]);
            }

            for (int k = 0; k < outputs; k++)
                shift = Math.Clamp(shift, row[k] - terms.GivenUpper[first + k], row[k] - terms.GivenLower[first + k]);
            for (int k = outputs - 1; k >= 0; k--)
            {
                double value = Math.Clamp(row[k] - shift, terms.GivenLower[first + k], terms.GivenUpper[first + k]);
                if (value != 0)
                    (columns[--to], values[to]) = (first + k, value);
            }
        }

        for (; to < _columns; to++, kept++)
            (columns[kept], values[kept]) = (columns[to], values[to]);
        return kept;
    }

    private static double Mean(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (double value in row)
            sum += value;
        return sum / row.Length;
    }
}
