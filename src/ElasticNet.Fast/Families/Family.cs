using ElasticNet.Fast.Families;

namespace ElasticNet.Fast;

/// <summary>
/// Which loss is minimised, as far as files, predictions and words need to know: its link, its measures, its names. What the solvers need
/// of a loss is its datafit. There is one of each kind. Immutable.
/// </summary>
public abstract class Family
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
    public static Family Binomial { get; } = new BinomialFamily();

    /// <summary>Counts, or anything not negative, whose variance grows with their mean; logarithmic link.</summary>
    public static Family Poisson { get; } = new PoissonFamily();

    /// <summary>Positive amounts whose standard deviation grows with their mean; logarithmic link.</summary>
    public static Family Gamma { get; } = new GammaFamily();

    /// <summary>All there are.</summary>
    internal static Family[] All { get; } = [Gaussian, Binomial, Poisson, Gamma];

    /// <summary>What model files store.</summary>
    internal uint Id { get; }

    /// <summary>As it is typed, "gaussian".</summary>
    public string Name { get; }

    /// <summary>As it stands in sentences, "Gaussian".</summary>
    public string Title { get; }

    /// <summary>From the linear predictor to the mean response.</summary>
    public Link Link { get; }

    /// <summary>What cross-validation can measure on held-out rows; the first is the default.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>What cross-validation measures unless told otherwise.</summary>
    public Measure DefaultMeasure => Measures[0];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
