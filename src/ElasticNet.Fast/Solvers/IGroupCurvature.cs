namespace ElasticNet.Fast.Solvers;

/// <summary>The Gram matrix of a square on a <see cref="GroupProblem"/> as what it does to vectors, where its elements are not written down.</summary>
internal unsafe interface IGroupCurvature
{
    /// <summary>What a feature's part of the matrix is like on average, as a share of what its columns have in common.</summary>
    double Mean { get; }

    /// <summary>A factor of m features costs as much as m² times so many steps of conjugate gradients.</summary>
    double Price { get; }

    /// <summary>result[k] ← the element at results[k] (null: every element) of the matrix times a vector that is 0 but at some positions.</summary>
    void Multiply(int* positions, double* vector, int count, int* results, int resultCount, double* result);
}
