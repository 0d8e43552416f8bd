using ElasticNet.Fast.Models;

namespace ElasticNet.Fast;

/// <summary>A fitted elastic net. Immutable and thread-safe; disposable because it may live in a memory map.</summary>
public sealed class ElasticNetModel : IDisposable
{
    private readonly ModelContent _content;

    internal ElasticNetModel(ModelContent content) => _content = content;

    /// <summary>Number of features, p.</summary>
    public int FeatureCount => _content.FeatureCount;

    /// <summary>Names of the p columns, or null.</summary>
    public IReadOnlyList<string>? FeatureNames => _content.FeatureNames;

    /// <summary>Name of the target, or null.</summary>
    public string? TargetName => _content.TargetName;

    /// <summary>The intercept b on the original scale.</summary>
    public double Intercept => _content.Intercept;

    /// <summary>Features whose coefficient is not 0, ascending.</summary>
    public ReadOnlySpan<int> Indices => _content.Indices.Span;

    /// <summary>The coefficients of <see cref="Indices"/> on the original scale.</summary>
    public ReadOnlySpan<double> Values => _content.Values.Span;

    /// <summary>Standard deviations of the columns <see cref="Indices"/> in the training rows.</summary>
    public ReadOnlySpan<double> StandardDeviations => _content.StandardDeviations.Span;

    /// <summary>λ, ρ, certificate and fit.</summary>
    public ElasticNetFit Fit => _content.Fit;

    /// <summary>How the model came to be.</summary>
    public Provenance Provenance => _content.Provenance;

    /// <summary>The cross-validation that chose λ and ρ; empty where none did.</summary>
    public ReadOnlySpan<CrossValidationPoint> CrossValidation => _content.CrossValidation.Span;

    /// <summary>Predicts one row: b + xᵀβ.</summary>
    public double Predict(ReadOnlySpan<double> row) => throw new NotSupportedException();

    /// <summary>Predicts one row of a model fitted with an offset: b + offset + xᵀβ.</summary>
    public double Predict(ReadOnlySpan<double> row, double offset) => throw new NotSupportedException();

    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    public double Predict(ReadOnlySpan<float> row) => throw new NotSupportedException();

    /// <inheritdoc cref="Predict(ReadOnlySpan{double}, double)"/>
    public double Predict(ReadOnlySpan<float> row, double offset) => throw new NotSupportedException();

    /// <summary>Predicts many rows. <paramref name="offset"/> is one per row, empty for a model without.</summary>
    public void Predict(MatrixView<double> rows, Span<double> predictions, ReadOnlySpan<double> offset = default) => throw new NotSupportedException();

    /// <inheritdoc cref="Predict(MatrixView{double}, Span{double}, ReadOnlySpan{double})"/>
    public void Predict(MatrixView<float> rows, Span<double> predictions, ReadOnlySpan<double> offset = default) => throw new NotSupportedException();

    /// <summary>Writes the model file: to a temporary name, then renamed.</summary>
    public void Save(string path) => throw new NotSupportedException();

    /// <summary>Reads a model file into memory.</summary>
    public static ElasticNetModel Load(string path) => throw new NotSupportedException();

    /// <summary>Reads a model from bytes.</summary>
    public static ElasticNetModel Load(ReadOnlySpan<byte> file) => throw new NotSupportedException();

    /// <summary>Maps a model file: coefficients are used in place, nothing is copied. Dispose to release the map.</summary>
    public static ElasticNetModel OpenMapped(string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
