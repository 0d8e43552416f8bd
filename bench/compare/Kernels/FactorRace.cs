using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Compare.Kernels;

/// <summary>
/// A Cholesky factor made anew beside a solve with it, per multiply-add: what a step of conjugate gradients may cost before a
/// new factor is the cheaper one.
/// </summary>
internal static unsafe class FactorRace
{
    /// <summary>Solves that are timed together, for one is too short.</summary>
    private const int Solves = 40;

    /// <summary>Runs at one size.</summary>
    public static Race Run(int size, int repeats)
    {
        CholeskyFactor factor = new();
        double[] right = new double[size];
        Race race = new($"factor of {size} columns", "multiply-adds", 1);
        Factor();
        race.Add("made anew", size * ((double)size * size / 6), Factor);
        race.Add("solved with", Solves * (double)size * size, () =>
        {
            for (int k = 0; k < Solves; k++)
            {
                Array.Fill(right, 1);
                fixed (double* b = right)
                    factor.Solve(b);
            }
        });
        race.Run(repeats);
        factor.Dispose();
        return race;

        // Correlations ½ between all columns.
        void Factor()
        {
            factor.Clear();
            factor.Reserve(size);
            for (int i = 0; i < size; i++)
            {
                new Span<double>(factor.Row(i), i).Fill(0.5);
                factor.Row(i)[i] = 1;
            }

            if (factor.FactorInPlace(size) >= 0)
                throw new InvalidOperationException("The matrix has full rank.");
        }
    }
}
