namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Every solution of every golden path is proven optimal to 1e-12, in double and in float storage.</summary>
public class GoldenCertificateTests
{
    public static TheoryData<string> All => GoldenTheory.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Gaps_in_double(string name) => Certified(GoldenSolutions.Of(name), solved => solved.Double);

    [Theory]
    [MemberData(nameof(All))]
    public void Gaps_in_float(string name) => Certified(GoldenSolutions.Of(name), solved => solved.Single);

    /// <summary>Float storage changes X, not the arithmetic: the same X as double has the same solutions.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Float_storage_solves_the_rounded_problem(string name)
    {
        GoldenSolutions solved = GoldenSolutions.Of(name);
        for (int k = 0; k < solved.Single.Length; k++)
        {
            double difference = solved.Case.Difference(solved.Single[k].Coefficients, solved.Rounded[k].Coefficients);
            Assert.True(difference <= 1e-12, $"λ #{k}: coefficients differ by {difference:e2}.");
            Assert.Equal(solved.Rounded[k].Fit.NonZeroCount, solved.Single[k].Fit.NonZeroCount);
        }
    }

    private static void Certified(GoldenSolutions solved, Func<GoldenSolutions, Solution[]> stored)
    {
        Solution[] path = stored(solved);
        for (int k = 0; k < path.Length; k++)
        {
            Optimality check = path[k].Check();
            Assert.True(path[k].Fit.RelativeGap >= 0 && path[k].Fit.RelativeGap <= solved.Case.Claim, $"λ #{k}: reports a gap of {path[k].Fit.RelativeGap:e2}.");
            Assert.True(check.RelativeGap <= 1e-12, $"λ #{k}: has a gap of {check.RelativeGap:e2}.");
            Assert.True(check.KktResidual <= 1e-11, $"λ #{k}: violates the optimality conditions by {check.KktResidual:e2}.");
            Assert.True(path[k].Fit.KktResidual is >= 0 and <= 1e-10, $"λ #{k}: reports a violation of {path[k].Fit.KktResidual:e2}.");
        }
    }
}
