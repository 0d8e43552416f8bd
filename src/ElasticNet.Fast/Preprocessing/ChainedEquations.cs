using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Fills the gaps of a row by regressions of each column on all others, learnt one after another in rounds and replayed in the
/// order in which they were learnt, as scikit-learn's IterativeImputer does: gaps start at the mean of their column, and each
/// equation puts a better value into its column's gap, seeing what those before it put in. With matches an observed value takes the place of
/// the last of these. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// A row is filled by itself, so that a row alone and in a table give the same bits, on every machine. A row with an infinite
/// value has no regressions: its gaps stay as they are.
/// </remarks>
internal sealed unsafe class ChainedEquations : INumberImputer
{
    private const int Lanes = 8;
    private const int BlockRows = 256;

    private readonly int[] _order;
    private readonly double[] _starts;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[] _equations;
    private readonly int _donors;
    private readonly MatchTable[] _matches;

    /// <param name="order">The columns in the order of a round.</param>
    /// <param name="starts">For each column what a gap starts at.</param>
    /// <param name="lower">For each column the least value that may be put in.</param>
    /// <param name="upper">For each column the largest.</param>
    /// <param name="equations">Round after round, for each column in the order: intercept, then a coefficient per column, 0 for its own.</param>
    /// <param name="convergence">How the rounds ended.</param>
    /// <param name="donors">How many donors are compared where observed values take the place of predictions; 0 for none.</param>
    /// <param name="matches">For each column what was observed beside what is predicted; empty without donors.</param>
    public ChainedEquations(int[] order, double[] starts, double[] lower, double[] upper, double[] equations, ImputationConvergence convergence, int donors, MatchTable[] matches)
    {
        (_order, _starts, _lower, _upper, _equations, _donors, _matches) = (order, starts, lower, upper, equations, donors, matches);
        Convergence = convergence;
    }

    /// <summary>Number of columns.</summary>
    public int Columns => _starts.Length;

    /// <summary>The columns in the order of a round.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>The least values that may be put in.</summary>
    public ReadOnlySpan<double> Lower => _lower;

    /// <summary>The largest.</summary>
    public ReadOnlySpan<double> Upper => _upper;

    /// <summary>All equations; see the constructor.</summary>
    public ReadOnlySpan<double> Equations => _equations;

    /// <summary>What was observed of each column beside what is predicted; empty where predictions are put in.</summary>
    public ReadOnlySpan<MatchTable> Matches => _matches;

    /// <summary>How the rounds ended.</summary>
    public ImputationConvergence Convergence { get; }

    public int ScratchLength => Columns;

    public void Fill(Span<double> numbers, Span<double> scratch)
    {
        Span<double> filled = scratch[..Columns];
        bool gaps = false, infinite = false;
        for (int j = 0; j < filled.Length; j++)
        {
            double value = numbers[j];
            bool missing = double.IsNaN(value);
            gaps |= missing;
            infinite |= double.IsInfinity(value);
            filled[j] = missing ? _starts[j] : value;
        }

        if (!gaps || infinite)
            return;
        int width = Columns + 1;
        for (int at = 0; at < _equations.Length; at += width * _order.Length)
        {
            for (int k = 0; k < _order.Length; k++)
            {
                int column = _order[k];
                if (double.IsNaN(numbers[column]))
                    filled[column] = Clip(Evaluate(_equations.AsSpan(at + k * width, width), filled), _lower[column], _upper[column]);
            }
        }

        for (int j = 0; j < _matches.Length; j++)
        {
            if (double.IsNaN(numbers[j]))
                filled[j] = _matches[j].Middle(filled[j], _donors);
        }

        // A value that came out as no number is missing still.
        filled.CopyTo(numbers);
    }

    public void Fill(double* columns, nint stride, int rows, int maxDegreeOfParallelism, CancellationToken cancellation = default)
    {
        int count = Columns, blocks = (int)(((long)rows + BlockRows - 1) / BlockRows);
        ParallelWork.Run(blocks, maxDegreeOfParallelism, block =>
        {
            cancellation.ThrowIfCancellationRequested();
            double[] row = new double[2 * count];
            for (int i = block * BlockRows; i < Math.Min((block + 1) * BlockRows, rows); i++)
            {
                bool gaps = false;
                for (int j = 0; j < count; j++)
                {
                    row[j] = columns[i + j * stride];
                    gaps |= double.IsNaN(row[j]);
                }

                if (!gaps)
                    continue;
                Fill(row.AsSpan(0, count), row.AsSpan(count));
                for (int j = 0; j < count; j++)
                    columns[i + j * stride] = row[j];
            }
        });
    }

    /// <summary>The value put in: as scikit-learn clips it, no number stays none.</summary>
    internal static double Clip(double value, double lower, double upper) => value < lower ? lower : value > upper ? upper : value;

    /// <summary>Intercept + Σ coefficient × value: always the same eight sums in the same order, two roundings each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Evaluate(ReadOnlySpan<double> equation, ReadOnlySpan<double> values)
    {
        ref double b = ref MemoryMarshal.GetReference(equation[1..]);
        ref double x = ref MemoryMarshal.GetReference(values[..(equation.Length - 1)]);
        nuint count = (nuint)equation.Length - 1, j = 0;
        Vector128<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (; j + Lanes <= count; j += Lanes)
        {
            s0 += Vector128.LoadUnsafe(ref b, j) * Vector128.LoadUnsafe(ref x, j);
            s1 += Vector128.LoadUnsafe(ref b, j + 2) * Vector128.LoadUnsafe(ref x, j + 2);
            s2 += Vector128.LoadUnsafe(ref b, j + 4) * Vector128.LoadUnsafe(ref x, j + 4);
            s3 += Vector128.LoadUnsafe(ref b, j + 6) * Vector128.LoadUnsafe(ref x, j + 6);
        }

        Vector128<double> sum = (s0 + s1) + (s2 + s3);
        double rest = 0;
        for (; j < count; j++)
            rest += Unsafe.Add(ref b, j) * Unsafe.Add(ref x, j);
        return equation[0] + ((sum[0] + sum[1]) + rest);
    }
}
