namespace ElasticNet.Fast.Adversary;

/// <summary>
/// The problem in numbers that neither overflow nor vanish: rows of positive weight only, each column and the response divided by
/// a power of two (exactly), weights summing to 1. With an intercept columns are also held centred, and the intercept is profiled out.
/// </summary>
internal sealed class ScaledProblem
{
    /// <summary>A column (or response) whose spread is within so many ulps of its size may count as constant.</summary>
    public const double ConstantUlps = 64;

    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Strengths below count as 0 and those above as this; in the units of here neither makes a difference.</summary>
    private const double Least = 1e-200, Most = 1e150;
    private readonly HostileProblem _given;
    private readonly double[] _raw;           // columns, scaled
    private readonly DoubleDouble[] _target;  // y − o, scaled
    private readonly int[] _exponents;
    private readonly int _responseExponent;

    public ScaledProblem(HostileProblem given)
    {
        _given = given;
        int[] kept = [.. Enumerable.Range(0, given.Rows).Where(i => given.Weight(i) > 0)];
        Rows = kept.Length;
        Columns = given.Columns;
        Intercept = given.Intercept;
        Weights = NormalWeights(given, kept);
        RootWeights = Array.ConvertAll(Weights, DoubleDouble.Sqrt);
        _target = Response(given, kept, out _responseExponent);
        Centred = (DoubleDouble[])_target.Clone();
        Center(Centred);
        HalfNull = 0.5 * DoubleDouble.Dot(Weighted(Centred), Centred);
        double largest = kept.Max(i => Math.Abs(given.Y[i])), away = given.Offset.Length == 0 ? 0 : kept.Max(i => Math.Abs(given.Offset[i]));
        double noise = ConstantUlps * Math.ScaleB(Math.Max(largest, away) * Epsilon, -_responseExponent);
        ResponseMayBeConstant = Intercept && Centred.Max(t => Math.Abs(t.High)) <= noise;

        _raw = new double[(long)Rows * Columns];
        _exponents = new int[Columns];
        CentredColumns = new DoubleDouble[(long)Rows * Columns];
        Deviations = new DoubleDouble[Columns];
        Norms = new DoubleDouble[Columns];
        Pinned = new bool[Columns];
        MayBeConstant = new bool[Columns];
        for (int j = 0; j < Columns; j++)
            TakeColumn(j, kept);
        foreach (int j in given.Excluded)
            Pinned[j] = true;
    }

    public int Rows { get; }

    public int Columns { get; }

    public bool Intercept { get; }

    /// <summary>Σ = 1.</summary>
    public DoubleDouble[] Weights { get; }

    public DoubleDouble[] RootWeights { get; }

    /// <summary>The response, less its mean with an intercept.</summary>
    public DoubleDouble[] Centred { get; }

    /// <summary>Half the null deviance.</summary>
    public DoubleDouble HalfNull { get; }

    public bool ResponseMayBeConstant { get; }

    /// <summary>All columns, less their means with an intercept.</summary>
    public DoubleDouble[] CentredColumns { get; }

    /// <summary>sⱼ, scaled.</summary>
    public DoubleDouble[] Deviations { get; }

    /// <summary>Weighted norm of <see cref="Column"/>.</summary>
    public DoubleDouble[] Norms { get; }

    /// <summary>Columns whose coefficient is 0 by definition.</summary>
    public bool[] Pinned { get; }

    /// <summary>Columns that may count as constant, and then have the coefficient 0.</summary>
    public bool[] MayBeConstant { get; }

    public ReadOnlySpan<DoubleDouble> Column(int j) => CentredColumns.AsSpan(j * Rows, Rows);

    /// <summary>A response of the user's in the units of here.</summary>
    public double ScaledResponse(double value) => Math.ScaleB(value, -_responseExponent);

    /// <summary>A coefficient of the user's in the units of here.</summary>
    public double Scaled(int column, double coefficient) => Math.ScaleB(coefficient, _exponents[column] - _responseExponent);

    /// <summary>The λ at which the first coefficient stirs, roughly, in the user's units.</summary>
    public double LambdaScale(double l1Ratio)
    {
        DoubleDouble[] weighted = Weighted(Centred);
        double largest = 0;
        for (int j = 0; j < Columns; j++)
        {
            if (Pinned[j] || Norms[j].IsZero)
                continue;
            double unit = _given.Standardize ? Deviations[j].High : Math.ScaleB(1, -_exponents[j]);
            largest = Math.Max(largest, Math.Abs(DoubleDouble.Dot(Column(j), weighted).High) / unit);
        }

        return Math.ScaleB(largest / Math.Max(l1Ratio, 1e-3), _responseExponent);
    }

    /// <summary>t − b − Xβ, as returned and scaled.</summary>
    public DoubleDouble[] Residual(double intercept, ReadOnlySpan<double> beta)
    {
        DoubleDouble[] r = (DoubleDouble[])_target.Clone();
        double b = Math.ScaleB(intercept, -_responseExponent);
        for (int i = 0; i < Rows; i++)
            r[i] -= b;
        for (int j = 0; j < Columns; j++)
        {
            double coefficient = -beta[j];
            if (coefficient == 0)
                continue;
            ReadOnlySpan<double> x = _raw.AsSpan(j * Rows, Rows);
            for (int i = 0; i < r.Length; i++)
                r[i] += DoubleDouble.Product(x[i], coefficient);
        }

        return r;
    }

    /// <summary>w∘u.</summary>
    public DoubleDouble[] Weighted(ReadOnlySpan<DoubleDouble> u)
    {
        DoubleDouble[] result = new DoubleDouble[Rows];
        for (int i = 0; i < result.Length; i++)
            result[i] = Weights[i] * u[i];
        return result;
    }

    /// <summary>With an intercept: subtracts the weighted mean, twice.</summary>
    public void Center(Span<DoubleDouble> u)
    {
        for (int round = 0; Intercept && round < 2; round++)
            Shift(u, DoubleDouble.Dot(Weights, u));
    }

    /// <summary>l1ⱼ and l2ⱼ at one λ: penaltyⱼ(β) = l1ⱼ|β| + ½l2ⱼβ² in the units of here.</summary>
    public Penalty At(double lambda)
    {
        Penalty penalty = new(Columns);
        (double lambdaPart, int lambdaExponent) = Parts(lambda);
        DoubleDouble rest = DoubleDouble.Sum(1, -_given.L1Ratio);
        (double ratioPart, int ratioExponent) = Parts(_given.L1Ratio);
        for (int j = 0; j < Columns; j++)
        {
            (double factorPart, int factorExponent) = Parts(_given.Factor(j));
            DoubleDouble strength = DoubleDouble.Product(lambdaPart, factorPart);
            int exponent = lambdaExponent + factorExponent, unit = _given.Standardize ? 0 : -_exponents[j];
            DoubleDouble s = _given.Standardize ? Deviations[j] : 1;
            penalty.L1[j] = DoubleDouble.Scale(strength * ratioPart * s, exponent + ratioExponent + unit - _responseExponent, Least, Most);
            penalty.L2[j] = DoubleDouble.Scale(strength * rest * s * s, exponent + 2 * unit, Least, Most);
            penalty.Lower[j] = Scaled(j, _given.LowerBound(j));
            penalty.Upper[j] = Scaled(j, _given.UpperBound(j));
        }

        return penalty;
    }

    private static (double Part, int Exponent) Parts(double value)
    {
        if (value == 0)
            return (0, 0);
        int exponent = Math.ILogB(value);
        return (Math.ScaleB(value, -exponent), exponent);
    }

    private static DoubleDouble[] NormalWeights(HostileProblem given, int[] kept)
    {
        int exponent = Math.ILogB(kept.Max(given.Weight));
        DoubleDouble[] weights = Array.ConvertAll(kept, i => (DoubleDouble)Math.ScaleB(given.Weight(i), -exponent));
        DoubleDouble sum = 0;
        foreach (DoubleDouble weight in weights)
            sum += weight;
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static DoubleDouble[] Response(HostileProblem given, int[] kept, out int exponent)
    {
        // Halved before the difference, which then cannot overflow.
        int high = kept.Max(i => Math.Max(Exponent(given.Y[i]), given.Offset.Length == 0 ? int.MinValue : Exponent(given.Offset[i])));
        int first = high == int.MinValue ? 0 : high;
        DoubleDouble[] t = Array.ConvertAll(kept, i => DoubleDouble.Sum(
            Math.ScaleB(given.Y[i], -first), given.Offset.Length == 0 ? 0 : -Math.ScaleB(given.Offset[i], -first)));
        double widest = t.Max(v => Math.Abs(v.High));
        int second = widest == 0 ? 0 : Math.ILogB(widest);
        exponent = first + second;
        return Array.ConvertAll(t, v => DoubleDouble.Scale(v, -second));
    }

    private static int Exponent(double value) => value == 0 ? int.MinValue : Math.ILogB(value);

    private void TakeColumn(int j, int[] kept)
    {
        ReadOnlySpan<double> given = _given.X.AsSpan(j * _given.Rows, _given.Rows);
        double size = 0;
        foreach (int i in kept)
            size = Math.Max(size, Math.Abs(given[i]));
        int exponent = _exponents[j] = size == 0 ? 0 : Math.ILogB(size);
        Span<double> raw = _raw.AsSpan(j * Rows, Rows);
        Span<DoubleDouble> centred = CentredColumns.AsSpan(j * Rows, Rows);
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int k = 0; k < kept.Length; k++)
        {
            raw[k] = Math.ScaleB(given[kept[k]], -exponent);
            centred[k] = DoubleDouble.Sum(raw[k], -raw[0]);
            least = Math.Min(least, raw[k]);
            most = Math.Max(most, raw[k]);
        }

        for (int round = 0; round < 2; round++)
            Shift(centred, DoubleDouble.Dot(Weights, centred));
        Deviations[j] = DoubleDouble.Sqrt(DoubleDouble.Dot(Weighted(centred), centred));
        if (!Intercept)
        {
            for (int k = 0; k < kept.Length; k++)
                centred[k] = raw[k];
        }

        Norms[j] = DoubleDouble.Sqrt(DoubleDouble.Dot(Weighted(centred), centred));
        bool ordinary = !_given.Intercept && !_given.Standardize;
        Pinned[j] = size == 0 || (least == most && !ordinary) || (_given.LowerBound(j) == 0 && _given.UpperBound(j) == 0);
        MayBeConstant[j] = !ordinary && most - least <= ConstantUlps * Epsilon * Math.ScaleB(size, -exponent);
    }

    private static void Shift(Span<DoubleDouble> u, DoubleDouble by)
    {
        for (int i = 0; i < u.Length; i++)
            u[i] -= by;
    }
}
