using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// The work that the folds of tall data share, and those of square data where they are many: one pass over X for the moments of
/// every fold; the moments of a training set are those of all rows less those of the fold.
/// </summary>
internal sealed unsafe class FoldMoments : IDisposable
{
    /// <summary>A column (or the response) whose norm over the training rows is below this share of its norm over all rows lost too many digits to the subtraction.</summary>
    private const double LeastNorm = 1e-3;

    /// <summary>A fold that holds more than this share of the weight leaves too little by subtraction.</summary>
    private const double MostWeight = 0.9;

    /// <summary>Memory that the folds' moments may take together, in bytes.</summary>
    private const double MostMemory = 1e9;

    /// <summary>
    /// So many folds pay for moments of square data too: all pairs of columns once cost as much as those of a working set
    /// (half of the columns) in four folds, and after that no fold reads X again.
    /// </summary>
    private const int FoldsForSquare = 5;

    private readonly MomentAccumulator _accumulator = new();
    private readonly SecondMoments _whole = new();
    private SecondMoments[] _folds = [];
    private bool _endsUnpenalized;
    private Family _family = Family.Gaussian;

    /// <summary>Weights and response of all rows.</summary>
    public GaussianDatafit Datafit { get; } = new();

    /// <summary>Centers and scales over all rows.</summary>
    public ColumnScaling Scaling { get; } = new();

    /// <summary>Whether there are moments: they do not always pay.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Moments of all rows.</summary>
    public TrainingMoments Whole => new(new(_whole, null), Scaling, Datafit);

    /// <summary>Begins with other data: measures columns and response.</summary>
    public void Prepare(WorkCrew crew, Design design, in TrainingRows rows, ElasticNetOptions options)
    {
        Datafit.Start(rows, options.Intercept);
        Scaling.Measure(crew, design, Datafit.Weights, Datafit.FirstRow, options.Intercept, options.KeepsConstants);
        _endsUnpenalized = options.Lambdas.Span.Contains(0);
        _family = options.Family;
        IsTaken = false;
    }

    /// <summary>Takes the moments of each fold where that pays, in the memory of the folds before.</summary>
    public void Accumulate(WorkCrew crew, Design design, int[] foldOf, int folds)
    {
        int size = design.Columns + 1;
        if (_family != Family.Gaussian || !Pays(design, folds) || 8.0 * size * size * (folds + 1) > MostMemory)
            return;
        for (int k = folds; k < _folds.Length; k++)
            _folds[k].Dispose();
        Array.Resize(ref _folds, folds);
        for (int k = 0; k < folds; k++)
            (_folds[k] ??= new()).Clear(size);
        fixed (int* fold = foldOf)
            _accumulator.Accumulate(crew, design, Scaling, Datafit, fold, _folds);
        _whole.SetSum(_folds);
        IsTaken = true;
    }

    /// <summary>
    /// At λ = 0 of more columns than rows only the columns themselves know the solution of least norm to the last digit.
    /// </summary>
    private bool Pays(Design design, int folds) => PathContext.IsTall(Datafit.Rows, design)
        || (folds >= FoldsForSquare && 3L * Datafit.Rows >= 2L * design.Columns && design.Density >= PathContext.LeastDensity && !_endsUnpenalized);

    /// <summary>The mean squared errors of models on a fold's rows; NaN where the rows themselves must tell.</summary>
    public void Evaluate(HeldOutMoments heldOut, int fold, ModelList models, Span<double> errors) =>
        heldOut.Evaluate(_folds[fold], Scaling, Datafit.Center, Datafit.Norm, models, errors);

    /// <summary>The moments of a fold's training rows.</summary>
    /// <returns>False where there are none or the subtraction would cost too many digits.</returns>
    public bool TryTrain(int fold, bool intercept, out TrainingMoments training)
    {
        training = default;
        if (!IsTaken || _folds[fold].Weight > MostWeight * _whole.Weight || Scaling.HasNearConstants || Datafit.IsNearConstant)
            return false;
        MomentDifference moments = new(_whole, _folds[fold]);
        for (int j = 0; j < moments.Size; j++)
        {
            // Of a column the spread counts, also without an intercept: one that is constant in the fold must be known as such.
            bool column = j < moments.Size - 1 && !Scaling.KeepsConstants;
            double whole = column ? Scaling.Deviation[j] * Scaling.InverseNorm[j] : Math.Sqrt(_whole.Products(j)[j] / _whole.Weight);
            double mean = column || intercept ? moments.Mean(j) : 0;
            double rest = moments.Square(j) - mean * mean;
            if (rest < LeastNorm * LeastNorm * whole * whole)
                return false;
        }

        training = new(moments, Scaling, Datafit);
        return true;
    }

    /// <summary>Mean error, over the same folds, of the model with intercept and offset only.</summary>
    /// <param name="heldOut">The folds of one repeat.</param>
    /// <param name="weights">The weight of each fold; 0 for one that does not count.</param>
    /// <param name="intercept">Whether there is an intercept.</param>
    public double NullError(ReadOnlySpan<HeldOutRows> heldOut, ReadOnlySpan<double> weights, bool intercept)
    {
        double total = 0, counted = 0, sum = 0;
        foreach (HeldOutRows rows in heldOut)
            total += rows.Weight;
        for (int fold = 0; fold < heldOut.Length; fold++)
        {
            HeldOutRows rows = heldOut[fold];
            // What the held-out rows have above the mean of all, the training rows lack.
            double center = intercept ? Datafit.Center - rows.Excess(Datafit.Center) / (total - rows.Weight) : 0;
            counted += weights[fold];
            sum += weights[fold] * rows.Error(center);
        }

        return sum / counted;
    }

    public void Dispose()
    {
        _accumulator.Dispose();
        _whole.Dispose();
        foreach (SecondMoments fold in _folds)
            fold.Dispose();
        Datafit.Dispose();
        Scaling.Dispose();
    }
}
