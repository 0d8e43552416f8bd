namespace ElasticNet.Fast.Data;

/// <summary>
/// The rows that a problem is about: their response, weights and offset, and which of them are left out, as those of a fold are.
/// Pinned by the caller for as long as it is in use.
/// </summary>
/// <param name="response">y, one for each row.</param>
/// <param name="weights">Observation weights of any sum, or null for equal ones.</param>
/// <param name="offset">What the linear predictor begins with, or null.</param>
/// <param name="count">n, rows of weight 0 included.</param>
/// <param name="survival">What is known of their survival; null where the response is all.</param>
internal readonly unsafe struct TrainingRows(double* response, double* weights, double* offset, int count, SurvivalTimes? survival = null)
{
    private readonly int* _partOf = null;
    private readonly Fold _fold;

    private TrainingRows(in TrainingRows all, int* partOf, Fold fold)
        : this(all.Response, all.Weights, all.Offset, all.Count, all.Survival)
    {
        _partOf = partOf;
        _fold = fold;
        Outputs = all.Outputs;
    }

    /// <summary>n, rows of weight 0 included.</summary>
    public int Count => count;

    /// <summary>y.</summary>
    public double* Response => response;

    /// <summary>Observation weights, or null.</summary>
    public double* Weights => weights;

    /// <summary>The offset, or null.</summary>
    public double* Offset => offset;

    /// <summary>What is known of the rows' survival; null where the response is all.</summary>
    public SurvivalTimes? Survival => survival;

    /// <summary>How many outputs the rows are about, those of one after those of another; each has all weights.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Whether some rows are left out.</summary>
    public bool IsPart => _partOf != null;

    /// <summary>The rows of one of several outputs, as a problem of one.</summary>
    /// <param name="output">Which.</param>
    /// <param name="each">Rows of an output.</param>
    public TrainingRows Part(int output, int each)
    {
        nint first = (nint)output * each;
        TrainingRows part = new(response + first, weights, offset == null ? null : offset + first, each, survival);
        return _partOf == null ? part : new(part, _partOf, _fold);
    }

    /// <summary>The same with all rows.</summary>
    public TrainingRows Whole => new(this, null, default);

    /// <summary>Those that a fold trains on.</summary>
    /// <param name="partOf">The part of each row, −1 for a row that counts nowhere; pinned.</param>
    /// <param name="fold">The fold.</param>
    public TrainingRows Of(int* partOf, Fold fold) => new(this, partOf, fold);

    /// <summary>Whether a row is among those that are trained on, whatever its weight.</summary>
    public bool Has(int row) => _partOf == null || _fold.Trains(_partOf[row]);

    /// <summary>√w of the rows that are trained on, 0 for the others, Σw = 1 over them.</summary>
    /// <param name="rootWeights">√w of each row, Σw = 1 over all that count.</param>
    /// <param name="destination">Filled, one for each row.</param>
    public void CopyRootWeights(double* rootWeights, double* destination)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            destination[i] = Has(i) ? rootWeights[i] : 0;
            sum += destination[i] * destination[i];
        }

        double norm = IsPart ? Math.Sqrt(sum) : 1;
        for (int i = 0; i < count; i++)
            destination[i] /= norm;
    }
}
