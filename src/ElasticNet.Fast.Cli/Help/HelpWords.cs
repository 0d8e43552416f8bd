namespace ElasticNet.Fast.Cli;

/// <summary>The words of help that the declarations of commands have no place for: what values are, what belongs together, and examples.</summary>
internal static class HelpWords
{
    /// <summary>Options that belong together, under a title; what is in none is by itself.</summary>
    public static readonly (string Title, string[] Options)[] Groups =
    [
        ("The target", ["--target", "--family", "--link", "--power", "--size", "--delta", "--positive", "--trials", "--exposure", "--class-weight"]),
        ("What is penalised", ["--l1-ratio", "--no-standardize", "--no-intercept", "--weights", "--offset"]),
        ("How λ is chosen", ["--lambda", "--criterion", "--ebic-gamma", "--select", "--measure", "--lambda-ratio", "--folds", "--repeats", "--fold-column", "--group-column", "--time-column", "--time-gap", "--time-window", "--seed", "--samples", "--nested"]),
        ("Inference", ["--method", "--level", "--adjust", "--noise", "--splits", "--resamples", "--draw", "--interval"]),
        ("Stability", ["--pairs", "--threshold", "--false-selections", "--per-half", "--bound"]),
        ("Preparation", ["--impute", "--fill-value", "--neighbors", "--neighbor-weights", "--rounds", "--regression", "--matching", "--imputations", "--indicators", "--scale", "--encode", "--reference", "--min-level-count", "--unknown-levels"]),
        ("Reading the table", ["--exclude", "--categories", "--numbers", "--na", "--delimiter", "--decimal", "--thousands", "--signs", "--dates", "--encoding", "--zero-based"]),
    ];

    private static readonly Dictionary<string, string[]> s_values = new()
    {
        ["COLUMN"] = ["--target", "--trials", "--exposure", "--weights", "--offset", "--fold-column", "--group-column", "--time-column", "--by"],
        ["COLUMN,..."] = ["--exclude", "--categories", "--numbers", "--id"],
        ["FILE"] = ["--out", "--report", "--plot", "--data"],
        ["LABEL"] = ["--positive"],
        ["TOKEN,..."] = ["--na"],
        ["CHARACTER"] = ["--delimiter", "--decimal", "--thousands"],
        ["PART,..."] = ["--dates"],
        ["N"] = ["--folds", "--repeats", "--seed", "--samples", "--nested", "--neighbors", "--rounds", "--matching", "--imputations", "--min-level-count", "--pairs", "--splits", "--resamples", "--per-half", "--width", "--height", "--names"],
        ["NUMBER"] = ["--lambda", "--time-gap", "--time-window", "--lambda-ratio", "--ebic-gamma", "--power", "--size", "--delta", "--threshold", "--level", "--noise", "--false-selections"],
        ["NUMBER,..."] = ["--l1-ratio"],
        ["VALUE"] = ["--fill-value"],
    };

    private static readonly Dictionary<string, string[]> s_arguments = new()
    {
        ["predict"] = ["MODEL", "ROWS"],
        ["inspect"] = ["MODEL"],
        ["plot"] = ["MODEL"],
        ["verify"] = ["MODEL", "DATA"],
        ["judge"] = ["COEFFICIENTS", "DATA"],
        ["completion"] = ["SHELL"],
        ["assess"] = ["MODEL", "DATA"],
    };

    private static readonly Dictionary<string, string[]> s_examples = new()
    {
        ["fit"] = ["data.csv --target price --out model.enet", "data.csv --target churned --family binomial --impute median --explain", "rows.svm --l1-ratio 0.1,0.5,1 --folds 5 --json"],
        ["predict"] = ["model.enet new.csv --append --out predicted.csv", "model.enet new.csv --type class --id customer", "model.enet - --json"],
        ["inspect"] = ["model.enet", "model.enet --json", "model.enet --json > model.json"],
        ["describe"] = ["data.csv", "data.csv --target price --plot missing.svg", "rows.svm --json"],
        ["select"] = ["data.csv --target price", "data.csv --target price --group-column shop", "data.csv --target price --refit bic --out refit.enet"],
        ["infer"] = ["data.csv --target price", "data.csv --target price --method debiased --plot intervals.svg", "data.csv --target price --method bootstrap --resamples 2000 --adjust holm"],
        ["stability"] = ["data.csv --target price", "data.csv --target price --pairs 100 --false-selections 1", "rows.svm --plot stability.svg"],
        ["plot"] = ["model.enet --kind coefficients --out coefficients.svg", "model.enet --kind path --out path.png --theme dark", "model.enet --kind residuals --data data.csv --out residuals.png"],
        ["assess"] = ["model.enet held-out.csv", "model.enet held-out.csv --by shop --out assessment.html", "model.enet held-out.csv --kind calibration --out calibration.svg"],
        ["verify"] = ["model.enet data.csv", "model.enet data.csv --json", "model.enet data.csv --weights weight"],
        ["judge"] = ["coefficients.json data.csv --target price --objective glmnet", "coefficients.json data.csv --target price --objective scikit-learn", "coefficients.json data.csv --target price --objective glmnet --json"],
        ["completion"] = ["bash > ~/.local/share/bash-completion/completions/enet", "zsh > ~/.zfunc/_enet", "powershell >> $PROFILE"],
    };

    /// <summary>What an argument is called.</summary>
    public static string ArgumentOf(string command, int place) => s_arguments.TryGetValue(command, out string[]? names) && place < names.Length ? names[place] : "DATA";

    /// <summary>A word for what follows an option.</summary>
    public static string ValueOf(string option) => s_values.FirstOrDefault(value => value.Value.Contains(option)).Key ?? "NAME";

    /// <summary>Command lines, without the name of program and command.</summary>
    public static IReadOnlyList<string> ExamplesOf(string command) => s_examples.GetValueOrDefault(command) ?? [];
}
