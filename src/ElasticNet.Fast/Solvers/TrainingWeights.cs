namespace ElasticNet.Fast.Solvers;

/// <summary>The weights of all rows, and which of them are left out.</summary>
/// <param name="rootWeights">√w of each row, Σw = 1 over all of them.</param>
/// <param name="foldOf">The fold of each row, −1 for none; null where all rows count.</param>
/// <param name="heldOut">The fold that is left out.</param>
internal readonly unsafe struct TrainingWeights(double* rootWeights, int* foldOf, int heldOut)
{
    /// <summary>√w of each row, 0 for those that are left out, Σw = 1 over the others.</summary>
    public void CopyTo(double* destination, int rows)
    {
        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            destination[i] = foldOf == null || (foldOf[i] >= 0 && foldOf[i] != heldOut) ? rootWeights[i] : 0;
            sum += destination[i] * destination[i];
        }

        double norm = foldOf == null ? 1 : Math.Sqrt(sum);
        for (int i = 0; i < rows; i++)
            destination[i] /= norm;
    }
}
