namespace ElasticNet.Fast.Numerics;

/// <summary>The diagonal of the inverse, from those elements of it that the factor has a place for (Takahashi, Fagan and Chin 1973).</summary>
internal sealed unsafe partial class SparseFactor
{
    /// <summary>tr[A⁻¹ diag(weights)], over those who take part.</summary>
    /// <param name="weights">One for each place.</param>
    public double InverseTrace(double* weights)
    {
        EliminationOrder order = matrix.Order;
        int inner = _members.Count;
        double[] ofCore = new double[(long)inner * inner], entries = new double[order.Rows.Length], borders = new double[(long)_sparse * _border];
        double[] diagonal = new double[Size], shares = new double[Size], sums = new double[Size];
        int[] inCore = new int[Size], marks = new int[Size];
        Array.Fill(inCore, -1);
        double trace = 0;
        for (int k = 0; k < inner; k++)
        {
            inCore[_members[k]] = k;
            fixed (double* unit = ofCore.AsSpan(k * inner, inner))
            {
                unit[k] = 1;
                _core.Solve(unit);
                trace += weights[_members[k]] * unit[k];
            }
        }

        // Z = A⁻¹ and LᵀZ = L⁻¹, which has nothing above its diagonal: column after column from the last, for each place below it that the factor has.
        List<int> sparse = [], dense = [];
        for (int v = _sparse - 1; v >= 0; v--)
        {
            if (!Counts(v))
                continue;
            sparse.Clear();
            dense.Clear();
            int start = (int)order.Starts[v], end = (int)order.Starts[v + 1];
            for (int p = start; p < end; p++)
                Meet(order.Rows[p], Values[p]);
            for (int b = 0; b < _border; b++)
                Meet(matrix.Sparse + b, Borders[(nint)v * _border + b]);
            foreach (int k in sparse)
            {
                double share = shares[k];
                sums[k] -= diagonal[k] * share;
                for (int p = (int)order.Starts[k]; p < order.Starts[k + 1]; p++)
                    Add(order.Rows[p], entries[p], k, share);
                for (int b = 0; b < _border; b++)
                    Add(matrix.Sparse + b, borders[(long)k * _border + b], k, share);
            }

            foreach (int i in dense)
            {
                foreach (int k in dense)
                    sums[i] -= ofCore[(long)inCore[i] * inner + inCore[k]] * shares[k];
            }

            double element = 1 / (Roots[v] * Roots[v]);
            foreach (int k in sparse)
                element -= shares[k] * sums[k];
            foreach (int k in dense)
                element -= shares[k] * sums[k];
            diagonal[v] = element;
            trace += weights[v] * element;
            for (int p = start; p < end; p++)
                entries[p] = marks[order.Rows[p]] == v + 1 ? sums[order.Rows[p]] : 0;
            for (int b = 0; b < _border; b++)
                borders[(long)v * _border + b] = marks[matrix.Sparse + b] == v + 1 ? sums[matrix.Sparse + b] : 0;

            void Meet(int row, double value)
            {
                if (row < _sparse ? !Counts(row) : inCore[row] < 0)
                    return;
                (row < _sparse ? sparse : dense).Add(row);
                (marks[row], shares[row], sums[row]) = (v + 1, value / Roots[v], 0);
            }

            void Add(int row, double element, int other, double share)
            {
                if (marks[row] != v + 1)
                    return;
                sums[row] -= element * share;
                sums[other] -= element * shares[row];
            }
        }

        return trace;
    }
}
