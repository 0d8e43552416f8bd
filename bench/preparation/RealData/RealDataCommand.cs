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
            - what fills the gaps is learnt in each fold from its training rows

            """);
        foreach (RealTable table in tables)
        {
            text.Append($"""

                ## {table.Name}: {table.Target}, {table.Table.Rows} rows, {table.Table.FeatureNames.Count} raw columns, {Share(table)}

                | `--impute` | rows used | error | R² | with `--indicators`: error | R² |
                |---|--:|--:|--:|--:|--:|

                """);
            foreach ((string name, ImputationMethod method) in s_methods)
            {
                // Without a gap left there is nothing to indicate.
                string plain = Validate(false, out int rows), indicated = method is ImputationMethod.None or ImputationMethod.DropRows ? "– | –" : Validate(true, out _);
                text.AppendLine($"| {name} | {(rows > 0 ? rows : "–")} | {plain} | {indicated} |");

                string Validate(bool indicators, out int used)
                {
                    ElasticNetOptions options = new()
                    {
                        L1Ratios = l1Ratios,
                        Folds = folds,
                        Seed = seed,
                        Preparation = new() { Imputation = method, MissingIndicators = indicators },
                    };
                    return Cell(table, options, out used);
                }
            }
        }

        CommandLine.Report(text.ToString(), @out);
        return tables.Count > 0 ? 0 : 1;
    }

    private static string Cell(RealTable table, ElasticNetOptions options, out int rows)
    {
        rows = 0;
        try
        {
            CrossValidationResult result = ElasticNetEstimator.CrossValidate(table.Table.Table, table.Table.Column(table.Target).Span, options);
            using ElasticNetModel model = result.Model;
            CrossValidationPoint best = result.Best.Points.Single(point => point.Lambda == result.LambdaMin);
            rows = model.Provenance.Rows;
            return $"{best.Mean:0.000} ± {best.StandardError:0.000} | {best.RSquared:0.000}";
        }
        catch (ArgumentException refusal) when (options.Preparation!.Imputation == ImputationMethod.None)
        {
            Console.Error.WriteLine($"{table.Name}: {refusal.Message}");
            return "refused | –";
        }
    }

    private static string Share(RealTable table)
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
