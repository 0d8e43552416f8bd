namespace ElasticNet.Fast.Preprocessing;

/// <summary>Regresses one column on the others: what chained equations are made of. Belongs to one call at a time.</summary>
internal unsafe interface IColumnRegression : IDisposable
{
    /// <summary>Fits centred columns to a centred response; rows that weigh differently have been multiplied by the root of their weight.</summary>
    /// <param name="columns">X, column-major.</param>
    /// <param name="stride">From one column to the next.</param>
    /// <param name="rows">n ≥ 1.</param>
    /// <param name="count">p ≥ 1.</param>
    /// <param name="y">The response.</param>
    /// <param name="coefficients">Takes β.</param>
    void Fit(double* columns, nint stride, int rows, int count, double* y, Span<double> coefficients);
}
