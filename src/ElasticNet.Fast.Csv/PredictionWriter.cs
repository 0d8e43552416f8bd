using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Writes predictions as a CSV of the one column "prediction", one line a row, shortest digits that read back as the
/// same number. Every program of the project predicts through here, so that all of them write the same bytes.
/// </summary>
public static class PredictionWriter
{
    private const int Room = 1 << 16;
    private const int LongestNumber = 32;

    /// <summary>Predicts every row of a CSV, in constant memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows; see <see cref="CsvFeatureReader"/> for how columns are matched. Closed at the end.</param>
    /// <param name="output">Where the predictions go, as UTF-8. Flushed, not closed.</param>
    /// <param name="options">How to read the rows; null means the defaults.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="CsvDataException">
    /// See <see cref="CsvFeatureReader"/>; or a row has a missing value that the model cannot fill, or a level that it
    /// refuses. Rows before the faulty one have been written.
    /// </exception>
    public static long Write(
        ElasticNetModel model, TextReader rows, Stream output, CsvRowOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(output);
        using TextReader owned = rows;
        using var reader = new CsvFeatureReader(owned, model, options);
        byte[] buffer = new byte[Room];
        "prediction\n"u8.CopyTo(buffer);
        int used = "prediction\n"u8.Length;
        bool hasOffset = model.Provenance.HasOffset;
        try
        {
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                double prediction = hasOffset ? model.Predict(reader.Row, reader.Offset) : model.Predict(reader.Row);
                if (double.IsNaN(prediction) && reader.ExplainUnpredictable() is { } reason)
                    throw reason;
                if (used > Room - LongestNumber)
                {
                    output.Write(buffer, 0, used);
                    used = 0;
                }
                prediction.TryFormat(buffer.AsSpan(used), out int written, default, CultureInfo.InvariantCulture);
                used += written;
                buffer[used++] = (byte)'\n';
            }
        }
        finally
        {
            output.Write(buffer, 0, used);
            output.Flush();
        }
        return reader.RowNumber;
    }
}
