using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast.Tests.Selection;

/// <summary>The seam that measures stand on, tried with what none of today's is: another link, ranks, and larger values that are better.</summary>
public unsafe class HeldOutMeasureTests
{
    private const int Rows = 700;
    private const int Columns = 3;

    private static readonly Family s_exponential = new ExponentialFamily();

    private readonly Random _random = new(5);

    /// <summary>Under another link an offset is a part of η, not of the response.</summary>
    [Theory]
    [InlineData("mse", true)]
    [InlineData("mae", true)]
    [InlineData("mse", false)]
    [InlineData("mae", false)]
    public void Errors_are_those_of_mean_responses(string name, bool isIdentity)
    {
        Family family = isIdentity ? Family.Gaussian : s_exponential;
        Measure measure = family.Measures.Single(known => known.Name == name);
        (double[] x, double[] y, double[] weights, double[] offset) = Draw();
        double[] errors = Judge(x, y, weights, offset, HeldOutMeasure.Of(measure, family), out int[] held, out double[] ofNull);
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal(Expected(i => Eta(x, i, k) + offset[i]), errors[k], 1e-12 * errors[k]);
            Assert.Equal(Expected(i => Intercept(k) + offset[i]), ofNull[k], 1e-12 * ofNull[k]);
        }

        double Expected(Func<int, double> eta) => held.Sum(i => weights[i] * Loss(y[i] - (isIdentity ? eta(i) : Math.Exp(eta(i))))) / held.Sum(i => weights[i]);

        double Loss(double error) => name == "mse" ? error * error : Math.Abs(error);
    }

    /// <summary>A measure of ranks sees a fold's rows at once, also where that is more than a block.</summary>
    [Fact]
    public void Ranks_are_taken_over_a_whole_fold()
    {
        (double[] x, double[] y, double[] weights, double[] offset) = Draw();
        double[] found = Judge(x, y, weights, offset, new Concordance(), out int[] held, out double[] ofNull);
        Assert.True(held.Length > 300, "more rows than a block");
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal(Concordance.Of([.. held.Select(i => y[i] - offset[i])], [.. held.Select(i => Eta(x, i, k))]), found[k], 1e-12);
            Assert.Equal(0.5, ofNull[k]);
        }
    }

    [Fact]
    public void A_choice_takes_the_larger_value_where_larger_is_better()
    {
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(
            MatrixView.ColumnMajor<double>(new double[] { 1, 2, 3, 4, 5, 6 }, 6, 1), new double[] { 1, 3, 2, 5, 4, 7 }, new() { Lambdas = new[] { 3.0, 2, 1, 0.5 }, Folds = 3 });
        double[] values = [0.5, 0.70, 0.79, 0.8];
        CrossValidationPoint[] points = [.. result.Best.Points.Select((point, k) => point with { Mean = values[k], StandardError = 0.05 })];
        CrossValidationCurve curve = new(1, points, new double[3, 4], result.Best.Path);
        Assert.Equal(new Choice(0, 3, 2), Choice.Of([curve], Concordance.Noun));
        Assert.Equal(new Choice(0, 0, 0), Choice.Of([curve], Measure.MeanSquaredError));
    }

    [Fact]
    public void The_share_explained_is_of_the_way_to_a_perfect_model()
    {
        Assert.Equal(0.6, Concordance.Noun.Explained(0.8, 0.5), 1e-15);
        Assert.Equal(0.75, Measure.MeanSquaredError.Explained(1, 4));
        Assert.Equal(0, Measure.MeanSquaredError.Explained(1, 0));
        Assert.Equal("largest", Concordance.Noun.BestWord);
        Assert.Equal("least", Measure.MeanAbsoluteError.BestWord);
    }

    [Fact]
    public void A_measure_that_the_family_does_not_offer_is_refused()
    {
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => ElasticNetEstimator.CrossValidate(
            new double[,] { { 1 }, { 2 }, { 4 } }, new double[] { 1, 2, 3 }, new() { Folds = 3, Measure = Concordance.Noun }));
        Assert.Contains("'Measure' (concordance) must be a measure of the family gaussian: mean squared error or mean absolute error", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_files_store_is_unique()
    {
        Assert.Equal(Enumerable.Range(0, Measure.All.Length), Measure.All.Select(measure => (int)measure.Id));
        Assert.Equal(Measure.All.Length, Measure.All.Select(measure => measure.Name).Distinct().Count());
        Assert.Equal(Family.All.Length, Family.All.Select(family => (family.Id, family.Link.Id)).Distinct().Count());
        Assert.All(Family.All.Where(family => !family.HasOutputs), family => Assert.All(family.Measures, measure => Assert.Same(measure, HeldOutMeasure.Of(measure, family).Measure)));
    }

    [Fact]
    public void The_identity_link_copies()
    {
        double[] means = new double[2];
        Link.Identity.Inverse([1.5, -2], means);
        Assert.Equal([1.5, -2], means);
        Assert.Throws<ArgumentException>(() => Link.Identity.Inverse([1], means));
    }

    private (double[] X, double[] Y, double[] Weights, double[] Offset) Draw() =>
        (Draw(Rows * Columns), Draw(Rows), [.. Draw(Rows).Select(value => value + 1.5)], Draw(Rows));

    private double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * _random.NextDouble() - 1)];

    private static double Intercept(int k) => 0.25 - k;

    private static double Coefficient(int k) => 0.5 + k;

    private static double Eta(double[] x, int i, int k) => Intercept(k) + Coefficient(k) * x[(k + 1) * Rows + i];

    /// <summary>Two models, each of one feature, on the first of two folds; and their intercepts alone.</summary>
    private static double[] Judge(double[] x, double[] y, double[] weights, double[] offset, HeldOutMeasure measure, out int[] held, out double[] ofNull)
    {
        int[] foldOf = [.. Enumerable.Range(0, Rows).Select(i => i % 7 == 0 ? -1 : i % 3 == 0 ? 1 : 0)];
        held = [.. Enumerable.Range(0, Rows).Where(i => foldOf[i] == 0)];
        ModelList models = new();
        for (int k = 0; k < 2; k++)
            models.Add(Intercept(k), [k + 1], [Coefficient(k)]);
        double[] errors = new double[2];
        fixed (double* table = x, response = y, w = weights, o = offset)
        {
            HeldOutRows rows = HeldOutRows.Collect(new TrainingRows(response, w, o, Rows), foldOf, 2, measure)[0];
            rows.Evaluate(new DenseDesign<double>().Of(table, Rows, Columns, Rows), models, errors);
            ofNull = [rows.Error(Intercept(0)), rows.Error(Intercept(1))];
        }

        return errors;
    }

    private sealed class ExponentialFamily() : Family(77, "exponential", "exponential", new ExponentialLink(), Measure.MeanSquaredError, Measure.MeanAbsoluteError);

    private sealed class ExponentialLink() : Link(77, "log", "logarithm of the mean")
    {
        public override double Inverse(double eta) => Math.Exp(eta);

        private protected override void Map(ReadOnlySpan<double> eta, Span<double> mean)
        {
            for (int i = 0; i < eta.Length; i++)
                mean[i] = Math.Exp(eta[i]);
        }
    }

    /// <summary>The share of pairs of rows that η orders as the response does; ties count half.</summary>
    private sealed class Concordance() : HeldOutMeasure(Noun, Family.Gaussian)
    {
        public static Measure Noun { get; } = new(77, "concordance", "concordance", "concordance", "", "skill", "concordance", perfect: 1);

        public override bool TakesWholeFolds => true;

        public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
        {
            double weight = 0;
            foreach (double own in weights)
                weight += own;
            return sum + weight * Of(response.ToArray(), eta.ToArray());
        }

        public static double Of(double[] response, double[] eta)
        {
            double agreed = 0, pairs = 0;
            for (int i = 0; i < response.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    pairs++;
                    agreed += 0.5 + 0.5 * Math.Sign(response[i] - response[j]) * Math.Sign(eta[i] - eta[j]);
                }
            }

            return agreed / pairs;
        }
    }
}
