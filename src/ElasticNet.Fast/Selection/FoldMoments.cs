using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// The work that the folds of tall data share: one pass over X for the moments of every fold; the moments of a training set
/// are those of all rows less those of the fold. Data that are not tall share X only.
/// </summary>
internal sealed unsafe class FoldMoments : IDisposable
{
    /// <summary>A column (or the response) whose norm over the training rows is below this share of its norm over all rows lost too many digits to the subtraction.</summary>
    private const double LeastNorm = 1e-3;

    /// <summary>A fold that holds more than this share of the weight leaves too little by subtraction.</summary>
    private const double MostWeight = 0.9;

    /// <summary>Memory that the folds' moments may take together, in bytes.</summary>
    private const double MostMemory = 1e9;

    private SecondMoments[] _folds = [];

    /// <summary>Weights and response of all rows.</summary>
    public GaussianDatafit Datafit { get; } = new();

    /// <summary>Centers and scales over all rows.</summary>
    public ColumnScaling Scaling { get; } = new();

    /// <summary>Moments of all rows; null where the data are not tall.</summary>
    public SecondMoments? Total { get; private set; }

    /// <summary>Measures columns and response and, for tall data with the same columns in all folds, takes the moments of each fold.</summary>
    public void Prepare<TDesign>(
        in TDesign design, double* y, double* weights, double* offset, int[] foldOf, int folds, bool shareDesign, ElasticNetOptions options)
        where TDesign : struct, IDesign
    {
        Datafit.Prepare(y, weights, offset, design.Rows, options.Intercept);
        WorkCrew crew = new();
        crew.Resize(options.MaxDegreeOfParallelism);
        Scaling.Measure(crew, design, Datafit.Weights, Datafit.FirstRow, options.Intercept);
        int size = design.Columns + 1;
        if (!shareDesign || !PathContext.IsTall(Datafit.Rows, design.Columns) || 8.0 * size * size * (folds + 1) > MostMemory)
            return;
        _folds = new SecondMoments[folds];
        for (int k = 0; k < folds; k++)
        {
            _folds[k] = new();
            _folds[k].Clear(size);
        }

        using MomentAccumulator accumulator = new();
        fixed (int* fold = foldOf)
            accumulator.Accumulate(crew, design, Scaling, Datafit, fold, _folds);
        Total = new();
        Total.Clear(size);
        foreach (SecondMoments fold in _folds)
            Total.Add(fold);
    }

    /// <summary>Held-out errors from the fold's moments, or null where rows must tell.</summary>
    public HeldOutMoments? HeldOut(int fold, ErrorMeasure measure) =>
        Total is null || measure != ErrorMeasure.MeanSquaredError
            ? null
            : new(_folds[fold], Scaling, Datafit.Center, Datafit.Norm);

    /// <summary>Fits the path on a fold's training rows by their moments.</summary>
    /// <returns>False where there are none or the subtraction would cost too many digits.</returns>
    public bool TryTrain<TSink>(int fold, PathContext context, ElasticNetOptions options, scoped PathRequest request, ref TSink sink)
        where TSink : struct, IPathSink, allows ref struct
    {
        if (Total is null || _folds[fold].Weight > MostWeight * Total.Weight)
            return false;
        using SecondMoments training = new();
        training.Clear(Total.Size);
        training.Add(Total);
        training.Subtract(_folds[fold]);
        for (int j = 0; j < training.Size; j++)
        {
            // Of a column the spread counts, also without an intercept: one that is constant in the fold must be known as such.
            bool column = j < training.Size - 1;
            double whole = column ? Scaling.Deviation[j] * Scaling.InverseNorm[j] : Math.Sqrt(Total.Products(j)[j] / Total.Weight);
            double mean = column || options.Intercept ? training.Sums[j] / training.Weight : 0;
            double rest = training.Products(j)[j] / training.Weight - mean * mean;
            if (rest < LeastNorm * LeastNorm * whole * whole)
                return false;
        }

        context.Run(training, Scaling, Datafit, options, request, ref sink);
        return true;
    }

    /// <summary>Mean error, over the same folds, of the model with intercept and offset only.</summary>
    public static double NullError(
        int rows, double* y, double* weights, double* offset, int[] foldOf, HeldOutRows[] heldOut, bool intercept)
    {
        using GaussianDatafit training = new();
        double sum = 0, total = 0;
        fixed (int* fold = foldOf)
        {
            for (int k = 0; k < heldOut.Length; k++)
            {
                training.Prepare(y, weights, offset, rows, intercept, fold, k);
                sum += heldOut[k].Weight * heldOut[k].Error(training.Center);
                total += heldOut[k].Weight;
            }
        }

        return sum / total;
    }

    public void Dispose()
    {
        Total?.Dispose();
        foreach (SecondMoments fold in _folds)
            fold.Dispose();
        Datafit.Dispose();
        Scaling.Dispose();
    }
}
