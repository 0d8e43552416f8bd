using ConsoleAppFramework;

namespace ElasticNet.Fast.Cli;

/// <summary>The commands as the framework sees them. Numbers arrive as text, because the framework reads them in the user's culture.</summary>
internal sealed class Commands(Terminal terminal)
{
    /// <summary>What the command returned; null while none has.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>
    /// Fits a model to a CSV or TSV, gzipped or not. Cross-validates unless --lambda is given. Every column is a feature,
    /// except the target and those named by --weights, --offset, --fold-column and --exclude. Columns of text are categories.
    /// </summary>
    /// <param name="data">The CSV, - for standard input. Its first line names the columns.</param>
    /// <param name="target">Column to be predicted.</param>
    /// <param name="lambda">Strength λ ≥ 0 of the penalty; fits once instead of cross-validating.</param>
    /// <param name="l1Ratio">Mixing ρ in [0, 1], 1 is the lasso, 0 is ridge; several, separated by commas, to choose from. Default 1.</param>
    /// <param name="lambdaRatio">Smallest over largest λ of the grid, in (0, 1). Default 1e-4, or 1e-2 with more features than rows.</param>
    /// <param name="folds">Folds of the cross-validation, at least 2. Default 10.</param>
    /// <param name="repeats">How often the rows are dealt out to folds anew, at least 1; errors are averaged. Default 1.</param>
    /// <param name="foldColumn">Column with the fold of each row, whole numbers.</param>
    /// <param name="seed">Seed of the fold shuffle. Default 1.</param>
    /// <param name="select">min: the λ of least error. 1se: the largest λ within one standard error of it. Default min.</param>
    /// <param name="criterion">Choose λ and ρ by aic, aicc, bic, ebic, gcv or alo (approximate leave-one-out) instead of cross-validation.</param>
    /// <param name="ebicGamma">γ of --criterion ebic, in [0, 1]; 0 is BIC. Default 0.5.</param>
    /// <param name="noStandardize">Penalise coefficients as they are instead of per standard deviation.</param>
    /// <param name="noIntercept">Fit no intercept.</param>
    /// <param name="weights">Column with observation weights.</param>
    /// <param name="offset">Column with a known part of the prediction.</param>
    /// <param name="exclude">Columns to leave out, separated by commas; they may hold text.</param>
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
    /// <param name="Out">Model file to write; without it none is written.</param>
    /// <param name="nested">Outer folds, at least 2: cross-validate the choice of λ, ρ and preparation, too, for an honest error.</param>
    /// <param name="samples">Of the combinations of --l1-ratio, --impute and --scale try so many, drawn at random by --seed. Default: all.</param>
    /// <param name="explain">Say what each feature does, too: effects per standard deviation and between quartiles, order of entry, part of the explained deviance, groups of correlated features.</param>
    /// <param name="keepPath">Keep the path in the model file, too: what enet plot --kind path needs.</param>
    /// <param name="report">HTML file to write: data, choice, features, pictures, assessment, in one file that needs no network.</param>
    /// <param name="verbose">Tell standard error what the solver did at each λ.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Fit(
        [Argument] string data,
        string target,
        [HideDefaultValue] string? lambda = null,
        [HideDefaultValue] string? l1Ratio = null,
        [HideDefaultValue] string? lambdaRatio = null,
        [HideDefaultValue] string? folds = null,
        [HideDefaultValue] string? repeats = null,
        [HideDefaultValue] string? foldColumn = null,
        [HideDefaultValue] string? seed = null,
        [HideDefaultValue] string? select = null,
        [HideDefaultValue] string? criterion = null,
        [HideDefaultValue] string? ebicGamma = null,
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
        [HideDefaultValue] string? Out = null, // The generated delegate would take a small one for the keyword.
        [HideDefaultValue] string? nested = null,
        [HideDefaultValue] string? samples = null,
        bool explain = false,
        bool keepPath = false,
        [HideDefaultValue] string? report = null,
        bool verbose = false,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() =>
        {
            PreparationSettings[] preparations = PreparationSettings.ParseAll(
                impute, fillValue, neighbors, neighborWeights, rounds, regression, matching, imputations, seed, indicators, scale, encode, reference, minLevelCount, unknownLevels);
            FitSettings settings = FitSettings.Parse(
                data, target, lambda, l1Ratio, folds, repeats, foldColumn, seed, select, noStandardize, noIntercept, weights, offset, exclude,
                ReadingSettings.Parse(na, categories, numbers, delimiter), preparations[0], Out, json)
                .WithGrid(lambdaRatio)
                .JudgedBy(
                    criterion, ebicGamma, ("--lambda", lambda is not null), ("--folds", folds is not null), ("--repeats", repeats is not null),
                    ("--fold-column", foldColumn is not null), ("--select", select is not null))
                .Searching(preparations, samples).Nested(nested).Showing(explain, keepPath, verbose, report);
            new FitCommand(terminal, settings).Run(cancellationToken);
        });

    /// <summary>
    /// Says which features λ.min, λ.1se and each criterion select, and whether the folds agree. Reads the table as fit does.
    /// </summary>
    /// <param name="data">The CSV, - for standard input. Its first line names the columns.</param>
    /// <param name="target">Column to be predicted.</param>
    /// <param name="l1Ratio">Mixing ρ in [0, 1]; several, separated by commas, to choose from. Default 1.</param>
    /// <param name="folds">Folds of the cross-validation, at least 2. Default 10.</param>
    /// <param name="repeats">How often the rows are dealt out to folds anew, at least 1. Default 1.</param>
    /// <param name="foldColumn">Column with the fold of each row, whole numbers.</param>
    /// <param name="seed">Seed of the fold shuffle. Default 1.</param>
    /// <param name="refit">Fit least squares, without shrinkage, on what a rule selects: min, 1se, aic, aicc, bic, ebic, gcv or alo.</param>
    /// <param name="Out">Model file of the refit to write.</param>
    /// <param name="noStandardize">Penalise coefficients as they are instead of per standard deviation.</param>
    /// <param name="noIntercept">Fit no intercept.</param>
    /// <param name="weights">Column with observation weights.</param>
    /// <param name="offset">Column with a known part of the prediction.</param>
    /// <param name="exclude">Columns to leave out, separated by commas; they may hold text.</param>
    /// <param name="impute">What missing numbers become: mean, median, mode, constant, knn, iterative (regressions on the other columns of numbers); or drop: rows with gaps are left out. Without it they are refused.</param>
    /// <param name="fillValue">The number of --impute constant. Default 0.</param>
    /// <param name="neighbors">The k of --impute knn, at least 1. Default 5. These training rows are stored in the model.</param>
    /// <param name="neighborWeights">uniform, or distance: nearer neighbours of --impute knn count more. Default uniform.</param>
    /// <param name="rounds">Rounds at most of --impute iterative, at least 1. Default 10.</param>
    /// <param name="indicators">Add a feature for each column with gaps that is 1 where the value is missing.</param>
    /// <param name="scale">none, standard, standard-sample, minmax, maxabs or robust: the units in which coefficients are penalised. Default: standard deviations.</param>
    /// <param name="categories">Columns that are categories whatever they hold, separated by commas.</param>
    /// <param name="numbers">Columns that are numbers; text in them is refused.</param>
    /// <param name="encode">onehot: a feature for each level of a category. ordinal: one, the position of the level. Default onehot.</param>
    /// <param name="reference">The level that gets no feature: none, first or most-frequent. Default none.</param>
    /// <param name="minLevelCount">Levels with fewer training rows share one feature. Default 1.</param>
    /// <param name="unknownLevels">Levels first seen at prediction: rare-or-none counts them as rare, or as no level; refuse refuses the row. Default rare-or-none.</param>
    /// <param name="na">Cells that are missing values besides empty ones, separated by commas. Default NA,N/A,n/a,#N/A,NaN,nan,null,NULL.</param>
    /// <param name="delimiter">What separates fields: tab or one character. Default: comma or tab, whichever the first line has.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Select(
        [Argument] string data,
        string target,
        [HideDefaultValue] string? l1Ratio = null,
        [HideDefaultValue] string? folds = null,
        [HideDefaultValue] string? repeats = null,
        [HideDefaultValue] string? foldColumn = null,
        [HideDefaultValue] string? seed = null,
        [HideDefaultValue] string? refit = null,
        [HideDefaultValue] string? Out = null,
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
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() => new SelectCommand(
            terminal,
            FitSettings.Parse(
                data, target, null, l1Ratio, folds, repeats, foldColumn, seed, null, noStandardize, noIntercept, weights, offset, exclude,
                ReadingSettings.Parse(na, categories, numbers, delimiter),
                PreparationSettings.ParseSingle(impute, fillValue, neighbors, neighborWeights, rounds, indicators, scale, encode, reference, minLevelCount, unknownLevels),
                Out, json),
            SelectCommand.Rule(refit, Out))
            .Run(cancellationToken));

    /// <summary>
    /// Says how sure the coefficients are: intervals and tests, and what they take for granted. Reads the table as fit does.
    /// </summary>
    /// <param name="data">The CSV, - for standard input. Its first line names the columns.</param>
    /// <param name="target">Column to be predicted.</param>
    /// <param name="method">debiased (every feature), multi-split (one half selects, the other tests), post-selection (given the selection at --lambda), bootstrap (of the penalised coefficients), or refit (least squares on the selection, naive). Default debiased.</param>
    /// <param name="lambda">Strength λ > 0 of the penalised fits; cross-validated without, but for post-selection, where it must be fixed in advance.</param>
    /// <param name="l1Ratio">Mixing ρ in (0, 1]. Default 1.</param>
    /// <param name="level">Coverage of the intervals, in (0, 1). Default 0.95.</param>
    /// <param name="adjust">How p-values are adjusted: none, bonferroni, holm or bh (Benjamini-Hochberg). Default holm. multi-split has its own.</param>
    /// <param name="noise">Standard deviation of the noise, if it is known; estimated without.</param>
    /// <param name="splits">Splits of multi-split, at least 1. Default 50.</param>
    /// <param name="resamples">Resamples of bootstrap, at least 100. Default 1000.</param>
    /// <param name="draw">rows or residuals: what bootstrap draws. Default rows.</param>
    /// <param name="interval">bca or percentile: the intervals of bootstrap. Default bca.</param>
    /// <param name="folds">Folds of the cross-validation, at least 2. Default 10.</param>
    /// <param name="seed">Seed of everything random. Default 1.</param>
    /// <param name="noStandardize">Penalise coefficients as they are instead of per standard deviation.</param>
    /// <param name="noIntercept">Fit no intercept.</param>
    /// <param name="weights">Column with observation weights.</param>
    /// <param name="offset">Column with a known part of the prediction.</param>
    /// <param name="exclude">Columns to leave out, separated by commas; they may hold text.</param>
    /// <param name="impute">What missing numbers become: mean, median, mode, constant, knn, iterative (regressions on the other columns of numbers); or drop: rows with gaps are left out. Without it they are refused.</param>
    /// <param name="fillValue">The number of --impute constant. Default 0.</param>
    /// <param name="neighbors">The k of --impute knn, at least 1. Default 5. These training rows are stored in the model.</param>
    /// <param name="neighborWeights">uniform, or distance: nearer neighbours of --impute knn count more. Default uniform.</param>
    /// <param name="rounds">Rounds at most of --impute iterative, at least 1. Default 10.</param>
    /// <param name="indicators">Add a feature for each column with gaps that is 1 where the value is missing.</param>
    /// <param name="scale">none, standard, standard-sample, minmax, maxabs or robust: the units in which coefficients are penalised. Default: standard deviations.</param>
    /// <param name="categories">Columns that are categories whatever they hold, separated by commas.</param>
    /// <param name="numbers">Columns that are numbers; text in them is refused.</param>
    /// <param name="encode">onehot: a feature for each level of a category. ordinal: one, the position of the level. Default onehot.</param>
    /// <param name="reference">The level that gets no feature: none, first or most-frequent. Default none.</param>
    /// <param name="minLevelCount">Levels with fewer training rows share one feature. Default 1.</param>
    /// <param name="unknownLevels">Levels first seen at prediction: rare-or-none counts them as rare, or as no level; refuse refuses the row. Default rare-or-none.</param>
    /// <param name="na">Cells that are missing values besides empty ones, separated by commas. Default NA,N/A,n/a,#N/A,NaN,nan,null,NULL.</param>
    /// <param name="delimiter">What separates fields: tab or one character. Default: comma or tab, whichever the first line has.</param>
    /// <param name="plot">Picture of the estimates and intervals to write, .svg or .png.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Infer(
        [Argument] string data,
        string target,
        [HideDefaultValue] string? method = null,
        [HideDefaultValue] string? lambda = null,
        [HideDefaultValue] string? l1Ratio = null,
        [HideDefaultValue] string? level = null,
        [HideDefaultValue] string? adjust = null,
        [HideDefaultValue] string? noise = null,
        [HideDefaultValue] string? splits = null,
        [HideDefaultValue] string? resamples = null,
        [HideDefaultValue] string? draw = null,
        [HideDefaultValue] string? interval = null,
        [HideDefaultValue] string? folds = null,
        [HideDefaultValue] string? seed = null,
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
        [HideDefaultValue] string? plot = null,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() => new InferCommand(
            terminal,
            InferSettings.Parse(method, lambda, l1Ratio, level, adjust, noise, splits, resamples, draw, interval, seed),
            FitSettings.Parse(
                data, target, lambda, l1Ratio, folds, null, null, seed, null, noStandardize, noIntercept, weights, offset, exclude,
                ReadingSettings.Parse(na, categories, numbers, delimiter),
                PreparationSettings.ParseSingle(impute, fillValue, neighbors, neighborWeights, rounds, indicators, scale, encode, reference, minLevelCount, unknownLevels),
                null, json),
            PictureFile.Parse(plot))
            .Run(cancellationToken));

    /// <summary>
    /// Says which features are selected whatever half of the rows one looks at, and how many of them may be false. Reads the table as fit does.
    /// </summary>
    /// <param name="data">The CSV, - for standard input. Its first line names the columns.</param>
    /// <param name="target">Column to be predicted.</param>
    /// <param name="pairs">Complementary pairs of halves, at least 1. Default 50.</param>
    /// <param name="threshold">Share of the halves that must select a feature, in (0.5, 1]. Default 0.75.</param>
    /// <param name="falseSelections">Expected false selections that are accepted, > 0; decides how many features a half selects. Default 1.</param>
    /// <param name="perHalf">Features that each half selects, in place of --false-selections.</param>
    /// <param name="bound">unimodal (Shah and Samworth) or mb (Meinshausen and Bühlmann). Default unimodal.</param>
    /// <param name="l1Ratio">Mixing ρ in (0, 1]. Default 1.</param>
    /// <param name="seed">Seed of the halves. Default 1.</param>
    /// <param name="noStandardize">Penalise coefficients as they are instead of per standard deviation.</param>
    /// <param name="noIntercept">Fit no intercept.</param>
    /// <param name="weights">Column with observation weights.</param>
    /// <param name="offset">Column with a known part of the prediction.</param>
    /// <param name="exclude">Columns to leave out, separated by commas; they may hold text.</param>
    /// <param name="impute">What missing numbers become: mean, median, mode, constant, knn, iterative (regressions on the other columns of numbers); or drop: rows with gaps are left out. Without it they are refused.</param>
    /// <param name="fillValue">The number of --impute constant. Default 0.</param>
    /// <param name="neighbors">The k of --impute knn, at least 1. Default 5. These training rows are stored in the model.</param>
    /// <param name="neighborWeights">uniform, or distance: nearer neighbours of --impute knn count more. Default uniform.</param>
    /// <param name="rounds">Rounds at most of --impute iterative, at least 1. Default 10.</param>
    /// <param name="indicators">Add a feature for each column with gaps that is 1 where the value is missing.</param>
    /// <param name="scale">none, standard, standard-sample, minmax, maxabs or robust: the units in which coefficients are penalised. Default: standard deviations.</param>
    /// <param name="categories">Columns that are categories whatever they hold, separated by commas.</param>
    /// <param name="numbers">Columns that are numbers; text in them is refused.</param>
    /// <param name="encode">onehot: a feature for each level of a category. ordinal: one, the position of the level. Default onehot.</param>
    /// <param name="reference">The level that gets no feature: none, first or most-frequent. Default none.</param>
    /// <param name="minLevelCount">Levels with fewer training rows share one feature. Default 1.</param>
    /// <param name="unknownLevels">Levels first seen at prediction: rare-or-none counts them as rare, or as no level; refuse refuses the row. Default rare-or-none.</param>
    /// <param name="na">Cells that are missing values besides empty ones, separated by commas. Default NA,N/A,n/a,#N/A,NaN,nan,null,NULL.</param>
    /// <param name="delimiter">What separates fields: tab or one character. Default: comma or tab, whichever the first line has.</param>
    /// <param name="plot">Picture of the stability paths to write, .svg or .png.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Stability(
        [Argument] string data,
        string target,
        [HideDefaultValue] string? pairs = null,
        [HideDefaultValue] string? threshold = null,
        [HideDefaultValue] string? falseSelections = null,
        [HideDefaultValue] string? perHalf = null,
        [HideDefaultValue] string? bound = null,
        [HideDefaultValue] string? l1Ratio = null,
        [HideDefaultValue] string? seed = null,
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
        [HideDefaultValue] string? plot = null,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() => new StabilityCommand(
            terminal,
            StabilityCommand.Parse(pairs, threshold, falseSelections, perHalf, bound, l1Ratio, seed),
            FitSettings.Parse(
                data, target, null, l1Ratio, null, null, null, seed, null, noStandardize, noIntercept, weights, offset, exclude,
                ReadingSettings.Parse(na, categories, numbers, delimiter),
                PreparationSettings.ParseSingle(impute, fillValue, neighbors, neighborWeights, rounds, indicators, scale, encode, reference, minLevelCount, unknownLevels),
                null, json, crossValidates: false),
            PictureFile.Parse(plot))
            .Run(cancellationToken));

    /// <summary>Predicts the rows of a CSV: one column, "prediction". Columns are matched by name; others are ignored.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="rows">The CSV, - for standard input.</param>
    /// <param name="offset">Column with the offset, for a model that was fitted with one.</param>
    /// <param name="na">Cells that are missing values besides empty ones, as in fit.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    public void Predict(
        [Argument] string model,
        [Argument] string rows,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        CancellationToken cancellationToken = default) =>
        Guard(() => PredictCommand.Run(terminal, model, rows, offset, ReadingSettings.Parse(na, null, null, delimiter), cancellationToken));

    /// <summary>
    /// Shows the columns of a table: types, missing values, ranges, levels. The standard deviation is that of a sample, with n − 1.
    /// </summary>
    /// <param name="data">The CSV, - for standard input.</param>
    /// <param name="target">Column of numbers; adds each column's correlation with it (of a category: the correlation ratio η), over the rows that have both.</param>
    /// <param name="na">Cells that are missing values besides empty ones, as in fit.</param>
    /// <param name="categories">Columns that are categories whatever they hold, separated by commas.</param>
    /// <param name="numbers">Columns that are numbers; text in them is refused.</param>
    /// <param name="exclude">Columns to leave out, separated by commas.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    /// <param name="plot">Picture of where values are missing to write, .svg or .png.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Describe(
        [Argument] string data,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? categories = null,
        [HideDefaultValue] string? numbers = null,
        [HideDefaultValue] string? exclude = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? plot = null,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() => DescribeCommand.Run(
            terminal, data, target, exclude is null ? [] : OptionValue.List("--exclude", exclude), ReadingSettings.Parse(na, categories, numbers, delimiter), PictureFile.Parse(plot), json, cancellationToken));

    /// <summary>Draws a picture of a model, as SVG or PNG.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="kind">path (effects against log λ), norm (effects against their L1 norm), cv (cross-validated error), coefficients, or residuals. path and norm take a model fitted with --keep-path or --report, residuals takes --data.</param>
    /// <param name="Out">The picture, .svg or .png.</param>
    /// <param name="data">The CSV whose rows are predicted for residuals, - for standard input.</param>
    /// <param name="target">Column with what is compared with the predictions. Default: the model's target.</param>
    /// <param name="offset">Column with the offset, for a model that was fitted with one.</param>
    /// <param name="na">Cells that are missing values besides empty ones, as in fit.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    /// <param name="width">Width in pixels of 1/96 inch, from 240 to 8000. Default 800.</param>
    /// <param name="height">Height likewise, from 200 to 8000. Default 500.</param>
    /// <param name="names">How many curves are named at most. Default 12.</param>
    /// <param name="theme">light or dark. Default light.</param>
    public void Plot(
        [Argument] string model,
        string kind,
        string Out,
        [HideDefaultValue] string? data = null,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? width = null,
        [HideDefaultValue] string? height = null,
        [HideDefaultValue] string? names = null,
        [HideDefaultValue] string? theme = null,
        CancellationToken cancellationToken = default) =>
        Guard(() => new PlotCommand(
            terminal, model, kind, PictureFile.Parse(Out, width, height, names, theme)!,
            new(data, target, offset, ReadingSettings.Parse(na, null, null, delimiter)))
            .Run(cancellationToken));

    /// <summary>Shows what a model file holds.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Inspect([Argument] string model, bool json = false) =>
        Guard(() => InspectCommand.Run(terminal, model, json));

    /// <summary>Says that the work was cancelled.</summary>
    public static int Cancelled(Terminal terminal)
    {
        terminal.Say("cancelled");
        return Cli.ExitCode.Cancelled;
    }

    private void Guard(Action command)
    {
        try
        {
            command();
            ExitCode = Cli.ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            ExitCode = Cancelled(terminal);
        }
#pragma warning disable CA1031 // A program's last line of defence: no fault of any kind may end in a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            terminal.Say(ErrorMessage.Of(exception));
            ExitCode = exception is UsageException ? Cli.ExitCode.Usage : Cli.ExitCode.Data;
        }
    }
}
