using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Problems;

/// <summary>
/// The rows of a target of K outputs as the engine takes them: all rows of the first class or response, then all of the second, and so on. Of
/// classes a row is 1 in its own and 0 in the others. Weights are the same in each.
/// </summary>
internal sealed class OutputRows
{
    private OutputRows(int outputs, double[] response, double[]? weights, double[]? offset) =>
        (Outputs, Response, Weights, Offset) = (outputs, response, weights, offset);

    /// <summary>K.</summary>
    public int Outputs { get; }

    /// <summary>n·K values.</summary>
    public double[] Response { get; }

    /// <summary>n·K weights, or null for equal ones.</summary>
    public double[]? Weights { get; }

    /// <summary>n·K offsets, or null.</summary>
    public double[]? Offset { get; }

    /// <summary>Those of a target.</summary>
    /// <param name="y">The target, which has been held against the family.</param>
    /// <param name="family">A family of several outputs.</param>
    /// <param name="outputs">K.</param>
    /// <param name="weights">One for each row, or empty.</param>
    public static OutputRows Of(in Target y, Family family, int outputs, ReadOnlySpan<double> weights)
    {
        int n = y.Length;
        double[] response = new double[checked(n * outputs)];
        if (family.HasClasses)
        {
            for (int i = 0; i < n; i++)
            {
                // Rows that do not count may have no class.
                if (y.Values[i] >= 0)
                    response[(int)y.Values[i] * n + i] = 1;
            }
        }
        else
            y.Values.CopyTo(response);

        double[]? all = weights.IsEmpty ? null : new double[response.Length], offset = y.Offsets.Rows == 0 ? null : new double[response.Length];
        for (int k = 0; k < outputs; k++)
        {
            weights.CopyTo(all.AsSpan(all is null ? 0 : k * n));
            for (int i = 0; i < n && offset is not null; i++)
                offset[k * n + i] = y.Offsets[i, k];
        }

        return new(outputs, response, all, offset);
    }
}
