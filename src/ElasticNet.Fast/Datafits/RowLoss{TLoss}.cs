using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <inheritdoc/>
internal sealed class RowLoss<TLoss>(TLoss loss) : RowLoss
    where TLoss : struct, ILoss
{
    public override CurvedDatafit CreateDatafit() => new SeparableDatafit<TLoss>(loss);

    public override void Evaluate(ReadOnlySpan<double> response, ReadOnlySpan<double> eta, Span<double> half, Span<double> slope, Span<double> curvature)
    {
        Span<double> y = stackalloc double[Vec.Count], x = stackalloc double[Vec.Count];
        Span<double> value = stackalloc double[Vec.Count], first = stackalloc double[Vec.Count], second = stackalloc double[Vec.Count];
        for (int i = 0; i < eta.Length; i += Vec.Count)
        {
            int count = Math.Min(Vec.Count, eta.Length - i);
            y.Fill(response[i]);
            x.Fill(eta[i]);
            response.Slice(i, count).CopyTo(y);
            eta.Slice(i, count).CopyTo(x);
            loss.Evaluate(Vector512.Create<double>(y), Vector512.Create<double>(x), out Vec s, out Vec c).CopyTo(value);
            s.CopyTo(first);
            c.CopyTo(second);
            value[..count].CopyTo(half[i..]);
            first[..count].CopyTo(slope[i..]);
            second[..count].CopyTo(curvature[i..]);
        }
    }

    public override double AddDeviance(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, ReadOnlySpan<double> eta)
    {
        Span<double> y = stackalloc double[Vec.Count], x = stackalloc double[Vec.Count], w = stackalloc double[Vec.Count];
        for (int i = 0; i < eta.Length; i += Vec.Count)
        {
            int count = Math.Min(Vec.Count, eta.Length - i);
            // What fills the last vector repeats a row that is there, with weight 0.
            y.Fill(response[i]);
            x.Fill(eta[i]);
            w.Clear();
            response.Slice(i, count).CopyTo(y);
            eta.Slice(i, count).CopyTo(x);
            weights.Slice(i, count).CopyTo(w);
            Vec half = loss.Evaluate(Vector512.Create<double>(y), Vector512.Create<double>(x), out _, out _);
            sum += 2 * Vector512.Sum(half * Vector512.Create<double>(w));
        }

        return sum;
    }
}
