using System.Globalization;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Cli;

/// <summary>The target of a table as a stored model has it, and what belongs to its rows.</summary>
internal static class StoredTarget
{
    /// <summary>Its values, labels as 0 and 1, and the weights of the rows.</summary>
    /// <exception cref="CsvDataException">A value cannot be what its column says, or a label is none of the model's.</exception>
    public static (double[] Values, double[] Weights) Of(CsvTable table, ElasticNetModel model, string target, string? weightsName, string? trials)
    {
        double[] weights = weightsName is not null ? table.Column(weightsName).ToArray() : [];
        int bad = Array.FindIndex(weights, weight => !(weight >= 0));
        if (bad >= 0)
            throw new CsvDataException(table.RowNumber(bad), weightsName, string.Create(CultureInfo.InvariantCulture, $"{weights[bad]} is a negative weight"));
        if (trials is not null)
            return TargetColumn.Proportions(table, target, trials, weights);
        if (weights.Length == 0)
        {
            weights = new double[table.Rows];
            Array.Fill(weights, 1);
        }

        return (model.Classes is not { } classes ? table.Column(target).ToArray() : model.Family.HasEvent ? Numbers(table, target, classes) : Codes(table, target, classes), weights);
    }

    // The places of labels among several classes; a number is the class that is written as another form of it.
    private static double[] Codes(CsvTable table, string target, IReadOnlyList<string> classes)
    {
        ReadOnlySpan<double> codes = table.Column(target).Span;
        IReadOnlyList<string> levels = table.Levels(target);
        double[] numbers = LevelNumbers.Of(table, target);
        int[] known = new int[levels.Count];
        for (int k = 0; k < known.Length; k++)
        {
            known[k] = Enumerable.Range(0, classes.Count).FirstOrDefault(one => classes[one] == levels[k], -1);
            for (int one = 0; known[k] < 0 && one < classes.Count; one++)
            {
                if (double.TryParse(classes[one], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value == numbers[k])
                    known[k] = one;
            }
        }

        double[] values = new double[codes.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = known[(int)codes[i]] is var place and >= 0
                ? place
                : throw new CsvDataException(table.RowNumber(i), target, $"'{PlainText.OneLine(levels[(int)codes[i]])}' is none of the model's classes {PlainText.OneLine(ClassLabels.Listed(classes))}");
        }

        return values;
    }

    // Labels as they were stored; of a target that had numbers, 0 and 1 or proportions between them.
    private static double[] Numbers(CsvTable table, string target, IReadOnlyList<string> classes)
    {
        ReadOnlySpan<double> codes = table.Column(target).Span;
        IReadOnlyList<string> levels = table.Levels(target);
        double[] numbers = LevelNumbers.Of(table, target);
        double?[] known = new double?[levels.Count];
        for (int k = 0; k < known.Length; k++)
        {
            double number = numbers[k]; // NaN is none of the classes
            known[k] = levels[k] == classes[1] ? 1 : levels[k] == classes[0] ? 0
                : Is(classes[1], number) ? 1 : Is(classes[0], number) ? 0
                : Is(classes[1], 1) && Is(classes[0], 0) && number is >= 0 and <= 1 ? number : null;
        }

        double[] values = new double[codes.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = known[(int)codes[i]] ?? throw new CsvDataException(table.RowNumber(i), target, $"'{PlainText.OneLine(levels[(int)codes[i]])}' is none of the model's classes '{PlainText.OneLine(classes[0])}' and '{PlainText.OneLine(classes[1])}'");
        return values;

        static bool Is(string label, double number) => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value == number;
    }

    /// <summary>The offset, or the logarithm of the exposure; null without either.</summary>
    /// <exception cref="CsvDataException">An exposure is not positive.</exception>
    public static double[]? Offset(CsvTable table, string? offset, string? exposure) =>
        offset is not null ? table.Column(offset).ToArray() : exposure is not null ? TargetColumn.Logarithms(table, exposure) : null;

    /// <summary>The offsets of several outputs, those of a row side by side.</summary>
    public static double[] Offsets(CsvTable table, string[] columns)
    {
        double[] offsets = new double[(long)table.Rows * columns.Length];
        for (int k = 0; k < columns.Length; k++)
        {
            ReadOnlySpan<double> column = table.Column(columns[k]).Span;
            for (int i = 0; i < column.Length; i++)
                offsets[i * columns.Length + k] = column[i];
        }

        return offsets;
    }
}
