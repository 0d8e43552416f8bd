using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Compare.Kernels;

/// <summary>The symmetric product of OpenBLAS, where it is installed: what a Gram matrix is measured by.</summary>
internal sealed unsafe class OpenBlas
{
    private const int ColumnMajor = 102, Lower = 122, Transposed = 112;

    private readonly delegate* unmanaged<int, int, int, int, int, double, double*, int, double, double*, int, void> _dsyrk;
    private readonly delegate* unmanaged<int, void> _setThreads;

    private OpenBlas(nint library)
    {
        _dsyrk = (delegate* unmanaged<int, int, int, int, int, double, double*, int, double, double*, int, void>)NativeLibrary.GetExport(library, "cblas_dsyrk");
        _setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        var coreName = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_corename");
        var configuration = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_config");
        Description = $"{Marshal.PtrToStringUTF8((nint)configuration())?.Trim()}, kernels for {Marshal.PtrToStringUTF8((nint)coreName())}";
    }

    /// <summary>Version, and the CPU that its kernels are for.</summary>
    public string Description { get; }

    /// <summary>The library; null where it is not installed.</summary>
    public static OpenBlas? Find() => NativeLibrary.TryLoad("libopenblas.so.0", out nint library) ? new(library) : null;

    /// <summary>The lower triangle of XᵀX.</summary>
    public void Dsyrk(double* x, int rows, int columns, double* c, int threads)
    {
        _setThreads(threads);
        // Lower in column-major order: what is below the diagonal of a column.
        _dsyrk(ColumnMajor, Lower, Transposed, columns, rows, 1, x, rows, 0, c, columns);
    }
}
