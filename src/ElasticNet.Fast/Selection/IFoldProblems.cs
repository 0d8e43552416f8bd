using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// What cross-validation fits in each fold: one design for all where it does not depend on the training rows, else for each
/// fold one that was learnt from its training rows alone.
/// </summary>
internal interface IFoldProblems
{
    /// <summary>The problem on all rows.</summary>
    FoldProblem Whole { get; }

    /// <summary>How raw columns became the columns of <see cref="Whole"/>; null where they were given.</summary>
    Preparation? Preparation { get; }

    /// <summary>Whether every fold sees the columns of <see cref="Whole"/>, so that work on them can be shared.</summary>
    bool ShareDesign { get; }

    /// <summary>Takes the problem of one fold (of K, counted on over the repeats), which is made when it is first taken; safe to call from several threads.</summary>
    FoldProblem Take(int fold);

    /// <summary>Gives it back; the last of <paramref name="users"/> returns releases its memory.</summary>
    void Return(int fold, int users);
}

/// <summary>X and options as one fold sees them.</summary>
/// <param name="Design">All rows of X, the held-out ones included.</param>
/// <param name="Options">What is given per column is given per column of <paramref name="Design"/>.</param>
internal readonly record struct FoldProblem(Design Design, ElasticNetOptions Options);

/// <summary>Columns that need no preparation are the same in all folds.</summary>
internal sealed class GivenColumns(Design design, ElasticNetOptions options) : IFoldProblems
{
    public FoldProblem Whole { get; } = new(design, options);

    public Preparation? Preparation => null;

    public bool ShareDesign => true;

    public FoldProblem Take(int fold) => Whole;

    public void Return(int fold, int users)
    {
    }
}
