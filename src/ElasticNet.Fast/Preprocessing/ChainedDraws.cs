using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>Completes the training rows by draws from the posterior of their regressions on each other.</summary>
internal sealed unsafe class ChainedDraws : ChainedRegressions
{
    private readonly BayesianRidge _ridge;
    private Deviates _random;
    private double _deviation;

    private ChainedDraws(PreparationOptions options, double[] starts, int rows, double[] weights, double[]? target, BayesianRidge ridge, Deviates random)
        : base(options, starts, rows, weights, target, ridge) =>
        (_ridge, _random) = (ridge, random);

    /// <summary>
    /// Draws values for the gaps of the training rows from the posterior of the regressions, given all other numbers and the target:
    /// rounds of a Gibbs sampler over the columns with gaps.
    /// </summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="preparation">What was learnt from the same rows: options, and where gaps start.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each.</param>
    /// <param name="target">A value per row that takes part in every regression; null for none.</param>
    /// <param name="rounds">Rounds.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="columns">For each column of numbers where its values of all rows lie; those of the training rows' gaps are replaced.</param>
    /// <param name="cancellationToken">Stops the work between two regressions.</param>
    public static void Draw<T>(
        MatrixView<T> raw, Preparation preparation, double[] weights, double[]? target, int rounds, Deviates random, nint[] columns,
        CancellationToken cancellationToken)
        where T : unmanaged
    {
        double[] starts = Array.ConvertAll(preparation.Encodings.ToArray(), encoding => encoding.Fill);
        using ChainedDraws draws = new(preparation.Options, starts, raw.Rows, weights, target, new(), random);
        fixed (T* origin = raw)
            draws.Take(new RawTable<T>(raw, origin));
        draws.Sample(rounds, cancellationToken);
        for (int k = 0; k < draws.Numbers.Length; k++)
        {
            double* column = (double*)columns[k];
            ReadOnlySpan<bool> gaps = draws.Gaps(k);
            for (int i = 0; i < draws.Rows; i++)
            {
                if (gaps[i])
                    column[draws.Training[i]] = draws.Column(k)[i];
            }
        }
    }

    /// <summary>Rounds of draws; columns without gaps need no regression.</summary>
    private void Sample(int rounds, CancellationToken cancellationToken)
    {
        int[] order = [.. ByGaps().Where(column => Gaps(column).Contains(true))];
        double[] equation = new double[Columns + 1];
        for (int round = 0; round < rounds; round++)
        {
            foreach (int column in order)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _deviation = 0;
                Step(column, equation);
            }
        }
    }

    /// <summary>Puts a draw in the place of the coefficients; returns the deviation of the mean.</summary>
    protected override double Deviate(int rows, double* y, double[] coefficients)
    {
        _deviation = coefficients.Length > 0
            ? _ridge.Draw(ref _random, rows, coefficients)
            : Math.Sqrt(0.5 * Kernel.Dot(y, y, rows) / _random.Gamma(0.5 * Math.Max(rows - 1, 1)));
        return _deviation * _random.Normal() / Math.Sqrt(rows);
    }

    // Observed values bring their own noise.
    protected override double Noise() => Donors > 0 ? 0 : _deviation * _random.Normal();

    // The donors by the regression as it was fitted, the gap by the one drawn (type 1 matching of van Buuren).
    protected override double Settle(int column, double prediction) =>
        Donors > 0 ? Matches[column].Any(prediction, Donors, ref _random) : prediction;
}
