using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Csv;

/// <content>For streams that are to be waited for, as the bodies of a web request and its answer.</content>
public static partial class PredictionWriter
{
    /// <summary>
    /// Predicts every row of a CSV that comes through a stream, and writes what <see cref="Write(ElasticNetModel, TextReader, Stream, CsvRowOptions?, PredictionType, double, CancellationToken)"/>
    /// writes. Neither stream is read, written or flushed synchronously. The rows are received first, and their predictions sent when all are
    /// made: both are in memory meanwhile.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The bytes of the CSV; see <see cref="CsvText"/> for what they may be. Closed at the end.</param>
    /// <param name="output">Where the predictions go, as UTF-8. Flushed, not closed.</param>
    /// <param name="options">How to read the rows; null means the defaults.</param>
    /// <param name="type">What is written.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1]; for classes.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The number of rows; what was missing or unknown in them.</returns>
    /// <inheritdoc cref="Write(ElasticNetModel, TextReader, Stream, CsvRowOptions?, PredictionType, double, CancellationToken)"/>
    public static Task<(long Rows, InputTally Tally)> WriteAsync(
        ElasticNetModel model, Stream rows, Stream output, CsvRowOptions? options = null,
        PredictionType type = PredictionType.Response, double threshold = 0.5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(output);
        return Write();

        async Task<(long, InputTally)> Write()
        {
            HeldStream received = await HeldStream.ReceiveAsync(rows, null, cancellationToken).ConfigureAwait(false);
            using HeldStream made = new();
            try
            {
                (long, InputTally) done = await Task.Run(
                    () => (PredictionWriter.Write(model, CsvText.Open(received), made, options, out InputTally tally, type, threshold, cancellationToken), tally), cancellationToken).ConfigureAwait(false);
                await made.SendAsync(output, cancellationToken).ConfigureAwait(false);
                return done;
            }
            catch (CsvDataException)
            {
                // Rows before the faulty one are written.
                await made.SendAsync(output, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }
    }
}
