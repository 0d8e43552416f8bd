using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

// Tests that know that the same data have selected.
public sealed partial class ElasticNetInference
{
    /// <summary>
    /// Where less of a selected column is left beside the others, relative to its norm, its coefficient is refused: 64√ε, because the event
    /// is computed from a Gram matrix, which knows the square of it.
    /// </summary>
    private const double LeastLeft = 64 * 1.4901161193847656e-8;

    /// <summary>
    /// Exact tests and intervals after the elastic net has selected at a λ that was fixed before these data were seen: given the selected
    /// features and their signs, a least-squares coefficient is a Gaussian cut off at known bounds. p-values are one-sided, in the
    /// direction of the selected sign. Of features that are copies of each other one row speaks for all. Where the data lie at the edge of the
    /// selection, up to rounding, no value is excluded. Lee, Sun, Sun and Taylor 2016.
    /// </summary>
    /// <param name="lambda">The strength λ > 0, fixed in advance; one that cross-validation chose on these rows spoils the guarantee.</param>
    /// <param name="options">Level, adjustment, ρ and σ (by least squares on all features, or the penalised fit's residuals, if null); null means the defaults.</param>
    /// <returns>The selected features: the coefficients of least squares on them, with intervals that may be infinite on a side.</returns>
    /// <exception cref="ArgumentOutOfRangeException">λ is not positive and finite.</exception>
    /// <exception cref="NotSupportedException">Another family than the Gaussian.</exception>
    /// <exception cref="InvalidOperationException">Nothing is selected, coefficients have bounds, selected features depend on each other, or the residuals are 0.</exception>
    public InferenceResult PostSelection(double lambda, InferenceOptions? options = null)
    {
        RefuseFamily("Post-selection inference", "the selection event is known for squared error; multi-splitting takes this one");
        InferenceOptions inference = ((options ?? InferenceOptions.Default) with { Lambda = lambda }).Check();
        if (!_options.LowerBounds.IsEmpty || !_options.UpperBounds.IsEmpty)
            throw new InvalidOperationException("The selection event of coefficients with bounds is not implemented; fit without bounds, or use the bootstrap.");
        double[] coefficients = new double[_sample.Columns];
        using (PathMemory memory = new())
            PathEngine.Fit(_sample.View, _sample.Y, lambda, inference.L1Ratio, _sample.Options, memory, coefficients);
        int[] support = [.. Enumerable.Range(0, coefficients.Length).Where(j => coefficients[j] != 0)];
        if (support.Length == 0)
            throw new InvalidOperationException(Throw.Invariant($"Nothing is selected at λ = {lambda}, so there is nothing to test; a smaller λ selects more, and the debiased fit tests every feature."));
        OrthogonalFit fit = Fit(support, LeastLeft);
        (double deviation, double freedom) = Noise(inference);

        double n = _sample.Rows;
        double[] scales = PenaltyScales();
        SelectionEvent selection = new(
            _sample, support, Array.ConvertAll(support, j => Math.Sign(coefficients[j])),
            j => scales[j] * Factor(j) * n * lambda * inference.L1Ratio,
            j => scales[j] * scales[j] * Factor(j) * n * lambda * (1 - inference.L1Ratio));
        // v with vᵀy the coefficient, in the direction of its sign; y = rest + t·v/‖v‖², and rest is independent of vᵀy.
        double[][] contrasts = [.. Enumerable.Range(0, support.Length).Select(fit.Contrast)];
        double[] lengths = Array.ConvertAll(contrasts, v => Math.Sqrt(Vectors.Dot(v, v)));
        double[][] directions = [.. contrasts.Select((v, k) => Array.ConvertAll(v, value => Math.Sign(coefficients[support[k]]) * value / (lengths[k] * lengths[k])))];
        _options.CancellationToken.ThrowIfCancellationRequested();
        (double Low, double High, int Touched)[] limits = selection.Limits(directions);
        CoefficientInference[] rows = [.. Enumerable.Range(0, support.Length).Select(k => ForCopies(limits[k].Touched < 0 ? Test(k) : OnTheEdge(k))).OrderBy(found => found.Feature)];
        return new(
            "exact inference after selection by the elastic net (Lee, Sun, Sun and Taylor 2016), conditional on features and signs, one-sided p-values",
            "independent Gaussian noise of equal, known variance" + (double.IsPositiveInfinity(freedom) ? "" : " (estimated here)") + ", and a λ that was fixed before these data were seen; coefficients are those of least squares on the selected features" + _prepared,
            inference.Level, inference.Adjustment, rows)
        {
            NoiseDeviation = deviation,
            ResidualDegreesOfFreedom = freedom,
            Lambda = lambda,
        };

        CoefficientInference Test(int k)
        {
            int sign = Math.Sign(coefficients[support[k]]);
            double error = deviation * lengths[k], seen = sign * fit.Coefficients[k] / error;
            double from = seen + limits[k].Low / error, to = seen + limits[k].High / error;
            (double least, double most) = TruncatedNormal.Interval(seen, from, to, inference.Level);
            (least, most) = (error * least, error * most);
            return new()
            {
                Feature = support[k],
                Name = _sample.Names[support[k]],
                Estimate = fit.Coefficients[k],
                StandardError = error,
                Lower = sign > 0 ? least : -most,
                Upper = sign > 0 ? most : -least,
                PValue = TruncatedNormal.Survival(seen, 0, from, to),
            };
        }

        // The data lie at the edge of what is conditioned on: how far inside is rounding, and with it everything that follows.
        CoefficientInference OnTheEdge(int k) => new()
        {
            Feature = support[k],
            Name = _sample.Names[support[k]],
            Estimate = fit.Coefficients[k],
            StandardError = deviation * lengths[k],
            Lower = double.NegativeInfinity,
            Upper = double.PositiveInfinity,
            PValue = 1,
            Note = $"{Dependence.Names([_sample.Names[support[k]]])} is tested given the selection, and {Dependence.Names([_sample.Names[limits[k].Touched]])} is on the point of {(support.Contains(limits[k].Touched) ? "leaving" : "entering")} it, up to rounding: no value is excluded; another λ is not on that point",
        };
    }

    /// <summary>A coefficient whose feature has copies that were not selected: it is that of all of them, told of the first by name, whatever the order of columns.</summary>
    private CoefficientInference ForCopies(CoefficientInference found)
    {
        int[] copies = found.Feature < 0 ? [] : Copies.Of(found.Feature);
        if (copies.Length < 2)
            return found;
        int first = copies[0];
        string[] names = Array.ConvertAll(copies, j => _sample.Names[j]);
        string note = Dependence.StandsFor(names, _options.Intercept, names[0]) + (found.Note is null ? "" : $"; {found.Note}");
        return found.Times(Copies.Factor(found.Feature)) with { Feature = first, Name = names[0], Note = note };
    }

    /// <summary>σ as given; else by least squares on all features where rows are left for it, else by the penalised fit.</summary>
    private (double Deviation, double Freedom) Noise(InferenceOptions inference)
    {
        if (inference.NoiseDeviation is { } given)
            return (given, double.PositiveInfinity);
        int freedom = _sample.Rows - _sample.Columns - InterceptCount;
        if (freedom >= Math.Max(10, _sample.Columns / 4))
        {
            double[][] columns = new double[_sample.Columns][];
            for (int j = 0; j < columns.Length; j++)
                _sample.Fill(j, columns[j] = new double[_sample.Rows]);
            if (OrthogonalFit.TryFit(columns, _sample.Target, out _) is { } fit)
                return (Positive(Math.Sqrt(fit.ResidualSquare / freedom)), freedom);
            RankRevealingBasis basis = new(columns);
            freedom = _sample.Rows - basis.Rank - InterceptCount;
            return (Positive(Math.Sqrt(basis.ResidualSquare(_sample.Target) / freedom)), freedom);
        }

        (_, _, _, double deviation, double left) = PenalizedFit(inference with { Lambda = null }, out _);
        return (deviation, left);
    }

    private double Factor(int j) =>
        _sample.Options.ExcludedFeatures.Span.Contains(j) ? double.PositiveInfinity
        : _sample.Options.PenaltyFactors.IsEmpty ? 1 : _sample.Options.PenaltyFactors.Span[j];

    /// <summary>What a coefficient is multiplied by before it is penalised; +∞ of a constant column, which never enters.</summary>
    private double[] PenaltyScales()
    {
        double[] scales = new double[_sample.Columns];
        for (int j = 0; j < scales.Length; j++)
        {
            double deviation = _sample.Deviation(j);
            scales[j] = deviation == 0 ? double.PositiveInfinity
                : !_sample.Options.PenaltyScales.IsEmpty ? _sample.Options.PenaltyScales.Span[j]
                : _sample.Options.Standardize ? deviation : 1;
        }

        return scales;
    }
}
