namespace ElasticNet.Fast.Tests;

/// <summary>
/// Neumaier's sum with error-free products: results as if computed with twice the digits and rounded once. It is
/// written down here, again, so that what checks the library shares no code with it.
/// </summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    public readonly double Value => _sum + _lost;

    public void Add(double term)
    {
        double sum = _sum + term;
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? _sum - sum + term : term - sum + _sum;
        _sum = sum;
    }

    public void AddProduct(double a, double b)
    {
        double product = a * b;
        Add(product);
        _lost += Math.FusedMultiplyAdd(a, b, -product);
    }

    /// <summary>Σ wᵢ aᵢ bᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> w, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < w.Length; i++)
            sum.AddProduct(w[i] * a[i], b[i]);
        return sum.Value;
    }
}
