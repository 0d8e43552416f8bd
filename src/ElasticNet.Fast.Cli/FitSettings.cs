using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>The options of <c>enet fit</c>, parsed and checked as far as that goes without the data.</summary>
internal sealed record FitSettings
{
    public required string Data { get; init; }

    /// <summary>Whether the data are a svmlight file.</summary>
    public required bool IsSvmLight { get; init; }

    /// <summary>Whether the first feature of a svmlight file has index 0.</summary>
    public required bool ZeroBased { get; init; }

    public required string Target { get; init; }

    /// <summary>The columns to be predicted: one, but of a family of several responses.</summary>
    public string[] Targets => _responses ?? [Target];

    private string[]? _responses, _offsets;

    /// <summary>The columns of offsets: one, or of several outputs one for each.</summary>
    public string[] Offsets => _offsets ?? (Offset is null ? [] : [Offset]);

    /// <summary>Whether the coefficients of a feature for all classes or responses are in or out together.</summary>
    public bool GroupsOutputs { get; private init; }

    /// <summary>Null: cross-validate.</summary>
    public required double? Lambda { get; init; }

    /// <summary>Outer folds; null: the choice is not cross-validated.</summary>
    public int? OuterFolds { get; init; }

    /// <summary>Null: as the library has it.</summary>
    public double? LambdaRatio { get; init; }

    public required double[] L1Ratios { get; init; }

    public required FoldSettings Folds { get; init; }

    public required ulong Seed { get; init; }

    public required LambdaSelection Selection { get; init; }

    /// <summary>Which loss is fitted.</summary>
    public FamilySettings Loss { get; private init; } = FamilySettings.Default;

    /// <summary>Null: the one that the family has.</summary>
    public Measure? Measure { get; private init; }

    public required bool Standardize { get; init; }

    public required bool Intercept { get; init; }

    public required string? Weights { get; init; }

    public required string? Offset { get; init; }

    public required string[] Exclude { get; init; }

    public required ReadingSettings Reading { get; init; }

    public required PreparationSettings Preparation { get; init; }

    public required string? Out { get; init; }

    public required bool Json { get; init; }

    /// <summary>Whether there must be rows for all folds.</summary>
    public required bool CrossValidates { get; init; }

    /// <summary>Null: cross-validate, unless λ is given.</summary>
    public Criterion? Criterion { get; private init; }

    /// <summary>γ of EBIC.</summary>
    public double EbicGamma { get; private init; } = 0.5;

    /// <summary>The preparations to choose from, where there are several.</summary>
    public PreparationSettings[] Preparations { get; private init; } = [];

    /// <summary>How many candidates are drawn at random; null: all.</summary>
    public int? Samples { get; private init; }

    /// <summary>What is searched besides λ and ρ; null where only these are.</summary>
    public SearchSpace? Space => Preparations.Length < 2 && Samples is null
        ? null
        : new() { L1Ratios = L1Ratios, Preparations = [.. Preparations.Select(preparation => preparation.Options)], Samples = Samples, Seed = Seed };

    /// <summary>Whether the report says what each feature does.</summary>
    public bool Explains { get; private init; }

    /// <summary>Whether the model file holds the path, too.</summary>
    public bool KeepsPath { get; private init; }

    /// <summary>Whether standard error is told what the solver did at each λ.</summary>
    public bool IsVerbose { get; private init; }

    /// <summary>Whether a solution that did not end exact is an error.</summary>
    public bool IsStrict { get; private init; }

    /// <summary>The standard errors of the table that is printed beside; null: there is none.</summary>
    public StandardErrors? Table { get; private init; }

    /// <summary>Which features are penalised together; null: each is for itself.</summary>
    public GroupSettings? Groups { get; private init; }

    /// <summary>The HTML file to write, or null.</summary>
    public string? Report { get; private init; }

    /// <summary>Columns that are read but are no features.</summary>
    public string[] Apart => [.. Targets, .. Offsets, .. new[] { Weights, Folds.Column?.Name, Loss.Trials, Loss.Exposure }.Concat(Loss.Survival?.Others ?? []).OfType<string>()];

    /// <summary>How the table is read.</summary>
    public CsvReadOptions ReadOptions
    {
        get
        {
            CsvReadOptions options = Reading.Options with { Apart = Apart, Skip = Exclude };
            // Numbers that stand for classes are labels like others.
            if (Loss.Survival is { } survival)
                options = options with { Categories = [.. options.Categories, .. survival.Texts] };
            if (Loss.HasLabels)
                options = options with { Categories = [.. options.Categories, Target] };
            return Folds.Column is { } column ? options with { Categories = [.. options.Categories, column.Name] } : options;
        }
    }

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed, out of range, or contradicts another.</exception>
    public static FitSettings Parse(
        string data, string? target, string? lambda, string? l1Ratio, FoldSettings folds, string? seed, string? select,
        bool noStandardize, bool noIntercept, string? weights, string? offset, string? exclude,
        ReadingSettings reading, PreparationSettings preparation, string? @out, bool json, bool crossValidates = true, bool zeroBased = false)
    {
        bool isSvmLight = SvmLightInput.Is(data, zeroBased);
        string[] excluded = exclude is null ? [] : OptionValue.List("--exclude", exclude);
        if (isSvmLight)
        {
            SvmLightInput.CheckReading(target, excluded, reading);
            SvmLightInput.CheckFit(weights, offset, folds.Column, preparation);
        }

        var settings = new FitSettings
        {
            Data = data,
            IsSvmLight = isSvmLight,
            ZeroBased = zeroBased,
            Target = isSvmLight ? SvmLightInput.Target : target ?? throw new UsageException("--target must name the column to be predicted"),
            Lambda = lambda is null ? null : OptionValue.Number("--lambda", lambda, 0, double.MaxValue, "be a number ≥ 0"),
            L1Ratios = l1Ratio is null
                ? [1]
                : [.. OptionValue.List("--l1-ratio", l1Ratio).Select(text => OptionValue.Number("--l1-ratio", text, 0, 1, "be a number in [0, 1]"))],
            Folds = folds,
            Seed = OptionValue.Seed(seed),
            Selection = select switch
            {
                null or "min" => LambdaSelection.Minimum,
                "1se" => LambdaSelection.OneStandardError,
                _ => throw OptionValue.Refused("--select", select, "be min or 1se"),
            },
            Standardize = !noStandardize,
            Intercept = !noIntercept,
            Weights = weights,
            Offset = offset,
            Exclude = excluded,
            Reading = reading,
            Preparation = preparation,
            Out = @out is "" ? throw OptionValue.Refused("--out", @out, "name a file") : @out,
            Json = json,
            CrossValidates = crossValidates && lambda is null,
        };
        if (lambda is not null && settings.L1Ratios.Length > 1)
            throw new UsageException($"--lambda fits one model, but --l1-ratio names {settings.L1Ratios.Length} mixings; give one, or let cross-validation choose without --lambda");
        if (folds.Repeats > 1 && lambda is not null)
            throw new UsageException("--repeats and --lambda exclude each other: --lambda fits one model, without cross-validation");
        if (noStandardize && preparation.Options.Scaling is not null)
            throw new UsageException("--no-standardize and --scale exclude each other: the scale says on what the penalty acts; --scale none is the same as --no-standardize");
        settings.CheckRoles();
        return settings;
    }

    /// <summary>The same with another loss.</summary>
    /// <exception cref="UsageException">A column has two roles, or is named where there are no names.</exception>
    public FitSettings Minimizing(FamilySettings loss)
    {
        if (IsSvmLight)
            SvmLightInput.CheckLoss(loss);
        if (loss.Survival is not null)
            CheckSurvival();
        FitSettings settings = this with { Loss = loss };
        if (loss.Family.HasOutputs)
            settings.TakeOutputs();
        settings.CheckRoles();
        return settings;
    }

    // Several classes are one column, several responses as many.
    private void TakeOutputs()
    {
        _offsets = Offset is null ? null : OptionValue.List("--offset", Offset);
        if (Preparations.Append(Preparation).Any(preparation => preparation.Options.Imputation == ImputationMethod.Multiple))
            throw new UsageException($"--impute multiple and --family {Loss.Family} exclude each other: several imputations are for families of one output; --impute iterative fills a gap once");
        if (Loss.Family.HasClasses)
            return;
        if (IsSvmLight)
            throw new UsageException($"--family {Loss.Family} is for a CSV: a row of a svmlight file has one target");
        _responses = OptionValue.List("--target", Target);
        if (_responses.Length < 2)
            throw new UsageException($"--family {Loss.Family} predicts several columns, --target names them, separated by commas; one is for --family gaussian");
        if (_offsets is not null && _offsets.Length != _responses.Length)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--offset names {_offsets.Length} columns, and --target {_responses.Length}: each response has an offset of its own, in their order"));
    }

    /// <summary>The same with the coefficients of a feature in or out together.</summary>
    /// <exception cref="UsageException">There is one output.</exception>
    public FitSettings Grouped(bool grouped)
    {
        if (grouped && !Loss.Family.HasOutputs)
            throw new UsageException("--grouped belongs to --family multinomial and --family multigaussian: a feature's coefficients of all classes or responses are in or out together");
        return this with { GroupsOutputs = grouped };
    }

    private void CheckSurvival()
    {
        if (!Intercept)
            throw new UsageException("--no-intercept and --family cox exclude each other: there is none");
        if (Preparations.Append(Preparation).Any(preparation => preparation.Options.Imputation == ImputationMethod.Multiple))
            throw new UsageException("--impute multiple and --family cox exclude each other: draws of a row would be tied with each other; --impute iterative fills it once");
    }

    /// <summary>What is not offered for a loss that is no sum over rows, nor for several outputs.</summary>
    private void RefuseSurvival(string option, bool given, string reason)
    {
        if (given && Loss.Survival is not null)
            throw new UsageException($"{option} and --family cox exclude each other: {reason}");
        if (given && Loss.Family.HasOutputs)
            throw new UsageException($"{option} and --family {Loss.Family} exclude each other: it is for families of one output");
    }

    /// <summary>The same with the folds judged by another measure.</summary>
    /// <exception cref="UsageException">There is no such measure, or nothing is cross-validated.</exception>
    public FitSettings MeasuredBy(string? measure)
    {
        if (measure is null)
            return this;
        if (Lambda is not null)
            throw new UsageException("--measure and --lambda exclude each other: --lambda fits one model, without cross-validation");
        IReadOnlyList<Measure> known = Loss.Family.Measures;
        return this with
        {
            Measure = known.FirstOrDefault(one => one.Name == measure)
                ?? throw OptionValue.Refused("--measure", measure, $"be {string.Join(", ", known.SkipLast(1).Select(one => one.Name))} or {known[^1].Name}{(Loss.Family == Family.Gaussian ? "" : $" with --family {Loss.Family}")}"),
        };
    }

    /// <summary>The same with so many outer folds.</summary>
    /// <exception cref="UsageException">The number is malformed, or there are no inner folds to deal.</exception>
    public FitSettings Nested(string? outer)
    {
        if (outer is null)
            return this;
        if (!CrossValidates || Criterion is not null || Folds.AreGiven)
            throw new UsageException("--nested cross-validates a choice by cross-validation; it goes with neither --lambda nor --criterion nor --fold-column");
        return this with { OuterFolds = OptionValue.Integer("--nested", outer, 2, int.MaxValue, "be a whole number ≥ 2") };
    }

    /// <summary>The same with features that are penalised together.</summary>
    /// <exception cref="UsageException">The choice of λ knows no groups, or there are no categories whose levels could be one.</exception>
    public FitSettings Grouped(GroupSettings? groups)
    {
        if (groups is null)
            return this;
        string option = groups.Levels ? "--group-levels" : "--groups";
        if (Criterion == Fast.Selection.Criterion.Alo)
            throw new UsageException($"{option} and --criterion alo exclude each other: leaving a row out is told for the penalty of single columns only; the other criteria and cross-validation choose with groups, too");
        if (IsSvmLight && groups.Levels)
            throw new UsageException("--group-levels is for a CSV: a svmlight file has no categories; --groups lists groups of its features");
        if (groups.Levels && Preparation.Options.Encoding == CategoryEncoding.Ordinal)
            throw new UsageException("--group-levels and --encode ordinal exclude each other: the position of a level is one feature");
        return this with { Groups = groups };
    }

    /// <summary>The same with several preparations to choose from, or some of the candidates drawn at random.</summary>
    /// <exception cref="UsageException">The number is malformed, or nothing is cross-validated that could choose.</exception>
    public FitSettings Searching(PreparationSettings[] preparations, string? samples)
    {
        if (preparations.Length < 2 && samples is null)
            return this;
        if (!CrossValidates)
            throw new UsageException($"{(samples is null ? "several --impute or --scale are" : "--samples is")} for a choice by cross-validation; it goes with neither --lambda nor --criterion");
        int? count = samples is null ? null : OptionValue.Integer("--samples", samples, 1, int.MaxValue, "be a whole number ≥ 1");
        return this with { Preparations = preparations, Samples = count };
    }

    /// <summary>The same with more to show for it.</summary>
    /// <exception cref="UsageException">There is no file to keep the path in, or the report has no name, or nothing can be explained.</exception>
    public FitSettings Showing(bool explain, bool keepPath, bool verbose, string? report)
    {
        if (IsSvmLight)
            SvmLightInput.Refuse("--explain", explain, "is for a CSV: quartiles and correlations take every element of every column, zeros too");
        // Found out after the fit, it would cost the fit.
        if (explain && Preparations.Append(Preparation).Any(preparation => preparation.Options.Imputation == ImputationMethod.Multiple))
            throw new UsageException("--explain and --impute multiple exclude each other: its rows are not one table; --impute iterative fills it once");
        if (keepPath && Out is null)
            throw new UsageException("--keep-path keeps the path in the model file; --out names one");
        if (report is "")
            throw OptionValue.Refused("--report", report, "name a file");
        if (report is not null && Out is not null && Path.GetFullPath(report) == Path.GetFullPath(Out))
            throw new UsageException("--report and --out must not name the same file");
        return this with { Explains = explain, KeepsPath = keepPath || (report is not null && Out is not null), IsVerbose = verbose, Report = report };
    }

    /// <summary>The same with the classical table.</summary>
    /// <exception cref="UsageException">The errors have no table, or there can be none.</exception>
    public FitSettings Tabled(bool table, bool hc3)
    {
        if (hc3 && !table)
            throw new UsageException("--hc3 belongs to --table: it says what the standard errors take for granted");
        if (!table)
            return this;
        RefuseSurvival("--table", true, "the classical table is one of independent rows");
        if (Preparations.Append(Preparation).Any(preparation => preparation.Options.Imputation == ImputationMethod.Multiple))
            throw new UsageException("--table and --impute multiple exclude each other: draws of a row are no rows");
        if (Loss.Family.Name == "huber")
            throw new UsageException("--table and --family huber exclude each other: Huber's loss has no likelihood; --hc3 with the gaussian family takes rows of any variance");
        if (Loss.BalancesClasses && !hc3)
            throw new UsageException("--table with --class-weight balanced needs --hc3: classical standard errors would take the weights for numbers of rows");
        return this with { Table = hc3 ? StandardErrors.HC3 : StandardErrors.Classical };
    }

    /// <summary>Whether all levels of a category would be told from the intercept by nothing.</summary>
    public bool NeedsReference =>
        Table is not null && Lambda == 0 && Intercept && Preparation.Options is { Reference: ReferenceLevel.None, Encoding: CategoryEncoding.OneHot };

    /// <summary>The same, where only exact solutions will do.</summary>
    public FitSettings Strictly(bool strict) => this with { IsStrict = strict };

    /// <summary>The same with a grid that reaches so far.</summary>
    /// <exception cref="UsageException">The ratio is malformed, or there is no grid.</exception>
    public FitSettings WithGrid(string? ratio)
    {
        if (ratio is null)
            return this;
        if (Lambda is not null)
            throw new UsageException("--lambda-ratio and --lambda exclude each other: --lambda fits one model, without a grid");
        const string rule = "be a number in (0, 1)";
        double value = OptionValue.Number("--lambda-ratio", ratio, double.Epsilon, 1, rule);
        return value < 1 ? this with { LambdaRatio = value } : throw OptionValue.Refused("--lambda-ratio", ratio, rule);
    }

    /// <summary>The same settings, with a criterion to choose λ instead of cross-validation where one is named.</summary>
    /// <param name="criterion">The name, or null.</param>
    /// <param name="ebicGamma">γ of EBIC, or null.</param>
    /// <param name="others">Options of the other ways to choose, and whether they were given.</param>
    /// <exception cref="UsageException">The name is none, γ is out of range, or another way to choose was asked for as well.</exception>
    public FitSettings JudgedBy(string? criterion, string? ebicGamma, params (string Option, bool Given)[] others)
    {
        if (ebicGamma is not null && criterion != "ebic")
            throw new UsageException("--ebic-gamma belongs to --criterion ebic");
        if (criterion is null)
            return this;
        if (criterion == "alo")
            RefuseSurvival("--criterion alo", true, "a row that is left out changes what is expected of others");
        foreach ((string option, bool given) in others)
        {
            if (given)
                throw new UsageException($"{option} and --criterion exclude each other: a criterion chooses λ, and without folds");
        }

        return this with
        {
            CrossValidates = false,
            Criterion = criterion switch
            {
                "aic" => Fast.Selection.Criterion.Aic,
                "aicc" => Fast.Selection.Criterion.Aicc,
                "bic" => Fast.Selection.Criterion.Bic,
                "ebic" => Fast.Selection.Criterion.Ebic,
                "gcv" => Fast.Selection.Criterion.Gcv,
                "alo" => Fast.Selection.Criterion.Alo,
                _ => throw OptionValue.Refused("--criterion", criterion, "be aic, aicc, bic, ebic, gcv or alo"),
            },
            EbicGamma = ebicGamma is null ? 0.5 : OptionValue.Number("--ebic-gamma", ebicGamma, 0, 1, "be a number in [0, 1]"),
        };
    }

    private void CheckRoles()
    {
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string target in Targets)
            Claim(target, Loss.Survival is null ? "--target" : "--time");
        Claim(Loss.Survival?.Event, "--event");
        Claim(Loss.Survival?.Start, "--start");
        Claim(Loss.Survival?.Strata, "--strata");
        Claim(Weights, "--weights");
        foreach (string offset in Offsets)
            Claim(offset, "--offset");
        Claim(Folds.Column?.Name, Folds.Column?.Option ?? "");
        Claim(Loss.Trials, "--trials");
        Claim(Loss.Exposure, "--exposure");
        foreach (string name in Exclude)
            Claim(name, "--exclude");
        foreach (string name in Reading.Categories)
            Claim(name, "--categories");

        void Claim(string? column, string option)
        {
            if (column is not null && !roles.TryAdd(column, option))
                throw new UsageException($"column '{column}' cannot be both {roles[column]} and {option}");
        }
    }
}
