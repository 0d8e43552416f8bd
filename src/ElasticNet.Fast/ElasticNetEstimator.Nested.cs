using System.Diagnostics.CodeAnalysis;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// The error of choosing, too.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>
    /// Nested cross-validation: each outer fold is predicted by a model whose λ, ρ and preparation were chosen by cross-validation on the
    /// other rows alone. The least error of a single cross-validation has been chosen for being least; this one has not. Varma and Simon 2006.
    /// </summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values. Folds have their part of each class, and of survival of the events.</param>
    /// <param name="outerFolds">Outer folds, from 2 to the number of rows of positive weight; dealt by the options' seed.</param>
    /// <param name="options">The inner cross-validation and everything else; null means the defaults. Folds must not be given row by row.</param>
    /// <param name="space">What the inner cross-validation searches besides λ; null means the options' mixings alone.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="ArgumentException">Folds are given for each row, or values or options are refused.</exception>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled; what two or more finished outer folds come to is handed over.</exception>
    public static NestedCrossValidationResult NestedCrossValidate(
        Features x, Target y, int outerFolds = 5, ElasticNetOptions? options = null, SearchSpace? space = null,
        Workspace? workspace = null)
    {
        options = GivenOptions.For(x, y, options);
        space = space is null ? null : SpaceFor(x, space);
        if (y.Length != x.Rows)
            Throw.Length(nameof(y), y.Length, $"have one value for each of the {x.Rows} rows of 'x'");
        ValidOptions.CheckWeights(nameof(options.Weights), options.Weights.Span, x.Rows);
        CheckSum(options.Weights.Span);
        ReadOnlySpan<double> weights = options.Weights.Span, offset = options.Offset.Span;
        FoldLayout layout = FoldAssignment.Assign(options with { Folds = outerFolds, Repeats = 1, FoldPlan = options.FoldPlan?.Once(outerFolds) }, x.Rows, weights, y.Values)[0];
        int count = layout.Folds.Length;
        using WorkspaceUse use = new(workspace);
        if (options.Family.HasOutputs || options.Family.IsSurvival)
            return NestedOfRows(x, y, options, space, layout, use.Workspace);
        OuterFold[] folds = new OuterFold[count];
        double[] predictions = new double[x.Rows], fitted = new double[x.Rows];
        Array.Fill(predictions, double.NaN);
        double nullSum = 0, total = 0;
        HeldOutMeasure measure = HeldOutMeasure.Of(options.MeasureUsed, options.Family);
        RowLoss? loss = RowLoss.Of(options.Family);
        for (int fold = 0; fold < count; fold++)
        {
            double[] training = layout.TrainingWeights(fold, weights);
            double center = 0, kept = 0;
            for (int i = 0; i < training.Length; i++)
            {
                if (training[i] == 0)
                    continue;
                kept += training[i];
                center += training[i] * (y.Values[i] - (offset.IsEmpty ? 0 : offset[i]));
            }

            center = !options.Intercept ? 0 : loss is null ? center / kept : loss.NullIntercept(y.Values, training, offset, intercept: true);
            ElasticNetOptions inner = options with { Weights = training, Progress = PhaseProgress.Of(options.Progress, fold, 1, count) };
            if (!TryInner(x, y, space, inner, use.Workspace, out ElasticNetModel? found, out OperationCanceledException? cause))
                throw Unfinished(fold, count, fold < 2 ? null : new(folds[..fold], layout.HeldOutIn, predictions, nullSum / total, measure.Measure), cause);
            using ElasticNetModel model = found;
            model.OnLinkScale.PredictCoded(x, fitted, offset);
            int[] held = [.. Enumerable.Range(0, training.Length).Where(i => layout.HeldOutIn[i] == fold)];
            double[] response = new double[held.Length], known = new double[held.Length], own = new double[held.Length], eta = new double[held.Length], start = new double[held.Length];
            double weight = 0;
            for (int k = 0; k < held.Length; k++)
            {
                int i = held[k];
                eta[k] = fitted[i];
                predictions[i] = options.Family.Link.Inverse(fitted[i]);
                response[k] = y.Values[i];
                // Under the identity link an offset is the same as another response.
                known[k] = y.Values[i] - (offset.IsEmpty || loss is not null ? 0 : offset[i]);
                start[k] = center + (offset.IsEmpty || loss is null ? 0 : offset[i]);
                own[k] = weights.IsEmpty ? 1 : weights[i];
                weight += own[k];
            }

            double error = measure.Add(0, response, own, eta);
            nullSum = measure.TakesWholeFolds ? nullSum + measure.Add(0, known, own, start) : measure.Add(nullSum, known, own, start);
            total += weight;
            folds[fold] = new(model.Fit.L1Ratio, model.Fit.Lambda, model.Fit.NonZeroCount, error / weight, weight);
        }

        return new(folds, layout.HeldOutIn, predictions, nullSum / total, measure.Measure);

        static void CheckSum(ReadOnlySpan<double> weights)
        {
            double sum = 0;
            foreach (double weight in weights)
                sum += weight;
            if (!double.IsFinite(sum))
                Throw.Data(nameof(options.Weights), $"'{nameof(options.Weights)}' must sum to a number in the range of double where the weight of each fold is reported; only ratios matter: divide them.");
        }
    }

    /// <summary>Where a number for each row does not say all of it: a linear predictor for each output, or whom a row is compared with.</summary>
    private static NestedCrossValidationResult NestedOfRows(in Features x, Target y, ElasticNetOptions options, SearchSpace? space, FoldLayout layout, Workspace workspace)
    {
        OuterRows rows = new(y.Values, options, layout);
        int outputs = rows.Outputs, count = layout.Folds.Length;
        double[] offset = rows.OffsetByRow, predictions = new double[x.Rows * outputs], fitted = new double[predictions.Length], means = new double[predictions.Length];
        Array.Fill(predictions, double.NaN);
        OuterFold[] folds = new OuterFold[count];
        double nullSum = 0, total = 0;
        for (int fold = 0; fold < count; fold++)
        {
            ElasticNetOptions inner = options with { Weights = layout.TrainingWeights(fold, options.Weights.Span), Progress = PhaseProgress.Of(options.Progress, fold, 1, count) };
            if (!TryInner(x, y, space, inner, workspace, out ElasticNetModel? found, out OperationCanceledException? cause))
                throw Unfinished(fold, count, fold < 2 || total == 0 ? null : new(folds[..fold], layout.HeldOutIn, predictions, nullSum / total, rows.Measure), cause);
            using ElasticNetModel model = found;
            model.OnLinkScale.PredictCoded(x, fitted, offset);
            model.PredictCoded(x, means, offset);
            for (int i = 0; i < x.Rows; i++)
            {
                if (layout.HeldOutIn[i] == fold)
                    means.AsSpan(i * outputs, outputs).CopyTo(predictions.AsSpan(i * outputs));
            }

            double weight = rows.Weight(fold);
            folds[fold] = new(model.Fit.L1Ratio, model.Fit.Lambda, model.Fit.NonZeroCount, weight > 0 ? rows.Error(fold, fitted) : 0, weight);
            nullSum += weight > 0 ? weight * rows.NullError(fold) : 0;
            total += weight;
        }

        return new(folds, layout.HeldOutIn, predictions, nullSum / total, rows.Measure);
    }

    /// <summary>What is chosen without the rows of an outer fold.</summary>
    /// <returns>False where that was cancelled: a part of one choice is no use to the caller.</returns>
    private static bool TryInner(
        in Features x, Target y, SearchSpace? space, ElasticNetOptions options, Workspace workspace,
        [NotNullWhen(true)] out ElasticNetModel? model, [NotNullWhen(false)] out OperationCanceledException? cause)
    {
        (model, cause) = (null, null);
        try
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            model = space is null ? Whole(x, y, options, workspace).Model : SearchIn(x, y, space, options, workspace).Model;
            return true;
        }
        catch (OperationCanceledException cancelled)
        {
            (cancelled as UnfinishedException<SearchResult>)?.Result?.Model.Dispose();
            cause = cancelled;
            return false;
        }
    }

    private static UnfinishedException<NestedCrossValidationResult> Unfinished(int finished, int folds, NestedCrossValidationResult? result, OperationCanceledException cause) =>
        new("The nested cross-validation", finished, folds, "outer folds", result, cause);
}
