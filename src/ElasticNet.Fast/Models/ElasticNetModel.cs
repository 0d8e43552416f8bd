using System.Buffers;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast;

/// <summary>
/// A fitted elastic net. Immutable and thread-safe; disposable because it may live in a memory map. After
/// <see cref="Dispose"/> its coefficients are gone (<see cref="ObjectDisposedException"/>), what describes it stays.
/// </summary>
/// <remarks>
/// A prediction is the mean response, or one for each of several outputs (<see cref="Outputs"/>): of <see cref="Family.Binomial"/> the probability of the event, of <see cref="Family.Poisson"/> and
/// <see cref="Family.Gamma"/> the expected count or amount. <see cref="OnLinkScale"/> predicts the linear predictor η = b + xᵀβ + offset.
/// Predictions are the same bits on every build, vector width and CPU, for one row and for a batch in either layout,
/// and for <see cref="float"/> rows as for the same numbers as <see cref="double"/>. They allocate nothing. Features
/// without a coefficient are not read: NaN there changes nothing, NaN in a used feature predicts NaN.
/// </remarks>
public sealed partial class ElasticNetModel : IDisposable
{
    // What is below is copied in a few milliseconds, and safe then from whoever overwrites its file.
    private const int LargestCopy = 16 << 20;

    private readonly ModelContent _content;
    private readonly CoefficientStore _store;
    private readonly double[] _intercepts; // of each output
    private readonly Link? _link; // null where the linear predictor is what is predicted
    private ElasticNetModel? _onLinkScale;
    private SparseCoefficients? _coefficients;
    private int[]? _usedInputs;

    internal ElasticNetModel(ModelContent content)
        : this(content, new CoefficientStore(content))
    {
    }

    private ElasticNetModel(ModelContent content, CoefficientStore store)
        : this(content, store, content.Family.Link)
    {
    }

    private ElasticNetModel(ModelContent content, CoefficientStore store, Link link)
    {
        _content = content;
        _store = store;
        _intercepts = content.Outputs == 1 ? [content.Intercept] : content.Intercepts.ToArray();
        _link = link.IsIdentity ? null : link;
    }

    /// <summary>Which loss was minimised.</summary>
    public Family Family => _content.Family;

    /// <summary>
    /// The same model on the link scale: whatever predicts by it, rows, tables, sparse rows or a <c>TypedPredictor</c>, gives the linear predictor
    /// η. It is this model in everything else, shares its memory and is disposed with it; of a Gaussian model it is the model itself.
    /// </summary>
    public ElasticNetModel OnLinkScale => _link is null ? this : _onLinkScale ??= new(_content, _store, Link.Identity);

    /// <summary>Of a binomial model the names of its two classes, the event second: "0" and "1" where the target had numbers; of a multinomial model those of all. Null for other families.</summary>
    public IReadOnlyList<string>? Classes => _content.Family switch
    {
        { HasEvent: true } => _content.Classes ?? ClassSection.Numbers,
        { HasClasses: true } => _content.OutputNames,
        _ => null,
    };

    /// <summary>Of a binomial model the class whose probability is predicted: the event. Null for other families.</summary>
    public string? PositiveClass => _content.Family.HasEvent ? Classes![1] : null;

    /// <summary>Number of features, p.</summary>
    public int FeatureCount => _content.FeatureCount;

    /// <summary>Names of the p columns, or null.</summary>
    public IReadOnlyList<string>? FeatureNames => _content.FeatureNames;

    /// <summary>How a row of raw columns becomes the p features, as learnt from the training rows; null where rows hold the features.</summary>
    public Preparation? Preparation => _content.Preparation;

    /// <summary>Number of values that a row to be predicted has: the raw columns of <see cref="Preparation"/>, else the p features.</summary>
    public int InputCount => Preparation?.Inputs.Count ?? FeatureCount;

    /// <summary>Name of the target, or null.</summary>
    public string? TargetName => _content.TargetName;

    /// <summary>How the text of the training table became values, which readers of rows obey; null where the model was fitted to numbers in memory.</summary>
    public TextFormat? TextFormat => _content.TextFormat;

    /// <summary>The intercept b on the original scale.</summary>
    /// <exception cref="NotSupportedException">There are several outputs, each with its own: <see cref="Intercepts"/>.</exception>
    public double Intercept => Outputs == 1 ? _content.Intercept : throw new NotSupportedException(Throw.Invariant($"The model has an intercept for each of {Outputs} {Family.OutputsNoun}: {nameof(Intercepts)}."));

    /// <summary>The coefficients that are not 0, on the original scale, with their names where they are enumerated; <see cref="SparseCoefficients.All"/> has those that are 0 as well. Copied out of a map on first use.</summary>
    public SparseCoefficients Coefficients
    {
        get
        {
            CoefficientStore.Arrays arrays = _store.OnHeap();
            return _coefficients ??= new SparseCoefficients(FeatureCount, arrays.Indices, arrays.Values, Outputs) { Names = FeatureNames, OutputNames = OutputNames };
        }
    }

    /// <summary>Features whose coefficient is not 0, of several outputs for one at least, ascending. Copied out of a map on first use.</summary>
    public ReadOnlySpan<int> Indices => _store.OnHeap().Indices;

    /// <summary>The coefficients of <see cref="Indices"/> on the original scale: of feature <c>Indices[i]</c> and output k it is <c>Values[i * Outputs + k]</c>. Copied out of a map on first use.</summary>
    public ReadOnlySpan<double> Values => _store.OnHeap().Values;

    /// <summary>Standard deviations of the columns <see cref="Indices"/> in the training rows. Copied out of a map on first use.</summary>
    public ReadOnlySpan<double> StandardDeviations => _store.OnHeap().StandardDeviations;

    /// <summary>
    /// The entries of a row that predictions read, ascending: the features with a coefficient, or the raw columns they come
    /// from. The others may hold anything. Copied out of a map on first use.
    /// </summary>
    public ReadOnlySpan<int> UsedInputs => Preparation is { } preparation ? _usedInputs ??= preparation.InputsOf(Indices) : Indices;

    /// <summary>λ, ρ, certificate and fit. A model that was loaded has no <see cref="ElasticNetFit.Trace"/>.</summary>
    public ElasticNetFit Fit => _content.Fit;

    /// <summary>How the model came to be.</summary>
    public Provenance Provenance => _content.Provenance;

    /// <summary>What the model is the solution of: factors, bounds, exclusions, and where weights and offset came from. Null for a file that does not say.</summary>
    public SolvedProblem? Problem => _content.Problem;

    /// <summary>The cross-validation that chose λ and ρ; empty where none did.</summary>
    public ReadOnlySpan<CrossValidationPoint> CrossValidation => _content.CrossValidation.Span;

    /// <summary>The path that the model was chosen from, where it was kept (<see cref="WithPath"/>); else null.</summary>
    public RegularizationPath? Path => _content.Path;

    /// <summary>The same model with a path to keep beside it, in its file too: for inspection and pictures, predictions do not look at it.</summary>
    /// <param name="path">The path of a cross-validation (<c>cv.Best.Path</c>), of criteria, or one fitted for the purpose.</param>
    /// <exception cref="ArgumentException">The path is empty, or of other features.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ElasticNetModel WithPath(RegularizationPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Count == 0)
            Throw.Length(nameof(path), 0, "hold at least one solution");
        if (path.FeatureCount != FeatureCount)
            Throw.Data(nameof(path), Throw.Invariant($"'{nameof(path)}' ({path.FeatureCount} features) must have the {FeatureCount} features of the model."));
        if (!(path.OutputNames ?? []).SequenceEqual(OutputNames ?? [], StringComparer.Ordinal))
            Throw.Data(nameof(path), Throw.Invariant($"'{nameof(path)}' ({path.OutputNames?.Count ?? 1} outputs) must have the {Outputs} outputs of the model, by the same names."));
        CoefficientStore.Arrays own = _store.OnHeap();
        return new(_content with { Indices = own.Indices, Values = own.Values, StandardDeviations = own.StandardDeviations, Path = path });
    }

    /// <summary>Predicts the mean response of one row: b + xᵀβ, mapped by the inverse of the family's <see cref="Family.Link"/>.</summary>
    /// <param name="row">The raw columns of <see cref="Preparation"/>, else the p features; exactly <see cref="InputCount"/>.</param>
    /// <exception cref="ArgumentException">The row has another length, or the model was fitted with an offset and needs one.</exception>
    /// <exception cref="NotSupportedException">The model predicts several numbers of a row: <see cref="Predict(ReadOnlySpan{double}, Span{double}, ReadOnlySpan{double})"/>.</exception>
    public double Predict(ReadOnlySpan<double> row) => PredictRow(row);

    /// <summary>Predicts the mean response of one row by a model fitted with an offset: (b + xᵀβ) + offset, mapped likewise.</summary>
    /// <param name="row">The raw columns of <see cref="Preparation"/>, else the p features; exactly <see cref="InputCount"/>.</param>
    /// <param name="offset">The known part of the row's linear predictor.</param>
    /// <exception cref="ArgumentException">The row has another length, or the model was fitted without an offset.</exception>
    /// <exception cref="NotSupportedException">The model predicts several numbers of a row: <see cref="Predict(ReadOnlySpan{double}, Span{double}, ReadOnlySpan{double})"/>.</exception>
    public double Predict(ReadOnlySpan<double> row, double offset) => PredictRow(row, offset);

    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    public double Predict(ReadOnlySpan<float> row) => PredictRow(row);

    /// <inheritdoc cref="Predict(ReadOnlySpan{double}, double)"/>
    public double Predict(ReadOnlySpan<float> row, double offset) => PredictRow(row, offset);

    /// <summary>
    /// Writes the model file: to a temporary name in the same directory, then renamed. An old file of that name is
    /// replaced as a whole or, on failure, left as it was; models that map it keep what they mapped. A symbolic link of
    /// that name is replaced, not followed; one to a pipe, socket, device or directory is refused, as these are.
    /// On Unix the new file has the mode of the old one. Its owner and group are those of any new file; where the group is
    /// another one, it may do no more than everybody could. Access lists and other attributes are not kept. Temporary files that
    /// killed processes left of this name are removed.
    /// </summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, ToBytes().Span);
    }

    /// <summary>Writes the model file to a stream. The same fit gives the same bytes.</summary>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(ToBytes().Span);
    }

    /// <summary>Writes the model file to a buffer, the body of a response or a pipe for instance. The same fit gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(ToBytes().Span);
    }

    /// <summary>Writes the model file to a stream, waiting without a thread; for streams that refuse to be written synchronously, as the body of a web response does.</summary>
    /// <param name="destination">The stream. Not flushed, not closed.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public Task SaveAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return destination.WriteAsync(ToBytes(), cancellationToken).AsTask();
    }

    /// <summary>The bytes of the model file, which <see cref="Load(ReadOnlySpan{byte})"/> reads. The same fit gives the same bytes.</summary>
    public byte[] ToArray() => ToBytes().ToArray();

    /// <summary>Reads a model file into memory.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, not a model, newer than this library, or no regular file.</exception>
    public static ElasticNetModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new ElasticNetModel(ModelLoader.Read(path));
    }

    /// <summary>Reads a model from the bytes of its file, which are not kept.</summary>
    /// <exception cref="ModelFormatException">The bytes are damaged, not a model, or newer than this library.</exception>
    public static ElasticNetModel Load(ReadOnlySpan<byte> file) => new(ModelReader.Read(file));

    /// <summary>Reads a model from a stream, from where it stands to where the model ends: as many bytes as its header says, and what follows is left.</summary>
    /// <param name="source">The stream, which need not seek. Not closed.</param>
    /// <exception cref="ModelFormatException">The bytes are damaged, not a model, newer than this library, or end too early.</exception>
    public static ElasticNetModel Load(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new(ModelLoader.Read(source));
    }

    /// <summary>Reads a model from a stream, waiting without a thread; for streams that refuse to be read synchronously, as the body of a web request does.</summary>
    /// <param name="source">The stream, which need not seek. Not closed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="Load(Stream)"/>
    public static Task<ElasticNetModel> LoadAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Read();

        async Task<ElasticNetModel> Read() => new(await ModelLoader.ReadAsync(source, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Maps a model file of many coefficients, above 16 MB of them (800 thousand): predictions use them where they lie. Fewer are
    /// copied, as by <see cref="Load(string)"/>, and the file may become what it will. The file is checked as by <see cref="Load(string)"/>.
    /// One that is mapped must not be shortened or overwritten in place; to replace it by renaming another
    /// (as <see cref="Save(string)"/> does) is safe. Dispose to release the map. Each prediction counts itself in and
    /// out of the map (tens of nanoseconds, once for a whole batch), so that <see cref="Dispose"/> is safe at any time.
    /// </summary>
    /// <exception cref="ModelFormatException">The file is damaged, not a model, newer than this library, or no regular file.</exception>
    public static ElasticNetModel OpenMapped(string path) => OpenMapped(path, LargestCopy);

    /// <summary>The same with another limit for what is copied, in bytes of the section of coefficients.</summary>
    internal static ElasticNetModel OpenMapped(string path, int largestCopy)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelContent content = ModelLoader.Map(path, largestCopy, out CoefficientStore coefficients);
        return new ElasticNetModel(content, coefficients);
    }

    /// <summary>λ, ρ, non-zero coefficients, deviance ratio and relative gap on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"elastic net: λ {Fit.Lambda}, ρ {Fit.L1Ratio}, {(Outputs == 1 ? Throw.Invariant($"{_store.Count} of {FeatureCount} coefficients not 0") : Throw.Invariant($"{Outputs} {Family.OutputsNoun}, {_store.Count} of {FeatureCount} features with coefficients"))}, deviance ratio {Fit.DevianceRatio}, relative gap {Fit.RelativeGap}");

    /// <summary>Releases the map. Calls that are under way on other threads end as if it had come after them.</summary>
    public void Dispose() => _store.Dispose();

    private string InputNoun => Preparation is null ? "features" : "raw columns";

    private double PredictRow<T>(ReadOnlySpan<T> row)
        where T : unmanaged
    {
        DemandOneOutput();
        DemandNoOffset();
        return BatchPredictor.Mean(_link, BatchPredictor.Finish(Intercept, Dot(row)));
    }

    private double PredictRow<T>(ReadOnlySpan<T> row, double offset)
        where T : unmanaged
    {
        DemandOneOutput();
        DemandOffset(offset);
        return BatchPredictor.Mean(_link, BatchPredictor.Finish(Intercept, Dot(row), offset));
    }

    private double Dot<T>(ReadOnlySpan<T> row)
        where T : unmanaged
    {
        if (row.Length != InputCount)
            Throw.Length(nameof(row), row.Length, $"hold the {InputCount} {InputNoun} of the model");
        using CoefficientSpans coefficients = _store.Borrow();
        return Preparation is { } preparation
            ? PreparedPredictor.Dot(preparation, row, coefficients)
            : RowPredictor.Dot(row, coefficients.Indices, coefficients.Values);
    }

    private void DemandNoOffset()
    {
        if (Provenance.HasOffset)
            Throw.Data("offset", "'offset' must be given: the model was fitted with one.");
    }

    private void DemandOffset(double offset)
    {
        if (!Provenance.HasOffset)
            Throw.Data(nameof(offset), Throw.Invariant($"'offset' ({offset}) must not be given: the model was fitted without one."));
    }

    private ReadOnlyMemory<byte> ToBytes()
    {
        using CoefficientSpans coefficients = _store.Borrow();
        return ModelWriter.Write(_content, coefficients);
    }
}
