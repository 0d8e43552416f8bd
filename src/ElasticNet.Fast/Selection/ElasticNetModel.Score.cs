using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

/// <content>How well it predicts rows whose target is known.</content>
public sealed partial class ElasticNetModel
{
    /// <summary>Predicts rows whose target is known, and says how well: R², RMSE, MAE, and what cross-validation may measure of the family.</summary>
    /// <param name="x">The rows, in any storage; see <see cref="Predict(Features, Span{double}, ReadOnlySpan{double}, InputTally?)"/>. Held-out ones: of those that the model was fitted to it says too much.</param>
    /// <param name="y">Their target, with weights and, for a model fitted with an offset, theirs. Classes are those of the model, in either order.</param>
    /// <param name="tally">Counts what was missing or unknown in a <see cref="FeatureTable"/>; null counts nothing.</param>
    /// <exception cref="ArgumentException">
    /// Sizes do not agree, a target is not finite or none of the family, classes are others than the model's, or a row that counts has no finite
    /// prediction; and whatever refuses a prediction.
    /// </exception>
    /// <exception cref="NotSupportedException">The table is sparse and the model has a <see cref="Preparation"/>.</exception>
    public unsafe ModelScore Score(Features x, Target y, InputTally? tally = null)
    {
        double[] response = Response(y);
        int n = x.Rows;
        if (response.Length != n)
            Throw.Length(nameof(y), response.Length, Throw.Invariant($"have one value for each of the {n} rows of 'x'"));
        if (n == 0)
            Throw.Length(nameof(y), 0, "have at least one row");
        ValidOptions.CheckWeights(nameof(Target.Weights), y.Weights, n);
        double[] eta = new double[n];
        OnLinkScale.Predict(x, eta, y.Offset, tally);
        double[] weights = CountedWeights(y.Weights, n, out double total, out int rows);
        double[] offset = y.Offset.IsEmpty ? [] : y.Offset.ToArray();
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            if (weights[i] == 0)
                continue;
            if (!double.IsFinite(response[i]))
                Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' must be finite, but row {i} (counted from 0) is {response[i]}."));
            if (!double.IsFinite(eta[i]))
                Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' must let every row be predicted, but row {i} (counted from 0) comes to {eta[i]}: it lacks a value that the model needs and nothing fills, or one is beyond double."));
            (least, most) = (Math.Min(least, response[i]), Math.Max(most, response[i]));
        }

        // Rows that do not count take the place of one that does, so that no formula minds them.
        int first = Array.FindIndex(weights, weight => weight > 0);
        for (int i = 0; i < n; i++)
        {
            if (weights[i] > 0)
                continue;
            (response[i], eta[i]) = (response[first], eta[first]);
            if (offset.Length > 0)
                offset[i] = offset[first];
        }

        RowLoss? loss = RowLoss.Of(Family);
        bool hasNull = loss is null || !loss.IsDegenerate(least, most);
        double intercept;
        fixed (double* target = response, weighing = weights, known = offset)
            intercept = loss is null ? Excess(response, offset, weights) / total : loss.NullIntercept(new(target, weighing, offset.Length == 0 ? null : known, n), hasNull);
        double[] none = new double[n];
        for (int i = 0; i < n; i++)
            none[i] = intercept + (offset.Length == 0 ? 0 : offset[i]);
        double nullSquared = hasNull ? Judge(Measure.MeanSquaredError, none) : 0;
        double deviance = loss is null ? 0 : Judge(Measure.Deviance, eta), nullDeviance = loss is null || !hasNull ? 0 : Judge(Measure.Deviance, none);
        double squared = Judge(Measure.MeanSquaredError, eta), absolute = Judge(Measure.MeanAbsoluteError, eta);
        double[] values = [.. Family.Measures.Select(measure => Judge(measure, eta))];
        return new(Family, rows, values, squared, absolute, nullSquared,
            loss is null ? Measure.MeanSquaredError.Explained(squared, nullSquared) : Measure.Deviance.Explained(deviance, nullDeviance));

        double Judge(Measure measure, double[] predictors) =>
            HeldOutMeasure.Of(measure, Family).Add(0, response, weights, (double[])predictors.Clone()) / total;
    }

    private double[] Response(in Target y)
    {
        double[] response = y.Values.ToArray();
        if (y.Classes is not { } classes)
            return response;
        IReadOnlyList<string> own = Classes ?? throw new ArgumentException($"'{nameof(y)}' must be numbers for a model of the family {Family.Title}, but has the classes '{classes[0]}' and '{classes[1]}'.", nameof(y));
        if (classes[0] == own[0] && classes[1] == own[1])
            return response;
        if (classes[0] != own[1] || classes[1] != own[0])
            Throw.Data(nameof(y), $"'{nameof(y)}' must have the classes of the model, '{own[0]}' and '{own[1]}', but has '{classes[0]}' and '{classes[1]}'.");
        return Array.ConvertAll(response, value => 1 - value);
    }

    // By a power of two, so that huge weights can be added and all keep their digits.
    private static double[] CountedWeights(ReadOnlySpan<double> given, int n, out double total, out int rows)
    {
        double[] weights = new double[n];
        double largest = 0;
        foreach (double weight in given)
            largest = Math.Max(largest, weight);
        (total, rows) = (0, 0);
        for (int i = 0; i < n; i++)
        {
            total += weights[i] = given.IsEmpty ? 1 : Math.ScaleB(given[i], -Math.ILogB(largest));
            rows += weights[i] > 0 ? 1 : 0;
        }

        return weights;
    }

    private static double Excess(double[] response, double[] offset, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < response.Length; i++)
            sum += weights[i] * (response[i] - (offset.Length == 0 ? 0 : offset[i]));
        return sum;
    }
}
