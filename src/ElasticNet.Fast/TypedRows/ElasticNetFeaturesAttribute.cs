namespace ElasticNet.Fast.TypedRows;

/// <summary>
/// Makes a type a row: the source generator writes its <see cref="IElasticNetFeatures{TSelf}"/>, so that
/// <see cref="TypedPredictor{TRow}"/> predicts it and <see cref="FeatureTable.From{TRow}(ReadOnlySpan{TRow})"/> makes a table of it, without
/// reflection. The type must be <c>partial</c>, as must be the types that it is nested in.
/// </summary>
/// <remarks>
/// <para>
/// Features are the public fields and readable properties of an instance, computed ones too, those of base types first.
/// <see cref="FeatureNameAttribute"/> gives one another name, <see cref="FeatureIgnoreAttribute"/> leaves one out; on a
/// positional record both go on the parameter.
/// </para>
/// <para>
/// A number is every numeric type of the language, <see cref="Half"/>, <see cref="Int128"/> and <see cref="UInt128"/>,
/// rounded to <see cref="double"/> where it has more digits (<see cref="decimal"/>, 64-bit integers beyond 2⁵³), and
/// <see cref="bool"/> as 0 and 1. A category is a <see cref="string"/>, a <see cref="char"/> or an enumeration by the
/// names of its values. Missing is null, of a <see cref="Nullable{T}"/> or a string, and NaN; an empty string is a level
/// like any other. Anything else is an error when the type is compiled.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ElasticNetFeaturesAttribute : Attribute;
