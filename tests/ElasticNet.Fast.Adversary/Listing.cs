using System.Globalization;

namespace ElasticNet.Fast.Adversary;

/// <summary>Prints a problem as C# that solves it, and what was returned, claimed and found.</summary>
internal static class Listing
{
    public static void Write(TextWriter output, HostileProblem p)
    {
        output.WriteLine($"// {p.Class}, --seed {p.Seed} --index {p.Index}: {p.Rows} × {p.Columns}, {p.Way}, {(p.IsSingle ? "float" : "double")}, {(p.IsRowMajor ? "row" : "column")}-major");
        output.WriteLine($"int n = {p.Rows}, p = {p.Columns};");
        output.WriteLine($"{(p.IsSingle ? "float[] x = " : "double[] x = ")}{(p.IsSingle ? List(p.X, SingleNumber) : List(p.X, Number))}; // column-major");
        output.WriteLine($"double[] y = {List(p.Y, Number)};");
        output.WriteLine($"var options = new ElasticNetOptions {{ Intercept = {Bool(p.Intercept)}, Standardize = {Bool(p.Standardize)}{Vector("Weights", p.Weights)}{Vector("Offset", p.Offset)}"
            + $"{Vector("PenaltyFactors", p.Factors)}{Vector("LowerBounds", p.Lower)}{Vector("UpperBounds", p.Upper)}{(p.Excluded.Length > 0 ? $", ExcludedFeatures = new[] {{ {p.Excluded[0]} }}" : "")}"
            + $"{Vector("Lambdas", p.Lambdas)}, LambdaCount = {p.LambdaCount}{(p.LambdaMinRatio is { } ratio ? $", LambdaMinRatio = {Number(ratio)}" : "")} }};");
        output.WriteLine($"var path = ElasticNetEstimator.Path(MatrixView.ColumnMajor<{(p.IsSingle ? "float" : "double")}>(x, n, p), y, {Number(p.L1Ratio)}, options);");
        output.WriteLine();
    }

    public static void Write(TextWriter output, Trial trial)
    {
        if (trial.Exception is { } exception)
            output.WriteLine(exception);
        for (int k = 0; k < trial.Answers.Count; k++)
            Write(output, trial.Answers[k], trial.Verdicts[k]);
    }

    private static void Write(TextWriter output, Answer answer, Verdict verdict)
    {
        ElasticNetFit fit = answer.Fit;
        output.WriteLine($"λ = {Number(fit.Lambda)}: b = {Number(fit.Intercept)}, β = {string.Join(", ", answer.Coefficients.Take(40).Select(Number))}{(answer.Coefficients.Length > 40 ? ", …" : "")}");
        string word = verdict.NotFinite is { } name ? $"NOT FINITE: {name}" : verdict.IsInfeasible ? "INFEASIBLE" : verdict.IsFalse ? "FALSE" : verdict.IsUndecided ? "UNDECIDED" : "true";
        output.WriteLine($"    claimed gap {Short(fit.RelativeGap)}, kkt {Short(fit.KktResidual)}, R² {Number(fit.DevianceRatio)}, df {Short(fit.DegreesOfFreedom)}, {fit.Trace.Finisher}"
            + $"; judged {word}: gap {Short(verdict.GapAtLeast)} to {Short(verdict.GapAtMost)}, R² off by {Short(verdict.DevianceError)} (by predictions {Short(verdict.PredictionError)})");
    }

    private static string Vector(string name, double[] values) => values.Length == 0 ? "" : $", {name} = new double[] {List(values, Number)}";

    private static string List(double[] values, Func<double, string> number) => $"{{ {string.Join(", ", values.Select(number))} }}";

    private static string Bool(bool value) => value ? "true" : "false";

    private static string Short(double value) => value.ToString("g3", CultureInfo.InvariantCulture);

    private static string SingleNumber(double value) =>
        double.IsNaN(value) ? "float.NaN" : double.IsInfinity(value) ? value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity" : ((float)value).ToString("r", CultureInfo.InvariantCulture) + "f";

    private static string Number(double value) =>
        double.IsNaN(value) ? "double.NaN" : double.IsInfinity(value) ? value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity" : value.ToString("r", CultureInfo.InvariantCulture);
}
