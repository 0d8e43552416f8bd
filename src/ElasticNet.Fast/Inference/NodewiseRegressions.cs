using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// Each column regressed on all others by a lasso, all on one Gram matrix: z, what is left of the column, is nearly orthogonal to
/// the others and shows what only this column can tell (Zhang and Zhang 2014; van de Geer et al. 2014).
/// </summary>
internal sealed unsafe class NodewiseRegressions : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();
    private readonly int _rows, _columns;
    private readonly nint _stride, _gramStride;

    public NodewiseRegressions(InferenceSample sample)
    {
        (_rows, _columns) = (sample.Rows, sample.Columns);
        _stride = ((_rows + 7) & ~7) + 8;
        _gramStride = (_columns + 7) & ~7;
        double* memory = _memory.RequireZeroed(_columns * (_stride + _gramStride));
        Gram = memory + _columns * _stride;
        Norms = new double[_columns];
        for (int j = 0; j < _columns; j++)
        {
            double* column = memory + j * _stride;
            sample.Fill(j, new(column, _rows));
            double norm = Math.Sqrt(Kernel.Dot(column, column, _rows)), largest = 0;
            foreach (double value in sample.Raw(j))
                largest = Math.Max(largest, Math.Abs(value));
            // A constant column leaves nothing but the rounding of its mean.
            Norms[j] = norm > 1e-14 * largest * Math.Sqrt(_rows) ? norm : 0;
            for (int i = 0; i < _rows; i++)
                column[i] = Norms[j] > 0 ? column[i] / norm : 0;
        }

        WorkCrew crew = new();
        crew.Resize(sample.Options.MaxDegreeOfParallelism);
        new GramBlocks().AddLower(crew, memory, _stride, 0, _columns, _rows, Gram, _gramStride);
        for (int j = 0; j < _columns; j++)
        {
            for (int k = 0; k < j; k++)
                Gram[k * _gramStride + j] = Gram[j * _gramStride + k];
        }
    }

    /// <summary>‖x̃ⱼ‖; 0 for a constant column.</summary>
    public double[] Norms { get; }

    private double* Gram { get; }

    /// <summary>x̃ⱼ/‖x̃ⱼ‖.</summary>
    public double* Column(int j) => _memory.Pointer + j * _stride;

    /// <summary>z = x̂ⱼ − X̂γ, γ minimising ½‖x̂ⱼ − X̂γ‖² + λ‖γ‖₁ over γⱼ = 0.</summary>
    /// <param name="j">The column.</param>
    /// <param name="lambda">λ, for columns of variance 1.</param>
    /// <param name="solver">Of the calling thread.</param>
    /// <param name="problem">Of the calling thread.</param>
    /// <param name="residual">Receives z.</param>
    /// <param name="without">Columns that γ must not use.</param>
    public void Residual(int j, double lambda, ExactSolver solver, RestrictedProblem problem, Span<double> residual, ReadOnlySpan<int> without = default)
    {
        problem.Clear(Math.Max(_columns - 1, 1));
        for (int k = 0; k < _columns; k++)
        {
            if (k != j && Norms[k] > 0 && !without.Contains(k))
                problem.Add(k, 1, 0, double.NegativeInfinity, double.PositiveInfinity);
        }

        for (int a = 0; a < problem.Count; a++)
        {
            double* from = Gram + problem.Columns[a] * _gramStride, to = problem.GramRow(a);
            for (int b = 0; b < problem.Count; b++)
                to[b] = from[problem.Columns[b]];
            problem.Correlation[a] = from[j];
        }

        problem.SetStrength(lambda, 0);
        solver.Start(problem);
        solver.Solve();
        new Span<double>(Column(j), _rows).CopyTo(residual);
        fixed (double* z = residual)
        {
            for (int a = 0; a < problem.Count; a++)
            {
                if (problem.Beta[a] != 0)
                    Kernel.Axpy(-problem.Beta[a], Column(problem.Columns[a]), z, _rows);
            }
        }
    }

    /// <summary>
    /// Whether the Gram matrix of some columns leaves it open that they depend on each other: what is left of one beside those before it
    /// is less than 1e-3 of it, far above what a Gram matrix can tell (√ε), so that the columns themselves must be asked.
    /// </summary>
    public bool MayDepend(ReadOnlySpan<int> columns)
    {
        using CholeskyFactor factor = new();
        using AlignedBuffer<double> buffer = new();
        double* row = buffer.Require(Math.Max(columns.Length, 1));
        for (int k = 0; k < columns.Length; k++)
        {
            for (int l = 0; l < k; l++)
                row[l] = Gram[columns[k] * _gramStride + columns[l]];
            if (!factor.TryAppend(row, Gram[columns[k] * _gramStride + columns[k]]) || factor.Row(k)[k] < 1e-3)
                return true;
        }

        return false;
    }

    public void Dispose() => _memory.Dispose();
}
