using System.Buffers;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Selection;

/// <summary>The rows of one fold, and the errors of models on them, row by row.</summary>
internal sealed unsafe class HeldOutRows
{
    /// <summary>Rows judged at a time: the fits of a path's models on them stay in the L2 cache.</summary>
    private const int RowBlock = 256;

    /// <summary>Linear predictors kept at a time for a measure that must see all rows of a fold at once, 32 MB.</summary>
    private const int MostPredictors = 1 << 22;

    private readonly int[] _rows;
    private readonly double[] _response;
    private readonly double[]? _offset;
    private readonly double[] _weights;
    private HeldOutMeasure _measure;

    private HeldOutRows(int count, bool hasOffset, HeldOutMeasure measure)
    {
        (_rows, _response, _weights) = (new int[count], new double[count], new double[count]);
        _offset = hasOffset ? new double[count] : null;
        _measure = measure;
    }

    /// <summary>Collects the rows of every fold. Under the identity link y less the offset is what a model has to meet.</summary>
    public static HeldOutRows[] Collect(in TrainingRows training, FoldLayout layout, HeldOutMeasure measure)
    {
        if (!measure.NeedsTraining)
            return Collect(training, layout.HeldOutIn, layout.Folds.Length, measure);
        // With those that a fold trains on: each fold on its own.
        HeldOutRows[] all = new HeldOutRows[layout.Folds.Length];
        for (int fold = 0; fold < all.Length; fold++)
        {
            int[] seen = Array.ConvertAll(layout.PartOf, part => part >= 0 && layout.Folds[fold].Trains(part) ? 0 : -1);
            bool[] isHeldOut = Array.ConvertAll(layout.HeldOutIn, one => one == fold);
            for (int i = 0; i < seen.Length; i++)
                seen[i] = isHeldOut[i] ? 0 : seen[i];
            all[fold] = Collect(training, seen, 1, measure, isHeldOut)[0];
        }

        return all;
    }

    /// <summary>The same of rows that are in one fold each.</summary>
    public static HeldOutRows[] Collect(in TrainingRows training, ReadOnlySpan<int> foldOf, int folds, HeldOutMeasure measure, bool[]? isHeldOut = null)
    {
        bool isIdentity = measure.Family.Link.IsIdentity, hasOffset = training.Offset != null;
        int[] at = new int[folds];
        foreach (int fold in foldOf)
        {
            if (fold >= 0)
                at[fold]++;
        }

        // By a power of two, so that huge weights can be added and all keep their digits.
        int exponent = 0;
        double largest = 0;
        for (int i = 0; i < foldOf.Length && training.Weights != null; i++)
            largest = Math.Max(largest, foldOf[i] >= 0 ? training.Weights[i] : 0);
        if (largest > 0)
            exponent = -Math.ILogB(largest);
        HeldOutRows[] all = Array.ConvertAll(at, count => new HeldOutRows(count, hasOffset && !isIdentity, measure));
        Array.Clear(at);
        for (int i = 0; i < foldOf.Length; i++)
        {
            if (foldOf[i] < 0)
                continue;
            HeldOutRows rows = all[foldOf[i]];
            int k = at[foldOf[i]]++;
            rows._rows[k] = i;
            rows._response[k] = training.Response[i] - (hasOffset && isIdentity ? training.Offset[i] : 0);
            if (rows._offset is { } offset)
                offset[k] = training.Offset[i];
            rows._weights[k] = training.Weights == null ? 1 : Math.ScaleB(training.Weights[i], exponent);
            if (isHeldOut is null || isHeldOut[i])
                rows.Weight += measure.WeightOf(rows._response[k], rows._weights[k]);
        }

        foreach (HeldOutRows rows in all)
            rows._measure = measure.For(training.Survival, rows._rows, rows._weights, Array.ConvertAll(rows._rows, i => isHeldOut is null || isHeldOut[i]));
        return all;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>Sum of the rows' weights, which are those given but for a power of two that all folds share.</summary>
    public double Weight { get; private set; }

    /// <summary>Σw(y − o − b): how far the rows lie above an intercept.</summary>
    public double Excess(double intercept)
    {
        double sum = 0;
        for (int i = 0; i < _response.Length; i++)
            sum += _weights[i] * (_response[i] - intercept);
        return sum;
    }

    /// <summary>Weighted mean error of b alone.</summary>
    public double Error(double intercept)
    {
        double sum = 0;
        double[] eta = ArrayPool<double>.Shared.Rent(BlockRows);
        for (int top = 0; top < _rows.Length; top += BlockRows)
            sum = Judge(sum, top, Start(intercept, top, eta.AsSpan(0, Math.Min(BlockRows, _rows.Length - top))));
        ArrayPool<double>.Shared.Return(eta);
        return sum / Weight;
    }

    /// <summary>The same of several outputs, whose rows follow each other.</summary>
    public double Error(ReadOnlySpan<double> intercepts)
    {
        double[] eta = new double[_rows.Length];
        int each = _rows.Length / intercepts.Length;
        for (int k = 0; k < intercepts.Length; k++)
            Start(intercepts[k], k * each, eta.AsSpan(k * each, each));
        return Judge(0, 0, eta) / Weight;
    }

    /// <summary>Weighted mean error of linear predictors.</summary>
    /// <param name="eta">Those of all rows, whether they are held out or not.</param>
    public double ErrorOf(ReadOnlySpan<double> eta)
    {
        double[] own = new double[_rows.Length];
        for (int k = 0; k < own.Length; k++)
            own[k] = eta[_rows[k]];
        return Judge(0, 0, own) / Weight;
    }

    /// <summary>Weighted mean error of every model b + Xβ. A feature is looked up once for all of them.</summary>
    /// <param name="design">X as the models saw it.</param>
    /// <param name="models">The models.</param>
    /// <param name="errors">One for each.</param>
    public void Evaluate(Design design, ModelList models, Span<double> errors)
    {
        errors[..models.Count].Clear();
        int group = _measure.TakesWholeFolds ? Math.Max(1, MostPredictors / BlockRows) : models.Count;
        for (int first = 0; first < models.Count; first += group)
            Evaluate(design, models, first, Math.Min(group, models.Count - first), errors);
        for (int k = 0; k < models.Count; k++)
            errors[k] /= Weight;
    }

    private int BlockRows => _measure.TakesWholeFolds ? Math.Max(1, _rows.Length) : RowBlock;

    private void Evaluate(Design design, ModelList models, int first, int length, Span<double> errors)
    {
        // Not fields: several mixings of one fold may be at work at once.
        Term[] terms = ByFeature(models, first, length, design.Columns);
        int block = BlockRows;
        double[] eta = ArrayPool<double>.Shared.Rent((length + 1) * block);
        fixed (int* rows = _rows)
        fixed (double* etas = eta)
        {
            double* values = etas + length * block;
            for (int top = 0; top < _rows.Length; top += block)
            {
                int count = Math.Min(block, _rows.Length - top), column = -1, from = 0, own = count;
                for (int k = 0; k < length; k++)
                    Start(models.Intercept(first + k), top, new(etas + k * block, count));
                foreach (Term term in terms)
                {
                    if (term.Feature != column)
                    {
                        column = term.Feature;
                        // Of several outputs, whose rows follow each other in a whole fold, a column is about those of its own.
                        if (design is StackedDesign stacked)
                            (from, own) = (stacked.At(column).Output * (count / stacked.Outputs), count / stacked.Outputs);
                        new Span<double>(values, own).Clear();
                        design.AddRows(column, 1, rows + top + from, own, values);
                    }

                    Kernel.Axpy(term.Coefficient, values, etas + term.Model * block + from, own);
                }

                for (int k = 0; k < length; k++)
                    errors[first + k] = Judge(errors[first + k], top, new(etas + k * block, count));
            }
        }

        ArrayPool<double>.Shared.Return(eta);
    }

    /// <summary>The linear predictors of rows without features.</summary>
    private Span<double> Start(double intercept, int top, Span<double> eta)
    {
        eta.Fill(intercept);
        for (int i = 0; i < eta.Length && _offset is not null; i++)
            eta[i] += _offset[top + i];
        return eta;
    }

    private double Judge(double sum, int top, Span<double> eta) =>
        _measure.Add(sum, _response.AsSpan(top, eta.Length), _weights.AsSpan(top, eta.Length), eta);

    /// <summary>The coefficients of some models, those of one feature together.</summary>
    private static Term[] ByFeature(ModelList models, int first, int length, int columns)
    {
        int[] places = new int[columns + 1];
        for (int k = first; k < first + length; k++)
        {
            foreach (int j in models.Features(k))
                places[j + 1]++;
        }

        for (int j = 0; j < columns; j++)
            places[j + 1] += places[j];
        Term[] terms = new Term[places[columns]];
        for (int k = first; k < first + length; k++)
        {
            ReadOnlySpan<int> features = models.Features(k);
            for (int i = 0; i < features.Length; i++)
                terms[places[features[i]]++] = new(features[i], k - first, models.Coefficients(k)[i]);
        }

        return terms;
    }

    private readonly record struct Term(int Feature, int Model, double Coefficient);
}
