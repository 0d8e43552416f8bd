using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Inference;

/// <summary>A line of a table of unpenalised coefficients, on the original scale and that of the link.</summary>
public readonly record struct ClassicalCoefficient
{
    /// <summary>The feature; −1 for the intercept.</summary>
    public int Feature { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; }

    /// <summary>The estimate.</summary>
    public double Estimate { get; init; }

    /// <summary>Its standard error.</summary>
    public double StandardError { get; init; }

    /// <summary>Estimate over standard error: t, or z where the family knows its variance.</summary>
    public double Statistic { get; init; }

    /// <summary>Two-sided p-value of "this coefficient is 0".</summary>
    public double PValue { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public double Lower { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public double Upper { get; init; }

    /// <summary>Name, estimate, statistic, p-value and interval on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"{FeatureName.Shown(Name ?? "")}: {Estimate:g5} ± {StandardError:g3}, statistic {Statistic:g4}, p {PValue:g3}, in [{Lower:g5}, {Upper:g5}]");
}

/// <summary>The summary of an unpenalised model, as R's <c>lm</c> and <c>glm</c> print it. What a family does not have is NaN. Immutable.</summary>
public sealed class ClassicalTable
{
    internal ClassicalTable(Family family, StandardErrors errors, double level, ClassicalCoefficient[] coefficients) =>
        (Family, Errors, Level, Coefficients) = (family, errors, level, Array.AsReadOnly(coefficients));

    /// <summary>The family.</summary>
    public Family Family { get; }

    /// <summary>What standard errors take for granted.</summary>
    public StandardErrors Errors { get; }

    /// <summary>Coverage that the intervals are made for.</summary>
    public double Level { get; }

    /// <summary>The intercept first where there is one, then the features in the order of the columns.</summary>
    public IReadOnlyList<ClassicalCoefficient> Coefficients { get; }

    /// <summary>
    /// True where these rows have chosen the features: p-values are then too small and intervals too narrow, and serve to compare only.
    /// </summary>
    public bool IsNaiveAfterSelection { get; internal init; }

    /// <summary>What must hold for the numbers to mean what they say.</summary>
    public string Assumptions { get; internal init; } = "";

    /// <summary>Rows of positive weight, n.</summary>
    public int Rows { get; internal init; }

    /// <summary>n less the number of coefficients, the intercept among them.</summary>
    public int ResidualDegreesOfFreedom { get; internal init; }

    /// <summary>Whether <see cref="ClassicalCoefficient.Statistic"/> is z, and p-values are those of the normal distribution: the family knows its variance.</summary>
    public bool IsDispersionKnown { get; internal init; }

    /// <summary>What variances are multiples of: 1 where the family knows it, else Pearson's χ² over the residual degrees of freedom; of squared error σ̂².</summary>
    public double Dispersion { get; internal init; }

    /// <summary>√<see cref="Dispersion"/>: σ̂ of squared error, √(Σw(y − ŷ)²/(n − k)).</summary>
    public double ResidualStandardError => Math.Sqrt(Dispersion);

    /// <summary>Twice the loss of the model above that of fitted values that equal y; of squared error Σw(y − ŷ)².</summary>
    public double Deviance { get; internal init; }

    /// <summary>The same of the model with intercept and offset only.</summary>
    public double NullDeviance { get; internal init; }

    /// <summary>Of squared error, the share of variation about the mean that is explained, or about 0 without an intercept; the offset taken off. Else NaN.</summary>
    public double RSquared { get; internal init; } = double.NaN;

    /// <summary>R² less what as many columns of noise would explain.</summary>
    public double AdjustedRSquared { get; internal init; } = double.NaN;

    /// <summary>
    /// Of squared error, the statistic of "all coefficients but the intercept are 0", by the same standard errors as the table: the F of <c>lm</c>, or
    /// with <see cref="StandardErrors.HC3"/> that of Wald. NaN for other families, and where there is nothing to test.
    /// </summary>
    public double F { get; internal init; } = double.NaN;

    /// <summary>How many coefficients <see cref="F"/> tests.</summary>
    public int Tested { get; internal init; }

    /// <summary>The p-value of <see cref="F"/>.</summary>
    public double FPValue { get; internal init; } = double.NaN;

    /// <summary>As a person reads it: a line for each coefficient, and what is known of the whole.</summary>
    public override string ToString() => ToString(isWatched: false);

    /// <summary>The same for a terminal, where long names are cut.</summary>
    internal string ToString(bool isWatched)
    {
        StringBuilder text = new();
        bool squares = Family == Family.Gaussian;
        text.Append(squares ? "least squares" : $"maximum likelihood, {Family.Title}, {Family.Link.Name} link")
            .Append(CultureInfo.InvariantCulture, $", {Rows} rows; standard errors {(Errors == StandardErrors.HC3 ? "robust (HC3)" : "classical")}\n")
            .Append("assumes ").Append(Assumptions).Append('\n');
        if (IsNaiveAfterSelection)
            text.Append("NAIVE: the same data chose these features; p-values are too small and intervals too narrow\n");
        NameColumn names = new("feature", Coefficients.Select(found => found.Name), isWatched);
        string level = string.Create(CultureInfo.InvariantCulture, $"{100 * Level:g4} % interval");
        text.Append(CultureInfo.InvariantCulture, $"{names["feature"]} {"estimate",12} {"std. error",12} {(IsDispersionKnown ? "z" : "t"),9} {"p",10} {level,27}\n");
        foreach (ClassicalCoefficient c in Coefficients)
            text.Append(CultureInfo.InvariantCulture, $"{names[c.Name]} {c.Estimate,12:g6} {c.StandardError,12:g5} {c.Statistic,9:g4} {c.PValue,10:g3} {c.Lower,13:g5} {c.Upper,13:g5}\n");
        if (squares)
        {
            text.Append(CultureInfo.InvariantCulture, $"residual standard error {ResidualStandardError:g5} on {ResidualDegreesOfFreedom} degrees of freedom\n");
            if (!double.IsNaN(RSquared))
                text.Append(CultureInfo.InvariantCulture, $"R² {RSquared:0.0000}, adjusted {AdjustedRSquared:0.0000}\n");
            if (!double.IsNaN(F))
                text.Append(CultureInfo.InvariantCulture, $"F {F:g5} on {Tested} and {ResidualDegreesOfFreedom} degrees of freedom, p {FPValue:g4}\n");
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"dispersion {Dispersion:g6} ({(IsDispersionKnown ? "the family's" : "estimated from Pearson's residuals")})\n");
        text.Append(CultureInfo.InvariantCulture, $"deviance {NullDeviance:g6} of the null model, {Deviance:g6} of this one on {ResidualDegreesOfFreedom} degrees of freedom\n");
        return text.ToString();
    }
}
