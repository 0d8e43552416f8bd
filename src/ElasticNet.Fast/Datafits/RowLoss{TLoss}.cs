using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <inheritdoc/>
internal sealed class RowLoss<TLoss>(TLoss loss) : RowLoss
    where TLoss : struct, ILoss
{
    public override string? Degenerate(double least, double most) => loss.Degenerate(least, most);

    public override CurvedDatafit CreateDatafit() => new SeparableDatafit<TLoss>(loss);

    public override void Evaluate(ReadOnlySpan<double> response, ReadOnlySpan<double> eta, Span<double> half, Span<double> slope, Span<double> curvature)
    {
        for (int i = 0; i < eta.Length; i += Vec.Count)
        {
            Vec value = loss.Evaluate(Load(response, i, response[i]), Load(eta, i, eta[i]), out Vec first, out Vec second);
            Store(value, half, i, eta.Length);
            Store(first, slope, i, eta.Length);
            Store(second, curvature, i, eta.Length);
        }
    }

    public override double AddDeviance(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, ReadOnlySpan<double> eta)
    {
        for (int i = 0; i < eta.Length; i += Vec.Count)
        {
            Vec half = loss.Evaluate(Load(response, i, response[i]), Load(eta, i, eta[i]), out _, out _);
            sum += 2 * Vector512.Sum(half * Load(weights, i, 0));
        }

        return sum;
    }

    /// <summary>Eight numbers from <paramref name="i"/> on; beyond the end what no formula minds.</summary>
    private static Vec Load(ReadOnlySpan<double> values, int i, double rest)
    {
        if (i + Vec.Count <= values.Length)
            return Vector512.Create(values[i..]);
        Span<double> last = stackalloc double[Vec.Count];
        last.Fill(rest);
        values[i..].CopyTo(last);
        return Vector512.Create<double>(last);
    }

    private static void Store(Vec from, Span<double> to, int i, int length)
    {
        for (int k = 0; k < Vec.Count && i + k < length; k++)
            to[i + k] = from[k];
    }
}
