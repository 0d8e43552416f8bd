using System.Buffers.Binary;
using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Tests.Verify;

/// <summary>The same file with another coefficient or intercept, and the claims of before.</summary>
internal static class Perturbation
{
    /// <summary>Null where there is nothing to change.</summary>
    public static ElasticNetModel? Of(ElasticNetModel model, double unit, Random random)
    {
        int count = model.Values.Length;
        double share = (random.Next(2) == 0 ? -1 : 1) * Math.Pow(10, -12 * random.NextDouble());
        if (count == 0 && !model.Provenance.Intercept)
            return null;
        RawModel file = RawModel.Parse(SampleBytes(model));
        bool intercept = count == 0 || (model.Provenance.Intercept && random.Next(4) == 0), several = model.Outputs > 1;
        file.Edit(intercept && several ? "OUTP" : "COEF", payload =>
        {
            Span<byte> field = intercept ? payload.AsSpan(8 + (several ? 8 * random.Next(model.Outputs) : 0), 8) : payload.AsSpan(64 + 8 * random.Next(count), 8);
            double value = BinaryPrimitives.ReadDoubleLittleEndian(field), changed = intercept ? value + share * unit : value * (1 + share);
            BinaryPrimitives.WriteDoubleLittleEndian(field, changed == 0 ? value : changed);
        });
        return ElasticNetModel.Load(file.ToBytes());
    }

    private static byte[] SampleBytes(ElasticNetModel model)
    {
        using MemoryStream stream = new();
        model.Save(stream);
        return stream.ToArray();
    }
}
