using System.Text;
using ElasticNet.Fast.Compare.Reports;

namespace ElasticNet.Fast.PreparationBenchmark.RealData;

/// <summary>The verb <c>real-data</c>.</summary>
internal static class RealDataCommand
{
    private static readonly (string Name, ImputationMethod Method)[] s_methods =
    [
        ("none", ImputationMethod.None), ("drop", ImputationMethod.DropRows), ("mean", ImputationMethod.Mean), ("median", ImputationMethod.Median),
        ("mode", ImputationMethod.MostFrequent), ("constant", ImputationMethod.Constant), ("knn", ImputationMethod.NearestNeighbors),
    ];

    /// <summary>
    /// Cross-validates three real tables with missing values with each way to fill them, with and without missing
    /// indicators, and prints the errors side by side as Markdown.
    /// </summary>
    /// <param name="l1Ratios">The mixings ρ to choose from. Default: 0.5, 1.</param>
    /// <param name="folds">Of the cross-validation.</param>
    /// <param name="seed">Of the folds.</param>
    /// <param name="out">Write the table to this file as well.</param>
    /// <returns>0, 1 where there is no table, 2 for a mistake on the command line.</returns>
    public static int Run(double[]? l1Ratios = null, int folds = 10, ulong seed = 1, string? @out = null)
    {
        l1Ratios ??= [0.5, 1];
        if (folds < 2 || l1Ratios.Any(ratio => ratio is not (>= 0 and <= 1)))
        {
            Console.Error.WriteLine("'folds' must be at least 2 and 'l1-ratios' in [0, 1].");
            return 2;
        }

        CommandLine.IsUnderstood = true;
        List<RealTable> tables = RealTables.Read();
        StringBuilder text = new($"""
            # Real tables with missing values

            - {MachineInfo.Describe()}
            - {folds}-fold cross-validation, seed {seed}, ρ among {string.Join(", ", l1Ratios)}; mean squared error ± its standard error at the best (ρ, λ)
            - what fills the gaps is learnt in each fold from its training rows; rows: those that took part

            """);
        foreach (RealTable table in tables)
            text.AppendLine($"- {table.Name}: {table.Target}, {table.Table.Rows} rows, {table.Table.FeatureNames.Count} raw columns, {Gaps(table)}");
        text.AppendLine();
        text.AppendLine($"| `--impute` | `--indicators` | {string.Join(" | ", tables.Select(table => table.Name))} |");
        text.AppendLine($"|---|---|{string.Concat(tables.Select(_ => "---|"))}");
        foreach ((string name, ImputationMethod method) in s_methods)
        {
            Add(indicators: false);
            // Elsewhere no gap is left that could be indicated.
            if (method is not (ImputationMethod.None or ImputationMethod.DropRows))
                Add(indicators: true);

            void Add(bool indicators)
            {
                ElasticNetOptions options = new()
                {
                    L1Ratios = l1Ratios,
                    Folds = folds,
                    Seed = seed,
                    Preparation = new() { Imputation = method, MissingIndicators = indicators },
                };
                text.AppendLine($"| {name} | {(indicators ? "yes" : "")} | {string.Join(" | ", tables.Select(table => Cell(table, options)))} |");
            }
        }

        CommandLine.Report(text.ToString(), @out);
        return tables.Count > 0 ? 0 : 1;
    }

    private static string Cell(RealTable table, ElasticNetOptions options)
    {
        try
        {
            CrossValidationResult result = ElasticNetEstimator.CrossValidate(table.Table.Table, table.Table.Column(table.Target).Span, options);
            using ElasticNetModel model = result.Model;
            CrossValidationPoint best = result.Best.Points.Single(point => point.Lambda == result.LambdaMin);
            return $"{best.Mean:0.000} ± {best.StandardError:0.000}, R² {best.RSquared:0.000}, {model.Provenance.Rows} rows";
        }
        catch (ArgumentException refusal) when (options.Preparation!.Imputation == ImputationMethod.None)
        {
            Console.Error.WriteLine($"{table.Name}: {refusal.Message}");
            return "refused";
        }
    }

    private static string Gaps(RealTable table)
    {
        FeatureTable features = table.Table.Table;
        int gaps = 0, incomplete = 0;
        for (int i = 0; i < features.Rows; i++)
        {
            int before = gaps;
            for (int j = 0; j < features.Columns.Count; j++)
            {
                if (double.IsNaN(features.Column(j)[i]))
                    gaps++;
            }

            incomplete += gaps > before ? 1 : 0;
        }

        return $"{gaps} gaps in {incomplete} rows";
    }
}
