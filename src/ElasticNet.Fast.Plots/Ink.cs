using ScottPlot;

namespace ElasticNet.Fast.Plots;

/// <summary>The colours of a theme. Those of curves are told apart by people of any colour vision (Okabe and Ito 2008), for dark ground lightened.</summary>
internal sealed class Ink
{
    private static readonly Ink s_light = new("#FFFFFF", "#1B1C20", "#E6E7EB", "#B4B8C2", "#5C606B",
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B07A00", "#3A9BD9", "#000000"]);

    private static readonly Ink s_dark = new("#15171C", "#E8E9EE", "#2B2F38", "#565C69", "#A6ABB8",
        ["#56B4E9", "#FF8C4B", "#1FC498", "#E39BC4", "#F0C742", "#9AD0F5", "#F4F4F6"]);

    private static readonly Dash[] s_dashes = [Dash.Solid, Dash.Dashed, Dash.Dotted];

    private readonly Color[] _curves;

    private Ink(string ground, string text, string grid, string faint, string quiet, string[] curves)
    {
        (Ground, Text, Grid, Faint, Quiet) = (Color.FromHex(ground), Color.FromHex(text), Color.FromHex(grid), Color.FromHex(faint), Color.FromHex(quiet));
        _curves = Array.ConvertAll(curves, Color.FromHex);
    }

    /// <summary>Background.</summary>
    public Color Ground { get; }

    /// <summary>Words, axes.</summary>
    public Color Text { get; }

    /// <summary>Lines to count by.</summary>
    public Color Grid { get; }

    /// <summary>Curves without a name.</summary>
    public Color Faint { get; }

    /// <summary>Words of less weight.</summary>
    public Color Quiet { get; }

    /// <summary>For what lies above 0, or counts.</summary>
    public Color First => _curves[0];

    /// <summary>For what lies below 0, or is compared.</summary>
    public Color Second => _curves[1];

    /// <summary>The colours of a theme.</summary>
    public static Ink Of(PictureTheme theme) => theme == PictureTheme.Dark ? s_dark : s_light;

    /// <summary>The k-th curve's colour; where they are used up, the pattern changes.</summary>
    public (Color Color, Dash Dash) Curve(int k) => (_curves[k % _curves.Length], s_dashes[k / _curves.Length % s_dashes.Length]);
}

/// <summary>How a line is drawn.</summary>
internal enum Dash
{
    Solid,
    Dashed,
    Dotted,
}
