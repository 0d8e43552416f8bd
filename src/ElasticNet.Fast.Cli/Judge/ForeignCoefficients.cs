using System.Text.Json;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Judge;

/// <summary>Whose objective: the names of parameters and what they mean.</summary>
internal enum ForeignObjective
{
    /// <summary>glmnet's: lambda and alpha, standardised columns; of the Gaussian family the ridge term divided by sd(y).</summary>
    Glmnet,

    /// <summary>scikit-learn's ElasticNet, LogisticRegression (C in place of alpha), PoissonRegressor and GammaRegressor: columns as they are.</summary>
    ScikitLearn,
}

/// <summary>Somebody else's coefficients and the parameters they were fitted with, as VERIFY.md has them.</summary>
internal sealed record ForeignCoefficients
{
    public required string[] Names { get; init; }

    public required double[] Values { get; init; }

    /// <summary>Null where none was fitted.</summary>
    public required double? Intercept { get; init; }

    /// <summary>The family, by its canonical names there: gaussian, binomial, poisson, gamma.</summary>
    public required Family Family { get; init; }

    /// <summary>λ: glmnet's lambda, scikit-learn's alpha; of LogisticRegression 1/C, to be divided by the sum of the weights.</summary>
    public required double Lambda { get; init; }

    /// <summary>Whether the strength is LogisticRegression's C.</summary>
    public bool IsInverse { get; init; }

    /// <summary>ρ: glmnet's alpha, scikit-learn's l1_ratio.</summary>
    public required double L1Ratio { get; init; }

    public required bool Standardize { get; init; }

    /// <summary>glmnet's penalty.factor; null means 1.</summary>
    public required double[]? Factors { get; init; }

    /// <summary>Reads and checks.</summary>
    /// <exception cref="CsvDataException">The file is no JSON of the form.</exception>
    public static ForeignCoefficients Read(string path, ForeignObjective objective)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(InputFile.Existing(path)));
            return Parse(document.RootElement, objective);
        }
        catch (JsonException exception)
        {
            throw new CsvDataException($"'{path}' must be JSON: {exception.Message}", exception);
        }
    }

    private static ForeignCoefficients Parse(JsonElement root, ForeignObjective objective)
    {
        bool glmnet = objective == ForeignObjective.Glmnet;
        Demand(root.ValueKind == JsonValueKind.Object, "the coefficients must be one JSON object");
        Family family = FamilyOf(root);
        bool isInverse = !glmnet && family == Family.Binomial;
        string[] known = glmnet ? ["family", "intercept", "coefficients", "lambda", "alpha", "standardize", "penalty_factor"] : ["family", "intercept", "coefficients", isInverse ? "C" : "alpha", "l1_ratio"];
        foreach (JsonProperty property in root.EnumerateObject())
            Demand(known.Contains(property.Name), $"there is no '{property.Name}' for this objective; there are {string.Join(", ", known)}");
        Demand(root.TryGetProperty("coefficients", out JsonElement coefficients) && coefficients.ValueKind == JsonValueKind.Object && coefficients.EnumerateObject().Any(),
            "'coefficients' must be an object of a number for each feature, those that are 0 included");
        string[] names = [.. coefficients.EnumerateObject().Select(property => property.Name)];
        Demand(names.Distinct().Count() == names.Length, "'coefficients' must name each feature once");
        double[]? factors = null;
        if (root.TryGetProperty("penalty_factor", out JsonElement given))
        {
            Demand(given.ValueKind == JsonValueKind.Object, "'penalty_factor' must be an object of a number for each feature that has another than 1");
            factors = [.. names.Select(_ => 1.0)];
            foreach (JsonProperty property in given.EnumerateObject())
            {
                Demand(names.Contains(property.Name), $"'penalty_factor' names '{property.Name}', which is no feature");
                factors[Array.IndexOf(names, property.Name)] = Number(property.Value, $"the penalty factor of '{property.Name}'", 0, double.MaxValue);
            }

            Demand(factors.Any(factor => factor > 0), "'penalty_factor' must not be 0 for all features");
        }

        return new()
        {
            Names = names,
            Values = [.. coefficients.EnumerateObject().Select(property => Number(property.Value, $"the coefficient of '{property.Name}'", double.MinValue, double.MaxValue))],
            Intercept = root.TryGetProperty("intercept", out JsonElement intercept) && intercept.ValueKind != JsonValueKind.Null ? Number(intercept, "'intercept'", double.MinValue, double.MaxValue) : null,
            Family = family,
            Lambda = isInverse ? 1 / Inverse(root) : Number(root, glmnet ? "lambda" : "alpha", double.MaxValue),
            IsInverse = isInverse,
            L1Ratio = Number(root, glmnet ? "alpha" : "l1_ratio", 1),
            Standardize = glmnet && (!root.TryGetProperty("standardize", out JsonElement standardize) || Boolean(standardize)),
            Factors = factors,
        };
    }

    private static Family FamilyOf(JsonElement root)
    {
        if (!root.TryGetProperty("family", out JsonElement given))
            return Family.Gaussian;
        Family[] known = [Family.Gaussian, Family.Binomial, Family.Poisson, Family.Gamma];
        Family? family = given.ValueKind == JsonValueKind.String ? Array.Find(known, one => one.Name == given.GetString()) : null;
        Demand(family is not null, $"'family' ({given.GetRawText()}) must be gaussian, binomial, poisson or gamma");
        return family!;
    }

    private static double Inverse(JsonElement root)
    {
        double value = Number(root, "C", double.MaxValue);
        Demand(value > 0, "'C' (0) must be above 0");
        return value;
    }

    private static double Number(JsonElement root, string name, double most)
    {
        Demand(root.TryGetProperty(name, out JsonElement value), $"there must be a number '{name}'");
        return Number(value, $"'{name}'", 0, most);
    }

    private static double Number(JsonElement value, string what, double least, double most)
    {
        double number = 0;
        Demand(value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && number >= least && number <= most,
            least < 0 ? $"{what} ({value.GetRawText()}) must be a finite number" : most == 1 ? $"{what} ({value.GetRawText()}) must be a number in [0, 1]" : $"{what} ({value.GetRawText()}) must be a finite number ≥ 0");
        return number;
    }

    private static bool Boolean(JsonElement value)
    {
        Demand(value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"'standardize' ({value.GetRawText()}) must be true or false");
        return value.GetBoolean();
    }

    private static void Demand(bool condition, string message)
    {
        if (!condition)
            throw new CsvDataException(message);
    }
}
