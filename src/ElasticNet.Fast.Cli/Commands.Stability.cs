using ConsoleAppFramework;

namespace ElasticNet.Fast.Cli;

// enet stability.
internal sealed partial class Commands
{
    /// <summary>
    /// Says which features are selected whatever half of the rows one looks at, and how many of them may be false. Reads the table as fit does.
    /// </summary>
    /// <param name="data">The CSV, - for standard input; its first line names the columns. Or, by its name, Parquet (.parquet), Arrow (.arrow, .feather, .ipc) or a svmlight file, .svm, .svmlight or .libsvm, perhaps with .gz.</param>
    /// <param name="target">Column to be predicted. A CSV needs it; a row of a svmlight file begins with its target.</param>
    /// <param name="family">What the target is: gaussian, binomial (two labels, 0 and 1, or proportions), poisson or negative-binomial (counts), gamma (positive amounts), tweedie (amounts that are often 0) or huber (a number with outliers). Default gaussian.</param>
    /// <param name="link">Of --family binomial: logit, probit or cloglog. Default logit.</param>
    /// <param name="power">The power of --family tweedie, between 1 and 2. Default 1.5.</param>
    /// <param name="size">The size k of --family negative-binomial, above 0: the variance is μ + μ²/k. Default: estimated.</param>
    /// <param name="delta">From which residual on --family huber counts it by its size, in units of the target. Default: 1.345 times the scaled median distance of the target from its median.</param>
    /// <param name="positive">The label of the event, whose probability --family binomial predicts. Default: the second of the two in ordinal order.</param>
    /// <param name="trials">Column with the number of trials; the target counts the successes of --family binomial.</param>
    /// <param name="exposure">Column with time at risk, area or the like, above 0; its logarithm is the offset, of the families of counts and amounts.</param>
    /// <param name="classWeight">balanced: both classes of --family binomial weigh the same.</param>
    /// <param name="time">Of --family cox, as in fit.</param>
    /// <param name="Event">Of --family cox, as in fit.</param>
    /// <param name="start">Of --family cox, as in fit.</param>
    /// <param name="strata">Of --family cox, as in fit.</param>
    /// <param name="ties">Of --family cox, as in fit.</param>
    /// <param name="grouped">Of --family multinomial and multigaussian, as in fit.</param>
    /// <param name="groupLevels">The levels of a category are in or out together; halves then select groups.</param>
    /// <param name="groups">File with groups of features, as in fit.</param>
    /// <param name="groupMixing">As in fit.</param>
    /// <param name="zeroBased">The first feature of a svmlight file has index 0, not 1.</param>
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
    /// <param name="exclude">Columns to leave out, by name or by place (1 is the first), separated by commas; they may hold text.</param>
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
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma (--decimal ,). Default: a point.</param>
    /// <param name="thousands">What may stand between thousands: space, comma, point, apostrophe or underscore, by name or as it is. Default: nothing.</param>
    /// <param name="signs">Numbers may wear a currency or percent sign, or brackets for a minus: $ 5, 12.5 %, (5). The sign is taken off.</param>
    /// <param name="dates">What a column of dates becomes: days, year, quarter, month, weekday, hour, separated by commas; or text. Default: days, since 1970-01-01.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8, or what a byte order mark says.</param>
    /// <param name="plot">Picture of the stability paths to write, .svg or .png.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Stability(
        [Argument] string data,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? family = null,
        [HideDefaultValue] string? link = null,
        [HideDefaultValue] string? power = null,
        [HideDefaultValue] string? size = null,
        [HideDefaultValue] string? delta = null,
        [HideDefaultValue] string? positive = null,
        [HideDefaultValue] string? trials = null,
        [HideDefaultValue] string? exposure = null,
        [HideDefaultValue] string? classWeight = null,
        [HideDefaultValue] string? time = null,
        [HideDefaultValue] string? Event = null,
        [HideDefaultValue] string? start = null,
        [HideDefaultValue] string? strata = null,
        [HideDefaultValue] string? ties = null,
        bool grouped = false,
        bool groupLevels = false,
        [HideDefaultValue] string? groups = null,
        [HideDefaultValue] string? groupMixing = null,
        bool zeroBased = false,
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
        [HideDefaultValue] string? Decimal = null,
        [HideDefaultValue] string? thousands = null,
        bool signs = false,
        [HideDefaultValue] string? dates = null,
        [HideDefaultValue] string? encoding = null,
        [HideDefaultValue] string? plot = null,
        bool json = false,
        CancellationToken cancellationToken = default)
    {
        Guard(() => new StabilityCommand(
            terminal,
            StabilityCommand.Parse(pairs, threshold, falseSelections, perHalf, bound, l1Ratio, seed),
            FitSettings.Parse(
                data, Watched()?.Time ?? target, null, l1Ratio, FoldSettings.Default, seed, null, noStandardize, noIntercept, weights, offset, exclude,
                ReadingSettings.Parse(na, categories, numbers, delimiter, Decimal, thousands, signs, dates, encoding),
                PreparationSettings.ParseSingle(impute, fillValue, neighbors, neighborWeights, rounds, indicators, scale, encode, reference, minLevelCount, unknownLevels),
                null, json, crossValidates: false, zeroBased: zeroBased).Minimizing(FamilySettings.Parse(family, link, power, size, delta, positive, trials, exposure, classWeight, offset, Watched())).Grouped(grouped)
                .Grouped(GroupSettings.Parse(groupLevels, groups, groupMixing)),
            PictureFile.Parse(plot))
            .Run(cancellationToken));

        SurvivalSettings? Watched() => SurvivalSettings.Parse(family, target, data, zeroBased, time, Event, start, strata, ties);
    }
}
