namespace ElasticNet.Fast.Numerics;

/// <summary>
/// One that couples the outputs of each row: on vectors of several outputs, one after another, it is s(diag(p) − ppᵀ) for each row, less what
/// moving the vectors √w of each output takes of it.
/// </summary>
internal unsafe interface ICoupledOperator : ISymmetricOperator
{
    /// <summary>K.</summary>
    int Outputs { get; }

    /// <summary>s.</summary>
    double Scale { get; }

    /// <summary>p, output after output; null while there is more to it than that.</summary>
    double* Shares { get; }

    /// <summary>√w of each row; null where nothing is taken away.</summary>
    double* Moving { get; }

    /// <summary>values ← M⁻¹values, M the K × K matrix of the vectors √w.</summary>
    void SolveMoving(double* values);
}
