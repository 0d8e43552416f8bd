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

    private readonly int[] _rows;
    private readonly double[] _target;
    private readonly double[] _weights;
    private readonly ErrorMeasure _measure;

    private HeldOutRows(int count, ErrorMeasure measure)
    {
        (_rows, _target, _weights) = (new int[count], new double[count], new double[count]);
        _measure = measure;
    }

    /// <summary>Collects the rows of every fold; y less the offset is what a model has to meet.</summary>
    public static HeldOutRows[] Collect(in TrainingRows training, ReadOnlySpan<int> foldOf, int folds, ErrorMeasure measure)
    {
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
        HeldOutRows[] all = Array.ConvertAll(at, count => new HeldOutRows(count, measure));
        Array.Clear(at);
        for (int i = 0; i < foldOf.Length; i++)
        {
            if (foldOf[i] < 0)
                continue;
            HeldOutRows rows = all[foldOf[i]];
            int k = at[foldOf[i]]++;
            rows._rows[k] = i;
            rows._target[k] = training.Response[i] - (training.Offset == null ? 0 : training.Offset[i]);
            rows._weights[k] = training.Weights == null ? 1 : Math.ScaleB(training.Weights[i], exponent);
            rows.Weight += rows._weights[k];
        }

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
        for (int i = 0; i < _target.Length; i++)
            sum += _weights[i] * (_target[i] - intercept);
        return sum;
    }

    /// <summary>Weighted mean error of b alone.</summary>
    public double Error(double intercept)
    {
        double sum = 0;
        for (int i = 0; i < _target.Length; i++)
            sum += _weights[i] * Loss(_target[i] - intercept);
        return sum / Weight;
    }

    /// <summary>Weighted mean error of every model b + Xβ. A feature is looked up once for all of them.</summary>
    /// <param name="design">X as the models saw it.</param>
    /// <param name="models">The models.</param>
    /// <param name="errors">One for each.</param>
    public void Evaluate(Design design, ModelList models, Span<double> errors)
    {
        // Not fields: several mixings of one fold may be at work at once.
        Term[] terms = ByFeature(models, design.Columns);
        double[] eta = ArrayPool<double>.Shared.Rent(models.Count * RowBlock);
        double* values = stackalloc double[RowBlock];
        errors[..models.Count].Clear();
        fixed (int* rows = _rows)
        fixed (double* etas = eta)
        {
            for (int top = 0; top < _rows.Length; top += RowBlock)
            {
                int count = Math.Min(RowBlock, _rows.Length - top), column = -1;
                for (int k = 0; k < models.Count; k++)
                    new Span<double>(etas + k * RowBlock, count).Fill(models.Intercept(k));
                foreach (Term term in terms)
                {
                    if (term.Feature != column)
                    {
                        column = term.Feature;
                        new Span<double>(values, count).Clear();
                        design.AddRows(column, 1, rows + top, count, values);
                    }

                    Kernel.Axpy(term.Coefficient, values, etas + term.Model * RowBlock, count);
                }

                for (int k = 0; k < models.Count; k++)
                {
                    for (int i = 0; i < count; i++)
                        errors[k] += _weights[top + i] * Loss(_target[top + i] - etas[k * RowBlock + i]);
                }
            }
        }

        ArrayPool<double>.Shared.Return(eta);
        for (int k = 0; k < models.Count; k++)
            errors[k] /= Weight;
    }

    /// <summary>The coefficients of all models, those of one feature together.</summary>
    private static Term[] ByFeature(ModelList models, int columns)
    {
        Term[] terms = new Term[models.Size];
        int[] places = new int[columns + 1];
        for (int k = 0; k < models.Count; k++)
        {
            foreach (int j in models.Features(k))
                places[j + 1]++;
        }

        for (int j = 0; j < columns; j++)
            places[j + 1] += places[j];
        for (int k = 0; k < models.Count; k++)
        {
            ReadOnlySpan<int> features = models.Features(k);
            for (int i = 0; i < features.Length; i++)
                terms[places[features[i]]++] = new(features[i], k, models.Coefficients(k)[i]);
        }

        return terms;
    }

    private double Loss(double error) => _measure == ErrorMeasure.MeanSquaredError ? error * error : Math.Abs(error);

    private readonly record struct Term(int Feature, int Model, double Coefficient);
}
