using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Models;

/// <summary>xᵀβ of raw rows; a row alone and in a table give the same bits.</summary>
internal static class PreparedPredictor
{
    /// <summary>Rows up to this length are copied to the stack where they must be copied.</summary>
    private const int MostOnStack = 128;

    /// <summary>xᵀβ of one row.</summary>
    public static double Dot<T>(Preparation preparation, ReadOnlySpan<T> row, in CoefficientSpans coefficients)
        where T : unmanaged =>
        typeof(T) == typeof(double)
            ? Dot(preparation, MemoryMarshal.Cast<T, double>(row), coefficients)
            : DotOfCopy(preparation, row, coefficients);

    /// <summary>xᵀβ of each row of a table.</summary>
    public static void Dot<T>(MatrixView<T> rows, Preparation preparation, in CoefficientSpans coefficients, Span<double> sums)
        where T : unmanaged
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Math.Max(rows.Columns, 1));
        Span<double> row = rented.AsSpan(0, rows.Columns);
        for (int i = 0; i < sums.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
                row[j] = Number.Widen(rows[i, j]);
            sums[i] = Dot(preparation, row, coefficients);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private static double Dot(Preparation preparation, ReadOnlySpan<double> row, in CoefficientSpans coefficients) =>
        RowPredictor.Sum(new PreparedRow(preparation, row, row, coefficients.Indices), coefficients.Values);

    [SkipLocalsInit]
    private static double DotOfCopy<T>(Preparation preparation, ReadOnlySpan<T> row, in CoefficientSpans coefficients)
        where T : unmanaged
    {
        double[]? rented = row.Length > MostOnStack ? ArrayPool<double>.Shared.Rent(row.Length) : null;
        Span<double> copy = rented is null ? stackalloc double[MostOnStack] : rented;
        copy = copy[..row.Length];
        for (int j = 0; j < copy.Length; j++)
            copy[j] = Number.Widen(row[j]);
        double sum = Dot(preparation, copy, coefficients);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return sum;
    }
}
