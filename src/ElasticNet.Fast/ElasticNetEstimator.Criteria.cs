using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// A path judged without folds.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>
    /// Fits a path and judges each λ by AIC, AICc, BIC, EBIC, GCV and approximate leave-one-out: one factor over the support per λ
    /// beyond the path itself. Leave-one-out is undefined for several outputs, for Cox and for groups.
    /// </summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else; null means the defaults.</param>
    /// <param name="ebicGamma">γ of EBIC in [0, 1]; 0 is BIC.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled while the path was fitted; the exception carries that <see cref="RegularizationPath"/> as far as it is finished.</exception>
    public static PathCriteria Criteria(
        Features x, Target y, double l1Ratio = 1, ElasticNetOptions? options = null, double ebicGamma = 0.5, Workspace? workspace = null)
    {
        options = GivenOptions.For(x, y, options);
        CheckGamma(ebicGamma);
        using WorkspaceUse use = new(workspace);
        if (options.Preparation is null)
            return CriteriaOf(x, y, new(l1Ratio, options, options, null, ebicGamma), use.Workspace);
        RawProblem raw = Raw(x, y, options);
        if (raw.Copies > 1)
            Throw.OutOfRange(nameof(PreparationOptions.Imputation), raw.Options.Preparation!.Imputation, "be another method for criteria, which would take each of its copies of a row for a row; impute once, or choose λ by cross-validation");
        using PreparedProblem problem = Prepare(x, raw);
        ElasticNetOptions recorded = problem.Options with { Weights = options.Weights };
        return CriteriaOf(problem.Features, raw.Target, new(l1Ratio, problem.Options, recorded, problem.Preparation, ebicGamma), use.Workspace);
    }

    private static void CheckGamma(double ebicGamma)
    {
        if (!(ebicGamma is >= 0 and <= 1))
            Throw.OutOfRange(nameof(ebicGamma), ebicGamma, "be in [0, 1]");
    }

    private static PathCriteria CriteriaOf(in Features x, Target y, in CriteriaRequest asked, Workspace workspace)
    {
        ElasticNetOptions options = asked.Options;
        ValidOptions.CheckL1Ratio("l1Ratio", asked.L1Ratio);
        if (CriteriaPass.IsJoint(options))
            return JointCriteriaOf(x, y, asked, workspace);
        ValidOptions valid = ValidOptions.Check(options, x.Rows, x.Columns, y.Values);
        workspace.Context.Crew.Resize(options.MaxDegreeOfParallelism);
        PointSink sink = new();
        fixed (double* doubles = x.Doubles, target = y.Values, weights = valid.Weights, offset = valid.Offset)
        fixed (float* singles = x.Singles)
        {
            using OpenFeatures open = new(x, doubles, singles, valid.Weights, workspace.Memory);
            // The leverages give the degrees of freedom, so the engine need not.
            ElasticNetOptions lean = options with { DegreesOfFreedom = false };
            PathRequest request = PathRequest.From(lean, asked.L1Ratio, ProgressCounter.For(options, PathRequest.Plan(options))) with { SquaresErrors = options.Family == Family.Gaussian };
            try
            {
                if (asked.Path is null)
                    workspace.Context.Run(open.Design, new(target, weights, offset, x.Rows), lean, request, sink);
            }
            catch (OperationCanceledException cause) when (options.CancellationToken.IsCancellationRequested)
            {
                throw PathEngine.Unfinished(sink.Points.Length, options, sink.ToPath(options.NamesGiven, asked.Preparation), cause);
            }

            RegularizationPath path = asked.Path ?? sink.ToPath(options.NamesGiven, asked.Preparation);
            CriteriaPoint[] points = CriteriaPass.Run(open.Design, y.Values, path, options, asked.Gamma);
            PathPoint[] judged = [.. path.Zip(points, (solved, point) => new PathPoint(solved.Fit with { DegreesOfFreedom = point.DegreesOfFreedom }, solved.Coefficients))];
            return new(path.With(judged), points, asked.Gamma, asked.Recorded);
        }
    }

    /// <summary>The same where rows have no leverages: the engine says what a solution has of degrees of freedom.</summary>
    private static PathCriteria JointCriteriaOf(in Features x, Target y, in CriteriaRequest asked, Workspace workspace)
    {
        ElasticNetOptions options = asked.Options;
        RegularizationPath path = asked.Path is { } known && known.All(point => double.IsFinite(point.Fit.DegreesOfFreedom))
            ? known
            : PathEngine.FitPath(x, y, asked.L1Ratio, options with { DegreesOfFreedom = true }, workspace.Memory, asked.Preparation);
        ValidOptions valid = ValidOptions.Check(options, x.Rows, x.Columns, y.Values);
        fixed (double* doubles = x.Doubles, target = y.Values, weights = valid.Weights, offset = valid.Offset)
        fixed (float* singles = x.Singles)
        {
            using OpenFeatures open = new(x, doubles, singles, valid.Weights, workspace.Memory);
            Design design = open.Design;
            CriteriaPoint[] points = CriteriaPass.Run(design, y.Values, path, options, asked.Gamma);
            if (valid.Times is null)
                return new(path, points, asked.Gamma, asked.Recorded);
            TrainingRows rows = new(target, weights, offset, x.Rows, valid.Times);
            return new(path, points, asked.Gamma, asked.Recorded, point => Baseline.Of(design, rows, options.Family, point.Coefficients));
        }
    }

    /// <summary>What criteria are asked for.</summary>
    /// <param name="L1Ratio">ρ.</param>
    /// <param name="Options">What the path is fitted with.</param>
    /// <param name="Recorded">What a model says it was fitted with.</param>
    /// <param name="Preparation">How raw columns became features.</param>
    /// <param name="Gamma">γ of EBIC.</param>
    private readonly record struct CriteriaRequest(
        double L1Ratio, ElasticNetOptions Options, ElasticNetOptions Recorded, Preparation? Preparation, double Gamma)
    {
        /// <summary>The path, where it has been fitted before.</summary>
        public RegularizationPath? Path { get; init; }
    }
}
