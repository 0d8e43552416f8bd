namespace ElasticNet.Fast.Datafits;

/// <summary>The loss of one row where no vectors are worth the trouble: what <see cref="ILoss"/> asks for, but for the slack, which follows from the rest.</summary>
internal interface IScalarLoss
{
    /// <inheritdoc cref="ILoss.Range"/>
    string Range { get; }

    /// <inheritdoc cref="ILoss.Accepts"/>
    bool Accepts(double y);

    /// <inheritdoc cref="ILoss.Degenerate"/>
    string? Degenerate(double least, double most);

    /// <inheritdoc cref="ILoss.Link"/>
    double Link(double mean);

    /// <inheritdoc cref="ILoss.Recession"/>
    double Recession(double y);

    /// <summary>ℓ less its least value, with ℓ′ and ℓ″ ≥ 0, at η.</summary>
    double Evaluate(double y, double eta, out double slope, out double curvature);
}
