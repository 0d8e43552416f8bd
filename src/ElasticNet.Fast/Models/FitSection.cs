namespace ElasticNet.Fast.Models;

/// <summary>"FIT ": λ, ρ, how well the model fits, and its certificate. The trace (which holds a time) stays out.</summary>
internal static class FitSection
{
    /// <summary>Writes six numbers; intercepts and non-zero count stand with the coefficients.</summary>
    public static void Write(SectionWriter file, in ElasticNetFit fit)
    {
        file.Begin(SectionKind.Fit);
        file.Double(fit.Lambda);
        file.Double(fit.L1Ratio);
        file.Double(fit.DegreesOfFreedom);
        file.Double(fit.DevianceRatio);
        file.Double(fit.RelativeGap);
        file.Double(fit.KktResidual);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    public static ElasticNetFit Read(SectionReader section, double intercept, ReadOnlyMemory<double> intercepts, int nonZeroCount)
    {
        ElasticNetFit fit = new()
        {
            Intercept = intercept,
            Intercepts = intercepts,
            NonZeroCount = nonZeroCount,
            Lambda = section.Double(),
            L1Ratio = section.Double(),
            DegreesOfFreedom = section.Double(),
            DevianceRatio = section.Double(),
            RelativeGap = section.Double(),
            KktResidual = section.Double(),
        };
        section.RequireRemaining(0);
        return fit;
    }
}
