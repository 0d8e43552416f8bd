namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The example of choosing a model runs.</summary>
public class SelectionExampleTests
{
    [Fact]
    public void The_example_runs()
    {
        (double[,] x, double[] y) = ExampleData.Diabetes();
        // The page shows from here
        var options = new ElasticNetOptions { Folds = 5, Seed = 1 };
        var space = new SearchSpace { L1Ratios = [0.5, 1] };

        SearchResult search = ElasticNetEstimator.Search(x, y, space, options);
        foreach (TuningFinding finding in search.Diagnosis)
            Console.WriteLine(finding);                         // what the curve says, in words

        NestedCrossValidationResult honest = ElasticNetEstimator.NestedCrossValidate(x, y, outerFolds: 5, options, space);
        Console.WriteLine($"{honest.Mean} ± {honest.StandardError}");

        PathCriteria criteria = ElasticNetEstimator.Criteria(x, y, l1Ratio: 1, options);
        FeatureSelection selection = ElasticNetEstimator.Select(x, y, options);
        StabilityResult stability = ElasticNetEstimator.Stability(x, y, new StabilityOptions { Seed = 1 }, options);
        ModelExplanation explanation = ModelExplanation.Of(search.Model, x, y, options);
        Console.WriteLine($"{criteria.Lambda(Criterion.Bic)}\n{selection}\n{stability}\n{explanation}");
        // to here.

        Assert.Equal(2, search.Candidates.Count);
        Assert.NotEmpty(search.Diagnosis);
        Assert.InRange(honest.Mean, 2500, 3500);
        Assert.True(criteria.Lambda(Criterion.Bic) > 0);
        Assert.NotEmpty(selection.Sets);
        Assert.Equal(10, stability.FeatureNames.Count);
        Assert.Equal(search.Model.Indices.Length, explanation.Features.Count);
    }
}
