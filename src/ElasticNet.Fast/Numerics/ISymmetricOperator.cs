namespace ElasticNet.Fast.Numerics;

/// <summary>A symmetric matrix on vectors of rows, known by what it makes of them.</summary>
internal unsafe interface ISymmetricOperator
{
    /// <summary><paramref name="result"/> ← the matrix times <paramref name="vector"/>.</summary>
    void Apply(double* vector, double* result);
}

/// <summary>One of which a part of the result depends on that part of the vector and one number for the whole.</summary>
internal unsafe interface IPartedOperator : ISymmetricOperator
{
    /// <summary>h of each row: the matrix is diag(h), less (h∘√w)(h∘√w)ᵀ / Σ w·h where it takes the mean away.</summary>
    double* Diagonal { get; }

    /// <summary>Whether it takes the mean away.</summary>
    bool TakesMean { get; }

    /// <summary>That number.</summary>
    double Whole(double* vector);

    /// <summary>A part of the result.</summary>
    /// <param name="vector">The whole vector.</param>
    /// <param name="whole"><see cref="Whole"/> of it.</param>
    /// <param name="first">The first row of the part.</param>
    /// <param name="count">Rows of the part.</param>
    /// <param name="result">Filled with the part.</param>
    void ApplyPart(double* vector, double whole, int first, int count, double* result);
}
