namespace ElasticNet.Fast.Csv;

/// <summary>What <see cref="PredictionWriter"/> writes. Immutable and comparable by content.</summary>
public sealed record PredictionOptions
{
    /// <summary>Everything at its default: the one column "prediction".</summary>
    public static PredictionOptions Default { get; } = new();

    /// <summary>What a prediction is. Default: the mean response.</summary>
    public PredictionType Type { get; init; }

    /// <summary>When, for <see cref="PredictionType.Survival"/>: a column "prediction_TIME" for each, or in JSON an array of so many. Default: none.</summary>
    public ListOf<double> Times { get; init; }

    /// <summary>From which probability on the event is called, in [0, 1]; for classes, where there are two. Default 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Whether all that a row holds is written before its prediction, as it stands there. Default false.</summary>
    public bool KeepsAll { get; init; }

    /// <summary>Is handed <see cref="CsvFeatureReader.Notes"/> one by one before the first row is predicted. Default: nobody is.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>The columns that are written before the prediction, in this order. Default: none.</summary>
    public ListOf<string> Keep { get; init; }

    /// <summary>
    /// Whether rows and predictions are JSON, an object a line: <c>{"area": 75, "district": "south"}</c> in, <c>{"prediction":310.5}</c> out.
    /// An object names all that the model uses (<c>x1</c>, <c>x2</c>, … where features have no names); what is missing is null. Strings are
    /// read as the cells of a table are. Default false: a CSV.
    /// </summary>
    public bool Json { get; init; }
}
