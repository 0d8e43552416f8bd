using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// The Gram matrix of columns (feature, output) under a curvature that couples outputs: (j, k) meets (l, m) as s(pₖ∘xⱼ)ᵀ((δₖₘ − pₘ)∘x_l). Some rows at
/// a time the right factors are written down, once for the same output and once for others, and multiplied as dense panels. The vectors
/// √w are columns like others, whose products take away what moving them does.
/// </summary>
internal sealed unsafe class CoupledGram : IWorkItems, IDisposable
{
    /// <summary>Rows at a time: panels of so many are multiplied while they are in cache.</summary>
    private const int RowTile = 256;

    /// <summary>Columns that a panel is multiplied with at a time.</summary>
    private const int ColumnTile = 192;

    /// <summary>Rows of the result that are one thread's.</summary>
    private const int Strip = 48;

    private readonly AlignedBuffer<double> _panels = new();
    private readonly AlignedBuffer<double> _result = new();
    private readonly AlignedBuffer<double> _border = new();
    private readonly AlignedBuffer<double> _moved = new();
    private readonly AlignedBuffer<int> _order = new();
    private readonly List<(int Start, int End)> _strips = [];
    private int _all, _fresh, _rows;
    private int* _starts; // where the columns of each output start among all

    /// <summary>gram[a·stride + b] for the positions <paramref name="known"/> ≤ a &lt; <paramref name="total"/>, b ≤ a.</summary>
    /// <param name="crew">Who works.</param>
    /// <param name="curvature">The curvature.</param>
    /// <param name="held">The features' columns.</param>
    /// <param name="rows">Rows of an output.</param>
    /// <param name="places">The place of each position's feature among those held.</param>
    /// <param name="outputs">The output of each position.</param>
    /// <param name="known">Positions that are in the matrix.</param>
    /// <param name="total">All positions.</param>
    /// <param name="gram">The matrix.</param>
    /// <param name="stride">Elements from one row of it to the next.</param>
    public void Fill(
        WorkCrew crew, ICoupledOperator curvature, CopiedColumns held, int rows, List<int> places, List<int> outputs, int known, int total, double* gram, nint stride)
    {
        int count = curvature.Outputs, moving = curvature.Moving == null ? 0 : count;
        (_all, _fresh) = (total + moving, total - known);
        // All columns by output, those that move among them; then the new ones by output; then where each output starts in either list.
        int* all = _order.Require(2 * (nint)_all + 2 * count + 2), fresh = all + _all, freshStarts = fresh + _all;
        _starts = freshStarts + count + 1;
        Sort(outputs, 0, total, moving, count, all, _starts);
        Sort(outputs, known, total, 0, count, fresh, freshStarts);
        PlanStrips(freshStarts, count);
        double* result = _result.RequireZeroed((nint)_fresh * _all);
        double* left = _panels.Require((nint)RowTile * (_fresh + 2 * _all));
        for (int first = 0; first < rows; first += RowTile)
        {
            _rows = Math.Min(RowTile, rows - first);
            double* other = Left + (nint)RowTile * _fresh, own = other + (nint)RowTile * _all;
            for (int c = 0, k = 0; c < _all; c++)
            {
                while (c >= _starts[k + 1])
                    k++;
                double* x = (all[c] < total ? held.Column(places[all[c]]) : curvature.Moving) + first, p = curvature.Shares + (nint)k * rows + first;
                double* to = other + (nint)c * RowTile, toOwn = own + (nint)c * RowTile;
                for (int i = 0; i < _rows; i++)
                {
                    double part = p[i] * x[i];
                    to[i] = -part;
                    toOwn[i] = x[i] - part;
                }
            }

            for (int c = 0, k = 0; c < _fresh; c++)
            {
                while (c >= freshStarts[k + 1])
                    k++;
                double* x = held.Column(places[fresh[c]]) + first, p = curvature.Shares + (nint)k * rows + first, to = left + (nint)c * RowTile;
                for (int i = 0; i < _rows; i++)
                    to[i] = curvature.Scale * p[i] * x[i];
            }

            crew.Run(_strips.Count, this);
        }

        Spread(curvature, known, total, all, fresh, result, gram, stride);
    }

    void IWorkItems.Run(int item)
    {
        (int start, int end) = _strips[item];
        int output = 0;
        int* freshStarts = _order.Pointer + 2 * _all;
        while (start >= freshStarts[output + 1])
            output++;
        double* other = Left + (nint)RowTile * _fresh, own = other + (nint)RowTile * _all;
        Multiply(start, end, other, 0, _starts[output]);
        Multiply(start, end, own, _starts[output], _starts[output + 1]);
        Multiply(start, end, other, _starts[output + 1], _all);
    }

    public void Dispose()
    {
        _panels.Dispose();
        _result.Dispose();
        _border.Dispose();
        _moved.Dispose();
        _order.Dispose();
    }

    private double* Left => _panels.Pointer;

    private void Multiply(int start, int end, double* right, int from, int until)
    {
        for (int column = from; column < until; column += ColumnTile)
        {
            int width = Math.Min(ColumnTile, until - column);
            Kernel.Gram(
                Left + (nint)start * RowTile, RowTile, end - start, right + (nint)column * RowTile, RowTile, width, _rows,
                _result.Pointer + (nint)start * _all + column, _all, _all);
        }
    }

    /// <summary>The positions by output, and where each output starts; last of each those that move.</summary>
    private static void Sort(List<int> outputs, int first, int total, int moving, int count, int* order, int* starts)
    {
        new Span<int>(starts, count + 1).Clear();
        for (int a = first; a < total; a++)
            starts[outputs[a] + 1]++;
        for (int k = 0; k < count; k++)
            starts[k + 1] += starts[k] + (k < moving ? 1 : 0);
        for (int a = first; a < total; a++)
            order[starts[outputs[a]]++] = a;
        for (int k = count - 1; k >= 0; k--)
        {
            if (k < moving)
                order[starts[k]] = total + k;
            starts[k] = k == 0 ? 0 : starts[k - 1] + (k - 1 < moving ? 1 : 0);
        }
    }

    private void PlanStrips(int* freshStarts, int count)
    {
        _strips.Clear();
        for (int k = 0; k < count; k++)
        {
            for (int start = freshStarts[k]; start < freshStarts[k + 1]; start += Strip)
                _strips.Add((start, Math.Min(start + Strip, freshStarts[k + 1])));
        }
    }

    /// <summary>Puts the products where they belong, less what the columns that move take away: uₐᵀM⁻¹u_b.</summary>
    private void Spread(ICoupledOperator curvature, int known, int total, int* all, int* fresh, double* result, double* gram, nint stride)
    {
        int count = curvature.Moving == null ? 0 : curvature.Outputs;
        double* border = _border.Grow(Math.Max((nint)total * count, 1), (nint)known * count), moved = _moved.Require(Math.Max(count, 1));
        for (int r = 0; r < _fresh; r++)
        {
            for (int c = 0; c < _all; c++)
            {
                if (all[c] >= total)
                    border[(nint)fresh[r] * count + (all[c] - total)] = result[(nint)r * _all + c];
            }
        }

        for (int r = 0; r < _fresh; r++)
        {
            int a = fresh[r];
            for (int k = 0; k < count; k++)
                moved[k] = border[(nint)a * count + k];
            if (count > 0)
                curvature.SolveMoving(moved);
            for (int c = 0; c < _all; c++)
            {
                int b = all[c];
                if (b > a)
                    continue;
                double taken = 0;
                for (int k = 0; k < count; k++)
                    taken += moved[k] * border[(nint)b * count + k];
                gram[a * stride + b] = result[(nint)r * _all + c] - taken;
            }
        }
    }
}
