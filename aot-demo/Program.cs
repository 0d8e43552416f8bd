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

    private const string Synopsis = "enet-predict model.enet rows.csv|- [--offset COLUMN|--exposure COLUMN] [--type response|link|class|risk|survival] [--threshold P] [--times T,...] [--strata COLUMN] [--append|--id COLUMN,...] [--json] [--out FILE] [--bench]";

    private const string Help = $"""
        Usage: {Synopsis}

        Predicts the rows of a CSV by a model of ElasticNet.Fast. Columns are matched by name.

          -                   Rows from standard input.
          --type TYPE         response: the mean. link: the linear predictor. class: the label. Of a Cox model
                              risk: the relative hazard. survival: the chances at --times. Default response.
          --threshold P       From which probability on --type class calls the event. Default 0.5.
          --times T,...       When, for --type survival.
          --strata COLUMN     Column with the stratum, for --type survival of a model that has strata.
          --offset COLUMN     Column with the offset, for a model that was fitted with one; of several outputs one for each, separated by commas.
          --exposure COLUMN   Column whose logarithm is the offset.
          --append            Write all columns of the rows, and the prediction after them.
          --id COLUMN,...     Columns to write before the prediction.
          --json              Rows and predictions are JSON, an object a line.
          --out FILE          File to write, instead of standard output: as a whole or not at all.
          --bench             Measure instead: nanoseconds per row.

        Examples:
          enet-predict model.enet rows.csv --append --out predicted.csv
          enet-predict model.enet rows.csv --type class --id customer
          enet-predict trial.enet rows.csv --type survival --times 12,24 --strata hospital
          enet-predict model.enet - --json
        """;

    private static int Main(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            Console.Out.WriteLine(Help);
            return Done;
        }

        if (args.Contains("--version"))
        {
            Console.Out.WriteLine(typeof(Program).Assembly.GetName().Version?.ToString(3));
            return Done;
        }

        if (Arguments.Parse(args) is not { } arguments)
        {
            Console.Error.WriteLine("enet-predict: usage: " + Synopsis);
            return Usage;
        }
        try
        {
            using AtomicFile? file = arguments.Out is null ? null : new(arguments.Out);
            using ElasticNetModel model = ElasticNetModel.Load(Existing(arguments.Model));
            TextReader rows = CsvText.Open(arguments.Rows == "-" ? Console.OpenStandardInput() : File.OpenRead(Existing(arguments.Rows)));
            var options = new CsvRowOptions { ExposureColumn = arguments.Exposure, StratumColumn = arguments.Strata };
            options = model.Outputs > 1 && arguments.Offset is { } offsets ? options with { OffsetColumns = offsets.Split(',') } : options with { OffsetColumn = arguments.Offset };
            if (arguments.IsForCox && !model.Family.IsSurvival)
            {
                Console.Error.WriteLine($"enet-predict: --type risk and --type survival are of Cox models, and this one is of the family {model.Family.Title}: response, link or class");
                return Usage;
            }

            if (arguments.Bench)
                Bench.Run(model, rows, options);
            else
            {
                PredictionWriter.Write(model, rows, file?.Content ?? StandardOutput.Open(), arguments.Written with { Note = Say }, options, out InputTally tally);
                file?.Commit();
                if (tally.ToString() is { Length: > 0 } said)
                    Say(said);
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
            Console.Error.WriteLine("enet-predict: " + PlainText.ShortQuotes(FirstSentence(exception)));
            return Data;
        }
    }

    private static void Say(string note) => Console.Error.WriteLine("enet-predict: note: " + PlainText.ShortQuotes(PlainText.OneLine(note)));

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
