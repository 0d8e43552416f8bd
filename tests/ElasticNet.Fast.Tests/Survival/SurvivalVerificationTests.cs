using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Cli.Verify;
using ElasticNet.Fast.Tests.Verify;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>What Cox models claim is so, by plain loops that share nothing with the solver, and what they claim falsely is found.</summary>
public class SurvivalVerificationTests
{
    [Fact]
    public void Random_models_hold_their_claims_and_changed_ones_do_not()
    {
        int raised = 0, free = 0;
        for (int seed = 1; seed <= 150; seed++)
        {
            SurvivalSample sample = SurvivalSample.Draw(seed);
            if (seed % 3 == 0)
                sample = sample with { Options = sample.Options with { PenaltyFactors = [.. Enumerable.Range(0, sample.X.GetLength(1)).Select(j => j == 0 && sample.X.GetLength(1) > 1 ? 0.0 : 1)], LowerBounds = [], UpperBounds = [] } };
            double lambda = new[] { 0.1, 0.02, 0.3 }[seed % 3 == 0 ? 1 : seed % 2];
            ElasticNetModel? fitted = TryFit(sample, lambda);
            if (fitted is null)
                continue; // monotone along the free column
            using ElasticNetModel model = fitted;
            free += seed % 3 == 0 ? 1 : 0;
            Verification sound = Of(model, sample);
            Assert.True(sound.Holds, $"seed {seed}: gap {sound.Found.RelativeGap} claimed {model.Fit.RelativeGap}, KKT residual {sound.KktResidual} claimed {model.Fit.KktResidual}, λ_max {sound.LambdaMax} and {sound.FoundLambdaMax}");
            using ElasticNetModel? changed = Perturbation.Of(model, 1, new Random(seed));
            if (changed is null || sound.Found.HalfNull == 0)
                continue;
            Verification damaged = Of(changed, sample);
            double rise = (damaged.Found.Objective - sound.Found.Objective) / sound.Found.HalfNull;
            if (rise > model.Fit.RelativeGap + Verification.Tolerance || damaged.KktResidual > model.Fit.KktResidual + Verification.Tolerance)
            {
                raised++;
                Assert.False(damaged.Holds, $"seed {seed}: the objective rises by {rise}, KKT residual {damaged.KktResidual}");
            }
        }

        Assert.InRange(raised, 60, 150);
        Assert.InRange(free, 20, 50);
    }

    [Fact]
    public void The_gap_covers_the_distance_to_better_coefficients()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            SurvivalSample sample = SurvivalSample.Draw(seed) with { Weights = SurvivalSample.Draw(seed).Time.Select(_ => 1.0).ToArray() };
            using ElasticNetModel model = ElasticNetEstimator.Fit(sample.X, sample.Target, 0.03, sample.L1Ratio, sample.Options with { LowerBounds = [], UpperBounds = [], PenaltyFactors = [], Standardize = false });
            double[][] columns = Columns(sample);
            PlainPartialProof proof = new(columns, Likelihood(sample), sample.Offset);
            PlainPenalty penalty = new(0.03, sample.L1Ratio);
            double[] best = model.Coefficients.ToArray();
            Random random = new(seed);
            foreach (double away in new[] { 1e-4, 0.01, 0.3, 2 })
            {
                PlainVerdict good = proof.Judge(best, [0], penalty, 0), bad = proof.Judge([.. best.Select(value => value + away * (random.NextDouble() - 0.5))], [0], penalty, 0);
                Assert.InRange((bad.Objective - good.Objective) / good.HalfNull, -1e-12, bad.RelativeGap + 1e-12);
            }
        }
    }

    /// <summary>The loss is that of the sum over all pairs of rows.</summary>
    [Fact]
    public void The_loss_is_the_definition()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            SurvivalSample drawn = SurvivalSample.Draw(seed), sample = drawn with { Weights = [.. drawn.Time.Select((_, i) => 1 + 0.25 * (i % 3))] };
            PlainPartialLikelihood plain = new(sample);
            PlainPartial likelihood = Likelihood(sample);
            double[] eta = [.. sample.X.Cast<double>().Take(sample.Time.Length)], none = new double[eta.Length];
            DoubleDouble above = At(eta).Above - At(none).Above;
            Assert.Equal(plain.At(eta).Loss - plain.At(none).Loss, above.Value, 1e-12);
            double[] gradient = plain.At(eta).Gradient;
            Assert.All(At(eta).Residual.Zip(gradient), pair => Assert.Equal(-pair.Second, pair.First.Value, 1e-13));

            PlainPartial.State At(double[] values) => likelihood.At([.. values.Select(value => (DoubleDouble)value)]);
        }
    }

    private static ElasticNetModel? TryFit(SurvivalSample sample, double lambda)
    {
        try
        {
            return ElasticNetEstimator.Fit(sample.X, sample.Target, lambda, sample.L1Ratio, sample.Options);
        }
        catch (ArgumentException exception) when (exception.Message.Contains("monotone", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static Verification Of(ElasticNetModel model, SurvivalSample sample) => Verification.Of(
        model, Columns(sample), sample.Time, sample.Weights, sample.Offset, new SurvivalColumns(sample.Time, sample.Events, sample.HasStarts ? sample.Start.Select(start => Math.Max(start, 0)).ToArray() : default(ReadOnlyMemory<double>), sample.Strata, null));

    private static double[][] Columns(SurvivalSample sample) =>
        [.. Enumerable.Range(0, sample.X.GetLength(1)).Select(j => Enumerable.Range(0, sample.Time.Length).Select(i => sample.X[i, j]).ToArray())];

    private static PlainPartial Likelihood(SurvivalSample sample) => new(sample.Time, sample.Events, [.. sample.Start.Select(start => Math.Max(start, 0))], sample.Strata, sample.Weights, sample.IsEfron);
}
