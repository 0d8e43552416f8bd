using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>A svmlight (libsvm) file in memory: a target and a sparse table. Read in one go, in about twice the memory of the result.</summary>
public sealed class SvmLightFile
{
    private SvmLightFile(double[] target, SparseMatrix<double> features, long ignoredCount)
    {
        Target = target;
        Features = features;
        IgnoredCount = ignoredCount;
    }

    /// <summary>The target of each row.</summary>
    public ReadOnlyMemory<double> Target { get; }

    /// <summary>The rows, column by column; feature j of the file, counted as it counts, is column j − 1, or j where it is zero-based.</summary>
    public SparseMatrix<double> Features { get; }

    /// <summary>How many entries there were beyond <see cref="SvmLightOptions.FeatureCount"/>, which were left out.</summary>
    public long IgnoredCount { get; }

    /// <summary>Whether a path ends in .svm, .svmlight or .libsvm, perhaps followed by .gz, in letters of either case.</summary>
    public static bool IsNamed(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ReadOnlySpan<char> name = path;
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        return name.EndsWith(".svm", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".svmlight", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".libsvm", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a stream, compressed by gzip or not, waiting for it without a thread, and closes it; it is never read synchronously. The bytes are received first.</summary>
    /// <inheritdoc cref="Read(TextReader, SvmLightOptions?, CancellationToken)"/>
    /// <param name="stream">The bytes.</param>
    /// <param name="options">How to read; null means the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static Task<SvmLightFile> ReadAsync(Stream stream, SvmLightOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Receive();

        async Task<SvmLightFile> Receive()
        {
            HeldStream held = await HeldStream.ReceiveAsync(stream, null, cancellationToken).ConfigureAwait(false);
            return await Task.Run(() => Read(CsvText.Open(held), options, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a file, compressed by gzip or not.</summary>
    /// <inheritdoc cref="Read(TextReader, SvmLightOptions?, CancellationToken)"/>
    public static SvmLightFile Read(string path, SvmLightOptions? options = null, CancellationToken cancellationToken = default) =>
        Read(CsvText.Open(path), options, cancellationToken);

    /// <summary>Reads a text, which is closed at the end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to read it; null means the defaults.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="CsvDataException">There is no row, a line has no target or is not what it must be, or the table takes more memory than there is; the message names the line.</exception>
    public static SvmLightFile Read(TextReader text, SvmLightOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var reader = new SvmLightReader(text, options);
        var rows = new SparseMatrixBuilder<double>();
        List<double> target = [];
        long widest = 0;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (double.IsNaN(reader.Target))
                throw reader.Fault("a row begins with its target, this one begins with a pair");
            if (rows.StoredCount + reader.Indices.Length > Array.MaxLength)
                throw reader.Fault(string.Create(CultureInfo.InvariantCulture, $"with this row there are more than {Array.MaxLength} entries, the most that a table holds"));
            int columns = rows.LeastColumns;
            rows.AddRow(reader.Indices, reader.Values);
            if (rows.LeastColumns > columns)
                widest = reader.LineNumber;
            target.Add(reader.Target);
        }

        if (target.Count == 0)
            throw new CsvDataException("there is no row");
        int width = options?.FeatureCount ?? rows.LeastColumns;
        DemandMemory(width, options?.FeatureCount is null ? widest : null);
        return new([.. target], rows.ToMatrix(width), reader.IgnoredCount);
    }

    /// <summary>One slip of a key in an index, and the starts of all columns up to it would take all memory.</summary>
    private static void DemandMemory(int columns, long? line)
    {
        double needed = sizeof(long) * (columns + 1.0), available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed <= available)
            return;
        string problem = string.Create(CultureInfo.InvariantCulture, $"{columns} features, whose starts alone take {needed / 1e9:0.0} GB of memory, and there are {available / 1e9:0.0} GB");
        throw new CsvDataException(line is null
            ? "the table is too large: " + problem
            : string.Create(CultureInfo.InvariantCulture, $"line {line}: its last index makes a table of {problem}"));
    }

    /// <summary>Its size, culture-invariant.</summary>
    public override string ToString() => Features.ToString();
}
