using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>Keeps the models of a fold's path until they are judged together.</summary>
internal sealed class FoldSink(ModelList models) : PathSink
{
    public override void Begin(in PathStart start)
    {
    }

    public override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
        models.Add(fit.Intercept, features, coefficients);
}
