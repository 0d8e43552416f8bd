using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>Model file and the rows that it was fitted to in; what it claims beside what is so out.</summary>
internal static class VerifyCommand
{
    /// <summary>Verifies.</summary>
    /// <exception cref="CsvDataException">The claim does not hold, or cannot be verified.</exception>
    public static void Run(Terminal terminal, string modelPath, string data, VerifyRoles roles, ReadingSettings reading, bool json, CancellationToken cancellationToken)
    {
        using ElasticNetModel model = ElasticNetModel.Load(InputFile.Existing(modelPath));
        VerifyRows rows = VerifyRows.Read(terminal, data, model, roles, reading, cancellationToken);
        Verification verification = Verification.Of(model, rows.Features, rows.Target, rows.Weights, rows.Offset, rows.Survival);
        try
        {
            if (json)
                WriteJson(verification, terminal.OutputStream);
            else
                Write(verification, terminal.Output);
        }
        catch (IOException exception) when (!verification.Holds && StandardOutput.IsClosed(exception))
        {
            // Who reads no more is still owed the exit code.
        }

        if (!verification.Holds)
            throw new CsvDataException("the claim does not hold: " + string.Join("; ", Failures(verification)));
    }

    private static void Write(Verification of, TextWriter output)
    {
        ElasticNetFit claimed = of.Model.Fit;
        Line(output, $"                     claimed      found");
        Line(output, $"relative gap         {claimed.RelativeGap,-12:0.0e+0} {of.Found.RelativeGap:0.0e+0}");
        Line(output, $"KKT residual         {claimed.KktResidual,-12:0.0e+0} {of.KktResidual:0.0e+0}   (largest at {of.WorstName})");
        Line(output, $"λ_max                {(of.Model.Problem is { } problem ? problem.LambdaMax.ToString("g10", CultureInfo.InvariantCulture) : "-"),-12} {(double.IsFinite(of.FoundLambdaMax) ? of.FoundLambdaMax.ToString("g10", CultureInfo.InvariantCulture) : "-")}");
        if (of.Model.Provenance.Intercept)
            Line(output, $"mean residual        -            {of.Found.InterceptViolation:0.0e+0}");
        Line(output, $"objective            -            {of.Found.Objective:g17}");
        Line(output, $"½ null deviance      -            {of.Found.HalfNull:g17}");
        if (of.Holds)
            Line(output, $"the claim holds: λ = {claimed.Lambda:g10}, ρ = {claimed.L1Ratio}, {of.Model.Provenance.Rows} rows, {of.Model.FeatureCount} features");
    }

    private static void WriteJson(Verification of, Stream output)
    {
        using (Utf8JsonWriter json = new(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("holds", of.Holds);
            Pair(json, "relativeGap", of.Model.Fit.RelativeGap, of.Found.RelativeGap);
            Pair(json, "kktResidual", of.Model.Fit.KktResidual, of.KktResidual);
            Pair(json, "lambdaMax", of.Model.Problem?.LambdaMax ?? double.NaN, of.FoundLambdaMax);
            json.WriteString("worst", of.WorstName);
            Number(json, "objective", of.Found.Objective);
            Number(json, "halfNullDeviance", of.Found.HalfNull);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static IEnumerable<string> Failures(Verification of)
    {
        if (!of.GapHolds)
            yield return Text($"the objective is proven to lie no nearer than within {of.Found.RelativeGap:0.0e+0} of half the null deviance above its minimum, claimed is {of.Model.Fit.RelativeGap:0.0e+0}");
        if (!of.KktHolds)
            yield return Text($"the optimality condition of {of.WorstName} is violated by {of.KktResidual:0.0e+0} λ_max, claimed is {of.Model.Fit.KktResidual:0.0e+0}");
        if (!of.LambdaMaxHolds)
            yield return Text($"λ_max is {of.FoundLambdaMax:g10}, claimed is {of.LambdaMax:g10}");
    }

    private static void Pair(Utf8JsonWriter json, string name, double claimed, double found)
    {
        json.WriteStartObject(name);
        Number(json, "claimed", claimed);
        Number(json, "found", found);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
