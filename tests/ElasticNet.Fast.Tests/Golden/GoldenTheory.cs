namespace ElasticNet.Fast.Tests.Golden;

/// <summary>The names of the golden cases, as theory data.</summary>
internal static class GoldenTheory
{
    public static TheoryData<string> All => Of(_ => true);

    public static TheoryData<string> WithFits => Of(file => file.Fits.Length > 0);

    public static TheoryData<string> Glmnet => Of(file => file.Tool == "glmnet");

    public static TheoryData<string> GlmnetCrossValidated => Of(file => file.Tool == "glmnet" && file.Cv is not null && IsSquaredError(file));

    public static TheoryData<string> GlmnetLassoCrossValidated => Of(file => file.Tool == "glmnet" && file.Cv is not null && file.Alpha == 1 && IsSquaredError(file));

    public static TheoryData<string> FamiliesCrossValidated => Of(file => file.Cv is not null && !IsSquaredError(file));

    public static TheoryData<string> WithDeviances => Of(file => file.DevRatioPath is not null || file.Fits.Any(fit => fit.DevRatio is not null));

    public static TheoryData<string> ScikitCrossValidated => Of(file => file.Tool != "glmnet" && file.Cv is not null);

    private static bool IsSquaredError(GoldenFile file) => file.Family is null or "gaussian";

    private static TheoryData<string> Of(Func<GoldenFile, bool> wanted) =>
        [.. GoldenFile.Names.Where(name => wanted(GoldenFile.Read(name)))];
}
