using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// A = QR of columns of norm 1, the column with the most left over taken next, so that what the columns determine does not hang on their
/// order. What is left of column j beside <i>all</i> others is 1/‖row j of R⁻¹‖; where that is at most <see cref="Rounding"/> the data do not
/// determine its coefficient.
/// </summary>
internal sealed class RankRevealingBasis
{
    /// <summary>
    /// Less of a column than this beside the others, relative to its norm, is rounding: about 450000 ε, because values that were computed
    /// one from another, and means that were taken off, differ by many roundings.
    /// </summary>
    public const double Rounding = 1e-10;

    /// <summary>A pivot below this is rounding of the factorisation itself, and stands for it where it must be divided by.</summary>
    private const double Least = 1e-14;

    /// <summary>Coefficients of one dependence move together: their estimates correlate far more than this, those of different ones far less.</summary>
    private const double Linked = 1e-4;

    private readonly double[] _norms;
    private readonly double[][] _basis, _inverse;

    /// <summary>Factorises.</summary>
    /// <param name="columns">A, column by column, each of n values; read only.</param>
    public RankRevealingBasis(IReadOnlyList<double[]> columns)
    {
        int m = columns.Count;
        _norms = new double[m];
        double[][] left = new double[m][], combination = new double[m][];
        for (int j = 0; j < m; j++)
        {
            _norms[j] = Math.Sqrt(Vectors.Dot(columns[j], columns[j]));
            left[j] = Array.ConvertAll(columns[j], value => _norms[j] > 0 ? value / _norms[j] : 0);
            // What has been taken from column j along each q so far: x̂ⱼ = Σ qₖ·along + left.
            combination[j] = new double[m];
        }

        List<double[]> basis = [];
        List<int> order = [];
        double[] pivots = new double[m];
        bool[] taken = new bool[m];
        for (int k = 0; k < m; k++)
        {
            int next = -1;
            double most = -1;
            for (int j = 0; j < m; j++)
            {
                double square = taken[j] ? -1 : Vectors.Dot(left[j], left[j]);
                if (square > most)
                    (next, most) = (j, square);
            }

            taken[next] = true;
            order.Add(next);
            for (int i = 0; i < basis.Count; i++)
                Remove(basis[i], i, next);
            pivots[k] = Math.Sqrt(Vectors.Dot(left[next], left[next]));
            if (pivots[k] <= Least || basis.Count < k)
            {
                pivots[k] = Least;
                continue;
            }

            double[] q = Array.ConvertAll(left[next], value => value / pivots[k]);
            basis.Add(q);
            for (int j = 0; j < m; j++)
            {
                if (!taken[j])
                    Remove(q, k, j);
            }
        }

        // R⁻¹ by columns in the order taken: column k is (eₖ − R⁻¹r)/pivot, stored by feature.
        _basis = [.. basis];
        _inverse = new double[m][];
        for (int k = 0; k < m; k++)
        {
            double[] row = new double[m];
            row[order[k]] = 1;
            for (int i = 0; i < k; i++)
            {
                double along = combination[order[k]][i];
                for (int l = 0; l <= i && along != 0; l++)
                    row[order[l]] -= along * _inverse[i][order[l]];
            }

            for (int l = 0; l <= k; l++)
                row[order[l]] /= pivots[k];
            _inverse[k] = row;
        }

        Left = new double[m];
        for (int j = 0; j < m; j++)
            Left[j] = _norms[j] > 0 ? 1 / Math.Sqrt(Covariance(j, j)) : 0;

        void Remove(double[] q, int at, int column)
        {
            double part = Vectors.Dot(q, left[column]);
            Vectors.Add(-part, q, left[column]);
            combination[column][at] += part;
        }
    }

    /// <summary>Columns that are independent of each other, up to rounding.</summary>
    public int Rank => _basis.Length;

    /// <summary>What is left of each column beside all others, as a share of its norm; at most 1.</summary>
    public double[] Left { get; }

    /// <summary>The coefficients that are not determined, in groups that move together; each ascending.</summary>
    /// <param name="least">What must be left of a column.</param>
    public List<int[]> Groups(double least = Rounding)
    {
        List<int> open = [.. Enumerable.Range(0, Left.Length).Where(j => !(Left[j] > least))];
        List<int[]> groups = [];
        while (open.Count > 0)
        {
            List<int> group = [open[0]];
            open.RemoveAt(0);
            for (int a = 0; a < group.Count; a++)
            {
                for (int b = open.Count - 1; b >= 0; b--)
                {
                    if (Math.Abs(Covariance(group[a], open[b])) > Linked * Math.Sqrt(Covariance(group[a], group[a]) * Covariance(open[b], open[b])))
                    {
                        group.Add(open[b]);
                        open.RemoveAt(b);
                    }
                }
            }

            groups.Add([.. group.Order()]);
        }

        return groups;
    }

    /// <summary>The v with vᵀy the least-squares coefficient of column j, which must be determined.</summary>
    public double[] Contrast(int j)
    {
        double[] contrast = new double[_basis[0].Length];
        for (int k = 0; k < _basis.Length; k++)
            Vectors.Add(_inverse[k][j] / _norms[j], _basis[k], contrast);
        return contrast;
    }

    /// <summary>‖y − its projection on the columns‖².</summary>
    public double ResidualSquare(double[] target)
    {
        double[] rest = [.. target];
        for (int round = 0; round < 2; round++)
        {
            foreach (double[] q in _basis)
                Vectors.Add(-Vectors.Dot(q, rest), q, rest);
        }

        return Vectors.Dot(rest, rest);
    }

    private double Covariance(int i, int j)
    {
        double sum = 0;
        foreach (double[] row in _inverse)
            sum += row[i] * row[j];
        return sum;
    }
}
