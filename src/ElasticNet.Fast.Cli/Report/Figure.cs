using System.Globalization;
using System.Text;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli;

/// <summary>A picture in the report, four times: for wide and narrow screens, on light and dark ground. The browser shows one; paper is light.</summary>
internal static class Figure
{
    private static readonly PictureStyle s_wide = new() { Width = 800, Height = 460 };
    private static readonly PictureStyle s_narrow = new() { Width = 380, Height = 420, MostNames = 8 };

    /// <summary>Appends it, with its description for those who cannot see it.</summary>
    public static void Append(Html html, Picture picture)
    {
        html.Raw("<figure><picture>\n");
        Source(html, picture, s_narrow with { Theme = PictureTheme.Dark }, "screen and (prefers-color-scheme: dark) and (max-width: 640px)");
        Source(html, picture, s_wide with { Theme = PictureTheme.Dark }, "screen and (prefers-color-scheme: dark)");
        Source(html, picture, s_narrow, "screen and (max-width: 640px)");
        html.Raw(string.Create(CultureInfo.InvariantCulture, $"<img src=\"{Data(picture, s_wide)}\" alt=\"{Html.Escape(picture.Description)}\">\n</picture></figure>\n"));
    }

    private static void Source(Html html, Picture picture, PictureStyle style, string media) =>
        html.Raw($"<source media=\"{media}\" srcset=\"{Data(picture, style)}\">\n");

    private static string Data(Picture picture, PictureStyle style) =>
        "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(picture.ToSvg(style)));
}
