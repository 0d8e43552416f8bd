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
    private readonly List<SecondMoments> _sums = [];
    private SecondMoments[] _parts = [];
    private SecondMoments[] _training = [];
    private SecondMoments[] _heldOut = [];
    private bool _endsUnpenalized, _hasIntercept;
    private Family _family = Family.Gaussian;
    private bool _hasGroups; // which moments do not solve

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
        (_family, _hasIntercept, _hasGroups) = (options.Family, options.Intercept, options.HasGroups);
        IsTaken = false;
    }

    /// <summary>Takes the moments of each fold where that pays, in the memory of the folds before.</summary>
    public void Accumulate(WorkCrew crew, Design design, FoldLayout layout)
    {
        int size = design.Columns + 1, parts = layout.Parts, folds = layout.Folds.Length;
        double kept = parts + 1 + (layout.IsPartition ? 0 : 2 * folds);
        if (design is MixedDesign)
            kept += LevelMoments.Working * parts;
        if (_family != Family.Gaussian || _hasGroups || !Pays(design, folds) || 8.0 * size * size * kept > MostMemory)
            return;
        for (int k = parts; k < _parts.Length; k++)
            _parts[k].Dispose();
        Array.Resize(ref _parts, parts);
        for (int k = 0; k < parts; k++)
            (_parts[k] ??= new()).Clear(size);
        fixed (int* partOf = layout.PartOf)
            _accumulator.Accumulate(crew, design, Scaling, Datafit, partOf, _parts);
        _whole.SetSum(_parts);
        int sums = 0;
        // A partition trains on the whole less a little; of other folds that would be a difference of large numbers.
        _training = layout.IsPartition ? [] : Array.ConvertAll(layout.Folds, fold => Sum(fold.TrainStart, fold.TrainEnd, ref sums));
        _heldOut = layout.IsPartition ? _parts : Array.ConvertAll(layout.Folds, fold => Sum(fold.HeldStart, fold.HeldEnd, ref sums));
        for (int k = sums; k < _sums.Count; k++)
            _sums[k].Dispose();
        _sums.RemoveRange(sums, _sums.Count - sums);
        IsTaken = true;
    }

    /// <summary>Parts that lie next to each other, together.</summary>
    private SecondMoments Sum(int start, int end, ref int sums)
    {
        if (end - start == 1)
            return _parts[start];
        if (sums == _sums.Count)
            _sums.Add(new());
        SecondMoments sum = _sums[sums++];
        sum.SetSum(_parts.AsSpan(start, end - start));
        return sum;
    }

    /// <summary>
    /// At λ = 0 of more columns than rows only the columns themselves know the solution of least norm to the last digit.
    /// </summary>
    private bool Pays(Design design, int folds) => PathContext.IsTall(Datafit.Rows, design)
        || (folds >= FoldsForSquare && 3L * Datafit.Rows >= 2L * design.Columns && design.Density >= PathContext.LeastDensity && !_endsUnpenalized);

    /// <summary>The mean squared errors of models on a fold's rows; NaN where the rows themselves must tell.</summary>
    public void Evaluate(HeldOutMoments heldOut, int fold, ModelList models, Span<double> errors) =>
        heldOut.Evaluate(_heldOut[fold], Scaling, Datafit.Center, Datafit.Norm, models, errors);

    /// <summary>The moments of a fold's training rows.</summary>
    /// <returns>False where there are none or the subtraction would cost too many digits.</returns>
    public bool TryTrain(int fold, bool intercept, out TrainingMoments training)
    {
        training = default;
        if (!IsTaken || Scaling.HasNearConstants || Datafit.IsNearConstant)
            return false;
        bool isRest = _training.Length == 0;
        if (isRest ? _heldOut[fold].Weight > MostWeight * _whole.Weight : !Suffices(_training[fold]))
            return false;
        MomentDifference moments = isRest ? new(_whole, _heldOut[fold]) : new(_training[fold], null);
        for (int j = 0; j < moments.Size; j++)
        {
            // Of a column the spread counts, also without an intercept: one that is constant in the fold must be known as such.
            bool column = j < moments.Size - 1 && !Scaling.KeepsConstants;
            double whole = column ? Scaling.Deviation[j] * Scaling.InverseNorm[j] : Math.Sqrt(_whole.Products(j)[j] / _whole.Weight);
            double mean = column || intercept ? moments.Mean(j) : 0;
            double rest = moments.Square(j) - mean * mean;
            if (rest < LeastNorm * LeastNorm * whole * whole && !(intercept && moments.IsConstant(j)))
                return false;
        }

        training = new(moments, Scaling, Datafit);
        return true;
    }

    /// <summary>The first blocks of a long table may be wide; they are read by column, as wide data are.</summary>
    private bool Suffices(SecondMoments training) => training.Rows >= (_endsUnpenalized ? 1 : 0.5) * training.Size;

    /// <summary>Mean error, over the same folds, of the model with intercept and offset only.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="layout">The folds of one repeat.</param>
    /// <param name="heldOut">What they hold out.</param>
    /// <param name="weights">The weight of each fold; 0 for one that does not count.</param>
    public double NullError(in TrainingRows rows, FoldLayout layout, ReadOnlySpan<HeldOutRows> heldOut, ReadOnlySpan<double> weights)
    {
        double total = 0, counted = 0, sum = 0;
        RowLoss? loss = _family.IsSurvival || rows.Outputs > 1 ? null : RowLoss.Of(_family);
        foreach (HeldOutRows held in heldOut)
            total += held.Weight;
        for (int fold = 0; fold < heldOut.Length; fold++)
        {
            if (weights[fold] == 0)
                continue;
            HeldOutRows held = heldOut[fold];
            if (rows.Outputs > 1)
            {
                counted += weights[fold];
                sum += weights[fold] * held.Error(NullIntercepts(_family, _hasIntercept, rows, layout, fold));
                continue;
            }

            // What the held-out rows have above the mean of all, the training rows lack.
            double center = !Datafit.HasIntercept || _family.IsSurvival ? 0
                : loss is not null ? NullIntercept(loss, rows, layout, fold)
                : layout.IsPartition ? Datafit.Center - held.Excess(Datafit.Center) / (total - held.Weight)
                : Mean(rows, layout, fold);
            counted += weights[fold];
            sum += weights[fold] * held.Error(center);
        }

        return sum / counted;
    }

    /// <summary>The intercept of every output in the model without features of a fold's training rows.</summary>
    public static double[] NullIntercepts(Family family, bool intercept, in TrainingRows rows, FoldLayout layout, int fold)
    {
        using Datafit datafit = Datafits.Datafit.OfOutputs(family);
        fixed (int* partOf = layout.PartOf)
            datafit.Start(rows.Of(partOf, layout.Folds[fold]), intercept);
        double[] intercepts = new double[rows.Outputs];
        for (int k = 0; k < intercepts.Length; k++)
            intercepts[k] = datafit.HasIntercepts ? datafit.InterceptOf(k) * datafit.CoefficientScale : 0;
        return intercepts;
    }

    private double NullIntercept(RowLoss loss, in TrainingRows rows, FoldLayout layout, int fold)
    {
        fixed (int* partOf = layout.PartOf)
            return loss.NullIntercept(rows.Of(partOf, layout.Folds[fold]), intercept: true);
    }

    /// <summary>The mean of y − o over the training rows of a fold.</summary>
    private double Mean(in TrainingRows rows, FoldLayout layout, int fold)
    {
        double sum = 0, weight = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            if (!layout.Folds[fold].Trains(layout.PartOf[i]))
                continue;
            weight += Datafit.Weights[i];
            sum += Datafit.RootWeights[i] * Datafit.Response[i];
        }

        return Datafit.Center + Datafit.Norm * sum / weight;
    }

    public void Dispose()
    {
        _accumulator.Dispose();
        _whole.Dispose();
        foreach (SecondMoments moments in _parts.Concat(_sums))
            moments.Dispose();
        Datafit.Dispose();
        Scaling.Dispose();
    }
}
