using System.Diagnostics;
using ElasticNet.Fast;
using ElasticNet.Fast.Csv;

// native MODEL ROWS: predictions to standard output, the time of the first to standard error.
long start = Stopwatch.GetTimestamp();
using ElasticNetModel model = ElasticNetModel.Load(args[0]);
using (var reader = new CsvFeatureReader(CsvText.Open(args[1]), model))
{
    reader.Read();
    double first = model.Predict(reader.Row);
    Console.Error.WriteLine(FormattableString.Invariant($"load, open and first prediction: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms ({first})"));
}

using Stream output = Console.OpenStandardOutput();
PredictionWriter.Write(model, CsvText.Open(args[1]), output);
