using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using ElasticNet.Fast.Models;
using SkiaSharp;

namespace ElasticNet.Fast.Plots;

/// <summary>A picture that can be drawn in any size and theme, as SVG or PNG. Immutable and thread-safe.</summary>
/// <example><c>Pictures.CrossValidation(cv).Save("cv.svg");</c></example>
public sealed partial class Picture
{
    private readonly Func<PictureStyle, Sheet> _draw;

    internal Picture(string title, string description, Func<PictureStyle, Sheet> draw) => (Title, Description, _draw) = (title, description, draw);

    /// <summary>What is to be seen, in a few words.</summary>
    public string Title { get; }

    /// <summary>What it shows, in a sentence: for those who cannot see it.</summary>
    public string Description { get; }

    /// <summary>The picture as the text of an SVG file. Words stay words; it refers to nothing outside.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The style is out of range.</exception>
    /// <exception cref="InvalidOperationException">The machine has no font.</exception>
    public string ToSvg(PictureStyle? style = null)
    {
        using Sheet sheet = Draw(style);
        using MemoryStream stream = new();
        // The document ends when the canvas does.
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(sheet.Style.Width, sheet.Style.Height), stream))
            sheet.Render(canvas);
        string svg = Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
        int start = svg.IndexOf("<svg ", StringComparison.Ordinal), body = svg.IndexOf('>', start) + 1;
        string head = string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{sheet.Style.Width}\" height=\"{sheet.Style.Height}\" viewBox=\"0 0 {sheet.Style.Width} {sheet.Style.Height}\" role=\"img\"><title>{SecurityElement.Escape(Title)}</title><desc>{SecurityElement.Escape(Description)}</desc>");
        return head + NumberClips(svg[body..]).Replace($"font-family=\"{Lettering.Family}\"", $"font-family=\"{Lettering.Fallbacks}\"", StringComparison.Ordinal);
    }

    /// <summary>The picture as the bytes of a PNG file, of <see cref="PictureStyle.PixelRatio"/> pixels per CSS pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The style is out of range.</exception>
    /// <exception cref="InvalidOperationException">The machine has no font, or not the memory for so many pixels.</exception>
    public byte[] ToPng(PictureStyle? style = null)
    {
        using Sheet sheet = Draw(style);
        float ratio = (float)sheet.Style.PixelRatio;
        SKImageInfo size = new((int)(sheet.Style.Width * ratio), (int)(sheet.Style.Height * ratio));
        using SKSurface surface = SKSurface.Create(size)
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A PNG of {size.Width} × {size.Height} pixels takes more memory than there is; an SVG takes none, and a smaller PixelRatio less."));
        surface.Canvas.Scale(ratio);
        sheet.Render(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Writes a file, as its ending says: to a temporary name first, so that an old file is replaced as a whole or left as it was.</summary>
    /// <param name="path">A name that ends in .svg or .png.</param>
    /// <param name="style">Size and theme; null means the defaults.</param>
    /// <exception cref="ArgumentException">The name has another ending, or the style is out of range.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public void Save(string path, PictureStyle? style = null)
    {
        if (!HasKnownEnding(path))
            throw new ArgumentException($"'{nameof(path)}' ({path}) must end in .svg or .png.", nameof(path));
        AtomicFile.Write(path, path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? ToPng(style) : Encoding.UTF8.GetBytes(ToSvg(style)));
    }

    /// <summary>Whether <see cref="Save"/> knows what the ending of a name asks for.</summary>
    public static bool HasKnownEnding(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
    }

    // The library numbers what it draws over the life of the process; the same picture is the same bytes.
    private static string NumberClips(string svg)
    {
        Dictionary<string, int> places = [];
        return ClipName().Replace(svg, match =>
        {
            string name = match.Groups[2].Value;
            if (!places.TryGetValue(name, out int place))
                places[name] = place = places.Count;
            return string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}clip{place}");
        });
    }

    // Only in attributes: what names of features hold is text.
    [GeneratedRegex("""((?:clipPath id="|clip-path="url\(#))(cl_[0-9a-f]+)""")]
    private static partial Regex ClipName();

    private Sheet Draw(PictureStyle? style)
    {
        style ??= PictureStyle.Default;
        style.Check();
        return _draw(style);
    }
}
