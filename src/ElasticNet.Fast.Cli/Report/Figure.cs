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
        html.Raw("<figure>\n");
        Append(html, picture, PictureTheme.Light, "light");
        Append(html, picture, PictureTheme.Dark, "dark");
        html.Raw("</figure>\n");
    }

    // The style sheet shows one of the two grounds. A source by media would not do: a browser on dark ground keeps its choice when it prints.
    private static void Append(Html html, Picture picture, PictureTheme theme, string name) => html.Raw(
        $"<picture class=\"{name}\"><source media=\"screen and (max-width: 640px)\" srcset=\"{Data(picture, s_narrow with { Theme = theme })}\">"
        + $"<img src=\"{Data(picture, s_wide with { Theme = theme })}\" alt=\"{Html.Escape(picture.Description)}\"></picture>\n");

    private static string Data(Picture picture, PictureStyle style) =>
        "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(picture.ToSvg(style)));
}
