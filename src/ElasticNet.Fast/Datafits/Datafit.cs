using ElasticNet.Fast.Data;
using ElasticNet.Fast.Families;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// A loss Σ wᵢ ℓ(yᵢ, ηᵢ) in the solvers' units: coefficients are divided by <see cref="CoefficientScale"/> and gradients by
/// <see cref="GradientScale"/>, so that the residual of the null model has norm 1. Knows y, w and η; never X.
/// </summary>
internal abstract unsafe class Datafit : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();

    /// <summary>That of a family with several outputs.</summary>
    public static Datafit OfOutputs(Family family) => family.Link.IsIdentity ? new StackedSquares() : new MultinomialDatafit();

    /// <summary>n, rows of weight 0 included.</summary>
    public int Length { get; private set; }

    /// <summary>Rows of positive weight.</summary>
    public int Rows { get; private set; }

    /// <summary>The first row of positive weight.</summary>
    public int FirstRow { get; private set; }

    /// <summary>Outputs, each with as many rows; those of one follow those of another.</summary>
    public int Outputs { get; private set; }

    /// <summary>w, summing to 1 for each output.</summary>
    public double* Weights { get; private set; }

    /// <summary>√w.</summary>
    public double* RootWeights { get; private set; }

    /// <summary>r of the null model, that with intercept and offset only: −(∂/∂η)/√w, orthogonal to √w with an intercept. For squared error the response.</summary>
    public double* Response { get; private set; }

    /// <summary>Twice the loss of the null model, less that of fitted values that equal y; in the solvers' units, 0 where there is nothing to explain.</summary>
    public abstract double NullDeviance { get; }

    /// <summary>What the intercept is in the null model, as far as it is not part of r.</summary>
    public abstract double Center { get; }

    /// <summary>A coefficient of the solvers' is so many times smaller than it would be for a column of the same norm.</summary>
    public abstract double CoefficientScale { get; }

    /// <summary>A gradient of the solvers' is so many times smaller than that of the loss itself.</summary>
    public abstract double GradientScale { get; }

    /// <summary>What taking the offset away has done to any row's response by rounding.</summary>
    public double Rounding { get; protected set; }

    /// <summary>Whether an intercept is fitted.</summary>
    public bool HasIntercept { get; private set; }

    /// <summary>Whether each of several outputs has an intercept of its own, which the loss keeps.</summary>
    public bool HasIntercepts { get; private set; }

    /// <summary>The intercept of one of several outputs at the last evaluation, in units of <see cref="CoefficientScale"/>.</summary>
    public virtual double InterceptOf(int output) => 0;

    /// <summary>Whether a number added to the linear predictors of all outputs of a row changes nothing.</summary>
    public virtual bool IsShiftFree => false;

    /// <summary>How many intercepts are free to move.</summary>
    public virtual int Intercepts => HasIntercept ? 1 : 0;

    /// <summary>What a column of X is called in messages.</summary>
    public string Words(int column) => Outputs == 1 ? Throw.Invariant($"column {column}") : Throw.Invariant($"column {column / Outputs} for output {column % Outputs}");

    /// <summary>What a number of columns is a multiple of, in words; empty for one output.</summary>
    public string TimesOutputs => Outputs == 1 ? "" : Throw.Invariant($" (features, and the intercept, times {Outputs} outputs)");

    /// <summary>Takes in a problem; rows that are left out get weight 0.</summary>
    public void Start(in TrainingRows rows, bool intercept)
    {
        int n = Length = rows.Count;
        Outputs = rows.Outputs;
        HasIntercepts = intercept && Outputs > 1;
        HasIntercept = intercept && MayHaveIntercept && Outputs == 1;
        Weights = _memory.Require(3 * (nint)n);
        RootWeights = Weights + n;
        Response = RootWeights + n;
        NormalizeWeights(rows);
        TakeResponse(rows);
    }

    /// <inheritdoc/>
    public virtual void Dispose() => _memory.Dispose();

    /// <summary>Whether an intercept says anything.</summary>
    protected virtual bool MayHaveIntercept => true;

    /// <summary>Fits the null model and fills <see cref="Response"/>.</summary>
    protected abstract void TakeResponse(in TrainingRows rows);

    private void NormalizeWeights(in TrainingRows rows)
    {
        double largest = 0, sum = 0;
        for (int i = 0; i < Length; i++)
        {
            Weights[i] = !rows.Has(i) ? 0 : rows.Weights == null ? 1 : rows.Weights[i];
            largest = Math.Max(largest, Weights[i]);
        }

        for (int i = 0; i < Length; i++)
            sum += Weights[i] /= largest;
        sum /= Outputs;
        Rows = 0;
        FirstRow = -1;
        for (int i = 0; i < Length; i++)
        {
            Weights[i] /= sum;
            RootWeights[i] = Math.Sqrt(Weights[i]);
            if (Weights[i] > 0 && Rows++ == 0)
                FirstRow = i;
        }
    }
}
