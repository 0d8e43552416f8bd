using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Selection;

/// <summary>The problems of folds as those of several outputs.</summary>
internal sealed class StackedFolds(IFoldProblems single, int outputs) : IFoldProblems
{
    public FoldProblem Whole { get; } = Stack(single.Whole, outputs);

    public Preparation? Preparation => single.Preparation;

    public bool ShareDesign => single.ShareDesign;

    public FoldProblem Take(int fold)
    {
        FoldProblem own = single.Take(fold);
        // One design for all who share it.
        return own.Design == single.Whole.Design ? own with { Design = Whole.Design } : Stack(own, outputs);
    }

    public void Return(int fold, int users) => single.Return(fold, users);

    private static FoldProblem Stack(in FoldProblem problem, int outputs) => problem with { Design = new StackedDesign(problem.Design, outputs) };
}
