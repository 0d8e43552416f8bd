using System.Globalization;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Writes predictions as a CSV of the one column "prediction", of a model of several outputs of a column "prediction_NAME" for each class or response, one line a
/// row, shortest digits that read back as the same number. Every program of the project predicts through here, so that all of them write the same bytes.
/// </summary>
public static partial class PredictionWriter
{
    /// <summary>Predicts every row of a CSV, in constant memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows; see <see cref="CsvFeatureReader"/> for how columns are matched. Closed at the end.</param>
    /// <param name="output">Where the predictions go, as UTF-8. Flushed before more rows are waited for and at the end, not closed.</param>
    /// <param name="options">How to read the rows; null means the defaults.</param>
    /// <param name="type">What is written.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1]; for classes.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is outside [0, 1].</exception>
    /// <exception cref="NotSupportedException">Classes are asked of a model that has none.</exception>
    /// <exception cref="CsvDataException">
    /// See <see cref="CsvFeatureReader"/>; or a row has a missing value that the model cannot fill, or a level that it
    /// refuses. Rows before the faulty one have been written.
    /// </exception>
    public static long Write(
        ElasticNetModel model, TextReader rows, Stream output, CsvRowOptions? options = null,
        PredictionType type = PredictionType.Response, double threshold = 0.5, CancellationToken cancellationToken = default) =>
        Write(model, rows, output, options, out _, type, threshold, cancellationToken);

    /// <summary>Predicts every row of a CSV, in constant memory, and counts what was missing or unknown.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows; see <see cref="CsvFeatureReader"/> for how columns are matched. Closed at the end.</param>
    /// <param name="output">Where the predictions go, as UTF-8. Flushed before more rows are waited for and at the end, not closed.</param>
    /// <param name="options">How to read the rows; null means the defaults.</param>
    /// <param name="tally">What was missing or unknown, and what became of it.</param>
    /// <param name="type">What is written.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1]; for classes.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <inheritdoc cref="Write(ElasticNetModel, TextReader, Stream, CsvRowOptions?, PredictionType, double, CancellationToken)"/>
    public static long Write(
        ElasticNetModel model, TextReader rows, Stream output, CsvRowOptions? options, out InputTally tally,
        PredictionType type = PredictionType.Response, double threshold = 0.5, CancellationToken cancellationToken = default) =>
        Write(model, rows, output, new() { Type = type, Threshold = threshold }, options, out tally, cancellationToken);

    /// <summary>Predicts every row of a CSV, or of JSON lines, in constant memory, and writes what was asked for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows; see <see cref="CsvFeatureReader"/> for how columns are matched. Closed at the end.</param>
    /// <param name="output">Where the predictions go, as UTF-8. Flushed before more rows are waited for and at the end, not closed.</param>
    /// <param name="written">What is written, and whether rows and predictions are JSON.</param>
    /// <param name="options">How to read the rows; null means the defaults.</param>
    /// <param name="tally">What was missing or unknown, and what became of it.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <inheritdoc cref="Write(ElasticNetModel, TextReader, Stream, CsvRowOptions?, PredictionType, double, CancellationToken)"/>
    public static long Write(
        ElasticNetModel model, TextReader rows, Stream output, PredictionOptions written, CsvRowOptions? options, out InputTally tally, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(written);
        using TextReader owned = rows;
        using var lines = new PredictionLines(output);
        using var reader = new CsvFeatureReader(new AnsweringReader(owned, lines), model, options, written.Json, written.Keep);
        return Write(model, reader, lines, written, out tally, cancellationToken);
    }

    /// <summary>The same for rows of any source.</summary>
    internal static long Write(
        ElasticNetModel model, RowSource rows, Stream output, PredictionOptions written, CsvRowOptions? options, out InputTally tally, CancellationToken cancellationToken)
    {
        using RowSource owned = rows;
        using var lines = new PredictionLines(output);
        using var reader = new CsvFeatureReader(owned, model, options);
        return Write(model, reader, lines, written, out tally, cancellationToken);
    }

    private static long Write(ElasticNetModel model, CsvFeatureReader reader, PredictionLines lines, PredictionOptions written, out InputTally tally, CancellationToken cancellationToken)
    {
        tally = reader.Tally;
        bool hasOffset = model.Provenance.HasOffset;
        Lines predictions = new(model, lines, PredictionForm.Of(written, reader, model), written.Type, written.Threshold, written.Times, reader.HasStrata);
        foreach (string note in reader.Notes)
            written.Note?.Invoke(note);
        double[] several = model.Outputs > 1 ? new double[model.Outputs] : [];
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (several.Length > 0)
            {
                predictions.Model.Predict(reader.Row, several, reader.Offsets);
                Demand(several, reader.RowNumber, reader);
                predictions.Add(several);
                continue;
            }

            double prediction = hasOffset ? predictions.Model.Predict(reader.Row, reader.Offset) : predictions.Model.Predict(reader.Row);
            Demand([prediction], reader.RowNumber, reader);
            predictions.Add(prediction, reader.RowNumber, reader);
        }

        return reader.RowNumber;
    }

    private static void Demand(ReadOnlySpan<double> predictions, long row, CsvFeatureReader? reader)
    {
        foreach (double prediction in predictions)
        {
            if (double.IsNaN(prediction) && reader?.ExplainUnpredictable() is { } reason)
                throw reason;
            if (!double.IsFinite(prediction))
                throw new CsvDataException(row, null, string.Create(CultureInfo.InvariantCulture, $"predicts {prediction}: its values, or its offset, are beyond what double holds"));
        }
    }

    /// <summary>Predicts every row of a svmlight (libsvm) file, in constant memory. Features are matched by index; what is not given is 0.</summary>
    /// <param name="model">The model; one without a <see cref="ElasticNetModel.Preparation"/>.</param>
    /// <param name="rows">The rows; a target is read and not used, and may be left out. Closed at the end.</param>
    /// <param name="output">Where the predictions go, as UTF-8. Flushed before more rows are waited for and at the end, not closed.</param>
    /// <param name="zeroBased">True where the first feature has index 0 in the file, false where it has index 1.</param>
    /// <param name="ignored">How many entries were of features that the model does not have: they count nowhere.</param>
    /// <param name="type">What is written.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1]; for classes.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is outside [0, 1].</exception>
    /// <exception cref="NotSupportedException">Classes are asked of a model that has none.</exception>
    /// <exception cref="CsvDataException">
    /// The model needs an offset or raw columns, which such a file does not give; or a line is not what it must be. Rows before the
    /// faulty one have been written.
    /// </exception>
    public static long WriteSvmLight(
        ElasticNetModel model, TextReader rows, Stream output, bool zeroBased, out long ignored,
        PredictionType type = PredictionType.Response, double threshold = 0.5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(rows);
        using TextReader owned = rows;
        using var lines = new PredictionLines(output);
        using var reader = new SvmLightReader(new AnsweringReader(owned, lines), new() { ZeroBased = zeroBased, FeatureCount = model.FeatureCount });
        if (model.Preparation is not null)
            throw new CsvDataException("the model prepares raw columns by their names, which a svmlight file does not give; predict from a CSV");
        if (model.Provenance.HasOffset)
            throw new CsvDataException("the model was fitted with an offset and needs one to predict, which a svmlight file does not give; predict from a CSV");
        Lines predictions = new(model, lines, PredictionForm.Alone(type == PredictionType.Class ? null : model.OutputNames), type, threshold);
        double[] several = model.Outputs > 1 ? new double[model.Outputs] : [];
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (several.Length > 0)
            {
                predictions.Model.Predict(reader.Indices, reader.Values, several);
                Demand(several, reader.RowNumber, null);
                predictions.Add(several);
                continue;
            }

            predictions.Add(predictions.Model.Predict(reader.Indices, reader.Values), reader.RowNumber);
        }

        ignored = reader.IgnoredCount;
        return reader.RowNumber;
    }

    /// <summary>Predictions as they are written.</summary>
    private readonly struct Lines
    {
        private readonly PredictionLines _lines;
        private readonly PredictionForm _form;
        private readonly double _threshold;
        private readonly byte[]? _event, _other;
        private readonly byte[][]? _labels; // of several classes
        private readonly BaselineHazard? _baseline;
        private readonly ListOf<double> _times;

        public Lines(ElasticNetModel model, PredictionLines lines, PredictionForm form, PredictionType type, double threshold, ListOf<double> times = default, bool hasStrata = false)
        {
            (_lines, _form, _threshold, _times) = (lines, form, threshold, times);
            Model = type is PredictionType.Link or PredictionType.Survival ? model.OnLinkScale : model;
            if (type == PredictionType.Survival)
                _baseline = BaselineOf(model, times, hasStrata);
            if (type == PredictionType.Class && model.Family.HasClasses && model.Outputs > 1)
            {
                if (threshold != 0.5)
                    throw new ArgumentOutOfRangeException(nameof(threshold), string.Create(CultureInfo.InvariantCulture, $"'{nameof(threshold)}' ({threshold}) must not be given to a model of {model.Outputs} classes: the most probable is called."));
                _labels = [.. model.OutputNames!.Select(form.Label)];
            }
            else if (type == PredictionType.Class)
                (_other, _event) = (form.Label(model.ClassOf(0, Math.Max(threshold, double.Epsilon))), form.Label(model.ClassOf(1, threshold)));
            form.Begin(lines);
        }

        /// <summary>What predicts.</summary>
        public ElasticNetModel Model { get; }

        public void Add(double prediction, long row, CsvFeatureReader? reader = null)
        {
            if (_baseline is not null)
            {
                AddCurve(prediction, reader!);
                return;
            }

            if (_event is not null && double.IsNaN(prediction))
                throw new CsvDataException(row, null, "lacks a value that the model needs, so that it has no class");
            _form.BeginRow(_lines);
            if (_event is null)
                _lines.Add(prediction, _form.DecimalSeparator);
            else
                _lines.Add(prediction >= _threshold ? _event : _other);
            _form.EndRow(_lines);
        }

        /// <summary>The predictions of all outputs, or the label of the largest.</summary>
        public void Add(ReadOnlySpan<double> predictions)
        {
            _form.BeginRow(_lines);
            if (_labels is not null)
            {
                _lines.Add(_labels[ElasticNetModel.Largest(predictions)]);
            }
            else
            {
                for (int k = 0; k < predictions.Length; k++)
                {
                    _form.BeginPrediction(_lines, k);
                    _lines.Add(predictions[k], _form.DecimalSeparator);
                }
            }

            _form.EndRow(_lines);
        }

        private void AddCurve(double eta, CsvFeatureReader reader)
        {
            int stratum = reader.StratumIn(_baseline!);
            _form.BeginRow(_lines);
            for (int k = 0; k < _times.Count; k++)
            {
                _form.BeginPrediction(_lines, k);
                _lines.Add(_baseline!.Survival(eta, _times[k], stratum), _form.DecimalSeparator);
            }

            _form.EndRow(_lines);
        }

        private static BaselineHazard BaselineOf(ElasticNetModel model, ListOf<double> times, bool hasStrata)
        {
            BaselineHazard baseline = model.Baseline ?? throw new NotSupportedException(
                model.Family.IsSurvival ? "The model has no baseline hazard, so that there are no survival curves." : $"The model is of the family {model.Family.Title}, which has no survival curves.");
            if (times.IsEmpty)
                throw new ArgumentException("'Times' must say when survival is wanted.", nameof(times));
            if (baseline.Strata.Count > 1 && !hasStrata)
                throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"the model has {baseline.Strata.Count} strata, each with its own curve: name the column with the stratum of a row (--strata)"));
            if (baseline.Strata.Count == 1 && hasStrata && baseline.Strata[0].Name == "0")
                throw new CsvDataException("the model was fitted without strata, so that no column can say which; leave it away");
            return baseline;
        }
    }
}
