namespace ElasticNet.Fast.Cli;

/// <summary>The options of <c>enet fit</c> that say how columns become features.</summary>
internal sealed record PreparationSettings
{
    /// <summary>What they come to.</summary>
    public required PreparationOptions Options { get; init; }

    /// <summary>Whether any of them was given; without, a table of numbers is fitted as it is.</summary>
    public required bool IsGiven { get; init; }

    /// <summary>Whether incomplete rows are left out.</summary>
    public bool DropsRows => Options.Imputation == ImputationMethod.DropRows;

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed, out of range, or has no effect beside the others.</exception>
    public static PreparationSettings Parse(
        string? impute, string? fillValue, string? neighbors, string? neighborWeights, string? rounds, string? regression, string? matching, string? imputations, string? seed, bool indicators, string? scale,
        string? encode, string? reference, string? minLevelCount, string? unknownLevels)
    {
        Needs(fillValue, "--fill-value", impute, "constant");
        Needs(neighbors, "--neighbors", impute, "knn");
        Needs(neighborWeights, "--neighbor-weights", impute, "knn");
        Needs(imputations, "--imputations", impute, "multiple");
        if (rounds is not null && impute is not ("iterative" or "multiple"))
            throw new UsageException("--rounds is for --impute iterative or multiple");
        if (regression is not null && impute is not ("iterative" or "multiple"))
            throw new UsageException("--regression is for --impute iterative or multiple");
        if (matching is not null && impute is not ("iterative" or "multiple"))
            throw new UsageException("--matching is for --impute iterative or multiple");
        if (indicators && impute == "drop")
            throw new UsageException("--indicators and --impute drop exclude each other: rows with gaps are left out, so there is nothing to indicate");
        if (encode == "ordinal" && (reference ?? minLevelCount) is not null)
            throw new UsageException($"{(reference is null ? "--min-level-count" : "--reference")} is for --encode onehot: an ordinal category is one feature");
        var options = new PreparationOptions();
        options = options with
        {
            Imputation = Imputation(impute),
            FillValue = fillValue is null ? options.FillValue : OptionValue.Number("--fill-value", fillValue, double.MinValue, double.MaxValue, "be a finite number"),
            Neighbors = neighbors is null ? options.Neighbors : OptionValue.Integer("--neighbors", neighbors, 1, int.MaxValue, "be a whole number ≥ 1"),
            NeighborWeighting = Weighting(neighborWeights),
            Multiple = options.Multiple with
            {
                Imputations = imputations is null ? options.Multiple.Imputations : OptionValue.Integer("--imputations", imputations, 2, int.MaxValue, "be a whole number ≥ 2"),
                Rounds = rounds is null ? options.Multiple.Rounds : OptionValue.Integer("--rounds", rounds, 1, int.MaxValue, "be a whole number ≥ 1"),
                Seed = impute != "multiple" || seed is null ? options.Multiple.Seed : OptionValue.Seed(seed),
            },
            Iterative = options.Iterative with
            {
                MaxRounds = rounds is null ? options.Iterative.MaxRounds : OptionValue.Integer("--rounds", rounds, 1, int.MaxValue, "be a whole number ≥ 1"),
                Regression = Regression(regression),
                Matching = matching is null ? options.Iterative.Matching : OptionValue.Integer("--matching", matching, 1, 64, "be a whole number from 1 to 64"),
            },
            MissingIndicators = indicators,
            Scaling = Scaling(scale),
            Encoding = Encoding(encode),
            Reference = Level(reference),
            MinLevelCount = minLevelCount is null ? options.MinLevelCount : OptionValue.Integer("--min-level-count", minLevelCount, 1, int.MaxValue, "be a whole number ≥ 1"),
            UnknownLevels = Unknown(unknownLevels),
        };
        string?[] given = [impute, scale, encode, reference, minLevelCount, unknownLevels];
        return new() { Options = options, IsGiven = indicators || given.Any(text => text is not null) };
    }

    /// <summary>The same where --impute and --scale may name several to choose from: each with each, in the order named.</summary>
    public static PreparationSettings[] ParseAll(
        string? impute, string? fillValue, string? neighbors, string? neighborWeights, string? rounds, string? regression, string? matching, string? imputations, string? seed, bool indicators, string? scale,
        string? encode, string? reference, string? minLevelCount, string? unknownLevels)
    {
        string?[] methods = Several("--impute", impute), scales = Several("--scale", scale);
        if (methods.Length > 1 && methods.Contains("drop"))
            throw new UsageException("--impute drop cannot be compared with others: errors of different rows say nothing about each other");
        List<PreparationSettings> all = [];
        foreach (string? method in methods)
        {
            foreach (string? unit in scales)
            {
                all.Add(Parse(
                    method, Own(fillValue, "constant"), Own(neighbors, "knn"), Own(neighborWeights, "knn"), Own(rounds, "iterative", "multiple"),
                    Own(regression, "iterative", "multiple"), Own(matching, "iterative", "multiple"), Own(imputations, "multiple"), seed, indicators, unit, encode, reference, minLevelCount, unknownLevels));
            }

            // An option goes to the methods that it belongs to; where there is none of them it goes to all, who refuse it.
            string? Own(string? value, params string[] owners) => owners.Contains(method) || !methods.Any(owners.Contains) ? value : null;
        }

        return [.. all];
    }

    private static string?[] Several(string option, string? text)
    {
        if (text is null)
            return [null];
        string[] names = OptionValue.List(option, text);
        return names.Distinct().Count() == names.Length ? names : throw OptionValue.Refused(option, text, "not name one twice");
    }

    /// <summary>The same for what takes each row once, and so has no use for several imputations.</summary>
    public static PreparationSettings ParseSingle(
        string? impute, string? fillValue, string? neighbors, string? neighborWeights, string? rounds, bool indicators, string? scale,
        string? encode, string? reference, string? minLevelCount, string? unknownLevels) => impute == "multiple"
            ? throw new UsageException("--impute multiple is for fit: here a row counts once; --impute iterative fills it once, and the library's MultipleImputation and RubinRules pool what several imputations give")
            : Parse(impute, fillValue, neighbors, neighborWeights, rounds, null, null, null, null, indicators, scale, encode, reference, minLevelCount, unknownLevels);

    private static ImputationMethod Imputation(string? text) => text switch
    {
        null => ImputationMethod.None,
        "mean" => ImputationMethod.Mean,
        "median" => ImputationMethod.Median,
        "mode" => ImputationMethod.MostFrequent,
        "constant" => ImputationMethod.Constant,
        "knn" => ImputationMethod.NearestNeighbors,
        "drop" => ImputationMethod.DropRows,
        "iterative" => ImputationMethod.Iterative,
        "multiple" => ImputationMethod.Multiple,
        _ => throw OptionValue.Refused("--impute", text, "be mean, median, mode, constant, knn, iterative, multiple or drop"),
    };

    private static ImputationRegression Regression(string? text) => text switch
    {
        null or "bayesian-ridge" => ImputationRegression.BayesianRidge,
        "elastic-net" => ImputationRegression.ElasticNet,
        _ => throw OptionValue.Refused("--regression", text, "be bayesian-ridge or elastic-net"),
    };

    private static NeighborWeighting Weighting(string? text) => text switch
    {
        null or "uniform" => NeighborWeighting.Uniform,
        "distance" => NeighborWeighting.Distance,
        _ => throw OptionValue.Refused("--neighbor-weights", text, "be uniform or distance"),
    };

    private static ScalingMethod? Scaling(string? text) => text switch
    {
        null => null,
        "none" => ScalingMethod.None,
        "standard" => ScalingMethod.Standard,
        "standard-sample" => ScalingMethod.StandardSample,
        "minmax" => ScalingMethod.MinMax,
        "maxabs" => ScalingMethod.MaxAbs,
        "robust" => ScalingMethod.Robust,
        _ => throw OptionValue.Refused("--scale", text, "be none, standard, standard-sample, minmax, maxabs or robust"),
    };

    private static CategoryEncoding Encoding(string? text) => text switch
    {
        null or "onehot" => CategoryEncoding.OneHot,
        "ordinal" => CategoryEncoding.Ordinal,
        _ => throw OptionValue.Refused("--encode", text, "be onehot or ordinal"),
    };

    private static ReferenceLevel Level(string? text) => text switch
    {
        null or "none" => ReferenceLevel.None,
        "first" => ReferenceLevel.First,
        "most-frequent" => ReferenceLevel.MostFrequent,
        _ => throw OptionValue.Refused("--reference", text, "be none, first or most-frequent"),
    };

    private static UnknownLevelRule Unknown(string? text) => text switch
    {
        null or "rare-or-none" => UnknownLevelRule.RareOrNone,
        "refuse" => UnknownLevelRule.Refuse,
        _ => throw OptionValue.Refused("--unknown-levels", text, "be rare-or-none or refuse"),
    };

    private static void Needs(string? value, string option, string? impute, string method)
    {
        if (value is not null && impute != method)
            throw new UsageException($"{option} is for --impute {method}");
    }
}
