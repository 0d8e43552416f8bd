namespace ElasticNet.Fast.Data;

/// <summary>Labels of two classes as numbers: 1 for the event, 0 for the other.</summary>
internal static class ClassLabels
{
    /// <summary>More labels than these are not listed.</summary>
    private const int Most = 5;

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

    /// <summary>The number of each label, NaN for none, and the two labels, the event second.</summary>
    public static (double[] Values, string[] Classes) Read(IReadOnlyList<string?> labels, string? positive)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (string? label in labels)
        {
            if (label is not null)
                found.Add(label);
        }

        if (found.Count != 2)
            Throw.Data(nameof(labels), Throw.Invariant($"'{nameof(labels)}' ({labels.Count} rows) must hold two different labels, but {Count(found)}."));
        string[] classes = [.. found];
        if (positive is not null && !found.Contains(positive))
            Throw.Data(nameof(positive), $"'{nameof(positive)}' ('{positive}') must be one of the labels '{classes[0]}' and '{classes[1]}'.");
        if (positive == classes[0])
            Array.Reverse(classes);
        double[] values = new double[labels.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = labels[i] is not { } label ? double.NaN : label == classes[1] ? 1 : 0;
        return (values, classes);
    }

    private static string Count(SortedSet<string> found) => found.Count switch
    {
        0 => "holds none",
        1 => $"all are '{found.Min}': nothing can be learnt about an event that always or never happens",
        _ => Throw.Invariant($"holds {found.Count}: {string.Join(", ", found.Take(Most).Select(label => $"'{label}'"))}{(found.Count > Most ? ", …" : "")}"),
    };
}
