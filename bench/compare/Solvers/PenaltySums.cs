namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>What the gap of one λ needs from the columns, gathered one column at a time.</summary>
internal struct PenaltySums
{
    private double _l1, _l2, _absolute, _square, _conjugate, _largest;

    /// <summary>Adds a column.</summary>
    /// <param name="gradient">gⱼ = xⱼᵀθ/n.</param>
    /// <param name="beta">βⱼ.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="l1Ratio">ρ.</param>
    public void Add(double gradient, double beta, double lambda, double l1Ratio)
    {
        (_l1, _l2) = (lambda * l1Ratio, lambda * (1 - l1Ratio));
        _absolute += Math.Abs(beta);
        _square += beta * beta;
        double excess = Math.Max(Math.Abs(gradient) - _l1, 0);
        _conjugate += excess * excess;
        _largest = Math.Max(_largest, Math.Abs(gradient - _l2 * beta));
    }

    /// <summary>l₁‖β‖₁ + l₂‖β‖²/2.</summary>
    public readonly double Penalty => _l1 * _absolute + 0.5 * _l2 * _square;

    /// <summary>max(D_A, D_B).</summary>
    /// <param name="inner">θᵀy/n.</param>
    /// <param name="square">‖θ‖²/n.</param>
    public readonly double LargestDual(double inner, double square)
    {
        double c = _largest <= _l1 ? 1 : _l1 / _largest;
        double scaled = c * inner - 0.5 * c * c * (square + _l2 * _square);
        return _l2 > 0 ? Math.Max(scaled, inner - 0.5 * square - _conjugate / (2 * _l2)) : scaled;
    }
}
