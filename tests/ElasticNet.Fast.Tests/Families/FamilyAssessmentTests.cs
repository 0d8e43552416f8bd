using ElasticNet.Fast.Datafits;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>What judges and explains a solution of a family: criteria, nested cross-validation, explanations, and what refuses by name.</summary>
public class FamilyAssessmentTests
{
    public static TheoryData<string> Families => [.. FamilySample.Curved.Select(family => family.Title)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Without_a_penalty_the_degrees_of_freedom_are_the_coefficients(string title)
    {
        Family family = Of(title);
        (double[,] x, double[] y) = FamilySample.Of(family, 120, 3, 4);
        ElasticNetOptions options = new() { Family = family, Lambdas = new[] { 0.05, 0 } };
        PathCriteria criteria = ElasticNetEstimator.Criteria(x, y, 1, options);
        Assert.Equal(4, criteria.Points[1].DegreesOfFreedom, 1e-8);
        Assert.Equal(4, criteria.Path[1].Fit.DegreesOfFreedom, 1e-8);
        double deviance = MeanDeviance(family, x, y, criteria.Path[1]);
        Assert.Equal(deviance, criteria.Points[1].MeanDeviance, 1e-9 * deviance);
        if (family.Name is "binomial" or "poisson" or "negative-binomial")
        {
            Assert.Equal(120 * deviance + 8, criteria.Points[1].Aic, 1e-7 * 120 * deviance);
            Assert.Equal(120 * deviance + 4 * Math.Log(120), criteria.Points[1].Bic, 1e-7 * 120 * deviance);
        }
        else if (family.Name == "tweedie")
        {
            Assert.Contains("Aic is undefined for the family Tweedie", Assert.Throws<InvalidOperationException>(() => criteria.Best(Criterion.Aic)).Message, StringComparison.Ordinal);
        }

        Assert.True(criteria.TryBest(Criterion.Alo, out _));
        Assert.Equal(deviance / ((1 - 4 / 120.0) * (1 - 4 / 120.0)), criteria.Points[1].Gcv, 1e-8 * deviance);
    }

    [Fact]
    public void The_likelihood_of_Gamma_is_that_of_the_scale_which_its_deviance_tells()
    {
        (double[,] x, double[] y) = FamilySample.Of(Family.Gamma, 100, 3, 5);
        ElasticNetOptions options = new() { Family = Family.Gamma, Lambdas = new[] { 0.2, 0.05, 0 } };
        PathCriteria criteria = ElasticNetEstimator.Criteria(x, y, 1, options);
        double[] plain = [.. criteria.Path.Select(point => Likelihood(x, y, point))];
        for (int k = 1; k < plain.Length; k++)
        {
            double expected = plain[k] - plain[0] + 2 * (criteria.Points[k].DegreesOfFreedom - criteria.Points[0].DegreesOfFreedom);
            Assert.Equal(expected, criteria.Points[k].Aic - criteria.Points[0].Aic, 1e-8 * Math.Abs(plain[0]));
        }

        // −2 Σ log f(y) by its definition, at the shape 1/deviance.
        static double Likelihood(double[,] x, double[] y, PathPoint point)
        {
            double shape = 1 / MeanDeviance(Family.Gamma, x, y, point), sum = 0;
            for (int i = 0; i < y.Length; i++)
            {
                double scale = Math.Exp(Eta(x, i, point)) / shape;
                sum += (shape - 1) * Math.Log(y[i]) - y[i] / scale - shape * Math.Log(scale) - LogGamma(shape);
            }

            return -2 * sum;
        }

        static double LogGamma(double k)
        {
            double below = 0;
            for (; k < 60; k++)
                below += Math.Log(k);
            return (k - 0.5) * Math.Log(k) - k + 0.5 * Math.Log(2 * Math.PI) + 1 / (12 * k) - 1 / (360 * k * k * k) - below;
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Approximate_leave_one_out_is_close_to_leaving_one_out(string title)
    {
        Family family = Of(title);
        const int n = 60;
        const double lambda = 0.1;
        (double[,] x, double[] y) = FamilySample.Of(family, n, 3, 6);
        ElasticNetOptions options = new() { Family = family, Standardize = false, Lambdas = new[] { lambda } };
        double approximate = ElasticNetEstimator.Criteria(x, y, 0, options).Points[0].Alo, exact = 0;
        for (int i = 0; i < n; i++)
        {
            double[] weights = [.. Enumerable.Range(0, n).Select(k => k == i ? 0.0 : 1)];
            // The total penalty stays.
            using ElasticNetModel model = ElasticNetEstimator.Fit(x, new Target(y) { Weights = weights }, lambda * n / (n - 1), 0, options with { Lambdas = default });
            double eta = model.OnLinkScale.Predict([x[i, 0], x[i, 1], x[i, 2]]);
            exact += RowLoss.Of(family)!.AddDeviance(0, [y[i]], [1], [eta]) / n;
        }

        Assert.InRange(approximate, exact * 0.99, exact * 1.01);
        double own = ElasticNetEstimator.Criteria(x, y, 0, options).Points[0].MeanDeviance;
        Assert.True(Math.Abs(approximate - exact) < 0.2 * (exact - own), $"{own} {approximate} {exact}");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void An_explanation_adds_up(string title)
    {
        Family family = Of(title);
        (double[,] x, double[] y) = FamilySample.Of(family, 150, 4, 7);
        double[] offset = [.. Enumerable.Range(0, 150).Select(i => 0.1 * Math.Sin(i))], weights = [.. Enumerable.Range(0, 150).Select(i => i % 5 * 0.5)];
        Target target = new(y) { Offset = offset, Weights = weights };
        ElasticNetOptions options = new() { Family = family };
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, target, 0.01, 0.5, options);
        ModelExplanation explanation = ModelExplanation.Of(model, x, target, options);
        double[] row = [0.3, -0.2, 0.9, 0.1];
        Assert.Equal(model.OnLinkScale.Predict(row, 0.7), explanation.Baseline + explanation.Contributions(row).Sum() + 0.7, 1e-12);
        Assert.Equal(model.Fit.DevianceRatio, explanation.Features.Sum(feature => feature.DevianceContribution), 1e-7);
        Assert.Contains("ratio per SD", explanation.ToString(), StringComparison.Ordinal);
        Assert.Contains("must be the family of the model", Assert.Throws<ArgumentException>(() => ModelExplanation.Of(model, x, new Target(y) { Offset = offset }, new())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Nested_cross_validation_judges_mean_responses(string title)
    {
        Family family = Of(title);
        (double[,] x, double[] y) = FamilySample.Of(family, 100, 3, 8);
        double[] offset = [.. Enumerable.Range(0, 100).Select(i => 0.2 * Math.Cos(i))];
        ElasticNetOptions options = new() { Family = family, Folds = 4, LambdaCount = 20, Measure = Measure.MeanSquaredError };
        NestedCrossValidationResult nested = ElasticNetEstimator.NestedCrossValidate(x, new Target(y) { Offset = offset }, 4, options);
        double error = 0;
        for (int i = 0; i < 100; i++)
            error += (y[i] - nested.Predictions.Span[i]) * (y[i] - nested.Predictions.Span[i]) / 100;
        Assert.Equal(error, nested.Mean, 1e-12);
        Assert.InRange(nested.RSquared, 0, 1);
    }

    [Fact]
    public void A_selection_takes_every_family()
    {
        (double[,] x, double[] y) = FamilySample.Of(Family.Binomial, 100, 4, 9);
        FeatureSelection selection = ElasticNetEstimator.Select(x, y, new() { Family = Family.Binomial, Folds = 4, LambdaCount = 20 });
        Assert.Contains(selection.Sets, set => set.Rule == "bic");
        StabilityResult stability = ElasticNetEstimator.Stability(x, y, new() { Pairs = 5 }, new() { Family = Family.Binomial });
        Assert.Equal(4, stability.FeatureNames.Count);
    }

    private static Family Of(string title) => FamilySample.Curved.Single(family => family.Title == title);

    private static double MeanDeviance(Family family, double[,] x, double[] y, PathPoint point)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
            sum += RowLoss.Of(family)!.AddDeviance(0, [y[i]], [1], [Eta(x, i, point)]);
        return sum / y.Length;
    }

    private static double Eta(double[,] x, int i, PathPoint point)
    {
        double eta = point.Intercept;
        for (int k = 0; k < point.Coefficients.Count; k++)
            eta += point.Coefficients.Values[k] * x[i, point.Coefficients.Indices[k]];
        return eta;
    }
}
