using System.Diagnostics;
using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Predictor;

/// <summary>Measures prediction alone: the rows are read once, then predicted again and again in memory.</summary>
internal static class Bench
{
    private const double Seconds = 0.2;
    private const int Repeats = 5;

    /// <summary>Prints nanoseconds per row, the least of several repeats.</summary>
    public static void Run(ElasticNetModel model, TextReader text, CsvRowOptions options)
    {
        var rows = new List<double[]>();
        var offsets = new List<double>();
        using (var reader = new CsvFeatureReader(text, model, options))
        {
            while (reader.Read())
            {
                rows.Add(reader.Row.ToArray());
                offsets.Add(reader.Offset);
            }
        }
        if (rows.Count == 0)
            throw new CsvDataException("the CSV has a header but no rows");

        double least = double.PositiveInfinity;
        double sum = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
            least = Math.Min(least, NanosecondsPerRow(model, rows, offsets, ref sum));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{least:0.0} ns per row"));
        // The predictions must have a reader, or they need not be made.
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{rows.Count} rows of {model.FeatureCount} features, {model.Indices.Length} of them used; sum of predictions {sum}"));
    }

    private static double NanosecondsPerRow(ElasticNetModel model, List<double[]> rows, List<double> offsets, ref double sum)
    {
        bool hasOffset = model.Provenance.HasOffset;
        double[] several = model.Outputs > 1 ? new double[model.Outputs] : [];
        long passes = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            for (int i = 0; i < rows.Count && several.Length > 0; i++)
            {
                model.Predict(rows[i], several);
                sum += several[0];
            }

            for (int i = 0; i < rows.Count && several.Length == 0; i++)
                sum += hasOffset ? model.Predict(rows[i], offsets[i]) : model.Predict(rows[i]);
            passes++;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed.TotalSeconds < Seconds / Repeats);
        return elapsed.TotalNanoseconds / ((double)passes * rows.Count);
    }
}
