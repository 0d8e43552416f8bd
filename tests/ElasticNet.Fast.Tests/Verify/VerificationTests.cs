using ElasticNet.Fast.Cli.Verify;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Families;
using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Tests.Verify;

/// <summary>What models claim is so, and what they claim falsely is found; by the hundred thousand in <c>tests/ElasticNet.Fast.Verify</c>.</summary>
public class VerificationTests
{
    [Theory]
    [InlineData("gaussian", 300)]
    [InlineData("binomial", 60)]
    [InlineData("binomial probit", 60)]
    [InlineData("binomial cloglog", 60)]
    [InlineData("poisson", 60)]
    [InlineData("gamma", 60)]
    [InlineData("tweedie", 60)]
    [InlineData("negative-binomial", 60)]
    [InlineData("huber", 60)]
    public void Random_models_hold_their_claims_and_changed_ones_do_not(string name, int count)
    {
        int raised = 0;
        for (int seed = 0; seed < count; seed++)
        {
            FittedModel fitted = RandomModels.Make(seed, FamilyDraws.Families.Prepend(Family.Gaussian).First(family => name.StartsWith(family.Name, StringComparison.Ordinal) && name.EndsWith(family.HasClasses && family != Family.Binomial ? family.Link.Name : family.Name, StringComparison.Ordinal)));
            using ElasticNetModel model = fitted.Model;
            Verification sound = Of(model, fitted);
            Assert.True(sound.Holds, $"seed {seed}: gap {sound.Found.RelativeGap}, KKT residual {sound.KktResidual}, λ_max {sound.LambdaMax} and {sound.FoundLambdaMax}");
            using ElasticNetModel? changed = Perturbation.Of(model, Math.Sqrt(2 * sound.Found.HalfNull), new Random(seed));
            if (changed is null || sound.Found.HalfNull == 0)
                continue;
            Verification damaged = Of(changed, fitted);
            double rise = (damaged.Found.Objective - sound.Found.Objective) / sound.Found.HalfNull;
            if (rise > model.Fit.RelativeGap + Verification.Tolerance || damaged.KktResidual > model.Fit.KktResidual + Verification.Tolerance)
            {
                raised++;
                Assert.False(damaged.Holds, $"seed {seed}: the objective rises by {rise}, KKT residual {damaged.KktResidual}");
            }
        }

        Assert.InRange(raised, 2 * count / 3, count);
    }

    [Theory]
    [InlineData("multinomial", false)]
    [InlineData("multinomial", true)]
    [InlineData("multigaussian", false)]
    [InlineData("multigaussian", true)]
    [InlineData("cox", false)]
    [InlineData("cox", true)]
    [InlineData("gaussian", true)]
    [InlineData("binomial", true)]
    [InlineData("poisson", true)]
    [InlineData("gamma", true)]
    [InlineData("tweedie", true)]
    [InlineData("negative-binomial", true)]
    [InlineData("huber", true)]
    public void Claims_of_several_outputs_of_survival_and_of_groups_hold_and_changed_ones_do_not(string name, bool grouped)
    {
        Family family = ((Family[])[Family.Gaussian, .. FamilyDraws.Families, Family.Cox, Family.Multinomial, Family.MultiGaussian]).First(one => one.Name == name);
        int raised = 0, made = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            if (!RandomModels.TryMake(1000 + seed, family, grouped, out FittedModel? fitted))
                continue;
            made++;
            using ElasticNetModel model = fitted.Model;
            Verification sound = Of(model, fitted);
            Assert.True(sound.Holds, $"seed {seed}: gap {sound.Found.RelativeGap} for {model.Fit.RelativeGap}, KKT residual {sound.KktResidual} for {model.Fit.KktResidual}, λ_max {sound.LambdaMax} and {sound.FoundLambdaMax}");
            using ElasticNetModel? changed = Perturbation.Of(model, Math.Sqrt(2 * sound.Found.HalfNull), new Random(seed));
            if (changed is null || sound.Found.HalfNull == 0)
                continue;
            Verification damaged = Of(changed, fitted);
            double rise = (damaged.Found.Objective - sound.Found.Objective) / sound.Found.HalfNull;
            if (rise <= model.Fit.RelativeGap + Verification.Tolerance)
                continue;
            raised++;
            Assert.False(damaged.Holds, $"seed {seed}: the objective rises by {rise}, KKT residual {damaged.KktResidual}");
        }

        Assert.InRange(made, 40, 50);
        Assert.InRange(raised, made / 3, made);
    }

    [Fact]
    public void The_gap_bounds_the_distance_from_better_coefficients()
    {
        // Columns near a million with spread 1, no intercept, no standardisation: rounding in double is larger than the penalty.
        double[][] x = [[1000000.7, 1000001.3, 1000001.1], [999998.5, 999998.9, 999998.5], [999998.6, 999999.6, 999999.9]];
        double[] y = [0.6, -1.7, 1.2];
        PlainProof proof = new(x, y, null, [1, 1, 1], intercept: false);
        PlainPenalty penalty = new(0.001, 1);
        PlainVerdict nothing = proof.Judge([0, 0, 0], 0, penalty, 0), better = proof.Judge([-129.40511098776685, 89.1038179590797, 40.301574080183244], 0, penalty, 0);
        Assert.InRange((nothing.Objective - better.Objective) / nothing.HalfNull, 0.55, 1);
        Assert.InRange(nothing.RelativeGap, (nothing.Objective - better.Objective) / nothing.HalfNull, 1);
        Assert.InRange(better.RelativeGap, 0, 1e-3);
    }

    [Fact]
    public void A_λ_max_that_makes_violations_small_is_found()
    {
        FittedModel fitted = RandomModels.Make(4);
        using ElasticNetModel model = ElasticNetModel.Load(RawModel.Parse(SampleModels.Bytes(fitted.Model)).Edit("PROB", payload => SectionTests.Put(payload.AsSpan(32), fitted.Model.Problem!.LambdaMax * 2)).ToBytes());
        Verification found = Of(model, fitted);
        Assert.Equal((true, true, false), (found.GapHolds, found.KktHolds, found.LambdaMaxHolds));
        fitted.Model.Dispose();
    }

    [Fact]
    public void A_coefficient_beyond_its_bound_is_found()
    {
        double[,] x = { { 1, 5 }, { 2, 1 }, { 3, 4 }, { 4, 2 }, { 5, 9 }, { 6, 3 } };
        double[] y = [1.1, 2.3, 2.9, 4.2, 5.3, 5.8];
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, y, 0.01, 1, new() { UpperBounds = new[] { 0.5 } });
        double[][] columns = [[1, 2, 3, 4, 5, 6], [5, 1, 4, 2, 9, 3]];
        Assert.True(Verification.Of(model, columns, y, null, null).Holds);
        using ElasticNetModel changed = ElasticNetModel.Load(RawModel.Parse(SampleModels.Bytes(model)).Edit("COEF", payload => SectionTests.Put(payload.AsSpan(64), 0.6)).ToBytes());
        Verification found = Verification.Of(changed, columns, y, null, null);
        Assert.Equal((false, false), (found.GapHolds, found.KktHolds));
    }

    [Fact]
    public void Other_rows_and_numbers_beyond_its_range_are_refused()
    {
        FittedModel fitted = RandomModels.Make(4);
        using ElasticNetModel model = fitted.Model;
        double[][] fewer = Array.ConvertAll(fitted.Features, column => column[1..]);
        Assert.Contains("these are not the rows", Assert.Throws<CsvDataException>(() => Verification.Of(model, fewer, fitted.Target[1..], fitted.Weights?[1..], fitted.Offset?[1..])).Message);
        double[][] huge = Array.ConvertAll(fitted.Features, column => Array.ConvertAll(column, value => value * 1e200));
        Assert.Contains("must lie between 1e-100 and 1e100", Assert.Throws<CsvDataException>(() => Verification.Of(model, huge, fitted.Target, fitted.Weights, fitted.Offset)).Message);
    }

    [Fact]
    public void Twice_the_precision_of_double()
    {
        DoubleDouble third = (DoubleDouble)1 / 3, root = DoubleDouble.Sqrt(2);
        Assert.InRange(Math.Abs((third * 3 - 1).Value), 0, 1e-31);
        Assert.InRange(Math.Abs((root * root - 2).Value), 0, 1e-31);
        Assert.Equal(1e-25, ((DoubleDouble)1 + 1e-25 - 1).Value, 1e-41);
        Assert.Equal(0, DoubleDouble.Sqrt(0).Value);
    }

    private static Verification Of(ElasticNetModel model, FittedModel of) => Verification.Of(model, of.Features, of.Target, of.Weights, of.Offset, of.Survival);
}
