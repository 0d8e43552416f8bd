using ElasticNet.Fast.TypedRows;

namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>A row type written by hand that does not hand over what it announced is found out, in training and in prediction.</summary>
public class ContractTests
{
    private const string Rule = "'Scripted' must hand over each of its members once and in their order: ";

    [Theory]
    [InlineData("n", "it has 2 members and handed over 1")]
    [InlineData("ncn", "it has 2 members and handed over more")]
    [InlineData("cc", "'a' was not handed over as the kind that it is")]
    [InlineData("uc", "'a' was not handed over as the kind that it is")]
    [InlineData("nn", "'b' was not handed over as the kind that it is")]
    public void In_training(string calls, string problem)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => FeatureTable.From<Scripted>([new(calls)]));
        Assert.Equal(Rule + problem + ".", exception.Message);
    }

    [Theory]
    [InlineData("n", "it has 2 members and handed over 1")]
    [InlineData("ncn", "it has 2 members and handed over more")]
    [InlineData("cc", "member 0 of 2 was not handed over as the kind that it is")]
    [InlineData("uc", "member 0 of 2 was not handed over as the kind that it is")]
    [InlineData("nn", "member 1 of 2 was not handed over as the kind that it is")]
    public void In_prediction(string calls, string problem)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Predict(calls));
        Assert.Equal(Rule + problem + ".", exception.Message);
    }

    [Theory]
    [InlineData("nc", 0, 1)]
    [InlineData("mm", double.NaN, double.NaN)]
    [InlineData("nu", InputColumn.UnknownLevel, 1)]
    public void What_is_right_passes(string calls, double b, double a) => Assert.Equal([b, a], Predict(calls));

    private static double[] Predict(string calls)
    {
        InputColumn[] inputs = [InputColumn.Category("b", ["x"]), InputColumn.Number("a")];
        return RawRow.Of(new Scripted(calls), MemberMap.Of(inputs, Scripted.Members, nameof(Scripted)), 2);
    }

    /// <summary>Hands over what a script says, a letter for each call.</summary>
    private sealed class Scripted(string calls) : IElasticNetFeatures<Scripted>
    {
        private readonly string _calls = calls;

        public static IReadOnlyList<FeatureMember> Members { get; } = [new("a", InputKind.Number), new("b", InputKind.Category)];

        public static void Write<TSink>(in Scripted row, ref TSink sink)
            where TSink : struct, IFeatureSink, allows ref struct
        {
            foreach (char call in row._calls)
            {
                switch (call)
                {
                    case 'n': sink.Number(1); break;
                    case 'c': sink.Category("x"); break;
                    case 'm': sink.Missing(); break;
                    default: sink.Unknown(); break;
                }
            }
        }
    }
}
