using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>What the solver decided, λ by λ, for those who ask.</summary>
internal static class SolverLog
{
    /// <summary>A line for each λ of the path, or for the one fit where there was no path.</summary>
    public static void Write(RegularizationPath? path, in ElasticNetFit fit, TextWriter error)
    {
        if (path is null)
            Line(fit, error);
        foreach (PathPoint point in path ?? Enumerable.Empty<PathPoint>())
            Line(point.Fit, error);
    }

    private static void Line(in ElasticNetFit fit, TextWriter error) => error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"λ {fit.Lambda:g6}: {fit.NonZeroCount} features, relative gap {fit.RelativeGap:0.0e+0}; {fit.Trace}"));
}
