using ElasticNet.Fast.Generators;

namespace ElasticNet.Fast.ModelGenerator.Model;

/// <summary>A member that is a feature.</summary>
/// <param name="Member">The member as code names it.</param>
/// <param name="Name">The name by which models know it.</param>
/// <param name="Value">What its values are.</param>
internal sealed record Feature(string Member, string Name, FeatureValue Value);

/// <summary>What the values of a member are.</summary>
/// <param name="Kind">How they are handed over.</param>
/// <param name="CanBeNull">Whether null, which is missing, has to be asked for.</param>
/// <param name="Levels">The named values of an enumeration; else empty.</param>
internal sealed record FeatureValue(FeatureKind Kind, bool CanBeNull, EquatableArray<EnumLevel> Levels);

/// <summary>A value of an enumeration.</summary>
/// <param name="Value">As code names it.</param>
/// <param name="Level">The level that it stands for.</param>
internal sealed record EnumLevel(string Value, string Level);

/// <summary>How values are handed over.</summary>
internal enum FeatureKind
{
    /// <summary>A number that is a double without being asked.</summary>
    Number,

    /// <summary>A number that must be cast to a double.</summary>
    CastNumber,

    /// <summary>A truth value, as 0 and 1.</summary>
    Boolean,

    /// <summary>A string, as a category.</summary>
    Text,

    /// <summary>A character, as a category.</summary>
    Character,

    /// <summary>An enumeration, as a category.</summary>
    Enumeration,
}
