using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Which features <c>enet fit</c> penalises together: the levels of each category, or what a file lists.</summary>
/// <param name="Levels">Whether the levels of a category are a group.</param>
/// <param name="File">A CSV with the columns <c>column</c> and <c>group</c>, or null.</param>
/// <param name="Mixing">τ.</param>
internal sealed record GroupSettings(bool Levels, string? File, double Mixing)
{
    private const string Column = "column";
    private const string Group = "group";

    /// <summary>Parses and checks; null where nothing is grouped.</summary>
    /// <exception cref="UsageException">An option is malformed, or belongs to another that is not there.</exception>
    public static GroupSettings? Parse(bool levels, string? file, string? mixing)
    {
        if (file is "")
            throw OptionValue.Refused("--groups", file, "name a file");
        if (!levels && file is null)
            return mixing is null ? null : throw new UsageException("--group-mixing belongs to --group-levels or --groups: it shares the penalty of a group out among its columns");
        return new(levels, file, mixing is null ? 0 : OptionValue.Number("--group-mixing", mixing, 0, 1, "be a number in [0, 1]"));
    }

    /// <summary>The options with the groups, whose columns go by the names that the options have.</summary>
    /// <exception cref="CsvDataException">The file is no list of groups of these columns, or there is no category.</exception>
    public ElasticNetOptions For(Terminal terminal, ElasticNetOptions options, bool hasCategories, CancellationToken cancellationToken)
    {
        if (Levels && !hasCategories)
            throw new CsvDataException("--group-levels groups the levels of categories, but every column holds numbers; --categories makes levels of numbers");
        return options with { GroupLevels = Levels, GroupMixing = Mixing, FeatureGroups = File is null ? [] : Read(terminal, File, options.FeatureNames, cancellationToken) };
    }

    private static FeatureGroup[] Read(Terminal terminal, string file, ListOf<string> names, CancellationToken cancellationToken)
    {
        CsvTable table = ReadTable(terminal, file, cancellationToken);
        FeatureTable listed = table.Table;
        int columns = Find(listed, Column), groups = Find(listed, Group);
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int j = 0; j < names.Count; j++)
            places[names[j]] = j;
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        Dictionary<string, List<int>> members = new(StringComparer.Ordinal);
        for (int i = 0; i < listed.Rows; i++)
        {
            string column = Cell(table, listed, columns, i), group = Cell(table, listed, groups, i);
            if (!places.TryGetValue(column, out int place))
                throw new CsvDataException(table.RowNumber(i), Column, $"of --groups: '{column}' is no feature");
            if (!taken.TryAdd(column, group))
                throw new CsvDataException(table.RowNumber(i), Column, $"of --groups: '{column}' is in group '{taken[column]}' already; groups must not overlap");
            if (!members.TryGetValue(group, out List<int>? list))
                members[group] = list = [];
            list.Add(place);
        }

        return [.. members.Select(group => new FeatureGroup([.. group.Value]) { Name = group.Key })];
    }

    private static CsvTable ReadTable(Terminal terminal, string file, CancellationToken cancellationToken)
    {
        try
        {
            return CsvTable.Read(terminal.OpenRead(file, isSilent: true), new CsvReadOptions { Categories = [Column, Group] }, cancellationToken);
        }
        catch (CsvDataException exception)
        {
            throw new CsvDataException($"--groups must list, under the header 'column,group', which group a column is in, but of '{file}': {exception.Message}", exception);
        }
    }

    private static int Find(FeatureTable table, string name) => Enumerable.Range(0, table.Columns.Count).First(j => table.Columns[j].Name == name);

    private static string Cell(CsvTable table, FeatureTable listed, int column, int row)
    {
        double code = listed.Column(column)[row];
        return double.IsNaN(code)
            ? throw new CsvDataException(table.RowNumber(row), listed.Columns[column].Name, "of --groups is empty")
            : listed.Columns[column].Levels[(int)code];
    }
}
