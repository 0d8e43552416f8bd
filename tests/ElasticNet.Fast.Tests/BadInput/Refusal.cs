using System.Globalization;

namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>A call that must be refused with a sentence that names what is wrong, the same under every culture.</summary>
internal static class Refusal
{
    /// <summary>
    /// Runs the call under cultures with other decimal marks and other letters; returns the message, after making sure
    /// that it contains every part.
    /// </summary>
    public static string Of<TException>(Action call, params string[] parts)
        where TException : Exception
    {
        string message = Under("", call, typeof(TException));
        foreach (string culture in new[] { "de-DE", "tr-TR" })
            Assert.Equal(message, Under(culture, call, typeof(TException)));
        foreach (string part in parts)
            Assert.Contains(part, message, StringComparison.Ordinal);
        return message;
    }

    public static string OfArgument(Action call, params string[] parts) => Of<ArgumentException>(call, parts);

    private static string Under(string culture, Action call, Type expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Exception? thrown = Record.Exception(call);
            Assert.IsAssignableFrom(expected, thrown);
            return thrown!.Message;
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
