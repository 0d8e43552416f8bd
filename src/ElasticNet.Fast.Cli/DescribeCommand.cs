using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli;

/// <summary>A table in, what its columns are out.</summary>
internal static class DescribeCommand
{
    /// <summary>Reads the table and describes it.</summary>
    public static void Run(
        Terminal terminal, string data, string? target, string[] exclude, bool zeroBased, ReadingSettings reading, PictureFile? plot, bool json, CancellationToken cancellationToken)
    {
        if (SvmLightInput.Is(data, zeroBased))
        {
            SvmLightInput.CheckReading(target, exclude, reading);
            SvmLightInput.Refuse("--plot", plot is not null, "is for a CSV: it shows missing values, and a svmlight file has none");
            SparseReport.Run(terminal, SvmLightInput.Read(terminal, data, zeroBased, cancellationToken), zeroBased, json);
            return;
        }

        if (target is not null && exclude.Contains(target))
            throw new UsageException($"column '{target}' cannot be both --target and --exclude");
        if (target is not null && reading.Categories.Contains(target))
            throw new UsageException($"column '{target}' cannot be both --target and --categories: correlations need a number");
        CsvReadOptions options = reading.Options;
        options = options with { Skip = exclude, Numbers = target is null ? options.Numbers : [.. options.Numbers, target] };
        CsvTable table = TableInput.Read(terminal, data, reading, options, cancellationToken);
        foreach (string note in table.Notes)
            terminal.Say($"note: {note}");

        ReadOnlySpan<double> y = target is null ? [] : table.Column(target).Span;
        var columns = new ColumnSummary[table.FeatureNames.Count];
        for (int j = 0; j < columns.Length; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns[j] = ColumnSummary.Of(table.Table.Columns[j], table.Table.Column(j), y);
        }
        plot?.Save(Pictures.MissingValues(table.Table));
        if (json)
            DescribeJson.Write(columns, table.Rows, target, terminal.OutputStream);
        else
            DescribeReport.Write(columns, table.Rows, target, terminal);
    }
}
