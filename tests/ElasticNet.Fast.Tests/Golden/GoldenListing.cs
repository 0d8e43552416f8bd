using System.Globalization;
using Xunit.Abstractions;

namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Prints the list of the golden cases: the worst difference and the worst gaps of each. How to see it: NOTICE.md.</summary>
public class GoldenListing(ITestOutputHelper output)
{
    [Fact]
    public void Prints_every_case()
    {
        output.WriteLine($"{"case",-32} {"worst |Δβ|s/max",15} {"gap, double",12} {"gap, float",12}");
        foreach (string name in GoldenFile.Names)
        {
            GoldenSolutions solved = GoldenSolutions.Of(name);
            (double difference, double gap, double single) = (solved.WorstDifference(), WorstGap(solved.Double), WorstGap(solved.Single));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {difference,15:e1} {gap,12:e1} {single,12:e1}"));
            Assert.InRange(difference, 0, solved.Case.Tolerance);
            Assert.InRange(gap, 0, solved.Case.Claim);
            Assert.InRange(single, 0, solved.Case.Claim);
        }
    }

    /// <summary>The larger of what the library reports and what the plain checker finds.</summary>
    private static double WorstGap(Solution[] path) =>
        path.Max(solution => Math.Max(solution.Fit.RelativeGap, solution.Check().RelativeGap));
}
