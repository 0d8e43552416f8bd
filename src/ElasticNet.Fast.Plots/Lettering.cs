using SkiaSharp;

namespace ElasticNet.Fast.Plots;

/// <summary>The font of all pictures, and how wide words are in it.</summary>
internal static class Lettering
{
    private static readonly string[] s_preferred = ["DejaVu Sans", "Noto Sans", "Liberation Sans", "Open Sans", "Segoe UI", "Helvetica Neue", "Arial", "Verdana"];

    private static readonly Lazy<string> s_family = new(Find);

    /// <summary>The family used.</summary>
    /// <exception cref="InvalidOperationException">The machine has no font at all.</exception>
    public static string Family => s_family.Value;

    /// <summary>What a viewer of an SVG is asked for: on another machine the same family may not be there.</summary>
    public static string Fallbacks => string.Join(", ", new[] { Family, "DejaVu Sans", "Verdana", "sans-serif" }.Distinct());

    /// <summary>A font to measure and draw with.</summary>
    public static SKFont Font(float size, bool bold = false) =>
        new(SKTypeface.FromFamilyName(Family, bold ? SKFontStyle.Bold : SKFontStyle.Normal), size) { Subpixel = true };

    /// <summary>The name on one line, cut with an ellipsis to at most so many pixels.</summary>
    public static string Fit(string name, SKFont font, double width)
    {
        string shown = FeatureName.Shown(name);
        if (font.MeasureText(shown) <= width)
            return shown;
        int length = shown.Length;
        while (length > 1 && font.MeasureText(Cut(shown, length)) > width)
            length--;
        return Cut(shown, length);
    }

    /// <summary>A name likewise, but cut in its middle: names differ at their ends.</summary>
    public static string FitName(string name, SKFont font, double width)
    {
        string shown = FeatureName.Shown(name);
        if (font.MeasureText(shown) <= width)
            return shown;
        int length = shown.Length;
        while (length > 1 && font.MeasureText(CutMiddle(shown, length)) > width)
            length--;
        return CutMiddle(shown, length);
    }

    private static string CutMiddle(string text, int length)
    {
        int head = (length + 1) / 2, tail = text.Length - length / 2;
        return string.Concat(
            text.AsSpan(0, head > 0 && char.IsHighSurrogate(text[head - 1]) ? head - 1 : head), "…", text.AsSpan(tail < text.Length && char.IsLowSurrogate(text[tail]) ? tail + 1 : tail));
    }

    // No half of a surrogate pair is left over.
    private static string Cut(string text, int length) =>
        string.Concat(text.AsSpan(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");

    private static string Find()
    {
        string[] families = [.. SKFontManager.Default.FontFamilies];
        string? family = s_preferred.FirstOrDefault(families.Contains)
            ?? families.FirstOrDefault(family => family.Contains("Sans", StringComparison.Ordinal))
            ?? families.FirstOrDefault();
        // Where there is no font, the library answers with one that draws nothing.
        using var font = new SKFont(SKTypeface.FromFamilyName(family), 16);
        return family is not null && font.MeasureText("n") > 0
            ? family
            : throw new InvalidOperationException("Pictures need a font, and this machine has none; install one, for instance the Debian package fonts-dejavu-core.");
    }
}
