using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Raw columns in cross-validation: whatever preparation learns, it learns in each fold from the training rows of that fold.
/// Where that cannot change the features, only their scales, the folds share them.
/// </summary>
internal sealed unsafe class PreparedFolds<T> : IFoldProblems, IDisposable
    where T : unmanaged
{
    private readonly T* _origin;
    private readonly (int Rows, int Columns, nint Stride, bool IsColumnMajor) _shape;
    private readonly double[] _target;
    private readonly double[] _weights;
    private readonly FoldLayout[] _layouts;
    private readonly ElasticNetOptions _options;
    private readonly PreparedProblem _whole;
    private readonly Lazy<PreparedProblem>[] _folds;
    private readonly int[] _returned;

    /// <param name="raw">The raw columns, pinned by the caller at <paramref name="origin"/>.</param>
    /// <param name="origin">Where they lie.</param>
    /// <param name="target">y.</param>
    /// <param name="weights">Weights; empty means 1.</param>
    /// <param name="layouts">The folds of each repeat.</param>
    /// <param name="options">What was asked for, per raw column; its preparation knows its inputs.</param>
    public PreparedFolds(MatrixView<T> raw, T* origin, ReadOnlySpan<double> target, ReadOnlySpan<double> weights, FoldLayout[] layouts,
        ElasticNetOptions options)
    {
        _origin = origin;
        _shape = (raw.Rows, raw.Columns, raw.Stride, raw.IsColumnMajor);
        _target = target.ToArray();
        _weights = weights.ToArray();
        _layouts = layouts;
        // Folds are prepared by the threads that fit them, which are as many as are allowed already.
        _options = options with { MaxDegreeOfParallelism = 1 };
        _whole = PreparedProblem.Of(raw, target, weights, options, isFold: false);
        ShareDesign = FoldSharing.IsPossible(raw, weights, options.Preparation!);
        int folds = layouts[0].Folds.Length;
        _folds = new Lazy<PreparedProblem>[layouts.Length * folds];
        for (int k = 0; k < _folds.Length; k++)
        {
            (int repeat, int fold) = (k / folds, k % folds);
            _folds[k] = new(() => Make(repeat, fold));
        }

        _returned = new int[_folds.Length];
    }

    /// <summary>What all rows taught.</summary>
    public Preparation Preparation => _whole.Preparation;

    public FoldProblem Whole => new(_whole.Design, _whole.Options);

    public bool ShareDesign { get; }

    public FoldProblem Take(int fold)
    {
        PreparedProblem problem = _folds[fold].Value;
        return new(problem.Design, problem.Options);
    }

    public void Return(int fold, int users)
    {
        if (Interlocked.Increment(ref _returned[fold]) == users)
            Release(fold);
    }

    public void Dispose()
    {
        for (int k = 0; k < _folds.Length; k++)
            Release(k);
        _whole.Dispose();
    }

    private PreparedProblem Make(int repeat, int fold)
    {
        int n = _shape.Rows;
        double[] training = _layouts[repeat].TrainingWeights(fold, _weights);
        if (!ShareDesign)
        {
            MatrixView<T> raw = new(ref *_origin, n, _shape.Columns, _shape.Stride, _shape.IsColumnMajor);
            return PreparedProblem.Of(raw, _target, training, _options, isFold: true, _weights);
        }

        return _options.Preparation!.Scaling is null ? _whole : _whole.WithScales(training);
    }

    private void Release(int fold)
    {
        if (_folds[fold] is { IsValueCreated: true } made && made.Value != _whole)
            made.Value.Dispose();
    }
}
