namespace ElasticNet.Fast.Adversary;

/// <summary>
/// QR with column pivoting by the modified Gram–Schmidt method, each new direction orthogonalised once more against all before.
/// Columns are divided by their norms; one of which less than 1e-26 is left counts as dependent.
/// </summary>
internal sealed class OrthogonalColumns
{
    private const double Dependent = 1e-26;
    private readonly DoubleDouble[][] _directions;
    private readonly DoubleDouble[][] _r; // row k of R, by position of the column given

    /// <param name="columns">The columns; overwritten.</param>
    public OrthogonalColumns(DoubleDouble[][] columns)
    {
        int count = columns.Length, most = count == 0 ? 0 : Math.Min(count, columns[0].Length);
        Norms = new DoubleDouble[count];
        Order = [.. Enumerable.Range(0, count)];
        _directions = new DoubleDouble[most][];
        _r = new DoubleDouble[most][];
        double[] left = new double[count];
        for (int j = 0; j < count; j++)
        {
            DoubleDouble norm = Norms[j] = DoubleDouble.Sqrt(DoubleDouble.Dot(columns[j], columns[j]));
            if (norm.IsZero)
                continue;
            left[j] = 1;
            Multiply(columns[j], 1 / norm);
        }

        while (Rank < most)
        {
            int best = Rank;
            for (int k = Rank + 1; k < count; k++)
            {
                if (left[Order[k]] > left[Order[best]])
                    best = k;
            }

            if (!(left[Order[best]] > Dependent))
                break;
            (Order[Rank], Order[best]) = (Order[best], Order[Rank]);
            Take(columns, left);
        }
    }

    /// <summary>Columns by pivots; those from <see cref="Rank"/> on depend on the ones before.</summary>
    public int[] Order { get; }

    public int Rank { get; private set; }

    /// <summary>Norms of the columns given.</summary>
    public DoubleDouble[] Norms { get; }

    /// <summary>Qᵀv.</summary>
    public DoubleDouble[] Project(ReadOnlySpan<DoubleDouble> v)
    {
        DoubleDouble[] rest = v.ToArray(), y = new DoubleDouble[Rank];
        for (int k = 0; k < Rank; k++)
        {
            y[k] = DoubleDouble.Dot(_directions[k], rest);
            DoubleDouble.Add(rest, -y[k], _directions[k]);
        }

        return y;
    }

    /// <summary>v ← v − Qy.</summary>
    public void Subtract(DoubleDouble[] y, Span<DoubleDouble> v)
    {
        for (int k = 0; k < Rank; k++)
            DoubleDouble.Add(v, -y[k], _directions[k]);
    }

    /// <summary>R⁻ᵀh for the independent columns; h by pivots.</summary>
    public DoubleDouble[] SolveTransposed(DoubleDouble[] h)
    {
        DoubleDouble[] z = new DoubleDouble[Rank];
        for (int k = 0; k < Rank; k++)
        {
            DoubleDouble rest = h[k];
            for (int i = 0; i < k; i++)
                rest -= _r[i][Order[k]] * z[i];
            z[k] = rest / _r[k][Order[k]];
        }

        return z;
    }

    /// <summary>R⁻¹y for the independent columns, by pivots.</summary>
    public DoubleDouble[] Solve(DoubleDouble[] y)
    {
        DoubleDouble[] d = new DoubleDouble[Rank];
        for (int k = Rank - 1; k >= 0; k--)
        {
            DoubleDouble rest = y[k];
            for (int i = k + 1; i < Rank; i++)
                rest -= _r[k][Order[i]] * d[i];
            d[k] = rest / _r[k][Order[k]];
        }

        return d;
    }

    /// <summary>What the dependent column at a position of <see cref="Order"/> is in the directions.</summary>
    public DoubleDouble[] Coordinates(int at) => [.. Enumerable.Range(0, Rank).Select(k => _r[k][Order[at]])];

    private void Take(DoubleDouble[][] columns, double[] left)
    {
        int k = Rank, chosen = Order[k], count = columns.Length;
        DoubleDouble[] direction = _directions[k] = columns[chosen], row = _r[k] = new DoubleDouble[count];
        for (int i = 0; i < k; i++)
        {
            DoubleDouble again = DoubleDouble.Dot(_directions[i], direction);
            DoubleDouble.Add(direction, -again, _directions[i]);
            _r[i][chosen] += again;
        }

        DoubleDouble norm = row[chosen] = DoubleDouble.Sqrt(DoubleDouble.Dot(direction, direction));
        Multiply(direction, 1 / norm);
        Rank++;
        for (int at = Rank; at < count; at++)
        {
            int j = Order[at];
            if (left[j] == 0)
                continue;
            row[j] = DoubleDouble.Dot(direction, columns[j]);
            DoubleDouble.Add(columns[j], -row[j], direction);
            left[j] = Math.Sqrt(DoubleDouble.Dot(columns[j], columns[j]).High);
        }
    }

    private static void Multiply(Span<DoubleDouble> v, DoubleDouble by)
    {
        for (int i = 0; i < v.Length; i++)
            v[i] *= by;
    }
}
