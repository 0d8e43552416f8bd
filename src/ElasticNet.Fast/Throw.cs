using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ElasticNet.Fast;

/// <summary>Every exception of the library starts here, so that messages read alike: "'name' (value) must …", with every size involved.</summary>
[StackTraceHidden]
internal static class Throw
{
    /// <summary>A value given by the caller is outside its range.</summary>
    [DoesNotReturn]
    public static void OutOfRange<T>(string name, T value, string rule) =>
        throw new ArgumentOutOfRangeException(name, value, Invariant($"'{name}' ({value}) must {rule}."));

    /// <summary>A span or list given by the caller has the wrong length.</summary>
    [DoesNotReturn]
    public static void Length(string name, long actual, string rule) =>
        throw new ArgumentException(Invariant($"'{name}' (length {actual}) must {rule}."), name);

    /// <summary>Something about the data given makes the problem meaningless.</summary>
    [DoesNotReturn]
    public static void Data(string name, string message) => throw new ArgumentException(message, name);

    /// <summary>Formats with the invariant culture: numbers in messages read the same everywhere.</summary>
    public static string Invariant(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
