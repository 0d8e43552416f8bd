using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;

namespace ElasticNet.Fast.Selection;

/// <summary>The deviance of training and held-out rows together, less that of the training rows.</summary>
internal sealed class PartialDeviance(Family family) : HeldOutMeasure(Measure.PartialDeviance, family)
{
    private readonly int[] _rows = [];
    private readonly SurvivalTimes? _times;
    private readonly double[] _together = [], _training = [];

    private PartialDeviance(Family family, SurvivalTimes times, int[] rows, double[] weights, bool[] isHeldOut)
        : this(family)
    {
        (_times, _rows, _together, _training) = (times, rows, new double[times.Count], new double[times.Count]);
        for (int k = 0; k < rows.Length; k++)
        {
            _together[rows[k]] = weights[k];
            _training[rows[k]] = isHeldOut[k] ? 0 : weights[k];
        }
    }

    public override bool TakesWholeFolds => true;

    public override bool NeedsTraining => true;

    public override HeldOutMeasure For(SurvivalTimes? survival, int[] rows, double[] weights, bool[] isHeldOut) =>
        new PartialDeviance(Family, survival!, rows, weights, isHeldOut);

    public override double WeightOf(double response, double weight) => response * weight;

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        double[] all = new double[_times!.Count];
        for (int k = 0; k < _rows.Length; k++)
            all[_rows[k]] = eta[k];
        return sum + Deviance(_together, all) - Deviance(_training, all);
    }

    private double Deviance(double[] weights, double[] eta)
    {
        using PartialLoss loss = new(Family, _times!, weights);
        return loss.Deviance(eta);
    }
}
