using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli;

/// <summary>Where a picture goes and how large it is drawn, checked before there is anything to draw.</summary>
internal sealed record PictureFile(string Name, PictureStyle Style)
{
    /// <summary>The same for an option that may be left out.</summary>
    /// <exception cref="UsageException">The name ends in neither .svg nor .png.</exception>
    public static PictureFile? Parse(string? plot) => plot is null ? null : Parse("--plot", plot, PictureStyle.Default);

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">The name ends in neither .svg nor .png, or an option is malformed or out of range.</exception>
    public static PictureFile Parse(string name, string? width, string? height, string? names, string? theme) => Parse("--out", name, new()
    {
        Width = width is null ? 800 : OptionValue.Integer("--width", width, 240, 8000, "be a whole number from 240 to 8000"),
        Height = height is null ? 500 : OptionValue.Integer("--height", height, 200, 8000, "be a whole number from 200 to 8000"),
        MostNames = names is null ? 12 : OptionValue.Integer("--names", names, 0, int.MaxValue, "be a whole number ≥ 0"),
        Theme = theme switch
        {
            null or "light" => PictureTheme.Light,
            "dark" => PictureTheme.Dark,
            _ => throw OptionValue.Refused("--theme", theme, "be light or dark"),
        },
    });

    /// <summary>Draws and writes.</summary>
    public void Save(Picture picture) => picture.Save(Name, Style);

    private static PictureFile Parse(string option, string name, PictureStyle style)
    {
        if (!Picture.HasKnownEnding(name))
            throw OptionValue.Refused(option, name, "end in .svg or .png");
        OutputFile.Check(option, name);
        return new(name, style);
    }
}
