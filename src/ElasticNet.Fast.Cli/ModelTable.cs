using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Cli;

/// <summary>
/// A table with the columns of a model, called as the model calls them: the header of a CSV is read without the blanks around names, which
/// names from elsewhere may have.
/// </summary>
internal static class ModelTable
{
    /// <summary>Reads it and says what was decided.</summary>
    /// <param name="terminal">Where the table may come from, and notes go.</param>
    /// <param name="data">The table.</param>
    /// <param name="reading">What was said about how it is read.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputs">Those of its columns that are wanted; null: by position, whatever is there.</param>
    /// <param name="options">How it is read, with the columns apart and what else is a category.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CsvDataException">The table lacks a column or is malformed, or blanks alone tell columns apart.</exception>
    public static CsvTable Read(Terminal terminal, string data, ReadingSettings reading, ElasticNetModel model, IReadOnlyList<InputColumn>? inputs, CsvReadOptions options, CancellationToken cancellationToken)
    {
        // Parts of dates come from one column of text, which its cells declare.
        Dictionary<string, TextColumn> parts = Dates(model).ToDictionary(column => column.Name, StringComparer.Ordinal);
        Dictionary<string, string> own = new(StringComparer.Ordinal);
        foreach (InputColumn input in inputs ?? [])
        {
            string read = parts.TryGetValue(input.Name, out TextColumn? part) ? DateParts.Name(part.Source.Trim(), part.Part) : input.Name.Trim();
            if (!own.TryAdd(read, input.Name))
                throw new CsvDataException($"the model has columns whose names differ by blanks alone, which the header of a CSV does not tell apart: '{own[read]}', '{input.Name}'");
        }

        CsvTable table = TableInput.Read(terminal, data, reading, options with
        {
            Only = inputs is null ? null : [.. inputs.Select(input => (parts.TryGetValue(input.Name, out TextColumn? part) ? part.Source : input.Name).Trim()).Distinct()],
            Categories = [.. options.Categories, .. Named(InputKind.Category)],
            Numbers = [.. options.Numbers, .. Named(InputKind.Number)],
        }, cancellationToken);
        foreach (string note in table.Notes)
            terminal.Say($"note: {note}");
        return table.Called(own);

        IEnumerable<string> Named(InputKind kind) => (inputs ?? []).Where(input => input.Kind == kind && !parts.ContainsKey(input.Name)).Select(input => input.Name.Trim());
    }

    /// <summary>What a model has of dates.</summary>
    public static IEnumerable<TextColumn> Dates(ElasticNetModel model) => (model.TextFormat?.Columns ?? []).Where(column => column.Part != TextPart.Number);
}
