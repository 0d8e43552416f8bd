using ElasticNet.Fast.Tests.Properties;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>The answer of a family is the same, bit for bit, for any number of threads.</summary>
public class FamilyThreadTests
{
    public static TheoryData<string, int, int, Layout> Shapes => new()
    {
        { "binomial", 2000, 30, Layout.RowMajor },
        { "poisson", 500, 400, Layout.ColumnMajor },
        { "gamma", 300, 300, Layout.Sparse },
        { "binomial", 120, 1500, Layout.ColumnMajor },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Paths_and_cross_validations_do_not_depend_on_threads(string family, int rows, int columns, Layout layout)
    {
        ProblemSpec spec = new() { Seed = rows, Rows = rows, Columns = columns, L1Ratio = 0.9, LambdaFraction = 1, Layout = layout };
        Problem problem = FamilyFactory.Create(spec, FamilyDraws.Families.First(each => each.Name == family)).Problem;
        ElasticNetOptions options = problem.Options with { LambdaCount = 6, LambdaMinRatio = 0.05, Folds = 3, L1Ratios = new[] { 0.9 } };
        Problem one = problem with { Options = options with { MaxDegreeOfParallelism = 1 } }, four = problem with { Options = options with { MaxDegreeOfParallelism = 4 } };
        foreach ((PathPoint a, PathPoint b) in one.Path(0.9).Zip(four.Path(0.9)))
        {
            Assert.Equal(a.Coefficients.ToArray(), b.Coefficients.ToArray());
            Assert.Equal(a.Fit with { Trace = default }, b.Fit with { Trace = default });
        }

        (CrossValidationResult serial, CrossValidationResult parallel) = (one.CrossValidate(), four.CrossValidate());
        Assert.Equal(serial.Best.Points, parallel.Best.Points);
        Assert.Equal(serial.Best.FoldErrors.ToArray(), parallel.Best.FoldErrors.ToArray());
        Assert.Equal(serial.Model.Values.ToArray(), parallel.Model.Values.ToArray());
    }
}
