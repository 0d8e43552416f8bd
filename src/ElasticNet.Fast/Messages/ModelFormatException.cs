namespace ElasticNet.Fast;

/// <summary>
/// A model file is damaged, truncated, hostile or newer than this library: the one exception that bad bytes cause.
/// A <see cref="FormatException"/> rather than an <see cref="IOException"/>, because trying again will not help:
/// files that are missing or cannot be read raise the usual <see cref="IOException"/>s.
/// </summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>A bad model file, without further words.</summary>
    public ModelFormatException()
        : this("The bytes are not a model file.")
    {
    }

    /// <summary>A bad model file, and what is wrong with it.</summary>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>A bad model file, what is wrong with it, and what was noticed first.</summary>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
