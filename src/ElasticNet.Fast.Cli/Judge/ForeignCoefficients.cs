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

    /// <summary>A coefficient for each feature; of several outputs those of a feature side by side.</summary>
    public required double[] Values { get; init; }

    /// <summary>One for each output; null where none was fitted.</summary>
    public required double[]? Intercepts { get; init; }

    /// <summary>What several classes or responses are called; empty where there is one output.</summary>
    public string[] OutputNames { get; init; } = [];

    /// <summary>The number of outputs.</summary>
    public int Outputs => Math.Max(OutputNames.Length, 1);

    /// <summary>Whether the coefficients of a feature for all outputs are penalised by their norm.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>The family, by its canonical names there: gaussian, binomial, poisson, gamma, multinomial, multigaussian, cox.</summary>
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
        Family family = FamilyOf(root, glmnet);
        bool isInverse = !glmnet && family.HasClasses, isSeveral = family.HasOutputs;
        string[] known = glmnet ? ["family", "intercept", "coefficients", "lambda", "alpha", "standardize", "penalty_factor", .. family == Family.Multinomial ? ["grouped"] : Array.Empty<string>()]
            : ["family", "intercept", "coefficients", isInverse ? "C" : "alpha", "l1_ratio"];
        foreach (JsonProperty property in root.EnumerateObject())
            Demand(known.Contains(property.Name), $"there is no '{property.Name}' for this objective; there are {string.Join(", ", known)}");
        Demand(root.TryGetProperty("coefficients", out JsonElement coefficients) && coefficients.ValueKind == JsonValueKind.Object && coefficients.EnumerateObject().Any(),
            "'coefficients' must be an object of a number for each feature, those that are 0 included");
        string[] outputs = isSeveral ? [.. coefficients.EnumerateObject().Select(property => property.Name)] : [];
        JsonElement first = isSeveral ? coefficients.EnumerateObject().First().Value : coefficients;
        Demand(!isSeveral || (outputs.Length > 1 && outputs.Distinct().Count() == outputs.Length && coefficients.EnumerateObject().All(one => one.Value.ValueKind == JsonValueKind.Object)),
            $"'coefficients' of the family {family} must be an object of an object for each {family.OutputNoun}, two or more, with a number for each feature");
        string[] names = [.. first.EnumerateObject().Select(property => property.Name)];
        Demand(names.Length > 0 && names.Distinct().Count() == names.Length, "'coefficients' must name each feature once");
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
            Values = isSeveral ? Transposed([.. coefficients.EnumerateObject().Select(one => Named(one.Value, names, $"of '{one.Name}'"))])
                : [.. coefficients.EnumerateObject().Select(property => Number(property.Value, $"the coefficient of '{property.Name}'", double.MinValue, double.MaxValue))],
            Intercepts = !root.TryGetProperty("intercept", out JsonElement intercept) || intercept.ValueKind == JsonValueKind.Null ? null
                : isSeveral ? Named(intercept, outputs, "of 'intercept'") : [Number(intercept, "'intercept'", double.MinValue, double.MaxValue)],
            OutputNames = outputs,
            // Of several responses neither package has another penalty.
            IsGrouped = family == Family.MultiGaussian || (root.TryGetProperty("grouped", out JsonElement grouped) && Boolean(grouped, "grouped")),
            Family = family,
            Lambda = isInverse ? 1 / Inverse(root) : Number(root, glmnet ? "lambda" : "alpha", double.MaxValue),
            IsInverse = isInverse,
            L1Ratio = Number(root, glmnet ? "alpha" : "l1_ratio", 1),
            Standardize = glmnet && (!root.TryGetProperty("standardize", out JsonElement standardize) || Boolean(standardize, "standardize")),
            Factors = factors,
        };
    }

    private static Family FamilyOf(JsonElement root, bool glmnet)
    {
        if (!root.TryGetProperty("family", out JsonElement given))
            return Family.Gaussian;
        // glmnet knows Breslow's rule for ties, and calls several responses otherwise.
        Family[] known = [Family.Gaussian, Family.Binomial, Family.Poisson, Family.Gamma, Family.Multinomial, Family.MultiGaussian, .. glmnet ? [Family.CoxBreslow] : Array.Empty<Family>()];
        string? name = given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        Family? family = Array.Find(known, one => one.Name == (name == "mgaussian" ? "multigaussian" : name));
        Demand(family is not null, $"'family' ({given.GetRawText()}) must be {string.Join(", ", known[..^1].Select(one => one.Name))} or {known[^1].Name}{(glmnet ? "" : ", for this objective")}");
        return family!;
    }

    // A number for each name, in the order of the names.
    private static double[] Named(JsonElement of, string[] names, string whose)
    {
        Demand(of.ValueKind == JsonValueKind.Object && of.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal)),
            $"the numbers {whose} must be an object of {string.Join(", ", names.Take(5).Select(name => $"'{name}'"))}{(names.Length > 5 ? ", …" : "")}, each once");
        return [.. names.Select(name => Number(of.GetProperty(name), $"'{name}' {whose}", double.MinValue, double.MaxValue))];
    }

    private static double[] Transposed(double[][] byOutput) => [.. Enumerable.Range(0, byOutput[0].Length).SelectMany(j => byOutput.Select(one => one[j]))];

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

    private static bool Boolean(JsonElement value, string name)
    {
        Demand(value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"'{name}' ({value.GetRawText()}) must be true or false");
        return value.GetBoolean();
    }

    private static void Demand(bool condition, string message)
    {
        if (!condition)
            throw new CsvDataException(message);
    }
}
