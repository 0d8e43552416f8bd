using BenchmarkDotNet.Attributes;
using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Benchmarks;

/// <summary>
/// Every variant of every kernel that this CPU accelerates, over a table of 32 columns. In all that is an
/// hour; --job short is minutes, and the columns Variant and Rows of the result say what was timed.
/// </summary>
public class KernelBenchmarks
{
    private const int Columns = 32;
    private readonly KernelArrays _arrays = new();
    private Action _call = () => { };

    /// <summary>The variants, by the names of the catalog.</summary>
    public static IEnumerable<string> Variants => KernelCatalog.All.Where(variant => variant.IsHardwareAccelerated).Select(variant => variant.ToString());

    /// <summary>The variant timed.</summary>
    [ParamsSource(nameof(Variants))]
    public string Variant { get; set; } = "";

    /// <summary>The length of a column.</summary>
    [Params(104, 1000, 10000)]
    public int Rows { get; set; }

    /// <summary>Makes the arrays.</summary>
    [GlobalSetup]
    public void Setup() => _call = KernelCalls.Bind(KernelCatalog.All.Single(variant => variant.ToString() == Variant), Rows, Columns, _arrays);

    /// <summary>Frees them.</summary>
    [GlobalCleanup]
    public void Cleanup() => _arrays.Free();

    /// <summary>The kernel over the whole table.</summary>
    [Benchmark]
    public void Run() => _call();
}
