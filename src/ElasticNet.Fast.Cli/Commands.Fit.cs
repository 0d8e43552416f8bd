using ConsoleAppFramework;

namespace ElasticNet.Fast.Cli;

// enet fit.
internal sealed partial class Commands
{
    /// <summary>
    /// Fits a model to a CSV or TSV, gzipped or not, or to a svmlight file, whose features are named by their index. Cross-validates unless --lambda is given. Every column is a feature,
    /// except the target (of --family cox: --time, --event, --start and --strata) and those named by --weights, --offset, --fold-column, --group-column, --time-column and --exclude. Columns of text are categories.
    /// </summary>
    /// <param name="data">The CSV, - for standard input; its first line names the columns. Or, by its name, Parquet (.parquet), Arrow (.arrow, .feather, .ipc) or a svmlight file, .svm, .svmlight or .libsvm, perhaps with .gz.</param>
    /// <param name="target">Column to be predicted; of --family multigaussian several, separated by commas. A CSV needs it; a row of a svmlight file begins with its target.</param>
    /// <param name="family">What the target is: gaussian, binomial (two labels, 0 and 1, or proportions), multinomial (two labels or more), multigaussian (several columns of numbers), poisson or negative-binomial (counts), gamma (positive amounts), tweedie (amounts that are often 0), huber (a number with outliers) or cox (survival: --time and --event). Default gaussian.</param>
    /// <param name="time">Of --family cox, in the place of --target: column with the time until which a row was watched, above 0.</param>
    /// <param name="Event">Of --family cox: column that is 1 where the event happened at that time, 0 where the row was censored.</param>
    /// <param name="start">Of --family cox: column with the time from which on a row was watched, before --time. Default: the beginning.</param>
    /// <param name="strata">Of --family cox: column with the stratum of a row; rows are compared within theirs, and each has its own baseline hazard.</param>
    /// <param name="ties">Of --family cox: efron or breslow. Default efron.</param>
    /// <param name="link">Of --family binomial: logit, probit or cloglog. Default logit.</param>
    /// <param name="power">The power of --family tweedie, between 1 and 2. Default 1.5.</param>
    /// <param name="size">The size k of --family negative-binomial, above 0: the variance is μ + μ²/k. Default: estimated.</param>
    /// <param name="delta">From which residual on --family huber counts it by its size, in units of the target. Default: 1.345 times the scaled median distance of the target from its median.</param>
    /// <param name="positive">The label of the event, whose probability --family binomial predicts. Default: the second of the two in ordinal order.</param>
    /// <param name="trials">Column with the number of trials; the target counts the successes of --family binomial.</param>
    /// <param name="exposure">Column with time at risk, area or the like, above 0; its logarithm is the offset, of the families of counts and amounts.</param>
    /// <param name="grouped">Of --family multinomial and multigaussian: a feature's coefficients of all classes or responses are in or out together.</param>
    /// <param name="classWeight">balanced: both classes of --family binomial weigh the same.</param>
    /// <param name="zeroBased">The first feature of a svmlight file has index 0, not 1.</param>
    /// <param name="lambda">Strength λ ≥ 0 of the penalty; fits once instead of cross-validating.</param>
    /// <param name="l1Ratio">Mixing ρ in [0, 1], 1 is the lasso, 0 is ridge; several, separated by commas, to choose from. Default 1.</param>
    /// <param name="lambdaRatio">Smallest over largest λ of the grid, in (0, 1). Default 1e-4, or 1e-2 with more features than rows.</param>
    /// <param name="folds">Folds of the cross-validation, at least 2. Default 10.</param>
    /// <param name="repeats">How often the rows are dealt out to folds anew, at least 1; errors are averaged. Default 1.</param>
    /// <param name="foldColumn">Column with the fold of each row, whole numbers or text.</param>
    /// <param name="groupColumn">Column with what rows have in common (a patient, a shop): they are held out together.</param>
    /// <param name="timeColumn">Column with the time of each row, numbers or dates like 2024-03-01: each fold is predicted from the rows before it.</param>
    /// <param name="timeGap">Time between what is trained on and what is held out, in the unit of a numeric --time-column, else in days: for as long as a target takes to be known. Default 0.</param>
    /// <param name="timeWindow">How far back training goes, in the unit of a numeric --time-column, else in days. Default: all rows before.</param>
    /// <param name="seed">Seed of the fold shuffle. Default 1.</param>
    /// <param name="select">min: the λ of least error. 1se: the largest λ within one standard error of it. Default min.</param>
    /// <param name="measure">What cross-validation measures on held-out rows: mse, the mean squared error, or mae, the mean absolute error; of other families deviance, too, of binomial ones also auc, misclassification, log-loss and brier; of cox partial-deviance and c-index. Default: mse for gaussian, partial-deviance for cox, deviance for others.</param>
    /// <param name="criterion">Choose λ and ρ by aic, aicc, bic, ebic, gcv or alo (approximate leave-one-out) instead of cross-validation.</param>
    /// <param name="ebicGamma">γ of --criterion ebic, in [0, 1]; 0 is BIC. Default 0.5.</param>
    /// <param name="groupLevels">The levels of each category are in or out together: the penalty takes them as a group.</param>
    /// <param name="groups">CSV with the columns column and group: features of one group are in or out together. Columns that it does not name are for themselves; a category is one with all its levels.</param>
    /// <param name="groupMixing">The share τ in [0, 1] of the penalty of a group that each of its columns has for itself, so that a group that is in may leave columns out (the sparse group lasso). Default 0.</param>
    /// <param name="noStandardize">Penalise coefficients as they are instead of per standard deviation.</param>
    /// <param name="noIntercept">Fit no intercept.</param>
    /// <param name="weights">Column with observation weights.</param>
    /// <param name="offset">Column with a known part of the prediction.</param>
    /// <param name="exclude">Columns to leave out, by name or by place (1 is the first), separated by commas; they may hold text.</param>
    /// <param name="impute">What missing numbers become: mean, median, mode, constant, knn, iterative (regressions on the other columns of numbers), multiple (several draws from these, all fitted together); or drop: rows with gaps are left out. Several, separated by commas, to choose from. Without it they are refused.</param>
    /// <param name="fillValue">The number of --impute constant. Default 0.</param>
    /// <param name="neighbors">The k of --impute knn, at least 1. Default 5. These training rows are stored in the model.</param>
    /// <param name="neighborWeights">uniform, or distance: nearer neighbours of --impute knn count more. Default uniform.</param>
    /// <param name="rounds">Rounds at most of --impute iterative and multiple, at least 1. Default 10.</param>
    /// <param name="regression">What --impute iterative and multiple regress by: bayesian-ridge or elastic-net (ρ 0.5, λ by BIC). Default bayesian-ridge. Draws are always those of bayesian-ridge.</param>
    /// <param name="matching">Donors of predictive mean matching, from 1 to 64, 5 is usual: --impute iterative and multiple put in observed values, those of rows that are predicted about the same. These values are stored in the model.</param>
    /// <param name="imputations">How many draws --impute multiple fits together, at least 2; their seed is --seed. Default 10.</param>
    /// <param name="indicators">Add a feature for each column with gaps that is 1 where the value is missing.</param>
    /// <param name="scale">none, standard, standard-sample, minmax, maxabs or robust: the units in which coefficients are penalised; several, separated by commas, to choose from. Default: standard deviations.</param>
    /// <param name="categories">Columns that are categories whatever they hold, separated by commas.</param>
    /// <param name="numbers">Columns that are numbers; text in them is refused.</param>
    /// <param name="encode">onehot: a feature for each level of a category. ordinal: one, the position of the level. Default onehot.</param>
    /// <param name="reference">The level that gets no feature: none, first or most-frequent. Default none.</param>
    /// <param name="minLevelCount">Levels with fewer training rows share one feature. Default 1.</param>
    /// <param name="unknownLevels">Levels first seen at prediction: rare-or-none counts them as rare, or as no level; refuse refuses the row. Default rare-or-none.</param>
    /// <param name="na">Cells that are missing values besides empty ones, separated by commas. Default NA,N/A,n/a,#N/A,NaN,nan,null,NULL.</param>
    /// <param name="delimiter">What separates fields: tab or one character. Default: comma or tab, whichever the first line has.</param>
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma (--decimal ,). Default: a point.</param>
    /// <param name="thousands">What may stand between thousands: space, comma, point, apostrophe or underscore, by name or as it is. Default: nothing.</param>
    /// <param name="signs">Numbers may wear a currency or percent sign, or brackets for a minus: $ 5, 12.5 %, (5). The sign is taken off.</param>
    /// <param name="dates">What a column of dates becomes: days, year, quarter, month, weekday, hour, separated by commas; or text. Default: days, since 1970-01-01.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8, or what a byte order mark says.</param>
    /// <param name="Out">Model file to write; without it none is written.</param>
    /// <param name="nested">Outer folds, at least 2: cross-validate the choice of λ, ρ and preparation, too, for an honest error.</param>
    /// <param name="samples">Of the combinations of --l1-ratio, --impute and --scale try so many, drawn at random by --seed. Default: all.</param>
    /// <param name="explain">Say what each feature does, too: effects per standard deviation and between quartiles, order of entry, part of the explained deviance, groups of correlated features.</param>
    /// <param name="table">Print the classical table, too: standard errors, t or z, p and intervals, R² and F, as lm and glm do. Of all features with --lambda 0; else of those selected, fitted again without a penalty, and marked: the same rows chose them.</param>
    /// <param name="hc3">Standard errors of --table that hold for rows of any variance (HC3).</param>
    /// <param name="keepPath">Keep the path in the model file, too: what enet plot --kind path needs.</param>
    /// <param name="report">HTML file to write: data, choice, features, pictures, assessment, in one file that needs no network.</param>
    /// <param name="strict">Fail, and write nothing, where a solution of the path did not end exact (a relative duality gap above 1e-9); without it a warning says so.</param>
    /// <param name="verbose">Tell standard error what the solver did at each λ.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Fit(
        [Argument] string data,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? family = null,
        [HideDefaultValue] string? time = null,
        [HideDefaultValue] string? Event = null, // As Out below: a small one is a keyword.
        [HideDefaultValue] string? start = null,
        [HideDefaultValue] string? strata = null,
        [HideDefaultValue] string? ties = null,
        [HideDefaultValue] string? link = null,
        [HideDefaultValue] string? power = null,
        [HideDefaultValue] string? size = null,
        [HideDefaultValue] string? delta = null,
        [HideDefaultValue] string? positive = null,
        [HideDefaultValue] string? trials = null,
        [HideDefaultValue] string? exposure = null,
        bool grouped = false,
        [HideDefaultValue] string? classWeight = null,
        bool zeroBased = false,
        [HideDefaultValue] string? lambda = null,
        [HideDefaultValue] string? l1Ratio = null,
        [HideDefaultValue] string? lambdaRatio = null,
        [HideDefaultValue] string? folds = null,
        [HideDefaultValue] string? repeats = null,
        [HideDefaultValue] string? foldColumn = null,
        [HideDefaultValue] string? groupColumn = null,
        [HideDefaultValue] string? timeColumn = null,
        [HideDefaultValue] string? timeGap = null,
        [HideDefaultValue] string? timeWindow = null,
        [HideDefaultValue] string? seed = null,
        [HideDefaultValue] string? select = null,
        [HideDefaultValue] string? measure = null,
        [HideDefaultValue] string? criterion = null,
        [HideDefaultValue] string? ebicGamma = null,
        bool groupLevels = false,
        [HideDefaultValue] string? groups = null,
        [HideDefaultValue] string? groupMixing = null,
        bool noStandardize = false,
        bool noIntercept = false,
        [HideDefaultValue] string? weights = null,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? exclude = null,
        [HideDefaultValue] string? impute = null,
        [HideDefaultValue] string? fillValue = null,
        [HideDefaultValue] string? neighbors = null,
        [HideDefaultValue] string? neighborWeights = null,
        [HideDefaultValue] string? rounds = null,
        [HideDefaultValue] string? regression = null,
        [HideDefaultValue] string? matching = null,
        [HideDefaultValue] string? imputations = null,
        bool indicators = false,
        [HideDefaultValue] string? scale = null,
        [HideDefaultValue] string? categories = null,
        [HideDefaultValue] string? numbers = null,
        [HideDefaultValue] string? encode = null,
        [HideDefaultValue] string? reference = null,
        [HideDefaultValue] string? minLevelCount = null,
        [HideDefaultValue] string? unknownLevels = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? Decimal = null,
        [HideDefaultValue] string? thousands = null,
        bool signs = false,
        [HideDefaultValue] string? dates = null,
        [HideDefaultValue] string? encoding = null,
        [HideDefaultValue] string? Out = null, // The generated delegate would take a small one for the keyword.
        [HideDefaultValue] string? nested = null,
        [HideDefaultValue] string? samples = null,
        bool explain = false,
        bool table = false,
        bool hc3 = false,
        bool keepPath = false,
        [HideDefaultValue] string? report = null,
        bool strict = false,
        bool verbose = false,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() =>
        {
            PreparationSettings[] preparations = PreparationSettings.ParseAll(
                impute, fillValue, neighbors, neighborWeights, rounds, regression, matching, imputations, seed, indicators, scale, encode, reference, minLevelCount, unknownLevels);
            SurvivalSettings? survival = SurvivalSettings.Parse(family, target, data, zeroBased, time, Event, start, strata, ties);
            FitSettings settings = FitSettings.Parse(
                data, survival?.Time ?? target, lambda, l1Ratio, FoldSettings.Parse(folds, repeats, foldColumn, groupColumn, timeColumn, timeGap, timeWindow), seed, select, noStandardize, noIntercept, weights, offset, exclude,
                ReadingSettings.Parse(na, categories, numbers, delimiter, Decimal, thousands, signs, dates, encoding), preparations[0], Out, json, zeroBased: zeroBased)
                .WithGrid(lambdaRatio).Minimizing(FamilySettings.Parse(family, link, power, size, delta, positive, trials, exposure, classWeight, offset, survival)).Grouped(grouped).MeasuredBy(measure)
                .JudgedBy(
                    criterion, ebicGamma, ("--lambda", lambda is not null), ("--folds", folds is not null), ("--repeats", repeats is not null),
                    ("--fold-column", foldColumn is not null),
                    ("--group-column", groupColumn is not null), ("--time-column", timeColumn is not null), ("--select", select is not null), ("--measure", measure is not null))
                .Grouped(GroupSettings.Parse(groupLevels, groups, groupMixing)).Searching(preparations, samples).Nested(nested).Showing(explain, keepPath, verbose, report).Strictly(strict).Tabled(table, hc3);
            new FitCommand(terminal, settings).Run(cancellationToken);
        });
}
