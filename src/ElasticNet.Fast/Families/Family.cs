using ElasticNet.Fast.Families;

namespace ElasticNet.Fast;

/// <summary>
/// Which loss is minimised, as far as files, predictions and words need to know: its link, its measures, its names. What the solvers need
/// of a loss is its datafit. Immutable; two of the same kind and parameter are equal.
/// </summary>
public abstract class Family : IEquatable<Family>
{
    /// <param name="id">What model files store; never given to another family.</param>
    /// <param name="name">As it is typed.</param>
    /// <param name="title">As it stands in sentences.</param>
    /// <param name="link">From the linear predictor to the mean response.</param>
    /// <param name="measures">What its models can be judged by on held-out rows; the first is the default.</param>
    internal Family(uint id, string name, string title, Link link, params Measure[] measures) =>
        (Id, Name, Title, Link, Measures) = (id, name, title, link, Array.AsReadOnly(measures));

    /// <summary>Squared error with the identity link: any finite number as target.</summary>
    public static Family Gaussian { get; } = new GaussianFamily();

    /// <summary>Logistic regression: 0, 1, two labels, or proportions with weights as target; log odds are linear.</summary>
    public static Family Binomial { get; } = new BinomialFamily(Link.Logit, "binomial");

    /// <summary>Binary or proportional targets whose probability is the normal distribution function of the linear predictor.</summary>
    public static Family Probit { get; } = new BinomialFamily(Link.Probit, "binomial (probit)");

    /// <summary>Binary or proportional targets: whether anything happened of what happens at the rate exp η.</summary>
    public static Family ComplementaryLogLog { get; } = new BinomialFamily(Link.ComplementaryLogLog, "binomial (complementary log-log)");

    /// <summary>Counts, or anything not negative, whose variance grows with their mean; logarithmic link.</summary>
    public static Family Poisson { get; } = new PoissonFamily();

    /// <summary>Positive amounts whose standard deviation grows with their mean; logarithmic link.</summary>
    public static Family Gamma { get; } = new GammaFamily();

    /// <summary>Amounts that are often exactly 0 and else positive, as claims are, of variance μᵖ; logarithmic link.</summary>
    /// <param name="power">p, between 1 (Poisson) and 2 (Gamma), neither included.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not.</exception>
    public static Family Tweedie(double power = 1.5)
    {
        if (!(power is > 1 and < 2))
            Throw.OutOfRange(nameof(power), power, "lie between 1 and 2; 1 is Family.Poisson, 2 Family.Gamma");
        return new TweedieFamily(power);
    }

    /// <summary>Counts of variance μ + μ²/k; logarithmic link.</summary>
    /// <param name="size">k &gt; 0; the larger, the closer to Poisson.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is not positive and finite.</exception>
    public static Family NegativeBinomial(double size)
    {
        if (!(size > 0) || !double.IsFinite(size))
            Throw.OutOfRange(nameof(size), size, "be positive and finite");
        return new NegativeBinomialFamily(size);
    }

    /// <summary>A continuous target with outliers: squared error up to δ, absolute error beyond.</summary>
    /// <param name="delta">δ &gt; 0, in units of the target; <see cref="Huber(ReadOnlySpan{double}, ReadOnlySpan{double})"/> chooses one.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is not positive and finite.</exception>
    public static Family Huber(double delta)
    {
        if (!(delta > 0) || !double.IsFinite(delta))
            Throw.OutOfRange(nameof(delta), delta, "be positive and finite");
        return new HuberFamily(delta);
    }

    /// <summary>The same with δ = 1.345·1.4826 times the median distance of the target from its median, which loses 5 % to squared error where there are no outliers (Huber 1981).</summary>
    /// <param name="target">y.</param>
    /// <param name="offset">What the linear predictor begins with; empty means 0.</param>
    /// <exception cref="ArgumentException">More than half of the target is the same: choose δ.</exception>
    public static Family Huber(ReadOnlySpan<double> target, ReadOnlySpan<double> offset = default)
    {
        double[] away = target.ToArray();
        for (int i = 0; i < offset.Length; i++)
            away[i] -= offset[i];
        double center = Median(away);
        for (int i = 0; i < away.Length; i++)
            away[i] = Math.Abs(away[i] - center);
        double delta = 1.345 * 1.4826 * Median(away);
        if (!(delta > 0) || !double.IsFinite(delta))
            Throw.Data(nameof(target), "'target' must spread: half of it or more is the same number, or not finite; choose δ.");
        return new HuberFamily(delta);

        static double Median(double[] values)
        {
            Array.Sort(values);
            return values.Length == 0 ? double.NaN : 0.5 * (values[(values.Length - 1) / 2] + values[values.Length / 2]);
        }
    }

    /// <summary>
    /// Cox's proportional hazards of a survival target (<see cref="Target.Survival"/>), ties as Efron takes them. A prediction is the relative
    /// hazard exp(xᵀβ); there is no intercept, and <see cref="ElasticNetOptions.Intercept"/> is not looked at.
    /// </summary>
    public static Family Cox { get; } = new CoxFamily(isEfron: true);

    /// <summary>The same with ties as Breslow takes them, which is coarser where there are many.</summary>
    public static Family CoxBreslow { get; } = new CoxFamily(isEfron: false);

    /// <summary>
    /// Two or more classes (<see cref="Target.Labels"/> or <see cref="Target.Classes"/>): each has an intercept and coefficients of its own, none is the
    /// reference, and <see cref="Link.Softmax"/> makes probabilities of their linear predictors, which sum to 1. Of the solutions that predict the same the
    /// one of intercepts that sum to 0 and of least penalty is meant.
    /// </summary>
    public static Family Multinomial { get; } = new MultinomialFamily();

    /// <summary>
    /// Squared error of two or more responses (<see cref="Target.Columns"/>), each with an intercept and coefficients of its own; the loss of a row is the sum of
    /// its responses', as they are given: one of large numbers counts more.
    /// </summary>
    public static Family MultiGaussian { get; } = new MultiGaussianFamily();

    /// <summary>All there are without a parameter.</summary>
    internal static Family[] All { get; } = [Gaussian, Binomial, Probit, ComplementaryLogLog, Poisson, Gamma, Cox, CoxBreslow, Multinomial, MultiGaussian];

    /// <summary>The family of what a model file stores; null where there is none.</summary>
    /// <param name="id">The family's.</param>
    /// <param name="link">The link's.</param>
    /// <param name="parameter">Power or size; NaN where there is none.</param>
    internal static Family? Of(uint id, uint link, double parameter) =>
        double.IsNaN(parameter) ? Array.Find(All, known => known.Id == id && known.Link.Id == link)
        : id == 6 && link == Link.Identity.Id && parameter > 0 && double.IsFinite(parameter) ? new HuberFamily(parameter)
        : link != Link.Log.Id ? null
        : id == 4 && parameter is > 1 and < 2 ? new TweedieFamily(parameter)
        : id == 5 && parameter > 0 && double.IsFinite(parameter) ? new NegativeBinomialFamily(parameter)
        : null;

    /// <summary>What model files store.</summary>
    internal uint Id { get; }

    /// <summary>Tweedie's power, the negative binomial's size, Huber's δ; NaN where the family has none.</summary>
    public virtual double Parameter => double.NaN;

    /// <summary>What that is called, as it is typed: "power", "size", "delta"; null where there is none.</summary>
    public virtual string? ParameterName => null;

    /// <summary>Refuses Cox where rows must have a loss of their own, and families of several outputs, whose rows have more than one linear predictor.</summary>
    /// <param name="what">What is refused, as the beginning of a sentence.</param>
    /// <exception cref="NotSupportedException">It is one of them.</exception>
    internal void DemandRowLoss(string what)
    {
        DemandOneOutput(what);
        if (IsSurvival)
            throw new NotSupportedException($"{what} is not offered for Family.Cox, whose loss is no sum over rows: Fit, Path, CrossValidate, Search and Refit are, predictions, and SurvivalAssessment.");
    }

    /// <summary>Refuses families of several outputs.</summary>
    /// <param name="what">What is refused, as the beginning of a sentence.</param>
    /// <exception cref="NotSupportedException">It is one of them.</exception>
    internal void DemandOneOutput(string what)
    {
        if (HasOutputs)
            throw new NotSupportedException($"{what} is not offered for the family {Title}, whose models have an intercept and coefficients for each {OutputNoun}: Fit, Path, CrossValidate and Refit are, and predictions.");
    }

    /// <summary>As it is typed, "gaussian".</summary>
    public string Name { get; }

    /// <summary>As it stands in sentences, "Gaussian".</summary>
    public string Title { get; }

    /// <summary>From the linear predictor to the mean response.</summary>
    public Link Link { get; }

    /// <summary>Whether rows have classes, whose probabilities it predicts: of <see cref="Binomial"/> and its kin that of the event, of <see cref="Multinomial"/> that of each.</summary>
    public bool HasClasses => this is BinomialFamily or MultinomialFamily;

    /// <summary>Whether it predicts one probability, that of an event.</summary>
    internal bool HasEvent => this is BinomialFamily;

    /// <summary>
    /// Whether its models have several outputs, each with an intercept, coefficients and predictions of its own: the classes of <see cref="Multinomial"/>, the
    /// responses of <see cref="MultiGaussian"/>.
    /// </summary>
    public bool HasOutputs => this is MultinomialFamily or MultiGaussianFamily;

    /// <summary>What an output is called, "class" or "response".</summary>
    internal string OutputNoun => this is MultinomialFamily ? "class" : "response";

    /// <summary>The same of several.</summary>
    internal string OutputsNoun => this is MultinomialFamily ? "classes" : "responses";

    /// <summary>Whether the target says how long each row was watched, and whether an event ended that.</summary>
    public bool IsSurvival => this is CoxFamily;

    /// <summary>Whether the deviance is −2 log-likelihood but for a constant, as AIC and its kin need it, or tells the scale that makes it so.</summary>
    internal bool HasLikelihood => this is not TweedieFamily;

    /// <summary>Whether mean and parameter tell a row's variance; of others it is a multiple that must be estimated.</summary>
    internal bool IsDispersionKnown => this is BinomialFamily or PoissonFamily or NegativeBinomialFamily;

    /// <summary>What cross-validation can measure on held-out rows; the first is the default.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>What cross-validation measures unless told otherwise.</summary>
    public Measure DefaultMeasure => Measures[0];

    /// <summary>The name, and the parameter where there is one.</summary>
    public override string ToString() => ParameterName is null ? Name : Throw.Invariant($"{Name} ({ParameterName} {Parameter})");

    /// <summary>Whether loss, link and parameter are the same.</summary>
    public bool Equals(Family? other) => other is not null && Id == other.Id && Link == other.Link && Parameter.Equals(other.Parameter);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Family);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Link.Id, Parameter);

    /// <summary>Whether loss, link and parameter are the same.</summary>
    public static bool operator ==(Family? left, Family? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether loss, link or parameter differ.</summary>
    public static bool operator !=(Family? left, Family? right) => !(left == right);
}
