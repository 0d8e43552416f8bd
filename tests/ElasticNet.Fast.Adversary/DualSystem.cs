namespace ElasticNet.Fast.Adversary;

/// <summary>
/// The Newton step of a ridge with more columns than rows: (L₂ + AᵀA)d = g as d = L₂⁻¹(g − Aᵀv) with (I + AL₂⁻¹Aᵀ)v = AL₂⁻¹g,
/// a system as large as there are rows, by Cholesky's method.
/// </summary>
internal static class DualSystem
{
    /// <param name="columns">A.</param>
    /// <param name="ridge">The diagonal of L₂, all above 0.</param>
    /// <param name="gradient">g.</param>
    public static DoubleDouble[] Step(DoubleDouble[][] columns, DoubleDouble[] ridge, DoubleDouble[] gradient)
    {
        int n = columns[0].Length;
        DoubleDouble[][] m = new DoubleDouble[n][];
        DoubleDouble[] v = new DoubleDouble[n];
        for (int i = 0; i < n; i++)
        {
            m[i] = new DoubleDouble[i + 1];
            m[i][i] = 1;
        }

        for (int j = 0; j < columns.Length; j++)
        {
            DoubleDouble[] a = columns[j];
            DoubleDouble inverse = 1 / ridge[j];
            DoubleDouble.Add(v, gradient[j] * inverse, a);
            for (int i = 0; i < n; i++)
                DoubleDouble.Add(m[i], a[i] * inverse, a.AsSpan(0, i + 1));
        }

        Solve(m, v);
        DoubleDouble[] step = new DoubleDouble[columns.Length];
        for (int j = 0; j < step.Length; j++)
            step[j] = (gradient[j] - DoubleDouble.Dot(columns[j], v)) / ridge[j];
        return step;
    }

    private static void Solve(DoubleDouble[][] m, DoubleDouble[] v)
    {
        int n = v.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                m[i][j] = (m[i][j] - DoubleDouble.Dot(m[i].AsSpan(0, j), m[j].AsSpan(0, j))) / m[j][j];
            m[i][i] = DoubleDouble.Sqrt(m[i][i] - DoubleDouble.Dot(m[i].AsSpan(0, i), m[i].AsSpan(0, i)));
            v[i] = (v[i] - DoubleDouble.Dot(m[i].AsSpan(0, i), v.AsSpan(0, i))) / m[i][i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            v[i] /= m[i][i];
            DoubleDouble.Add(v.AsSpan(0, i), -v[i], m[i].AsSpan(0, i));
        }
    }
}
