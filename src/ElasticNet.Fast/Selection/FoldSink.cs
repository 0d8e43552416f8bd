using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>Keeps the models of a fold's path until they are judged together.</summary>
internal readonly struct FoldSink(ModelList models) : IPathSink
{
    public bool IsSated => false;

    public void Begin(double lambdaMax, ReadOnlySpan<double> lambdas)
    {
    }

    public void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
        models.Add(fit.Intercept, features, coefficients);
}
