namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Brings columns to a common scale: (x − center)/scale and back. A scale of 0 (a constant column) is taken as 1, a column
/// without values stays as it is. Immutable and thread-safe.
/// </summary>
public sealed class Scaler
{
    private readonly double[] _centers;
    private readonly double[] _scales;

    internal Scaler(ScalingMethod method, double[] centers, double[] scales) => (Method, _centers, _scales) = (method, centers, scales);

    /// <summary>The method that centers and scales come from.</summary>
    public ScalingMethod Method { get; }

    /// <summary>The number of features, p.</summary>
    public int Columns => _centers.Length;

    /// <summary>What is subtracted from each column.</summary>
    public ReadOnlyMemory<double> Centers => _centers;

    /// <summary>What each column is divided by, after that.</summary>
    public ReadOnlyMemory<double> Scales => _scales;

    /// <summary>Learns the scale of each column; NaN are left out.</summary>
    /// <param name="x">n rows, p columns.</param>
    /// <param name="options">Which center and which unit.</param>
    /// <param name="weights">
    /// A weight ≥ 0 per row; empty means 1 each. A row of weight 0 counts nowhere. For quantiles a row of weight k is k
    /// rows where all weights are whole numbers; of other weights only their ratios matter.
    /// </param>
    /// <exception cref="ArgumentException">A value is infinite (the message says where), a column spans more than the range of double, or the weights do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static Scaler Fit(MatrixView<double> x, ScalerOptions options, ReadOnlySpan<double> weights = default) => FitNew(x, options, weights);

    /// <inheritdoc cref="Fit(MatrixView{double}, ScalerOptions, ReadOnlySpan{double})"/>
    public static Scaler Fit(MatrixView<float> x, ScalerOptions options, ReadOnlySpan<double> weights = default) => FitNew(x, options, weights);

    /// <summary>Learns the scale of each column into the caller's memory; allocates nothing but what the shared array pool keeps.</summary>
    /// <param name="x">n rows, p columns.</param>
    /// <param name="options">Which center and which unit.</param>
    /// <param name="weights">A weight ≥ 0 per row; empty means 1 each.</param>
    /// <param name="centers">Takes p centers.</param>
    /// <param name="scales">Takes p scales.</param>
    /// <exception cref="ArgumentException">As above, or a span has not p elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static void Fit(MatrixView<double> x, ScalerOptions options, ReadOnlySpan<double> weights, Span<double> centers, Span<double> scales) =>
        ScalerFit.Run(x, options, weights, centers, scales);

    /// <inheritdoc cref="Fit(MatrixView{double}, ScalerOptions, ReadOnlySpan{double}, Span{double}, Span{double})"/>
    public static void Fit(MatrixView<float> x, ScalerOptions options, ReadOnlySpan<double> weights, Span<double> centers, Span<double> scales) =>
        ScalerFit.Run(x, options, weights, centers, scales);

    /// <summary>(x − center)/scale, computed in double. NaN and ±∞ go through. Allocates nothing.</summary>
    /// <param name="source">Any number of rows, p columns.</param>
    /// <param name="destination">As large, in either layout: the source itself, or memory apart from it.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, or the two overlap in another way.</exception>
    public void Transform(MatrixView<double> source, MatrixSpan<double> destination) => ScalerMap.Run(source, destination, _centers, _scales, inverse: false);

    /// <inheritdoc cref="Transform(MatrixView{double}, MatrixSpan{double})"/>
    public void Transform(MatrixView<float> source, MatrixSpan<float> destination) => ScalerMap.Run(source, destination, _centers, _scales, inverse: false);

    /// <summary>x·scale + center, computed in double: back from <see cref="Transform(MatrixView{double}, MatrixSpan{double})"/>. Allocates nothing.</summary>
    /// <param name="source">Any number of rows, p columns.</param>
    /// <param name="destination">As large, in either layout: the source itself, or memory apart from it.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, or the two overlap in another way.</exception>
    public void InverseTransform(MatrixView<double> source, MatrixSpan<double> destination) => ScalerMap.Run(source, destination, _centers, _scales, inverse: true);

    /// <inheritdoc cref="InverseTransform(MatrixView{double}, MatrixSpan{double})"/>
    public void InverseTransform(MatrixView<float> source, MatrixSpan<float> destination) => ScalerMap.Run(source, destination, _centers, _scales, inverse: true);

    /// <inheritdoc/>
    public override string ToString() => Throw.Invariant($"{Method} scaler of {Columns} columns");

    private static Scaler FitNew<T>(MatrixView<T> x, ScalerOptions options, ReadOnlySpan<double> weights)
        where T : unmanaged
    {
        double[] centers = new double[x.Columns], scales = new double[x.Columns];
        ScalerFit.Run(x, options, weights, centers, scales);
        return new Scaler(options.Method, centers, scales);
    }
}
