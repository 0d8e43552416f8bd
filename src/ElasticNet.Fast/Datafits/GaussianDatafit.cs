using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// Squared loss ½ Σ wᵢ(yᵢ − oᵢ − ηᵢ)² in the solvers' units: the response is centred (with an intercept), divided by its
/// weighted norm and multiplied by √w, so that half its square norm, the null deviance, is ½. Knows y, w and η; never X.
/// </summary>
internal sealed unsafe class GaussianDatafit : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();

    /// <summary>n, rows of weight 0 included.</summary>
    public int Length { get; private set; }

    /// <summary>Rows of positive weight.</summary>
    public int Rows { get; private set; }

    /// <summary>The first row of positive weight.</summary>
    public int FirstRow { get; private set; }

    /// <summary>w, summing to 1.</summary>
    public double* Weights { get; private set; }

    /// <summary>√w.</summary>
    public double* RootWeights { get; private set; }

    /// <summary>√w∘(y − o − <see cref="Center"/>)/<see cref="Norm"/>.</summary>
    public double* Response { get; private set; }

    /// <summary>Weighted mean of y − o with an intercept, else 0.</summary>
    public double Center { get; private set; }

    /// <summary>Weighted root mean square of y − o − <see cref="Center"/>; 1 where that is 0.</summary>
    public double Norm { get; private set; }

    /// <summary>
    /// Takes in a problem. <paramref name="weights"/> may be null (equal weights); where <paramref name="foldOf"/> is
    /// given, the rows of fold <paramref name="heldOut"/> get weight 0.
    /// </summary>
    public void Prepare(double* y, double* weights, double* offset, int n, bool intercept, int* foldOf = null, int heldOut = -1)
    {
        Length = n;
        Weights = _memory.Require(3 * (nint)n);
        RootWeights = Weights + n;
        Response = RootWeights + n;
        NormalizeWeights(weights, foldOf, heldOut);
        for (int i = 0; i < n; i++)
            Response[i] = Weights[i] > 0 ? y[i] - (offset == null ? 0 : offset[i]) : 0;
        Standardize(intercept);
    }

    /// <summary>Stands for a set of rows that is known by its moments only.</summary>
    public void AdoptRows(int rows) => Rows = rows;

    public void Dispose() => _memory.Dispose();

    private void NormalizeWeights(double* weights, int* foldOf, int heldOut)
    {
        double largest = 0, sum = 0;
        for (int i = 0; i < Length; i++)
        {
            bool counts = foldOf == null || (foldOf[i] >= 0 && foldOf[i] != heldOut);
            Weights[i] = !counts ? 0 : weights == null ? 1 : weights[i];
            largest = Math.Max(largest, Weights[i]);
        }

        for (int i = 0; i < Length; i++)
            sum += Weights[i] /= largest;
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

    private void Standardize(bool intercept)
    {
        double first = Response[FirstRow], widest = 0;
        Center = 0;
        if (intercept)
        {
            // The mean about a value of y, then the mean of what is left: exact for a constant y, right to the last digit else.
            Center = first;
            for (int round = 0; round < 2; round++)
            {
                double shift = 0;
                for (int i = 0; i < Length; i++)
                    shift += Weights[i] * (Response[i] - Center);
                Center += shift;
            }
        }

        for (int i = 0; i < Length; i++)
        {
            Response[i] = Weights[i] > 0 ? Response[i] - Center : 0;
            widest = Math.Max(widest, Math.Abs(Response[i]));
        }

        if (!double.IsFinite(widest))
            Throw.Data("y", "'y' (less the offset) spans more than the range of double; rescale it.");
        double square = 0;
        for (int i = 0; i < Length && widest > 0; i++)
            square += Weights[i] * (Response[i] / widest) * (Response[i] / widest);
        Norm = widest == 0 ? 1 : widest * Math.Sqrt(square);
        for (int i = 0; i < Length; i++)
            Response[i] = RootWeights[i] * (Response[i] / Norm);
    }
}
