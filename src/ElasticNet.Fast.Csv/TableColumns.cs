using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>Which fields of a header are read, in which order, and what is declared about them.</summary>
internal sealed class TableColumns
{
    private readonly HashSet<int> _apart;
    private readonly HashSet<int> _categories;
    private readonly HashSet<int> _numbers;

    /// <summary>Holds the options against the header.</summary>
    /// <exception cref="CsvDataException">A name is blank or occurs twice, or the options name a column that is not there.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public TableColumns(IReadOnlyList<string> names, CsvReadOptions options)
    {
        HashSet<int> skipped = Positions(options.Skip, names, out List<string> byName);
        if (names.Count > 1 && string.IsNullOrWhiteSpace(names[0]) && skipped.Add(0))
            Note = "the first column has no name, as row numbers have that are written along, and is left out";
        Dictionary<string, int> ordinals = CheckNames(names, skipped);
        skipped.UnionWith(Find(byName, ordinals, names));
        if (options.Target is { } target && options.Skip.Contains(target))
            throw new ArgumentException($"'{nameof(options)}' must not both skip column '{target}' and predict it.", nameof(options));
        _apart = Find(options.Target is null ? options.Apart : [.. options.Apart, options.Target], ordinals, names);
        _categories = Find(options.Categories, ordinals, names);
        _numbers = Find(options.Numbers, ordinals, names);
        _apart.ExceptWith(skipped);
        if (options.Only is { } only)
            skipped.UnionWith(Enumerable.Range(0, names.Count).Except(Find(only, ordinals, names)));
        foreach (int j in _categories)
        {
            if (options.NumbersOnly || _numbers.Contains(j))
                throw new ArgumentException($"'{nameof(options)}' must not declare column '{names[j]}' both a category and a number.", nameof(options));
        }
        Fields = [.. Enumerable.Range(0, names.Count).Where(j => !skipped.Contains(j) && !_apart.Contains(j)), .. _apart.Order()];
    }

    /// <summary>The fields that are read: features in the order of the header, then those apart.</summary>
    public int[] Fields { get; }

    /// <summary>How many of the fields are no features.</summary>
    public int Apart => _apart.Count;

    /// <summary>What was decided that somebody may want to know, or null.</summary>
    public string? Note { get; }

    /// <summary>What a field was declared to be; null leaves it to the values.</summary>
    public InputKind? KindOf(int field) =>
        _categories.Contains(field) ? InputKind.Category
        : _numbers.Contains(field) || _apart.Contains(field) ? InputKind.Number
        : null;

    // What no column is called may be the place of one, which may have no name.
    private static HashSet<int> Positions(IReadOnlyCollection<string> skip, IReadOnlyList<string> names, out List<string> byName)
    {
        HashSet<string> known = new(names, StringComparer.Ordinal);
        HashSet<int> positions = [];
        byName = [];
        foreach (string name in skip)
        {
            if (!known.Contains(name) && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int position) && position >= 1 && position <= names.Count)
                positions.Add(position - 1);
            else
                byName.Add(name);
        }

        return positions;
    }

    private static Dictionary<string, int> CheckNames(IReadOnlyList<string> names, HashSet<int> skipped)
    {
        var ordinals = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int j = 0; j < names.Count; j++)
        {
            if (skipped.Contains(j))
                continue;
            if (string.IsNullOrWhiteSpace(names[j]))
                throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"column {j + 1} of {names.Count} has no name in the header; its place, {j + 1}, leaves it out")) { Remedy = CsvRemedy.LeaveOut };
            if (!ordinals.TryAdd(names[j], j))
            {
                throw new CsvDataException(string.Create(
                    CultureInfo.InvariantCulture, $"the header names '{names[j]}' twice, as columns {ordinals[names[j]] + 1} and {j + 1}"));
            }
        }
        return ordinals;
    }

    private static HashSet<int> Find(IReadOnlyCollection<string> wanted, Dictionary<string, int> ordinals, IReadOnlyList<string> names)
    {
        var found = new HashSet<int>();
        foreach (string name in wanted)
        {
            if (!ordinals.TryGetValue(name, out int j))
                throw ColumnList.Lacks($"there is no column '{name}'", names);
            found.Add(j);
        }
        return found;
    }
}
