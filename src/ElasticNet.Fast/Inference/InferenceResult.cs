using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Inference;

/// <summary>What is known about one coefficient, on the original scale.</summary>
public readonly record struct CoefficientInference
{
    /// <summary>The feature; −1 for the intercept.</summary>
    public int Feature { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; }

    /// <summary>The estimate; NaN where the method has none.</summary>
    public double Estimate { get; init; }

    /// <summary>Standard error of the estimate; NaN where the method has none.</summary>
    public double StandardError { get; init; }

    /// <summary>Lower end of the interval, maybe −∞.</summary>
    public double Lower { get; init; }

    /// <summary>Upper end of the interval, maybe +∞.</summary>
    public double Upper { get; init; }

    /// <summary>p-value of "this coefficient is 0"; NaN where the method has none.</summary>
    public double PValue { get; init; }

    /// <summary>The p-value adjusted for all tests of the result.</summary>
    public double AdjustedPValue { get; init; }

    /// <summary>
    /// Why the data do not determine this coefficient, what it stands for beside itself, or why the interval is another than was asked
    /// for; null where there is nothing to say.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>Name, estimate, interval and p-values on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"{FeatureName.Shown(Name ?? "")}: {Estimate:g5} ± {StandardError:g3} in [{Lower:g5}, {Upper:g5}], p {PValue:g3}, adjusted {AdjustedPValue:g3}{(Note is null ? "" : $"; {Note}")}");

    /// <summary>This, of c times the feature: what is per unit of cx becomes per unit of x.</summary>
    internal CoefficientInference Times(double c) => this with
    {
        Estimate = c * Estimate,
        StandardError = Math.Abs(c) * StandardError,
        Lower = c * (c > 0 ? Lower : Upper),
        Upper = c * (c > 0 ? Upper : Lower),
    };
}

/// <summary>Estimates, intervals and tests, with what they take for granted.</summary>
public sealed class InferenceResult
{
    internal InferenceResult(string method, string assumptions, double level, PValueAdjustment adjustment, CoefficientInference[] coefficients)
    {
        (Method, Assumptions, Level, Adjustment) = (method, assumptions, level, adjustment);
        double[] adjusted = PValues.Adjust(Array.ConvertAll(coefficients, coefficient => coefficient.PValue), adjustment);
        Coefficients = [.. coefficients.Select((coefficient, k) => coefficient with { AdjustedPValue = adjusted[k] })];
    }

    internal InferenceResult(string method, string assumptions, double level, CoefficientInference[] adjusted) =>
        (Method, Assumptions, Level, Coefficients) = (method, assumptions, level, adjusted);

    /// <summary>The method, with its source.</summary>
    public string Method { get; }

    /// <summary>What must hold for the numbers to mean what they say.</summary>
    public string Assumptions { get; }

    /// <summary>
    /// True for ordinary tests after the same data have chosen the features: p-values are then too small and intervals too narrow, and
    /// serve to compare only.
    /// </summary>
    public bool IsNaiveAfterSelection { get; internal init; }

    /// <summary>Coverage that the intervals are made for.</summary>
    public double Level { get; }

    /// <summary>How <see cref="CoefficientInference.AdjustedPValue"/> was made; None where the method adjusts by itself.</summary>
    public PValueAdjustment Adjustment { get; }

    /// <summary>Standard deviation σ of the noise that the method used; NaN where it used none.</summary>
    public double NoiseDeviation { get; internal init; } = double.NaN;

    /// <summary>Degrees of freedom of <see cref="NoiseDeviation"/>; infinite where it was given.</summary>
    public double ResidualDegreesOfFreedom { get; internal init; } = double.NaN;

    /// <summary>λ of the penalised fit; NaN where there was none, or one for each split.</summary>
    public double Lambda { get; internal init; } = double.NaN;

    /// <summary>Seed of everything random; null where nothing was.</summary>
    public ulong? Seed { get; internal init; }

    /// <summary>How many splits of the method were made; 0 where it makes none.</summary>
    public int Splits { get; internal init; }

    /// <summary>In how many of <see cref="Splits"/> a half could not be fitted, so that it selected or tested nothing: it, or a fold of it, had one class or no event, or features separated its rows. They count as splits that found nothing, which makes p-values larger.</summary>
    public int UnfittedSplits { get; internal init; }

    /// <summary>The coefficients that the method speaks of, by feature; the intercept first where there is one.</summary>
    public IReadOnlyList<CoefficientInference> Coefficients { get; }

    /// <summary>Method, assumptions, a line for each coefficient, and what there is to note of them.</summary>
    public override string ToString() => ToString(isWatched: false);

    /// <summary>The same for a terminal, where long names are cut.</summary>
    internal string ToString(bool isWatched)
    {
        StringBuilder text = new();
        text.Append(Method).Append('\n').Append("assumes ").Append(Assumptions).Append('\n');
        if (IsNaiveAfterSelection)
            text.Append("NAIVE: the same data chose these features; p-values are too small and intervals too narrow\n");
        if (!double.IsNaN(NoiseDeviation))
            text.Append(CultureInfo.InvariantCulture, $"noise deviation {NoiseDeviation:g6}\n");
        if (!double.IsNaN(Lambda))
            text.Append(CultureInfo.InvariantCulture, $"λ = {Lambda:g6}\n");
        if (Seed is { } seed)
            text.Append(CultureInfo.InvariantCulture, $"seed {seed}\n");
        if (UnfittedSplits > 0)
            text.Append(CultureInfo.InvariantCulture, $"in {UnfittedSplits} of {Splits} splits a half could not be fitted (one class, no event, or rows that features separate): they found nothing\n");
        NameColumn names = new("feature", Coefficients.Select(found => found.Name), isWatched);
        string level = string.Create(CultureInfo.InvariantCulture, $"{100 * Level:g4} % interval");
        text.Append(CultureInfo.InvariantCulture, $"{names["feature"]} {"estimate",12} {"std. error",12} {level,27} {"p",10} {"adjusted",10}\n");
        foreach (CoefficientInference c in Coefficients)
            text.Append(CultureInfo.InvariantCulture, $"{names[c.Name]} {c.Estimate,12:g5} {c.StandardError,12:g5} {c.Lower,13:g5} {c.Upper,13:g5} {c.PValue,10:g3} {c.AdjustedPValue,10:g3}\n");
        // What is said of several is said once, with their names unless it names them itself.
        foreach (IGrouping<string, CoefficientInference> said in Coefficients.Where(found => found.Note is not null).GroupBy(found => found.Note!))
        {
            string[] of = [.. said.Select(found => found.Name)];
            string about = said.Key.Contains($"'{FeatureName.Shown(of[0])}'", StringComparison.Ordinal) ? "" : $" on {Dependence.Names(of)}";
            text.Append("note").Append(about).Append(": ").Append(said.Key).Append('\n');
        }

        return text.ToString();
    }
}
