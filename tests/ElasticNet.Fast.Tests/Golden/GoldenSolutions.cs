using System.Collections.Concurrent;

namespace ElasticNet.Fast.Tests.Golden;

/// <summary>A golden case with our solutions of its whole path, solved once and shared by the tests.</summary>
internal sealed class GoldenSolutions
{
    private static readonly ConcurrentDictionary<string, Lazy<GoldenSolutions>> s_all = new();

    private readonly Lazy<Solution[]> _double;
    private readonly Lazy<Solution[]> _single;
    private readonly Lazy<Solution[]> _rounded;

    private GoldenSolutions(string name)
    {
        Case = new GoldenCase(name);
        _double = new(() => Solve(Case.Problem));
        _single = new(() => Solve(Case.Problem.AsSingle()));
        _rounded = new(() => Solve(Case.Problem.AsSingle().AsDouble()));
    }

    public GoldenCase Case { get; }

    /// <summary>Along the golden path, largest λ first.</summary>
    public Solution[] Double => _double.Value;

    /// <summary>The same with X rounded to float and handed over as float.</summary>
    public Solution[] Single => _single.Value;

    /// <summary>The same with X rounded to float but handed over as double.</summary>
    public Solution[] Rounded => _rounded.Value;

    public static GoldenSolutions Of(string name) => s_all.GetOrAdd(name, key => new(() => new GoldenSolutions(key))).Value;

    /// <summary>The largest difference of the kept fits by the rule of agreement.</summary>
    public double WorstDifference() => Case.File.Fits.Length == 0
        ? Case.File.CoefPerKnot!.Index().Max(knot => Case.Difference(Double[knot.Index].Coefficients, knot.Item))
        : Case.File.Fits.Max(fit => Case.Difference(Double[fit.Index].Coefficients, fit.Coef));

    private Solution[] Solve(Problem problem)
    {
        double[] lambdas = Case.File.KnotsLambda ?? Case.Lambdas;
        RegularizationPath path = problem.Path(Case.L1Ratio, lambdas);
        Assert.Equal(lambdas, path.Select(point => point.Lambda));
        return [.. path.Select(point => Solution.Of(problem, point))];
    }
}
