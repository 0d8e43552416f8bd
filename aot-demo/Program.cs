using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Predictor;

/// <summary>The native single-file predictor: <c>enet-predict model.enet rows.csv</c>.</summary>
internal static class Program
{
    private const int Done = 0;
    private const int Data = 1;
    private const int Usage = 2;

    private static int Main(string[] args)
    {
        if (Arguments.Parse(args) is not { } arguments)
        {
            Console.Error.WriteLine("enet-predict: usage: enet-predict model.enet rows.csv|- [--offset COLUMN|--exposure COLUMN] [--type response|link|class] [--threshold P] [--append|--id COLUMN,...] [--json] [--out FILE] [--bench]");
            return Usage;
        }
        try
        {
            using AtomicFile? file = arguments.Out is null ? null : new(arguments.Out);
            using ElasticNetModel model = ElasticNetModel.Load(Existing(arguments.Model));
            TextReader rows = CsvText.Open(arguments.Rows == "-" ? Console.OpenStandardInput() : File.OpenRead(Existing(arguments.Rows)));
            var options = new CsvRowOptions { OffsetColumn = arguments.Offset, ExposureColumn = arguments.Exposure };
            if (arguments.Bench)
                Bench.Run(model, rows, options);
            else
            {
                PredictionWriter.Write(model, rows, file?.Content ?? StandardOutput.Open(), arguments.Written, options, out InputTally tally);
                file?.Commit();
                if (tally.ToString() is { Length: > 0 } said)
                    Console.Error.WriteLine("enet-predict: note: " + said);
            }

            return Done;
        }
        catch (IOException exception) when (StandardOutput.IsClosed(exception))
        {
            // Whoever read has had enough.
            return Done;
        }
        catch (Exception exception) when (exception is CsvDataException or IOException or ArgumentException or FormatException
            or UnauthorizedAccessException or NotSupportedException or InvalidOperationException)
        {
            Console.Error.WriteLine("enet-predict: " + FirstSentence(exception));
            return Data;
        }
    }

    private static string Existing(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a directory, not a file");
        return File.Exists(path) ? path : throw new FileNotFoundException($"there is no file '{path}'");
    }

    private static string FirstSentence(Exception exception)
    {
        // An ArgumentException appends its parameter's name, on the same line or the next.
        string message = exception.Message;
        if (exception is ArgumentException { ParamName: { } parameter })
            message = message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal);
        int end = message.AsSpan().IndexOfAny('\r', '\n');
        message = end < 0 ? message : message[..end];
        return exception is CsvDataException { Remedy: CsvRemedy.NameKept } ? message + " (--id)" : message;
    }
}
