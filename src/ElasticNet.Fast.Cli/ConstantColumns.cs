using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>What is said of features that are constant up to rounding.</summary>
internal static class ConstantColumns
{
    private const int MostNamed = 10;

    /// <summary>Their names; none where the model comes from a file, which does not say.</summary>
    public static IEnumerable<string> Names(ElasticNetModel model) =>
        model.Fit.Trace.ConstantColumns.ToArray().Select(model.NameOf);

    /// <summary>The sentence, without a full stop; null where there are none.</summary>
    public static string? Sentence(ElasticNetModel model)
    {
        int count = model.Fit.Trace.ConstantColumns.Length;
        if (count == 0)
            return null;
        string named = string.Join(", ", Names(model).Take(MostNamed).Select(name => $"'{PlainText.OneLine(name)}'"));
        string more = count > MostNamed ? FormattableString.Invariant($" and {count - MostNamed} more") : "";
        return count == 1
            ? $"feature {named} is constant up to rounding in the rows that were fitted, and has coefficient 0 for it"
            : $"features {named}{more} are constant up to rounding in the rows that were fitted, and have coefficient 0 for it";
    }
}
