using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// What a model of a path is judged by without folds; smaller is better. Of the other families the deviance takes the place of n·log(RSS/n) in
/// AIC, AICc, BIC and EBIC (n times its mean, which is −2 log-likelihood but for a constant; of Gamma with the scale that it estimates), and of RSS/n in
/// GCV; leave-one-out is of deviances. Of proportions n is the sum of their weights, which are numbers of trials. Of Cox the deviance is that of the partial likelihood, and n
/// the number of events. Of several outputs n·log(RSS/n) is summed over the responses, each with a variance of its own; AICc and GCV have the n·K numbers of the responses in the place
/// of n, of classes n(K − 1); log n of BIC stays that of the rows, and EBIC counts coefficients, or features where they are in or out for all outputs.
/// </summary>
public enum Criterion
{
    /// <summary>Akaike: n·log(RSS/n) + 2·df.</summary>
    Aic,

    /// <summary>Akaike, corrected for few rows: AIC + 2·df(df + 1)/(n − df − 1). Hurvich and Tsai 1989.</summary>
    Aicc,

    /// <summary>Schwarz: n·log(RSS/n) + df·log n.</summary>
    Bic,

    /// <summary>BIC + 2γ·log C(p, |S|), S the coefficients that are not 0. Chen and Chen 2008.</summary>
    Ebic,

    /// <summary>Generalised cross-validation: (RSS/n)/(1 − df/n)². Golub, Heath and Wahba 1979.</summary>
    Gcv,

    /// <summary>
    /// Approximate leave-one-out squared error: Σᵢ wᵢ(rᵢ/(1 − hᵢ))². Rad and Maleki 2020. It takes the support to stay as a row leaves:
    /// exact for ridge without bounds, close while the support is small beside n, and not to be trusted near saturation (p > n and a small λ),
    /// where cross-validation should choose. Undefined (NaN) where rows have no leverages of their own: of several outputs, of Cox, with groups.
    /// </summary>
    Alo,
}

/// <summary>The criteria of one solution. +∞ where one is undefined: a perfect fit, or as many degrees of freedom as rows (of Cox as events).</summary>
public readonly record struct CriteriaPoint
{
    /// <summary>The strength λ.</summary>
    public double Lambda { get; init; }

    /// <summary>Degrees of freedom Σ hᵢ, the intercept included: how much fitted values move with what they are fitted to.</summary>
    public double DegreesOfFreedom { get; init; }

    /// <summary>Weighted mean of the squared residuals, RSS/n, summed over responses; of families with a link those of the mean response; NaN of classes and of Cox.</summary>
    public double MeanSquaredError { get; init; }

    /// <summary>Weighted mean of the unit deviances; of squared error the same, of Cox the partial deviance over the number of events.</summary>
    public double MeanDeviance { get; init; }

    /// <inheritdoc cref="Criterion.Aic"/>
    public double Aic { get; init; }

    /// <inheritdoc cref="Criterion.Aicc"/>
    public double Aicc { get; init; }

    /// <inheritdoc cref="Criterion.Bic"/>
    public double Bic { get; init; }

    /// <inheritdoc cref="Criterion.Ebic"/>
    public double Ebic { get; init; }

    /// <inheritdoc cref="Criterion.Gcv"/>
    public double Gcv { get; init; }

    /// <inheritdoc cref="Criterion.Alo"/>
    public double Alo { get; init; }

    /// <summary>The value of one criterion.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The criterion is not one of the enumeration.</exception>
    public double this[Criterion criterion]
    {
        get
        {
            switch (criterion)
            {
                case Criterion.Aic: return Aic;
                case Criterion.Aicc: return Aicc;
                case Criterion.Bic: return Bic;
                case Criterion.Ebic: return Ebic;
                case Criterion.Gcv: return Gcv;
                case Criterion.Alo: return Alo;
                default:
                    Throw.OutOfRange(nameof(criterion), criterion, "be a defined criterion");
                    return default;
            }
        }
    }

    /// <summary>λ, degrees of freedom and all criteria on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"λ {Lambda:g6}: {DegreesOfFreedom:0.##} degrees of freedom, mean deviance {MeanDeviance:g6}, AIC {Aic:g6}, AICc {Aicc:g6}, BIC {Bic:g6}, EBIC {Ebic:g6}, GCV {Gcv:g6}, ALO {Alo:g6}");
}

/// <summary>
/// A path and what each of its solutions is worth by criteria that need no folds. n counts the rows of positive weight. Leaving a row out
/// keeps the total penalty nλ and the scales of the columns; then ALO is exact for ridge. Immutable and thread-safe.
/// </summary>
public sealed class PathCriteria
{
    private readonly CriteriaPoint[] _points;
    private readonly ElasticNetModel?[] _models;
    private readonly Family _family;
    private readonly bool _isJoint;

    internal PathCriteria(RegularizationPath path, CriteriaPoint[] points, double gamma, ElasticNetOptions options, Func<PathPoint, BaselineHazard>? baseline = null)
    {
        (Path, _family, _isJoint) = (path, options.Family, CriteriaPass.IsJoint(options));
        Events = options.Times is { } times ? CountEvents(times.Events, options.Weights.Span) : null;
        _points = points;
        EbicGamma = gamma;
        Criterion[] all = Enum.GetValues<Criterion>();
        _models = new ElasticNetModel?[all.Length];
        foreach (Criterion criterion in all)
        {
            int best = Least(criterion);
            _models[(int)criterion] = best < 0 ? null : ModelFactory.Create(path[best], path, options, baseline: baseline?.Invoke(path[best]));
        }
    }

    /// <summary>The solutions, by descending λ.</summary>
    public RegularizationPath Path { get; }

    /// <summary>The criteria of each solution of <see cref="Path"/>.</summary>
    public IReadOnlyList<CriteriaPoint> Points => _points;

    /// <summary>γ of <see cref="Criterion.Ebic"/>.</summary>
    public double EbicGamma { get; }

    /// <summary>Events in rows of positive weight; null where the target is none of survival.</summary>
    internal int? Events { get; }

    /// <summary>How many numbers the solutions are fitted to: rows, or events, or as many as the outputs of all rows can be told apart by.</summary>
    internal double Numbers => Events ?? (Path.OutputNames is not { Count: var outputs } ? Path.Rows : (double)Path.Rows * (outputs - (_family.HasClasses ? 1 : 0)));

    /// <summary>The place on the path where a criterion is least; ties go to the larger λ.</summary>
    /// <exception cref="InvalidOperationException">The criterion is undefined along the whole path.</exception>
    public int Best(Criterion criterion)
    {
        int best = Least(criterion);
        return best >= 0 ? best : throw Undefined(criterion);
    }

    /// <summary>The place where a criterion is least, if it is defined anywhere on the path.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <param name="best">The place; meaningless otherwise.</param>
    public bool TryBest(Criterion criterion, out int best)
    {
        best = Least(criterion);
        return best >= 0;
    }

    /// <summary>The λ where a criterion is least.</summary>
    /// <inheritdoc cref="Best"/>
    public double Lambda(Criterion criterion) => _points[Best(criterion)].Lambda;

    /// <summary>The model where a criterion is least.</summary>
    /// <inheritdoc cref="Best"/>
    public ElasticNetModel Model(Criterion criterion)
    {
        Best(criterion);
        return _models[(int)criterion]!;
    }

    /// <summary>What is to be said about the choice in words: a flat curve, ties, a best λ at an edge of the grid, saturation. Empty where nothing is.</summary>
    /// <inheritdoc cref="Best"/>
    public IReadOnlyList<TuningFinding> Diagnosis(Criterion criterion) => TuningDiagnosis.Of(this, criterion);

    /// <summary>A line for each criterion with the λ where it is least, culture-invariant.</summary>
    public override string ToString()
    {
        string text = Throw.Invariant($"criteria along {_points.Length} λ, γ of EBIC {EbicGamma}\n");
        foreach (Criterion criterion in Enum.GetValues<Criterion>())
        {
            text += TryBest(criterion, out int best)
                ? Throw.Invariant($"{criterion.ToString().ToLowerInvariant(),-4} λ {_points[best].Lambda:g6}: {_points[best][criterion]:g6}, {Path[best].Fit.NonZeroCount} {(Path.OutputNames is null ? "coefficients not 0" : "features")}\n")
                : Throw.Invariant($"{criterion.ToString().ToLowerInvariant(),-4} undefined\n");
        }

        return text;
    }

    private int Least(Criterion criterion)
    {
        int best = -1;
        for (int k = 0; k < _points.Length; k++)
        {
            double value = _points[k][criterion];
            if (double.IsFinite(value) && (best < 0 || value < _points[best][criterion]))
                best = k;
        }

        return best;
    }

    private static int CountEvents(ReadOnlySpan<double> events, ReadOnlySpan<double> weights)
    {
        int count = 0;
        for (int i = 0; i < events.Length; i++)
            count += events[i] != 0 && (weights.IsEmpty || weights[i] > 0) ? 1 : 0;
        return count;
    }

    private InvalidOperationException Undefined(Criterion criterion)
    {
        if (!_family.HasLikelihood && criterion is (Criterion.Aic or Criterion.Aicc or Criterion.Bic or Criterion.Ebic))
            return new($"{criterion} is undefined for the family {_family.Title}, whose likelihood has no closed form; {Criterion.Gcv}, {Criterion.Alo} or cross-validation can choose.");
        if (_isJoint && criterion == Criterion.Alo)
            return new($"{criterion} is undefined {(_family.HasOutputs || _family.IsSurvival ? $"for the family {_family.Title}" : "with groups")}, where leaving a row out is no change of its own leverage; the other criteria or cross-validation can choose.");
        return new(Throw.Invariant(
            $"{criterion} is undefined at all {_points.Length} λ of the path over {Path.Rows} rows: every fit is perfect or has about as many degrees of freedom as rows. Larger λ, more rows, or cross-validation can choose."));
    }
}
