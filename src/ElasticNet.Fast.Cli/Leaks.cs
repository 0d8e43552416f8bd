using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>What is said of columns that alone explain nearly everything: they are the target, or are made of it, more often than they predict it.</summary>
internal static class Leaks
{
    private const int FewRows = 10;
    private const int MostNamed = 3;
    private const double Suspicious = 0.99;
    private const double Rounding = 1e-12;

    /// <summary>Says it, a sentence a column.</summary>
    public static void Say(Terminal terminal, CsvTable table, string target)
    {
        // In a handful of rows anything explains anything.
        if (table.Rows < FewRows)
            return;
        ReadOnlySpan<double> y = table.Column(target).Span;
        int said = 0;
        for (int j = 0; j < table.FeatureNames.Count && said < MostNamed; j++)
        {
            if (table.Table.Columns[j].Kind != InputKind.Number || table.Gaps(table.FeatureNames[j]).Count > table.Rows - FewRows)
                continue;
            double r = Association.Pearson(table.Table.Column(j), y);
            if (!(r * r >= Suspicious))
                continue;
            string name = table.FeatureNames[j];
            terminal.Say(1 - (r * r) <= Rounding
                ? $"warning: column '{name}' is the target '{target}' to rounding, up to scale; --exclude leaves it out"
                : string.Create(CultureInfo.InvariantCulture, $"note: column '{name}' alone explains {Math.Floor(r * r * 1000) / 1000:0.0%} of '{target}'; if it is made of it, or known only afterwards, --exclude leaves it out"));
            said++;
        }
    }
}
