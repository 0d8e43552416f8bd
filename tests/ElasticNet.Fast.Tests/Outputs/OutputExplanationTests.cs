using ElasticNet.Fast.Inference;

namespace ElasticNet.Fast.Tests.Outputs;

/// <summary>Explanations of several outputs add up, and two classes are explained as an event is.</summary>
public class OutputExplanationTests
{
    [Fact]
    public void Parts_add_up_to_the_deviance_explained_and_contributions_to_predictions()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            OutputProblem problem = OutputProblem.Random(seed);
            // With offsets the null model has them, and so has the model at no share of its coefficients.
            using ElasticNetModel model = ElasticNetEstimator.Fit(problem.X, problem.Target, 0.05, problem.L1Ratio, problem.Options);
            ModelExplanation found = ModelExplanation.Of(model, problem.X, problem.Target, problem.Options);
            Assert.Equal(model.Coefficients.Count, found.Features.Count);
            Assert.Equal(problem.Outputs, found.Baselines.Length);
            if (problem.Options.PenaltyFactors.IsEmpty || !problem.Options.PenaltyFactors.Contains(0.0))
                Assert.True(Math.Abs(model.Fit.DevianceRatio - found.Features.Sum(feature => feature.DevianceContribution)) < 1e-6, $"{problem}: {model.Fit.DevianceRatio}, {found.Features.Sum(feature => feature.DevianceContribution)}");
            double[] row = [.. Enumerable.Range(0, problem.Columns).Select(j => problem.X[0, j])], own = [.. Enumerable.Range(0, problem.Outputs).Select(k => problem.HasOffset ? problem.Offsets[0, k] : 0)];
            double[] predicted = new double[problem.Outputs], parts = found.Contributions(row);
            model.OnLinkScale.Predict(row, predicted, problem.HasOffset ? own : []);
            for (int k = 0; k < problem.Outputs; k++)
            {
                double sum = found.Baselines.Span[k] + (problem.HasOffset ? own[k] : 0) + parts.Where((_, at) => found.Features[at].Output == model.OutputNames![k]).Sum();
                Assert.Equal(predicted[k], sum, 1e-9 * (1 + Math.Abs(sum)));
            }

            Assert.All(found.Features, feature => Assert.True(feature.EntryRank > 0 || double.IsNaN(feature.EntryLambda)));
            Assert.Contains("each with a baseline of its own", Assert.Throws<NotSupportedException>(() => found.Baseline).Message, StringComparison.Ordinal);
            Assert.Contains(problem.HasClasses ? "class" : "response", found.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_response_is_explained_as_it_is_alone()
    {
        OutputProblem problem = Enumerable.Range(1, 99).Select(seed => OutputProblem.Random(seed, outputs: 3, isGrouped: false)).First(one => !one.HasClasses && !one.HasOffset && one.Options.Intercept && one.Options.PenaltyFactors.IsEmpty);
        ElasticNetOptions alone = problem.Options with { Family = Family.Gaussian };
        using ElasticNetModel all = ElasticNetEstimator.Fit(problem.X, problem.Target, 0.1, problem.L1Ratio, problem.Options);
        ModelExplanation explained = ModelExplanation.Of(all, problem.X, problem.Target, problem.Options);
        for (int k = 0; k < 3; k++)
        {
            Target target = Target.Create(problem.Response(k)) with { Weights = problem.Weights };
            using ElasticNetModel one = ElasticNetEstimator.Fit(problem.X, target, 0.1, problem.L1Ratio, alone);
            FeatureExplanation[] expected = [.. ModelExplanation.Of(one, problem.X, target, alone).Features], found = [.. explained.Features.Where(feature => feature.Output == all.OutputNames![k])];
            Assert.Equal(expected.Select(feature => feature.Feature), found.Select(feature => feature.Feature));
            for (int at = 0; at < found.Length; at++)
            {
                Assert.Equal(expected[at].StandardizedCoefficient, found[at].StandardizedCoefficient, 1e-12);
                Assert.Equal(expected[at].EffectPerQuartiles, found[at].EffectPerQuartiles, 1e-12 * (1 + Math.Abs(expected[at].EffectPerQuartiles)));
            }
        }
    }

    [Fact]
    public void Two_classes_take_from_the_deviance_what_an_event_does()
    {
        OutputProblem problem = Enumerable.Range(1, 99).Select(seed => OutputProblem.Random(seed, outputs: 2, isGrouped: false, hasBounds: false)).First(one => one.HasClasses && !one.HasOffset && one.Options.PenaltyFactors.IsEmpty);
        using ElasticNetModel classes = ElasticNetEstimator.Fit(problem.X, problem.Target, 0.04, 1, problem.Options), events = ElasticNetEstimator.Fit(problem.X, problem.Events, 0.04, 1, problem.Options with { Family = Family.Binomial });
        ModelExplanation found = ModelExplanation.Of(classes, problem.X, problem.Target, problem.Options), expected = ModelExplanation.Of(events, problem.X, problem.Events, problem.Options with { Family = Family.Binomial });
        Assert.NotEmpty(expected.Features);
        foreach (FeatureExplanation feature in expected.Features)
            Assert.Equal(feature.DevianceContribution, found.Features.Where(one => one.Feature == feature.Feature).Sum(one => one.DevianceContribution), 1e-7);
    }
}
