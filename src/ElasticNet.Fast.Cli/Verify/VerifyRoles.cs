using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>Which columns are target, weights and offset; null where nobody has said.</summary>
internal sealed record VerifyRoles(string? Target, string? Weights, string? Offset)
{
    /// <summary>The columns that are no features.</summary>
    public string[] Names => [.. new[] { Target, Weights, Offset }.OfType<string>()];

    /// <summary>The same, completed by what the model says.</summary>
    /// <exception cref="CsvDataException">One is not known, or there is none.</exception>
    public VerifyRoles For(ElasticNetModel model)
    {
        VerifyRoles all = new(Target ?? model.TargetName, Weights ?? model.Problem?.WeightsName, Offset ?? model.Problem?.OffsetName);
        if (all.Target is null)
            throw new CsvDataException("the model does not name its target; --target does");
        Check(model.Provenance.HasWeights, all.Weights, "weights");
        Check(model.Provenance.HasOffset, all.Offset, "an offset");
        return all;
    }

    private static void Check(bool isNeeded, string? name, string what)
    {
        string option = what == "weights" ? "--weights" : "--offset";
        if (isNeeded && name is null)
            throw new CsvDataException($"the model was fitted with {what} and does not name the column; {option} does");
        if (!isNeeded && name is not null)
            throw new CsvDataException($"the model was fitted without {what}; column '{name}' cannot be {(what == "weights" ? "them" : "one")}");
    }
}
