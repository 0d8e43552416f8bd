using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Selection;

/// <summary>The deviance of solutions of several outputs or of Cox, whose rows have more than one linear predictor or take part in each other's likelihood.</summary>
internal sealed unsafe class JointDeviance : IDisposable
{
    private readonly ElasticNetOptions _options;
    private readonly OutputRows? _outputs;
    private readonly PartialLoss? _partial;
    private readonly int[] _all;
    private readonly double[] _weights, _eta;
    private readonly int _count, _events;

    /// <param name="y">The codes of classes, responses one after another, or the events.</param>
    /// <param name="options">What the path was fitted with.</param>
    public JointDeviance(ReadOnlySpan<double> y, ElasticNetOptions options)
    {
        _options = options;
        _outputs = OutputRows.Of(y, options, default);
        int outputs = _outputs?.Outputs ?? 1, n = (_outputs?.Response.Length ?? y.Length) / outputs;
        ReadOnlySpan<double> given = options.Weights.Span;
        (_all, _weights, _eta) = ([.. Enumerable.Range(0, n)], new double[n], new double[n * outputs]);
        double sum = 0;
        foreach (double weight in given)
            sum += weight / n;
        for (int i = 0; i < n; i++)
        {
            _weights[i] = given.IsEmpty ? 1.0 / n : given[i] / n / sum;
            if (!(_weights[i] > 0))
                continue;
            _count++;
            _events += options.Times is { } times && times.Events[i] != 0 ? 1 : 0;
        }

        // Weights of mean 1: a row of mean weight counts once.
        if (options.Times is { } known)
            _partial = new(options.Family, known, Array.ConvertAll(_weights, weight => weight * _count));
    }

    /// <summary>The deviance of one solution.</summary>
    public Values At(Design x, PathPoint point)
    {
        Predict(x, point);
        if (_partial is not null)
        {
            double partial = _partial.Deviance(_eta);
            return new(_events, _events, partial, partial / _events, double.NaN);
        }

        int outputs = _outputs!.Outputs, n = _all.Length;
        if (_options.Family.HasClasses)
        {
            HeldOutMeasure measure = HeldOutMeasure.Of(Measure.Deviance, _options.Family, outputs);
            double deviance = measure.Add(0, _outputs.Response, _weights, _eta);
            return new(_count, (double)_count * (outputs - 1), _count * deviance, deviance, double.NaN);
        }

        double likelihood = 0, all = 0;
        for (int k = 0; k < outputs; k++)
        {
            double error = 0;
            for (int i = 0; i < n; i++)
            {
                double residual = _outputs.Response[k * n + i] - _eta[k * n + i];
                error += _weights[i] > 0 ? _weights[i] * (residual * residual) : 0;
            }

            // A perfect fit has no scale.
            likelihood += error > 0 ? _count * Math.Log(error) : double.PositiveInfinity;
            all += error;
        }

        return new(_count, (double)_count * outputs, likelihood, all, all);
    }

    public void Dispose() => _partial?.Dispose();

    private void Predict(Design x, PathPoint point)
    {
        int outputs = _outputs?.Outputs ?? 1, n = _all.Length;
        ReadOnlySpan<double> values = point.Coefficients.Values, single = _options.Offset.Span;
        for (int k = 0; k < outputs; k++)
        {
            double intercept = outputs == 1 ? point.Intercept : point.Intercepts.Span[k];
            for (int i = 0; i < n; i++)
                _eta[k * n + i] = intercept + (_outputs is null ? single.IsEmpty ? 0 : single[i] : _outputs.Offset?[k * n + i] ?? 0);
        }

        fixed (double* eta = _eta)
        fixed (int* every = _all)
        {
            for (int at = 0; at < values.Length; at++)
            {
                if (values[at] != 0)
                    x.AddRows(point.Coefficients.Indices[at / outputs], values[at], every, n, eta + (nint)(at % outputs) * n);
            }
        }
    }

    /// <summary>What a solution is worth.</summary>
    /// <param name="Sample">n of BIC: rows, or events.</param>
    /// <param name="Numbers">How many numbers were fitted.</param>
    /// <param name="Likelihood">−2 log-likelihood but for a constant; +∞ where it has none.</param>
    /// <param name="MeanDeviance">Of a row, or of an event.</param>
    /// <param name="MeanSquaredError">Of responses; else NaN.</param>
    public readonly record struct Values(double Sample, double Numbers, double Likelihood, double MeanDeviance, double MeanSquaredError);
}
