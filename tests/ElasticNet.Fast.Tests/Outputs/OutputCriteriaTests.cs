using ElasticNet.Fast.Selection;
using ElasticNet.Fast.Tests.Survival;

namespace ElasticNet.Fast.Tests.Outputs;

/// <summary>Criteria of several outputs, of Cox and of groups: degrees of freedom beside second derivatives written out, and other routes to the same numbers.</summary>
public class OutputCriteriaTests
{
    [Fact]
    public void Degrees_of_freedom_are_the_trace_that_is_written_out()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            OutputProblem problem = OutputProblem.Random(seed);
            PathCriteria criteria = ElasticNetEstimator.Criteria(problem.X, problem.Target, problem.L1Ratio, problem.Options);
            for (int l = 0; l < criteria.Path.Count; l++)
            {
                double expected = problem.Freedom(criteria.Path[l]);
                Assert.True(Math.Abs(expected - criteria.Points[l].DegreesOfFreedom) <= 1e-5 * (1 + expected), $"{problem}, λ {l}: {criteria.Points[l].DegreesOfFreedom} and {expected}");
                Assert.Equal(criteria.Points[l].DegreesOfFreedom, criteria.Path[l].Fit.DegreesOfFreedom);
            }
        }
    }

    [Fact]
    public void They_are_their_formulas()
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            OutputProblem problem = OutputProblem.Random(seed, hasBounds: false);
            PathCriteria criteria = ElasticNetEstimator.Criteria(problem.X, problem.Target, problem.L1Ratio, problem.Options, ebicGamma: 1);
            double n = problem.Weights.Length == 0 ? problem.Rows : problem.Weights.Count(weight => weight > 0), numbers = n * (problem.Outputs - (problem.HasClasses ? 1 : 0));
            for (int l = 0; l < criteria.Path.Count; l++)
            {
                CriteriaPoint point = criteria.Points[l];
                double[] errors = problem.Errors(criteria.Path[l]);
                double freedom = point.DegreesOfFreedom, deviance = errors.Sum(), likelihood = problem.HasClasses ? n * deviance : errors.Sum(error => n * Math.Log(error));
                Near(deviance, point.MeanDeviance);
                if (!double.IsFinite(point.Aic))
                    continue;
                Near(likelihood + 2 * freedom, point.Aic);
                Near(likelihood + Math.Log(n) * freedom, point.Bic);
                Near(deviance / Math.Pow(1 - freedom / numbers, 2), point.Gcv);
                Near(likelihood + 2 * freedom + 2 * freedom * (freedom + 1) / (numbers - freedom - 1), point.Aicc);
                SparseCoefficients chosen = criteria.Path[l].Coefficients;
                (int all, int some) = problem.Options.GroupOutputs ? (problem.Columns, chosen.Indices.Length) : (problem.Columns * problem.Outputs, chosen.Count);
                Near(point.Bic + 2 * Enumerable.Range(1, some).Sum(i => Math.Log((double)(all - some + i) / i)), point.Ebic);
                Assert.True(double.IsNaN(point.Alo));
            }
        }

        static void Near(double expected, double found) => Assert.Equal(expected, found, 1e-8 * (1 + Math.Abs(expected)));
    }

    [Fact]
    public void Two_classes_are_an_event()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            OutputProblem problem = OutputProblem.Random(3 * seed, outputs: 2, isGrouped: false, hasBounds: false);
            if (!problem.HasClasses)
                continue;
            problem = problem with { HasOffset = false, L1Ratio = 1, Options = problem.Options with { Lambdas = [0.1, 0.05, 0.02] } };
            PathCriteria classes = ElasticNetEstimator.Criteria(problem.X, problem.Target, 1, problem.Options), events = ElasticNetEstimator.Criteria(problem.X, problem.Events, 1, problem.Options with { Family = Family.Binomial });
            for (int l = 0; l < classes.Points.Count; l++)
            {
                Assert.Equal(events.Points[l].Aic, classes.Points[l].Aic, 1e-6);
                Assert.Equal(events.Points[l].Aicc, classes.Points[l].Aicc, 1e-6);
                Assert.Equal(events.Points[l].Bic, classes.Points[l].Bic, 1e-6);
                Assert.Equal(events.Points[l].Gcv, classes.Points[l].Gcv, 1e-6);
            }
        }
    }

    [Fact]
    public void Responses_are_so_many_lassos()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            OutputProblem problem = OutputProblem.Random(5 * seed, isGrouped: false, hasBounds: false);
            if (problem.HasClasses)
                continue;
            problem = problem with { HasOffset = false, Options = problem.Options with { Lambdas = [1, 0.3, 0.1] } };
            PathCriteria all = ElasticNetEstimator.Criteria(problem.X, problem.Target, problem.L1Ratio, problem.Options);
            PathCriteria[] each = [.. Enumerable.Range(0, problem.Outputs).Select(k => ElasticNetEstimator.Criteria(
                problem.X, Target.Create(problem.Response(k)) with { Weights = problem.Weights }, problem.L1Ratio, problem.Options with { Family = Family.Gaussian }))];
            for (int l = 0; l < 3; l++)
            {
                Assert.Equal(each.Sum(one => one.Points[l].Aic), all.Points[l].Aic, 1e-6);
                Assert.Equal(each.Sum(one => one.Points[l].Bic), all.Points[l].Bic, 1e-6);
                Assert.Equal(each.Sum(one => one.Points[l].MeanSquaredError), all.Points[l].MeanSquaredError, 1e-9 * (1 + all.Points[l].MeanSquaredError));
            }
        }
    }

    [Fact]
    public void Cox_counts_events()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            SurvivalSample sample = SurvivalSample.Draw(seed);
            PathCriteria criteria = ElasticNetEstimator.Criteria(sample.X, sample.Target, 1, sample.Options with { LambdaCount = 10, LambdaMinRatio = 0.05 });
            int events = Enumerable.Range(0, sample.Events.Length).Count(i => sample.Events[i] && (sample.Weights.Length == 0 || sample.Weights[i] > 0));
            for (int l = 0; l < criteria.Path.Count; l++)
            {
                CriteriaPoint point = criteria.Points[l];
                Assert.Equal(criteria.Path[l].Fit.DegreesOfFreedom, point.DegreesOfFreedom);
                if (!double.IsFinite(point.Aic))
                    continue;
                // Of the null model the deviance explained is a share.
                Assert.Equal((1 - criteria.Path[l].Fit.DevianceRatio) / (1 - criteria.Path[0].Fit.DevianceRatio), point.MeanDeviance / criteria.Points[0].MeanDeviance, 1e-8);
                Assert.Equal(point.Aic + (Math.Log(events) - 2) * point.DegreesOfFreedom, point.Bic, 1e-8 * (1 + Math.Abs(point.Bic)));
                Assert.Equal(events * point.MeanDeviance + 2 * point.DegreesOfFreedom, point.Aic, 1e-8 * (1 + Math.Abs(point.Aic)));
            }

            if (criteria.TryBest(Criterion.Bic, out _))
                Assert.NotNull(criteria.Model(Criterion.Bic).Baseline);
            Assert.Contains("Alo is undefined for the family Cox", Assert.Throws<InvalidOperationException>(() => criteria.Best(Criterion.Alo)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_model_that_a_criterion_chooses_is_one_of_all_outputs()
    {
        OutputProblem problem = OutputProblem.Random(7);
        PathCriteria criteria = ElasticNetEstimator.Criteria(problem.X, problem.Target, problem.L1Ratio, problem.Options);
        ElasticNetModel model = criteria.Model(Criterion.Bic);
        Assert.Equal(problem.Outputs, model.Outputs);
        Assert.Equal(criteria.Path[criteria.Best(Criterion.Bic)].Coefficients.ToArray(), model.Coefficients.ToArray());
        Assert.NotNull(criteria.ToString());
        Assert.NotNull(criteria.Diagnosis(Criterion.Bic));
        Assert.Contains("where leaving a row out", Assert.Throws<InvalidOperationException>(() => criteria.Model(Criterion.Alo)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_selection_counts_a_feature_that_any_output_uses(bool hasClasses)
    {
        OutputProblem problem = Enumerable.Range(1, 200).Select(seed => OutputProblem.Random(seed, isGrouped: false)).First(one => one.HasClasses == hasClasses && one.Rows > 40 && one.Columns > 5 && one.Weights.Length == 0);
        FeatureSelection found = ElasticNetEstimator.Select(problem.X, problem.Target, problem.Options with { Folds = 3, L1Ratios = [1] });
        Assert.Equal(problem.Columns, found.FeatureNames.Count);
        Assert.Equal(found.CrossValidation.Best.Path.First(point => point.Lambda == found.CrossValidation.LambdaMin).Coefficients.Indices.ToArray(), found.By("min").Features.ToArray());
        Assert.All(found.FoldFrequencies.ToArray(), frequency => Assert.InRange(frequency, 0, 1 + 1e-12));
        Assert.Contains("bic", found.Sets.Select(set => set.Rule));
        Assert.DoesNotContain("alo", found.Sets.Select(set => set.Rule));
    }

    [Fact]
    public void A_selection_of_Cox()
    {
        SurvivalSample sample = SurvivalSample.Draw(4);
        FeatureSelection found = ElasticNetEstimator.Select(sample.X, sample.Target, sample.Options with { Folds = 3, L1Ratios = [1], LambdaCount = 12, LambdaMinRatio = 0.05 });
        Assert.Contains("min", found.Sets.Select(set => set.Rule));
        using ElasticNetModel refit = ElasticNetEstimator.Refit(sample.X, sample.Target, found.By("1se").Features.Span, sample.Options);
        Assert.NotNull(refit.Baseline);
    }
}
