using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>Keeps the models of a fold's path until they are judged together.</summary>
internal struct FoldSink(ModelList models) : IPathSink
{
    public readonly bool IsSated => false;

    public readonly void Begin(double lambdaMax, ReadOnlySpan<double> lambdas)
    {
    }

    public readonly void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
        models.Add(fit.Intercept, features, coefficients);
}
