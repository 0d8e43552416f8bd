using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// How sure is a coefficient? Confidence intervals and tests, by several methods that differ in what they take for granted; each result says it.
/// The bootstrap takes every family of one output, multi-splitting all but Huber's loss and Cox, the debiased fit Gaussian, binomial and Poisson; a method that has no form for a family refuses it by name. Holds a copy of the rows of positive weight. Immutable, but for the work of one method at a time.
/// </summary>
/// <example><c>Console.WriteLine(new ElasticNetInference(x, y).Debiased());</c></example>
public sealed partial class ElasticNetInference
{
    private readonly InferenceSample _sample;
    private readonly ElasticNetOptions _options;
    private readonly string _prepared = "";
    private Copies? _copies;

    /// <summary>Takes the data. Of raw columns, which are prepared as the options say, what preparation learns is taken as given.</summary>
    /// <param name="x">The features, n × p, finite; they are copied (n·p numbers), of a sparse table with its zeros.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">Weights, offset, intercept, scaling, penalty factors, folds, names, threads, progress and cancellation; null means the defaults.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, or values are not finite or outside the family's range.</exception>
    public ElasticNetInference(Features x, Target y, ElasticNetOptions? options = null)
    {
        _options = GivenOptions.For(x, y, options);
        _options.Family.DemandOneOutput("Inference");
        _options.RefuseGroups("inference");
        CountedTable table = CountedTable.Of(x, y, _options);
        if (table.IsPrepared)
            _prepared = "; the prepared features (imputation, scaling, encoding) as if they had been observed";
        _sample = InferenceSample.Of(table);
    }

    /// <summary>Rows of positive weight, n.</summary>
    public int Rows => _sample.Rows;

    /// <summary>Features, p; of raw columns those after preparation.</summary>
    public int FeatureCount => _sample.Columns;

    private bool IsCurved => _options.Family != Family.Gaussian;

    private int InterceptCount => _options.Intercept ? 1 : 0;

    private Copies Copies => _copies ??= new(_sample);

    /// <summary>Nothing is known of a coefficient, and why.</summary>
    private CoefficientInference Undetermined(int j, string note) => new()
    {
        Feature = j,
        Name = _sample.Names[j],
        Estimate = double.NaN,
        StandardError = double.NaN,
        Lower = double.NegativeInfinity,
        Upper = double.PositiveInfinity,
        PValue = double.NaN,
        AdjustedPValue = double.NaN,
        Note = note,
    };

    private string[] NamesOf(IEnumerable<int> features) => [.. features.Select(j => _sample.Names[j])];

    private void RefuseFamily(string method, string instead)
    {
        RefuseSurvival(method);
        if (IsCurved)
            throw new NotSupportedException($"{method} has no form for the family {_options.Family}: {instead}.");
    }

    private void RefuseSurvival(string method)
    {
        if (_options.Family.IsSurvival)
            throw new NotSupportedException($"{method} has no form for Family.Cox, whose loss is no sum over rows: the bootstrap of rows takes it.");
    }

    private static void RefuseNoise(InferenceOptions inference)
    {
        if (inference.NoiseDeviation is not null)
            Throw.Data(nameof(inference), $"'{nameof(inference.NoiseDeviation)}' must be null: only the Gaussian family has one.");
    }

    /// <summary>The penalised fit that a method starts from, and σ by its residuals unless given; of other losses than squared error the model near it.</summary>
    private (double[] Coefficients, double[] Residuals, double Lambda, double Deviation, double Freedom) PenalizedFit(InferenceOptions inference, out InferenceSample nodes)
    {
        double[] coefficients = new double[_sample.Columns];
        ElasticNetFit fit;
        if (inference.Lambda is { } lambda)
        {
            using PathMemory memory = new();
            fit = PathEngine.Fit(_sample.View, _sample.Y, lambda, inference.L1Ratio, _sample.Options, memory, coefficients);
        }
        else
        {
            ElasticNetModel model = Choose(_sample.Options, inference);
            fit = model.Fit;
            for (int k = 0; k < model.Indices.Length; k++)
                coefficients[model.Indices[k]] = model.Values[k];
        }

        if (IsCurved)
        {
            RefuseNoise(inference);
            nodes = _sample.Linearized(fit.Intercept, coefficients, out double[] scores);
            return (coefficients, scores, fit.Lambda, 1, double.PositiveInfinity);
        }

        nodes = _sample;
        double[] residuals = _sample.Residuals(fit.Intercept, coefficients);
        if (inference.NoiseDeviation is { } given)
            return (coefficients, residuals, fit.Lambda, given, double.PositiveInfinity);
        double freedom = _sample.Rows - fit.NonZeroCount - InterceptCount, square = residuals.Sum(r => r * r);
        if (freedom < 1)
            throw new InvalidOperationException(Throw.Invariant($"The fit at λ = {fit.Lambda} has {fit.NonZeroCount} coefficients for {_sample.Rows} rows: nothing is left to estimate the noise from. Give a larger Lambda, or NoiseDeviation."));
        return (coefficients, residuals, fit.Lambda, Positive(Math.Sqrt(square / freedom)), freedom);
    }

    private ElasticNetModel FitAt(ElasticNetOptions options, double lambda, InferenceOptions inference)
    {
        using PathMemory memory = new();
        RegularizationPath path = PathEngine.FitPoint(_sample.View, _sample.Y, lambda, inference.L1Ratio, options, memory);
        return ModelFactory.Create(path[0], path, options);
    }

    private ElasticNetModel Choose(ElasticNetOptions options, InferenceOptions inference)
    {
        ElasticNetOptions own = options with { L1Ratios = [inference.L1Ratio], Seed = inference.Seed, Lambdas = default };
        int rows = own.Weights.IsEmpty ? _sample.Rows : own.Weights.ToArray().Count(weight => weight > 0);
        if ((own.FoldPlan?.Folds ?? own.Folds) is int parts && rows < parts)
            throw new InvalidOperationException(Throw.Invariant($"Cross-validation has {rows} rows for {parts} folds; set fewer Folds, or give Lambda."));
        using PathMemory memory = new();
        using FoldMemory folds = new();
        return CrossValidator.Run(_sample.View, _sample.Y, own, memory, folds).Model;
    }

    private double Positive(double deviation)
    {
        double scale = Math.Sqrt(_sample.Target.Sum(value => value * value) / _sample.Rows);
        return deviation > 1e-12 * scale
            ? deviation
            : throw new InvalidOperationException(Throw.Invariant($"The residuals are 0 (deviation {deviation}, the target's {scale}): a perfect fit leaves no noise to compare a coefficient with. Give NoiseDeviation if it is known from elsewhere."));
    }
}
