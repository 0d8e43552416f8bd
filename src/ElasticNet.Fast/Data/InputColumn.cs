namespace ElasticNet.Fast;

/// <summary>
/// One column of the table as the user has it, before imputation, encoding and scaling. A table of such columns is a
/// table of numbers: a category is the position of its level (<see cref="CodeOf"/>), a missing value is NaN. Immutable
/// and thread-safe; two columns of the same name, kind and levels are equal: their values mean the same.
/// </summary>
public sealed class InputColumn : IEquatable<InputColumn>
{
    /// <summary>The code of a level that the column does not know.</summary>
    public const double UnknownLevel = -1;

    /// <summary>Shared by all columns without levels: a wide table has many.</summary>
    private static readonly Dictionary<string, int> s_none = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _codes;

    private InputColumn(string name, InputKind kind, IReadOnlyList<string> levels)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(levels);
        Name = name;
        Kind = kind;
        string[] own = [.. levels];
        Dictionary<string, int> codes = own.Length == 0 ? s_none : new(own.Length, StringComparer.Ordinal);
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i] is null)
                Throw.Data(nameof(levels), Throw.Invariant($"'levels' of column '{name}' must not be null, but level {i} of {own.Length} is."));
            if (!codes.TryAdd(own[i], i))
                Throw.Data(nameof(levels), Throw.Invariant($"'levels' of column '{name}' must differ, but '{own[i]}' is level {codes[own[i]]} and level {i} of {own.Length}."));
        }
        Levels = Array.AsReadOnly(own);
        _codes = codes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The name of the column.</summary>
    public string Name { get; }

    /// <summary>Number or category.</summary>
    public InputKind Kind { get; }

    /// <summary>The levels of a category, by code; empty for a number.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>A column of numbers.</summary>
    public static InputColumn Number(string name) => new(name, InputKind.Number, []);

    /// <summary>A column of categories.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="levels">Its levels, which must differ; the position of a level is its code.</param>
    /// <exception cref="ArgumentException">A level is null or occurs twice.</exception>
    public static InputColumn Category(string name, IReadOnlyList<string> levels) => new(name, InputKind.Category, levels);

    /// <summary>The code of a level, compared ordinally; <see cref="UnknownLevel"/> for one that is not among <see cref="Levels"/>. Allocates nothing.</summary>
    public double CodeOf(ReadOnlySpan<char> level) => _codes.TryGetValue(level, out int code) ? code : UnknownLevel;

    /// <summary>Whether a value is the code of one of so many levels; NaN and <see cref="UnknownLevel"/> are not.</summary>
    internal static bool IsCode(double value, int levels) => (uint)(int)value < (uint)levels && (int)value == value;

    /// <inheritdoc/>
    public bool Equals(InputColumn? other) =>
        ReferenceEquals(this, other)
        || other is not null && Name == other.Name && Kind == other.Kind && Levels.SequenceEqual(other.Levels, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InputColumn);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Levels.Count);

    /// <inheritdoc/>
    public override string ToString() =>
        Kind == InputKind.Number ? $"{Name}: number" : Throw.Invariant($"{Name}: category of {Levels.Count} levels");
}

/// <summary>What the values of a column are.</summary>
public enum InputKind
{
    /// <summary>Numbers; NaN is missing.</summary>
    Number,

    /// <summary>Categories: codes of levels; NaN is missing.</summary>
    Category,
}
