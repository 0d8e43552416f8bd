using ElasticNet.Fast.Data;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

/// <summary>The outcome of a cross-validation: a curve for each ρ, the choice, and the model refitted on all rows.</summary>
public sealed class CrossValidationResult
{
    private readonly Lazy<TuningFinding[]> _diagnosis;

    internal CrossValidationResult(
        ElasticNetModel model, IReadOnlyList<CrossValidationCurve> curves, int bestCurve, double lambdaMin, double lambda1Se,
        Measure measure, FoldLayout[] layouts)
    {
        Model = model;
        Curves = curves;
        Best = curves[bestCurve];
        LambdaMin = lambdaMin;
        Lambda1Se = lambda1Se;
        Measure = measure;
        Layouts = layouts;
        _diagnosis = new(() => TuningDiagnosis.Of(this));
    }

    /// <summary>The chosen model, fitted on all rows.</summary>
    public ElasticNetModel Model { get; }

    /// <summary>One curve for each ρ of <see cref="ElasticNetOptions.L1Ratios"/>, in the order given.</summary>
    public IReadOnlyList<CrossValidationCurve> Curves { get; }

    /// <summary>The curve on which the least mean error lies.</summary>
    public CrossValidationCurve Best { get; }

    /// <summary>The ρ of <see cref="Best"/>.</summary>
    public double L1Ratio => Best.L1Ratio;

    /// <summary>The λ of least mean error on <see cref="Best"/>; of several, the largest.</summary>
    public double LambdaMin { get; }

    /// <summary>The largest λ on <see cref="Best"/> whose mean error is at most one standard error above the least.</summary>
    public double Lambda1Se { get; }

    /// <summary>What <see cref="CrossValidationPoint.Mean"/> measures.</summary>
    public Measure Measure { get; }

    /// <summary>What is to be said about the choice in words: a flat curve, ties, a best λ at an edge of the grid. Empty where nothing is.</summary>
    public IReadOnlyList<TuningFinding> Diagnosis => _diagnosis.Value;

    /// <summary>What the training rows of each fold select at <see cref="LambdaMin"/>, one repeat after another; null where that was not asked for.</summary>
    internal int[][]? FoldSupports { get; init; }

    /// <summary>How often the rows were dealt out to folds.</summary>
    public int Repeats => Layouts.Length;

    /// <summary>The folds of each repeat.</summary>
    internal FoldLayout[] Layouts { get; }

    /// <summary>The fold that each row is held out in, in the first repeat: 0 … K−1; −1 for a row that never is: one of weight 0, or before all blocks of a plan forward in time.</summary>
    public ReadOnlyMemory<int> FoldIds => Layouts[0].HeldOutIn;

    /// <summary>The fold of each row in one repeat.</summary>
    /// <param name="repeat">0 … <see cref="Repeats"/> − 1.</param>
    public ReadOnlyMemory<int> FoldIdsOf(int repeat)
    {
        if ((uint)repeat >= (uint)Repeats)
            Throw.OutOfRange(nameof(repeat), repeat, $"be in [0, {Repeats})");
        return Layouts[repeat].HeldOutIn;
    }

    /// <summary>What was chosen, how well it does on held-out rows, and what there is to say about the choice; a line each, culture-invariant.</summary>
    public override string ToString()
    {
        int folds = Layouts[0].Folds.Length;
        string text = Throw.Invariant($"cross-validation, {folds} folds{(Repeats > 1 ? Throw.Invariant($" × {Repeats} repeats") : "")}, {Measure} for {Curves.Count} ρ\n");
        text += Line("λ.min", LambdaMin) + Line("λ.1se", Lambda1Se);
        return text + string.Concat(Diagnosis.Select(finding => finding.Text + "\n"));

        string Line(string name, double lambda)
        {
            CrossValidationPoint point = Best.Points.First(point => point.Lambda == lambda);
            return Throw.Invariant($"{name} {lambda:g6}, ρ {L1Ratio:g4}: {Measure.Noun} {point.Mean:g6} ± {point.StandardError:g3}, {Measure.ExplainedName} {Digits.Four(point.RSquared)}, {point.NonZeroCount} coefficients not 0\n");
        }
    }
}

/// <summary>The cross-validated error along the path of one ρ.</summary>
public sealed class CrossValidationCurve
{
    internal CrossValidationCurve(double l1Ratio, CrossValidationPoint[] points, double[,] foldErrors, RegularizationPath path)
    {
        L1Ratio = l1Ratio;
        Points = points;
        FoldErrors = foldErrors;
        Path = path;
    }

    /// <summary>The mixing ρ.</summary>
    public double L1Ratio { get; }

    /// <summary>The curve, by descending λ.</summary>
    public IReadOnlyList<CrossValidationPoint> Points { get; }

    /// <summary>The error of each fold (first index: fold k of repeat r at rK + k, both counted from 0) at each λ (second index).</summary>
    public CommunityToolkit.HighPerformance.ReadOnlyMemory2D<double> FoldErrors { get; }

    /// <summary>The path fitted on all rows, at the same λ.</summary>
    public RegularizationPath Path { get; }

    /// <summary>ρ, the λ and between which values the means lie, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"curve of ρ {L1Ratio:g4} over {Points.Count} λ from {Path[0].Lambda:g6} to {Path[^1].Lambda:g6}, means from {Points.Min(point => point.Mean):g6} to {Points.Max(point => point.Mean):g6}");
}
