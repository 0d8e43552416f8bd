namespace ElasticNet.Fast.Tests.Families;

/// <summary>The link of several classes, and what families of several outputs say of themselves.</summary>
public class SoftmaxTests
{
    [Fact]
    public void Probabilities_sum_to_1_and_two_classes_are_the_logit_of_their_difference()
    {
        Random random = new(1);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] eta = [.. Enumerable.Range(0, 2 + trial % 9).Select(_ => 40 * (random.NextDouble() - 0.5))], p = new double[eta.Length];
            Link.Softmax.Inverse(eta, p);
            Assert.Equal(1, p.Sum(), 1e-15);
            double[] moved = [.. eta.Select(one => one + 16)], again = new double[eta.Length];
            Link.Softmax.Inverse(moved, again);
            for (int k = 0; k < p.Length; k++)
            {
                Assert.Equal(Math.Exp(eta[k]) / eta.Sum(Math.Exp), p[k], 4e-15 * p[k]);
                Assert.Equal(p[k], again[k], 2e-14 * p[k]);
            }

            if (p.Length == 2)
                Assert.Equal(Link.Logit.Inverse(eta[1] - eta[0]), p[1], 1e-15);
        }
    }

    [Fact]
    public void Large_predictors_do_not_overflow_and_NaN_spreads()
    {
        double[] p = new double[3];
        Link.Softmax.Inverse([1e300, -1e300, 1e300], p);
        Assert.Equal([0.5, 0, 0.5], p);
        Link.Softmax.Inverse([1, double.NaN, 2], p);
        Assert.All(p, one => Assert.True(double.IsNaN(one)));
        double[] inPlace = [0, 0, 0];
        Link.Softmax.Inverse(inPlace, inPlace);
        Assert.Equal([1 / 3.0, 1 / 3.0, 1 / 3.0], inPlace);
        Assert.Contains("all classes of a row at once", Assert.Throws<NotSupportedException>(() => Link.Softmax.Inverse(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Families_of_several_outputs_say_so()
    {
        Assert.Equal([Family.Multinomial, Family.MultiGaussian], Family.All.Where(family => family.HasOutputs));
        Assert.True(Family.Multinomial.HasClasses && !Family.Multinomial.HasEvent && !Family.MultiGaussian.HasClasses && Family.Binomial.HasEvent);
        Assert.Equal(Measure.Deviance, Family.Multinomial.DefaultMeasure);
        Assert.Equal(Measure.MeanSquaredError, Family.MultiGaussian.DefaultMeasure);
        Assert.True(Link.Softmax.CouplesOutputs && !Link.Logit.CouplesOutputs);
        Assert.Equal(Family.All.Length, Family.All.Select(family => (family.Id, family.Link.Id)).Distinct().Count());
        Assert.All(Family.All, family => Assert.Same(family, Family.Of(family.Id, family.Link.Id, double.NaN)));
    }

    [Fact]
    public void Verbs_without_a_form_for_several_outputs_refuse_by_name()
    {
        Assert.Contains("Inference is not offered for the family multinomial, whose models have an intercept and coefficients for each class", Assert.Throws<NotSupportedException>(() => Family.Multinomial.DemandRowLoss("Inference")).Message, StringComparison.Ordinal);
        Assert.Contains("for each response", Assert.Throws<NotSupportedException>(() => Family.MultiGaussian.DemandOneOutput("Inference")).Message, StringComparison.Ordinal);
        Family.Cox.DemandOneOutput("Anything");
    }
}
