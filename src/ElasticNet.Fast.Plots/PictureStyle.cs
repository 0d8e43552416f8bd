namespace ElasticNet.Fast.Plots;

/// <summary>How large a picture is drawn, and on what. Immutable.</summary>
public sealed record PictureStyle
{
    /// <summary>Everything at its default.</summary>
    public static PictureStyle Default { get; } = new();

    /// <summary>Width in CSS pixels (1/96 inch), from 240 to 8000.</summary>
    public int Width { get; init; } = 800;

    /// <summary>Height in CSS pixels, from 200 to 8000.</summary>
    public int Height { get; init; } = 500;

    /// <summary>Whether ink is dark on light ground or the other way round.</summary>
    public PictureTheme Theme { get; init; } = PictureTheme.Light;

    /// <summary>Pixels of a PNG per CSS pixel, from 0.5 to 4; 2 is for screens of today.</summary>
    public double PixelRatio { get; init; } = 2;

    /// <summary>How many curves are named and coloured at most, ≥ 0; the others are thin and grey. A low picture has room for fewer.</summary>
    public int MostNames { get; init; } = 12;

    internal void Check()
    {
        Require(Width is >= 240 and <= 8000, nameof(Width), Width, "be in [240, 8000]");
        Require(Height is >= 200 and <= 8000, nameof(Height), Height, "be in [200, 8000]");
        Require(PixelRatio is >= 0.5 and <= 4, nameof(PixelRatio), PixelRatio, "be in [0.5, 4]");
        Require(MostNames >= 0, nameof(MostNames), MostNames, "be at least 0");
        Require(Enum.IsDefined(Theme), nameof(Theme), Theme, "be a defined theme");
    }

    private static void Require<T>(bool holds, string name, T value, string rule)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"'{name}' ({value}) must {rule}."));
    }
}

/// <summary>Light or dark ground.</summary>
public enum PictureTheme
{
    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on near-black.</summary>
    Dark,
}
