using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>What it means for the options that a file is a svmlight file, which its name tells.</summary>
internal static class SvmLightInput
{
    /// <summary>The target has no name in the file; this is what the model calls it.</summary>
    public const string Target = "target";

    private const string NoNames = "is for a CSV: the features of a svmlight file have indices, no names, and it holds nothing but them and the target";
    private const string NoCells = "is for a CSV: a svmlight file has no missing values, and its fields are always separated by blanks or tabs";
    private const string NoPreparation = "is for a CSV: a svmlight file has no gaps and no categories, and centred or shifted columns would no longer be sparse; coefficients are penalised per standard deviation, or as they are with --no-standardize";

    /// <summary>Whether a file is one, by its name.</summary>
    /// <exception cref="UsageException">It is none, and its first index was given.</exception>
    public static bool Is(string path, bool zeroBased)
    {
        bool isSvmLight = SvmLightFile.IsNamed(path);
        return zeroBased && !isSvmLight
            ? throw new UsageException("--zero-based is for a svmlight file, whose name ends in .svm, .svmlight or .libsvm, perhaps with .gz")
            : isSvmLight;
    }

    /// <summary>Refuses such a file where every element of every column would have to be written out.</summary>
    /// <exception cref="UsageException">It is one.</exception>
    public static void Refuse(string path, string command)
    {
        if (SvmLightFile.IsNamed(path))
            throw new UsageException($"enet {command} reads a table of named columns, and '{Path.GetFileName(path)}' is a svmlight file; describe, fit, select, stability and predict read these");
    }

    /// <summary>Refuses what is said of columns by name, and of how cells are read.</summary>
    /// <exception cref="UsageException">An option means nothing here.</exception>
    public static void CheckReading(string? target, string[] exclude, ReadingSettings reading)
    {
        Refuse("--target", target is not null, "is for a CSV: a row of a svmlight file begins with its target");
        Refuse("--exclude", exclude.Length > 0, NoNames);
        Refuse("--categories", reading.Categories.Length > 0, NoNames);
        Refuse("--numbers", reading.Numbers.Length > 0, NoNames);
        Refuse("--na", reading.MissingTokens is not null, NoCells);
        Refuse("--delimiter", reading.Delimiter is not null, NoCells);
        Refuse("--decimal, --thousands, --signs, --dates, --encoding", reading.SaysHowCellsAreRead, NoCells);
    }

    /// <summary>Refuses further columns, and preparation.</summary>
    /// <exception cref="UsageException">An option means nothing here.</exception>
    public static void CheckFit(string? weights, string? offset, FoldColumn? foldColumn, PreparationSettings preparation)
    {
        Refuse("--weights", weights is not null, NoNames);
        Refuse("--offset", offset is not null, NoNames);
        Refuse(foldColumn?.Option ?? "", foldColumn is not null, NoNames);
        Refuse("preparation (--impute, --indicators, --scale, --encode, --reference, --min-level-count, --unknown-levels)", preparation.IsGiven, NoPreparation);
    }

    /// <summary>Refuses columns of the loss.</summary>
    /// <exception cref="UsageException">One is named.</exception>
    public static void CheckLoss(FamilySettings loss)
    {
        Refuse("--trials", loss.Trials is not null, NoNames);
        Refuse("--exposure", loss.Exposure is not null, NoNames);
    }

    /// <summary>Refuses an option where it was given.</summary>
    /// <exception cref="UsageException">It was.</exception>
    public static void Refuse(string option, bool given, string reason)
    {
        if (given)
            throw new UsageException($"{option} {reason}");
    }

    /// <summary>Reads the file.</summary>
    public static SvmLightFile Read(Terminal terminal, string path, bool zeroBased, CancellationToken cancellationToken) =>
        SvmLightFile.Read(CsvText.Open(terminal.OpenRead(path)), new() { ZeroBased = zeroBased }, cancellationToken);

    /// <summary>The name of a feature: its index, as the file counts.</summary>
    public static string NameOf(int feature, bool zeroBased) =>
        ((long)feature + (zeroBased ? 0 : 1)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Refuses rows that count their features otherwise than those that a model was fitted to, where its names tell.</summary>
    /// <exception cref="UsageException">They do.</exception>
    public static void CheckBase(ElasticNetModel model, bool zeroBased)
    {
        if (model.FeatureNames is not { Count: > 0 } names || !Counts(!zeroBased))
            return;
        throw new UsageException(zeroBased
            ? "--zero-based: the model was fitted to features that are named from 1 on"
            : "the model was fitted to features that are named from 0 on; give --zero-based");

        bool Counts(bool fromZero) => names[0] == NameOf(0, fromZero) && names[^1] == NameOf(names.Count - 1, fromZero);
    }
}
