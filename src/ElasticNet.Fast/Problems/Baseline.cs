using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Problems;

/// <summary>Finds the baseline hazard of a solution from the rows that it was fitted to.</summary>
internal static unsafe class Baseline
{
    /// <summary>The hazard of the mean row, stratum by stratum.</summary>
    /// <param name="design">X as it was fitted.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="family">Cox.</param>
    /// <param name="coefficients">The solution.</param>
    public static BaselineHazard Of(Design design, in TrainingRows rows, Family family, SparseCoefficients coefficients)
    {
        SurvivalTimes times = rows.Survival!;
        int n = rows.Count;
        double[] eta = new double[n], weights = new double[n];
        double center = 0, total = 0;
        fixed (double* sums = eta)
        {
            int[] all = [.. Enumerable.Range(0, n)];
            fixed (int* every = all)
            {
                for (int k = 0; k < coefficients.Indices.Length; k++)
                    design.AddRows(coefficients.Indices[k], coefficients.Values[k], every, n, sums);
            }
        }

        for (int i = 0; i < n; i++)
        {
            weights[i] = rows.Weights == null ? 1 : rows.Weights[i];
            if (weights[i] == 0)
                continue;
            total += weights[i];
            center += weights[i] * eta[i];
            eta[i] += rows.Offset == null ? 0 : rows.Offset[i];
        }

        center /= total;
        using PartialLoss loss = new(family, times, weights);
        SortedDictionary<int, BaselineStratum> strata = [];
        for (int i = 0; i < n; i++)
        {
            // One without events too: its rows have a curve that never falls.
            if (weights[i] > 0)
                strata.TryAdd(times.StratumOf(i), new(times.NameOf(times.StratumOf(i)), [], []));
        }

        loss.Hazards(eta, center, (row, when, hazards) => strata[times.StratumOf(row)] = new(times.NameOf(times.StratumOf(row)), when, hazards));
        return new(center, [.. strata.Values]);
    }
}
