using FsCheck;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>Cox by the plain formula, and by the equalities that hold between problems.</summary>
[Reproducible]
public class SurvivalProperties
{
    [Property(MaxTest = 300)]
    public void A_path_is_optimal_everywhere(PositiveInt seed)
    {
        SurvivalSample sample = SurvivalSample.Draw(seed.Get);
        RegularizationPath path = ElasticNetEstimator.Path(sample.X, sample.Target, sample.L1Ratio, sample.Options);
        foreach (PathPoint point in path)
        {
            Assert.InRange(point.Fit.RelativeGap, 0, 1e-9);
            Optimal(sample, point, path.LambdaMax);
        }
    }

    /// <summary>The objective of no other point that is known lies further below than the gap says, for a solution that is stopped far from the optimum too.</summary>
    [Property(MaxTest = 100)]
    public void A_gap_covers_the_distance_to_the_best_that_is_known(PositiveInt seed)
    {
        SurvivalSample sample = SurvivalSample.Draw(seed.Get);
        RegularizationPath path = ElasticNetEstimator.Path(sample.X, sample.Target, sample.L1Ratio, sample.Options with { Lambdas = [1, 0.3, 0.1, 0.02] });
        PlainPartialLikelihood plain = new(sample);
        double nullLoss = plain.At(sample.Offset).Loss;
        foreach (PathPoint point in path)
        {
            using ElasticNetModel other = ElasticNetEstimator.Fit(sample.X, sample.Target, point.Lambda, sample.L1Ratio, sample.Options);
            double ours = Objective(sample, plain, point.Coefficients.ToArray(), point.Lambda), theirs = Objective(sample, plain, other.Coefficients.ToArray(), point.Lambda);
            double allowed = 1e-13 * (1 + Math.Abs(nullLoss));
            Assert.InRange(ours - theirs, double.NegativeInfinity, point.Fit.RelativeGap * 10 + allowed);
        }
    }

    [Property(MaxTest = 60)]
    public void Integer_weights_are_repeated_rows_under_Breslow(PositiveInt seed)
    {
        SurvivalSample sample = SurvivalSample.Draw(seed.Get);
        Random random = new(seed.Get);
        sample = sample with { Options = sample.Options with { Family = Family.CoxBreslow, Lambdas = [0.2, 0.05] }, Weights = [.. sample.Time.Select(_ => (double)random.Next(1, 4))] };
        int[] rows = [.. Enumerable.Range(0, sample.Time.Length).SelectMany(i => Enumerable.Repeat(i, (int)sample.Weights[i]))];
        Same(sample, Rows(sample, rows) with { Weights = [.. rows.Select(_ => 1.0)] }, 1e-9);
    }

    [Property(MaxTest = 60)]
    public void One_stratum_is_none_and_starts_of_zero_are_no_starts(PositiveInt seed)
    {
        SurvivalSample sample = SurvivalSample.Draw(seed.Get);
        sample = sample with { Options = sample.Options with { Lambdas = [0.2, 0.05] }, Strata = [.. sample.Strata.Select(_ => 7)], Start = [.. sample.Start.Select(_ => -1.0)] };
        RegularizationPath some = ElasticNetEstimator.Path(sample.X, sample.Target, sample.L1Ratio, sample.Options);
        Target bare = Target.Survival(sample.Time, sample.Events) with { Weights = sample.Weights, Offset = sample.Offset };
        RegularizationPath none = ElasticNetEstimator.Path(sample.X, bare, sample.L1Ratio, sample.Options);
        Target zero = Target.Survival(sample.Time, sample.Events, new double[sample.Time.Length]) with { Weights = sample.Weights, Offset = sample.Offset };
        RegularizationPath zeros = ElasticNetEstimator.Path(sample.X, zero, sample.L1Ratio, sample.Options);
        for (int k = 0; k < some.Count; k++)
        {
            Assert.Equal(some[k].Coefficients.ToArray(), none[k].Coefficients.ToArray());
            Assert.Equal(some[k].Coefficients.ToArray(), zeros[k].Coefficients.ToArray());
        }
    }

    [Property(MaxTest = 60)]
    public void Efron_is_Breslow_where_nothing_is_tied(PositiveInt seed)
    {
        SurvivalSample sample = SurvivalSample.Draw(seed.Get);
        double[] time = [.. sample.Time.Select((one, i) => one + 1e-4 * i)];
        sample = sample with { Time = time, Options = sample.Options with { Family = Family.Cox, Lambdas = [0.2, 0.05] } };
        Same(sample, sample with { Options = sample.Options with { Family = Family.CoxBreslow } }, 0);
    }

    /// <summary>A constant, one for each stratum too, changes nothing.</summary>
    [Property(MaxTest = 60)]
    public void An_offset_that_is_constant_in_each_stratum_changes_nothing(PositiveInt seed)
    {
        SurvivalSample sample = SurvivalSample.Draw(seed.Get);
        sample = sample with { Options = sample.Options with { Lambdas = [0.2, 0.05] } };
        Same(sample, sample with { Offset = [.. sample.Offset.Select((one, i) => one + 50 * sample.Strata[i] - 20)] }, 1e-8);
    }

    [Property(MaxTest = 60)]
    public void Rows_of_weight_zero_may_hold_anything(PositiveInt seed)
    {
        SurvivalSample sample = SurvivalSample.Draw(seed.Get);
        sample = sample with { Options = sample.Options with { Lambdas = [0.2, 0.05] } };
        int n = sample.Time.Length, p = sample.X.GetLength(1);
        double[,] x = new double[n + 2, p];
        for (int i = 0; i < n + 2; i++)
        {
            for (int j = 0; j < p; j++)
                x[i, j] = i < n ? sample.X[i, j] : double.NaN;
        }

        SurvivalSample more = sample with
        {
            X = x,
            Time = [.. sample.Time, double.NaN, -3],
            Events = [.. sample.Events, true, false],
            Start = [.. sample.Start, 7, double.NaN],
            Strata = [.. sample.Strata, 99, 0],
            Weights = [.. sample.Weights, 0, 0],
            Offset = [.. sample.Offset, double.PositiveInfinity, 0],
        };
        Same(sample, more, 1e-12);
    }

    private static SurvivalSample Rows(SurvivalSample sample, int[] rows)
    {
        int p = sample.X.GetLength(1);
        double[,] x = new double[rows.Length, p];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < p; j++)
                x[i, j] = sample.X[rows[i], j];
        }

        return sample with
        {
            X = x,
            Time = [.. rows.Select(i => sample.Time[i])],
            Events = [.. rows.Select(i => sample.Events[i])],
            Start = [.. rows.Select(i => sample.Start[i])],
            Strata = [.. rows.Select(i => sample.Strata[i])],
            Offset = [.. rows.Select(i => sample.Offset[i])],
        };
    }

    private static void Same(SurvivalSample one, SurvivalSample other, double tolerance)
    {
        RegularizationPath first = ElasticNetEstimator.Path(one.X, one.Target, one.L1Ratio, one.Options);
        RegularizationPath second = ElasticNetEstimator.Path(other.X, other.Target, other.L1Ratio, other.Options);
        Assert.Equal(first.Count, second.Count);
        for (int k = 0; k < first.Count; k++)
        {
            double[] a = first[k].Coefficients.ToArray(), b = second[k].Coefficients.ToArray();
            double size = Math.Max(a.Max(Math.Abs), 1e-3);
            for (int j = 0; j < a.Length; j++)
                Assert.InRange(Math.Abs(a[j] - b[j]), 0, tolerance * size);
        }
    }

    private static double[] Scales(SurvivalSample sample)
    {
        int n = sample.Time.Length;
        double total = sample.Weights.Sum();
        return [.. Enumerable.Range(0, sample.X.GetLength(1)).Select(j =>
        {
            if (!sample.Options.Standardize)
                return 1;
            double mean = Enumerable.Range(0, n).Sum(i => sample.Weights[i] / total * sample.X[i, j]);
            return Math.Sqrt(Enumerable.Range(0, n).Sum(i => sample.Weights[i] / total * (sample.X[i, j] - mean) * (sample.X[i, j] - mean)));
        })];
    }

    private static double Factor(SurvivalSample sample, int j) => sample.Options.PenaltyFactors.IsEmpty ? 1 : sample.Options.PenaltyFactors[j];

    private static double Objective(SurvivalSample sample, PlainPartialLikelihood plain, double[] beta, double lambda)
    {
        double[] scales = Scales(sample);
        double penalty = beta.Select((b, j) => Factor(sample, j) * (sample.L1Ratio * Math.Abs(scales[j] * b) + 0.5 * (1 - sample.L1Ratio) * scales[j] * scales[j] * b * b)).Sum();
        return plain.At(sample.Eta(beta)).Loss + lambda * penalty;
    }

    private static void Optimal(SurvivalSample sample, PathPoint point, double lambdaMax)
    {
        double[] beta = point.Coefficients.ToArray(), scales = Scales(sample), slope = new PlainPartialLikelihood(sample).At(sample.Eta(beta)).Gradient;
        double lower = sample.Options.LowerBounds.IsEmpty ? double.NegativeInfinity : sample.Options.LowerBounds[0];
        double upper = sample.Options.UpperBounds.IsEmpty ? double.PositiveInfinity : sample.Options.UpperBounds[0];
        for (int j = 0; j < beta.Length; j++)
        {
            if (!(scales[j] > 1e-12))
            {
                Assert.Equal(0, beta[j]);
                continue;
            }

            double gradient = 0, l1 = point.Lambda * sample.L1Ratio * Factor(sample, j) * scales[j], l2 = point.Lambda * (1 - sample.L1Ratio) * Factor(sample, j) * scales[j] * scales[j];
            for (int i = 0; i < slope.Length; i++)
                gradient -= slope[i] * (sample.Weights[i] == 0 ? 0 : sample.X[i, j]);
            double left = gradient - l2 * beta[j];
            double violation = beta[j] == lower && lower < 0 ? Math.Max(left + l1, 0)
                : beta[j] == upper && upper > 0 ? Math.Max(l1 - left, 0)
                : beta[j] != 0 ? Math.Abs(left - Math.CopySign(l1, beta[j]))
                : Math.Max(Math.Max(lower < 0 ? -left : 0, upper > 0 ? left : 0) - l1, 0);
            Assert.InRange(violation / scales[j], 0, 1e-9 * Math.Max(lambdaMax, 1));
        }
    }
}
