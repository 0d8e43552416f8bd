using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>xᵀβ of raw rows; a row alone and in a table give the same bits. Allocates nothing once the pool is warm.</summary>
internal static class PreparedPredictor
{
    /// <summary>xᵀβ of one row.</summary>
    [SkipLocalsInit]
    public static double Dot<T>(Preparation preparation, ReadOnlySpan<T> row, in CoefficientSpans coefficients)
        where T : unmanaged
    {
        int length = preparation.FilledLength + (typeof(T) == typeof(double) ? 0 : row.Length);
        if (length > Preparation.MostOnStack)
        {
            double[] rented = ArrayPool<double>.Shared.Rent(length);
            double sum = Dot(preparation, row, rented, coefficients);
            ArrayPool<double>.Shared.Return(rented);
            return sum;
        }

        return Dot(preparation, row, stackalloc double[length], coefficients);
    }

    /// <summary>xᵀβ of each row of a table.</summary>
    public static void Dot<T>(MatrixView<T> rows, Preparation preparation, in CoefficientSpans coefficients, Span<double> sums)
        where T : unmanaged
    {
        double[] rented = ArrayPool<double>.Shared.Rent(rows.Columns + preparation.FilledLength);
        Span<double> gathered = rented.AsSpan(0, rows.Columns), buffer = rented.AsSpan(rows.Columns);
        for (int i = 0; i < sums.Length; i++)
        {
            if (!rows.IsColumnMajor)
            {
                sums[i] = Dot(preparation, rows.AdjacentRow(i), rented, coefficients);
                continue;
            }

            for (int j = 0; j < gathered.Length; j++)
                gathered[j] = Number.Widen(rows[i, j]);
            sums[i] = Dot(preparation, (ReadOnlySpan<double>)gathered, buffer, coefficients);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>xᵀβ of one row for each of several outputs.</summary>
    /// <param name="preparation">How raw columns become features.</param>
    /// <param name="row">The raw columns.</param>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="sums">One for each output.</param>
    [SkipLocalsInit]
    public static void Dot<T>(Preparation preparation, ReadOnlySpan<T> row, in CoefficientSpans coefficients, Span<double> sums)
        where T : unmanaged
    {
        int length = preparation.FilledLength + row.Length;
        double[]? rented = length > Preparation.MostOnStack ? ArrayPool<double>.Shared.Rent(length) : null;
        Span<double> buffer = rented is null ? stackalloc double[Preparation.MostOnStack] : rented;
        Span<double> wide = buffer[..row.Length];
        for (int j = 0; j < wide.Length; j++)
            wide[j] = Number.Widen(row[j]);
        Dot(preparation, wide, buffer[row.Length..], coefficients, sums);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>xᵀβ of each row of a table for each of several outputs, row after row.</summary>
    public static void Dot<T>(MatrixView<T> rows, Preparation preparation, in CoefficientSpans coefficients, int outputs, Span<double> sums)
        where T : unmanaged
    {
        double[] rented = ArrayPool<double>.Shared.Rent(rows.Columns + preparation.FilledLength);
        Span<double> wide = rented.AsSpan(0, rows.Columns), buffer = rented.AsSpan(rows.Columns);
        for (int i = 0; i < rows.Rows; i++)
        {
            for (int j = 0; j < wide.Length; j++)
                wide[j] = Number.Widen(rows[i, j]);
            Dot(preparation, wide, buffer, coefficients, sums.Slice(i * outputs, outputs));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private static void Dot(Preparation preparation, ReadOnlySpan<double> row, Span<double> buffer, in CoefficientSpans coefficients, Span<double> sums) =>
        OutputPredictor.Sum(new PreparedRow(preparation, row, preparation.Filled(row, buffer), coefficients.Indices), coefficients.Values, sums);

    private static double Dot<T>(Preparation preparation, ReadOnlySpan<T> row, Span<double> buffer, in CoefficientSpans coefficients)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return Dot(preparation, MemoryMarshal.Cast<T, double>(row), buffer, coefficients);
        Span<double> wide = buffer[^row.Length..];
        for (int j = 0; j < wide.Length; j++)
            wide[j] = Number.Widen(row[j]);
        return Dot(preparation, (ReadOnlySpan<double>)wide, buffer[..^row.Length], coefficients);
    }

    private static double Dot(Preparation preparation, ReadOnlySpan<double> row, Span<double> buffer, in CoefficientSpans coefficients) =>
        RowPredictor.Sum(new PreparedRow(preparation, row, preparation.Filled(row, buffer), coefficients.Indices), coefficients.Values);
}
