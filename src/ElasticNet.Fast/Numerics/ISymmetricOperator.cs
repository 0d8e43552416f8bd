namespace ElasticNet.Fast.Numerics;

/// <summary>A symmetric matrix on vectors of rows, known by what it makes of them.</summary>
internal unsafe interface ISymmetricOperator
{
    /// <summary><paramref name="result"/> ← the matrix times <paramref name="vector"/>.</summary>
    void Apply(double* vector, double* result);
}
