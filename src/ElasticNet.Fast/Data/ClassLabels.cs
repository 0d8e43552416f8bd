namespace ElasticNet.Fast.Data;

/// <summary>Labels of classes as numbers: their places in the list of classes; of two 1 is the event, 0 the other.</summary>
internal static class ClassLabels
{
    /// <summary>More labels than these are not listed.</summary>
    public const int Most = 5;

    /// <summary>What the classes of truth values are called.</summary>
    public static IReadOnlyList<string> Booleans { get; } = Array.AsReadOnly(["false", "true"]);

    /// <summary>1 for true.</summary>
    public static double[] Numbers(ReadOnlySpan<bool> events)
    {
        double[] numbers = new double[events.Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = events[i] ? 1 : 0;
        return numbers;
    }

    /// <summary>Codes as numbers, NaN for −1; the names are held to the rules.</summary>
    public static double[] Numbers(ReadOnlySpan<int> codes, string[] names)
    {
        if (names.Length < 2)
            Throw.Length(nameof(names), names.Length, "name two classes or more");
        if (FirstTwice(names) is { } twice)
            Throw.Data(nameof(names), twice.Length == 0 ? $"'{nameof(names)}' must not be null." : $"'{nameof(names)}' must differ, but two are '{twice[0]}'.");
        double[] numbers = new double[codes.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (codes[i] < -1 || codes[i] >= names.Length)
                Throw.Data(nameof(codes), Throw.Invariant($"'{nameof(codes)}' must be in [0, {names.Length}), the places of the {names.Length} names, or -1 for missing, but row {i} (counted from 0) has {codes[i]}."));
            numbers[i] = codes[i] < 0 ? double.NaN : codes[i];
        }

        return numbers;
    }

    /// <summary>The number of each label, NaN for none, and the labels in ordinal order; of two the event second.</summary>
    public static (double[] Values, string[] Classes) Read(IReadOnlyList<string?> labels, string? positive)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (string? label in labels)
        {
            if (label is not null)
                found.Add(label);
        }

        if (found.Count < 2)
            Throw.Data(nameof(labels), Throw.Invariant($"'{nameof(labels)}' ({labels.Count} rows) must hold two different labels, but {(found.Count == 0 ? "holds none" : $"all are '{found.Min}': nothing can be learnt about an event that always or never happens")}."));
        string[] classes = [.. found];
        if (positive is not null && !found.Contains(positive))
            Throw.Data(nameof(positive), $"'{nameof(positive)}' ('{positive}') must be one of the labels {Listed(classes)}.");
        if (positive is not null && classes.Length > 2)
            Throw.Data(nameof(positive), $"'{nameof(positive)}' ('{positive}') must be named of two labels only, of {Listed(classes)} none is the event: each has its probability.");
        if (positive == classes[0])
            Array.Reverse(classes);
        double[] values = new double[labels.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = labels[i] is not { } label ? double.NaN : classes.Length == 2 ? (label == classes[1] ? 1 : 0) : Array.BinarySearch(classes, label, StringComparer.Ordinal);
        return (values, classes);
    }

    /// <summary>Refuses classes of which nothing can be learnt: those without a row that counts; and rows that count and have none.</summary>
    /// <param name="codes">The class of each row, NaN for missing.</param>
    /// <param name="names">What the classes are called.</param>
    /// <param name="weights">Observation weights; empty for equal ones.</param>
    public static void Check(ReadOnlySpan<double> codes, IReadOnlyList<string> names, ReadOnlySpan<double> weights)
    {
        bool[] seen = new bool[names.Count];
        int counted = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            if (!weights.IsEmpty && weights[i] == 0)
                continue;
            if (double.IsNaN(codes[i]))
                Throw.Data("y", Throw.Invariant($"'y' must have a class for each row that counts, but row {i} (counted from 0) has none."));
            seen[(int)codes[i]] = true;
            counted++;
        }

        string[] lacking = [.. names.Where((_, k) => !seen[k])];
        if (lacking.Length > 0)
            Throw.Data("y", Throw.Invariant($"'y' must have a row that counts for each of its {names.Count} classes, but of {counted} rows none is {Listed(lacking)}: nothing can be learnt about {(lacking.Length == 1 ? "it" : "them")}."));
    }

    /// <summary>The labels in quotes, five at most: "'a' and 'b'", "'a', 'b' and 'c'".</summary>
    public static string Listed(IReadOnlyList<string> labels)
    {
        string[] shown = [.. labels.Take(Most).Select(label => $"'{label}'")];
        return labels.Count > Most ? string.Join(", ", shown) + ", …"
            : shown.Length < 2 ? string.Concat(shown)
            : $"{string.Join(", ", shown[..^1])} and {shown[^1]}";
    }

    /// <summary>A name that is there twice; an empty list where one is null; null where they differ.</summary>
    public static string[]? FirstTwice(string[] names)
    {
        HashSet<string> seen = new(names.Length, StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (name is null)
                return [];
            if (!seen.Add(name))
                return [name];
        }

        return null;
    }
}
