using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SkiaSharp;

namespace ElasticNet.Fast.Tests.Plots;

/// <summary>The words of an SVG and the boxes that they fill, read from the file as a viewer would.</summary>
internal static partial class SvgWords
{
    /// <summary>One of them.</summary>
    public readonly record struct Word(string Text, double Left, double Top, double Right, double Bottom)
    {
        /// <summary>Whether the boxes have a common part; that they touch is no harm.</summary>
        public bool Overlaps(Word other) =>
            Left < other.Right - 0.5 && other.Left < Right - 0.5 && Top < other.Bottom - 0.5 && other.Top < Bottom - 0.5;
    }

    /// <summary>All words, with the box of each from its size, its places and the width of its last letter.</summary>
    public static List<Word> Of(string svg)
    {
        List<Word> words = [];
        foreach (XElement text in XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text"))
        {
            string value = text.Value.Trim();
            double size = Number(text.Attribute("font-size")!.Value);
            double[] xs = Numbers(text.Attribute("x")!.Value), ys = Numbers(text.Attribute("y")!.Value);
            using SKTypeface face = SKTypeface.FromFamilyName(
                text.Attribute("font-family")!.Value.Split(',')[0], text.Attribute("font-weight") is null ? SKFontStyle.Normal : SKFontStyle.Bold);
            using SKFont font = new(face, (float)size);
            double last = font.MeasureText(new StringInfo(value).SubstringByTextElements(new StringInfo(value).LengthInTextElements - 1));
            (double left, double right, double top, double bottom) = (xs[0], xs[^1] + last, ys[0] - 0.75 * size, ys[0] + 0.2 * size);
            string transform = text.Attribute("transform")?.Value ?? "translate(0 0)";
            double[] by = Numbers(Parentheses().Match(transform).Groups[1].Value);
            words.Add(transform.StartsWith("matrix(0 -1 1 0 ", StringComparison.Ordinal)
                ? new(value, by[4] + top, by[5] - right, by[4] + bottom, by[5] - left)
                : new(value, by[0] + left, by[1] + top, by[0] + right, by[1] + bottom));
        }

        return words;
    }

    private static double[] Numbers(string text) => [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\(([^)]*)\)")]
    private static partial Regex Parentheses();
}
