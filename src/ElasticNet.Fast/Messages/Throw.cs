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
        // Not handed over as the actual value: the exception would print it a second time, and in the current culture.
        throw new ArgumentOutOfRangeException(name, Invariant($"'{name}' ({value}) must {rule}."));

    /// <summary>A span or list given by the caller has the wrong length.</summary>
    [DoesNotReturn]
    public static void Length(string name, long actual, string rule) =>
        throw new ArgumentException(Invariant($"'{name}' (length {actual}) must {rule}."), name);

    /// <summary>Something about the data given makes the problem meaningless.</summary>
    [DoesNotReturn]
    public static void Data(string name, string message) => throw new ArgumentException(message, name);

    /// <summary>A gradient that is no number compares with nothing; taken for a small one it would prove what is not so.</summary>
    [DoesNotReturn]
    public static void NotANumber(int column) =>
        Data("x", Invariant($"'x' column {column} (counted from 0) has a gradient that is not a number: values too far apart for double; rescale it."));

    /// <summary>A workspace belongs to one call at a time.</summary>
    [DoesNotReturn]
    public static void WorkspaceBusy() =>
        throw new InvalidOperationException("The workspace is in use by another call; give each concurrent call a workspace of its own.");

    /// <summary>A row type hands over something else than it announced; a generated one never does.</summary>
    [DoesNotReturn]
    public static void RowContract(string type, string problem) =>
        throw new InvalidOperationException($"'{type}' must hand over each of its members once and in their order: {problem}.");

    /// <summary>The bytes of a model file break a rule of the format.</summary>
    [DoesNotReturn]
    public static void ModelFile(FormattableString message) => throw new ModelFormatException("Bad model file: " + Invariant(message) + ".");

    /// <summary>A model breaks a rule of its file format, so that no reader would take the file.</summary>
    [DoesNotReturn]
    public static void CannotSave(FormattableString message, Exception? cause = null) =>
        throw new InvalidOperationException("The model cannot be saved: " + Invariant(message) + ".", cause);

    /// <summary>A file could not be written; the old one, if any, is as it was.</summary>
    [DoesNotReturn]
    public static void SaveFailed(string path, Exception cause) =>
        throw new IOException($"'{path}' could not be written; what was there before is unchanged. {cause.Message}", cause);

    /// <summary>The coefficients of a model are wanted after it was disposed.</summary>
    [DoesNotReturn]
    public static void ModelDisposed() => throw new ObjectDisposedException(nameof(ElasticNetModel));

    /// <summary>Model files are used as they lie in memory, which takes a machine of their byte order.</summary>
    [DoesNotReturn]
    public static void BigEndianMachine() =>
        throw new PlatformNotSupportedException("Model files are little-endian, and so must the machine be.");

    /// <summary>Formats with the invariant culture: numbers in messages read the same everywhere.</summary>
    public static string Invariant(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
