namespace ElasticNet.Fast.Designs;

/// <summary>Row-major to column-major: the solvers read whole columns, and a strided read would waste seven eighths of every cache line.</summary>
internal static unsafe class Transpose
{
    /// <summary>A square tile of this side: source and destination stay in the L1 cache together.</summary>
    private const int Side = 32;

    /// <summary>destination[j·rows + i] = source[i·stride + j].</summary>
    public static void ToColumns<T>(T* source, nint stride, int rows, int columns, T* destination)
        where T : unmanaged
    {
        for (int top = 0; top < rows; top += Side)
        {
            int bottom = Math.Min(top + Side, rows);
            for (int left = 0; left < columns; left += Side)
            {
                int right = Math.Min(left + Side, columns);
                for (int j = left; j < right; j++)
                {
                    T* column = destination + (nint)j * rows;
                    for (int i = top; i < bottom; i++)
                        column[i] = source[i * stride + j];
                }
            }
        }
    }
}
