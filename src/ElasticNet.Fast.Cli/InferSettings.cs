namespace ElasticNet.Fast.Cli;

/// <summary>The options of <c>enet infer</c> beside those that it shares with <c>enet fit</c>, parsed and checked.</summary>
internal sealed record InferSettings
{
    /// <summary>debiased, multi-split, post-selection, bootstrap or refit.</summary>
    public required string Method { get; init; }

    public required InferenceOptions Options { get; init; }

    /// <summary>Whether an adjustment was named.</summary>
    public bool NamesAdjustment { get; private init; }

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed, out of range, or means nothing to the method.</exception>
    public static InferSettings Parse(
        string? method, string? lambda, string? l1Ratio, string? level, string? adjust, string? noise, string? splits, string? resamples, string? draw,
        string? interval, string? seed)
    {
        method ??= "debiased";
        if (method is not ("debiased" or "multi-split" or "post-selection" or "bootstrap" or "refit"))
            throw OptionValue.Refused("--method", method, "be debiased, multi-split, post-selection, bootstrap or refit");
        Belongs("--splits", splits, "multi-split");
        Belongs("--resamples", resamples, "bootstrap");
        Belongs("--draw", draw, "bootstrap");
        Belongs("--interval", interval, "bootstrap");
        if (adjust is not null && method is ("multi-split" or "bootstrap"))
            throw new UsageException($"--adjust means nothing to --method {method}: {(method == "bootstrap" ? "it has no p-values" : "it adjusts in its own way")}");
        if (noise is not null && method is ("multi-split" or "bootstrap"))
            throw new UsageException($"--noise means nothing to --method {method}, which does not use it");
        if (method == "post-selection" && lambda is null)
            throw new UsageException("--method post-selection needs --lambda, fixed before the data were seen: one chosen by cross-validation on them spoils the guarantee");
        return new()
        {
            Method = method,
            NamesAdjustment = adjust is not null,
            Options = new()
            {
                Level = level is null ? 0.95 : Open("--level", level, 1),
                L1Ratio = OptionValue.OneL1Ratio(l1Ratio),
                Lambda = lambda is null ? null : Open("--lambda", lambda, double.PositiveInfinity),
                NoiseDeviation = noise is null ? null : Open("--noise", noise, double.PositiveInfinity),
                Adjustment = adjust switch
                {
                    null or "holm" => PValueAdjustment.Holm,
                    "none" => PValueAdjustment.None,
                    "bonferroni" => PValueAdjustment.Bonferroni,
                    "bh" => PValueAdjustment.BenjaminiHochberg,
                    _ => throw OptionValue.Refused("--adjust", adjust, "be none, bonferroni, holm or bh"),
                },
                Splits = splits is null ? 50 : OptionValue.Integer("--splits", splits, 1, 1_000_000, "be a whole number from 1 to 1000000"),
                Resamples = resamples is null ? 1000 : OptionValue.Integer("--resamples", resamples, 100, 10_000_000, "be a whole number from 100 to 10000000"),
                Bootstrap = draw switch
                {
                    null or "rows" => BootstrapKind.Paired,
                    "residuals" => BootstrapKind.Residual,
                    _ => throw OptionValue.Refused("--draw", draw, "be rows or residuals"),
                },
                Interval = interval switch
                {
                    null or "bca" => BootstrapInterval.BiasCorrected,
                    "percentile" => BootstrapInterval.Percentile,
                    _ => throw OptionValue.Refused("--interval", interval, "be bca or percentile"),
                },
                Seed = OptionValue.Seed(seed),
            },
        };

        void Belongs(string option, string? value, string only)
        {
            if (value is not null && method != only)
                throw new UsageException($"{option} belongs to --method {only}, but the method is {method}");
        }
    }

    private static double Open(string option, string text, double below)
    {
        string rule = double.IsFinite(below) ? FormattableString.Invariant($"be a number in (0, {below})") : "be a number > 0";
        double value = OptionValue.Number(option, text, double.Epsilon, double.MaxValue, rule);
        return value < below ? value : throw OptionValue.Refused(option, text, rule);
    }
}
