using System.Globalization;
using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare;

/// <summary>What everybody says where data and loss do not go together.</summary>
internal static class HardCommand
{
    /// <summary>One such case; the penalty of column 0 may be off.</summary>
    private sealed record Case(string Name, Family Family, double[] Y, double Lambda, DesignMatrix<double> X, double[]? Offset = null, bool IsFirstFree = false);

    /// <summary>
    /// Asks this library, glmnet and scikit-learn's LogisticRegression for separated, saturated and misplaced data, one λ from
    /// cold, and prints what each says, with the gap of those who answer, as Markdown.
    /// </summary>
    public static void Hard()
    {
        CompareCommand.Started = true;
        TimeSpan limit = TimeSpan.FromMinutes(10);
        using GlmnetPeer glmnet = new(1, limit, null);
        using SklearnPeer sklearn = new(1, limit, null);
        bool hasGlmnet = glmnet.TryStart(), hasSklearn = sklearn.TryStart();
        Console.WriteLine($"{glmnet.Description}; {sklearn.Description}; L1 penalty, no standardisation, defaults of each\n");
        Console.WriteLine("| case | λ | ElasticNet.Fast | glmnet | scikit-learn LogisticRegression |\n|---|---|---|---|---|");
        foreach (Case hard in Cases())
        {
            Problem problem = new()
            {
                Name = hard.Name,
                X = hard.X,
                Y = hard.Y,
                Family = hard.Family,
                LambdaRatio = 1,
                PathLength = 1,
                FoldIds = new int[hard.Y.Length],
            };
            using ProblemFiles files = new(problem);
            string offset = hard.Offset is null ? "" : files.Write(hard.Offset), free = hard.IsFirstFree ? "1" : "0";
            string Ask(Peer peer)
            {
                peer.Use(files);
                try
                {
                    (string said, double[] numbers) = peer.Tell(hard.Lambda, offset, free);
                    return (Verdict(hard, problem, numbers) + (said.Length > 0 ? "; " + said : "")).Replace('|', '/');
                }
                catch (SolveFailedException refusal)
                {
                    return $"refuses: {refusal.Message.Replace('|', '/')}";
                }
            }
            bool isLogistic = hard.Family == Family.Binomial && hard.Offset is null && !hard.IsFirstFree;
            Console.WriteLine(
                $"| {hard.Name} | {hard.Lambda} | {Own(hard, problem)} | {(hasGlmnet ? Ask(glmnet) : "–")} | {(hasSklearn && isLogistic ? Ask(sklearn) : "–")} |");
        }
    }

    private static string Own(Case hard, Problem problem)
    {
        Target y = new(hard.Y) { Offset = hard.Offset };
        ElasticNetOptions options = new() { Standardize = false, Family = hard.Family };
        if (hard.IsFirstFree)
            options = options with { PenaltyFactors = [.. Enumerable.Range(0, hard.X.Columns).Select(j => j == 0 ? 0.0 : 1.0)] };
        try
        {
            using ElasticNetModel model = ElasticNetEstimator.Fit(hard.X.View, y, hard.Lambda, 1, options);
            double[] numbers = [model.Intercept, .. model.Coefficients.All.Select(coefficient => coefficient.Value)];
            return $"{Verdict(hard, problem, numbers)}; proves {model.Fit.RelativeGap:0.0e+0}{(model.Fit.Trace.Shortfall is { } why ? "; " + why : "")}";
        }
        catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException or ArithmeticException)
        {
            return $"refuses: {refusal.Message.ReplaceLineEndings(" ").Replace('|', '/')}";
        }
    }

    /// <summary>The size of an answer, and its relative gap by the judge where that knows the objective.</summary>
    private static string Verdict(Case hard, Problem problem, double[] numbers)
    {
        if (numbers.Length != problem.Columns + 1)
            return $"takes it for another model, of {numbers.Length} numbers";
        double largest = numbers.Max(Math.Abs);
        bool isJudged = hard.Offset is null && !hard.IsFirstFree && hard.Lambda > 0 && (hard.Family == Family.Binomial || hard.Family == Family.Poisson);
        double gap = isJudged ? LossGapCheck.RelativeGap(problem, hard.Lambda, 1, numbers[0], numbers.AsSpan(1)) : double.NaN;
        return string.Create(CultureInfo.InvariantCulture, $"largest number {largest:G3}{(double.IsFinite(gap) ? $", gap {gap:0.0e+0}" : "")}");
    }

    private static IEnumerable<Case> Cases()
    {
        NormalSource random = new(1, 1);
        DesignMatrix<double> x = Normal(40, 5, random), wide = Normal(20, 40, random), tall = Normal(5_000, 5, random);
        double[] separated = [.. x.Column(0).ToArray().Select(value => value > 0 ? 1.0 : 0.0)];
        // Not the row closest to the border: other columns would separate that one.
        int farthest = Enumerable.Range(0, 40).MaxBy(i => Math.Abs(x.Values[i]));
        double[] near = [.. separated.Select((value, i) => i == farthest ? 1 - value : value)];
        double[] amounts = [.. separated.Select((value, i) => value * Math.Exp(x.Values[40 + i]))];
        yield return new("perfect separation", Family.Binomial, separated, 0.01, x);
        yield return new("perfect separation", Family.Binomial, separated, 0, x);
        yield return new("separation but for one row", Family.Binomial, near, 0, x);
        yield return new("separation by an unpenalised column", Family.Binomial, separated, 0.01, x, IsFirstFree: true);
        yield return new("5 events in 5000 rows", Family.Binomial, [.. Enumerable.Range(0, 5_000).Select(i => i % 1_000 == 0 ? 1.0 : 0.0)], 1e-4, tall);
        yield return new("one class only", Family.Binomial, [.. Enumerable.Repeat(1.0, 40)], 0.01, x);
        yield return new("p = 2n, hardly a penalty", Family.Binomial, separated[..20], 1e-8, wide);
        yield return new("y = 2 among 0 and 1", Family.Binomial, [2, .. separated[1..]], 0.01, x);
        yield return new("offsets ±800", Family.Binomial, separated, 0.01, x, [.. separated.Select((_, i) => i % 2 == 0 ? 800.0 : -800.0)]);
        yield return new("all counts 0", Family.Poisson, new double[40], 0.01, x);
        yield return new("counts of 1e9", Family.Poisson, [.. x.Column(0).ToArray().Select(value => Math.Round(1e9 * Math.Exp(0.3 * value)))], 1e6, x);
        yield return new("a count of −1", Family.Poisson, [-1, .. separated[1..]], 0.01, x);
        yield return new("offsets ±800", Family.Poisson, separated, 0.01, x, [.. separated.Select((_, i) => i % 2 == 0 ? 800.0 : -800.0)]);
        yield return new("amounts, half of them 0, gamma", Family.Gamma, amounts, 0.01, x);
        yield return new("amounts, half of them 0, Tweedie 1.5", Family.Tweedie(), amounts, 0.01, x);
    }

    private static DesignMatrix<double> Normal(int rows, int columns, NormalSource random)
    {
        DesignMatrix<double> x = new(new double[rows * columns], rows, columns);
        random.FillNormal(x.Values);
        return x;
    }
}
