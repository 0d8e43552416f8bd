using System.Numerics;

namespace ElasticNet.Fast.Tests.Kernels;

/// <summary>Tables of columns for the panel kernels.</summary>
internal static class Panel
{
    /// <summary>
    /// Columns of values with NaN between them, where no kernel has any business. Ends with the last value of the last
    /// column, so that a guard behind it is tight.
    /// </summary>
    public static double[] Create<S>(int columns, int rows, int stride, int seed, double centre = 0)
        where S : unmanaged, INumberBase<S>
    {
        double[] values = KernelCases.Values<S>(columns == 0 ? 0 : (columns - 1) * stride + rows, seed, centre);
        for (int i = 0; i < values.Length; i++)
        {
            if (i % stride >= rows)
                values[i] = double.NaN;
        }

        return values;
    }

    /// <summary>Columns in no order, some of them twice.</summary>
    public static int[] Choose(int count, int columns)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(columns))];
    }
}
