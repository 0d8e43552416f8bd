using System.Runtime.Intrinsics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class KernelCatalogTests
{
    [Fact]
    public void Lists_every_width_of_every_template_once()
    {
        var expected =
            from template in typeof(Kernel).Assembly.GetTypes()
            let marker = (KernelTemplateAttribute?)Attribute.GetCustomAttribute(template, typeof(KernelTemplateAttribute))
            where marker is not null
            from types in Enum.GetValues<KernelTypes>()
            where types != KernelTypes.None && marker.Types.HasFlag(types)
            from width in new[] { 128, 256, 512 }
            select $"{template.Name.Replace("Double128", "", StringComparison.Ordinal)} {Arrow(types)} {width}";

        Assert.Equal(expected.Order(StringComparer.Ordinal), KernelCatalog.All.Select(variant => variant.ToString()).Order(StringComparer.Ordinal));

        static string Arrow(KernelTypes types) => types switch
        {
            KernelTypes.Double => "double→double",
            KernelTypes.SingleToDouble => "float→double",
            _ => "float→float",
        };
    }

    [Fact]
    public void The_front_door_opens_on_the_widest_accelerated_variant()
    {
        // Widths differ in the order of their sums, so the bits of a long one tell them apart.
        double[] x = KernelCases.Values(1000, 30), y = KernelCases.Values(1000, 31);
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        fixed (double* px = x, py = y)
        {
            double[] results = new double[3];
            for (int i = 0; i < 3; i++)
                results[i] = ((DotKernel<double, double>)KernelCases.Find($"Dot double→double {128 << i}"))(px, py, 1000);
            Assert.Equal(3, results.Distinct().Count());
            Assert.Equal(results[int.Log2(width / 128)], Kernel.Dot(px, py, 1000));
        }
    }

    [Fact]
    public void The_inventory_page_names_every_kernel_with_its_parameters_and_storage()
    {
        string[] page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Kernels", "README.md"));
        var expected =
            from variant in KernelCatalog.All
            group variant by variant.Kernel into kernel
            let parameters = string.Join(", ", kernel.First().Method.Method.GetParameters().Select(parameter => parameter.Name))
            let storage = kernel.Any(variant => variant.Storage == typeof(float)) ? "double, float" : "double"
            select (Signature: $"`{kernel.Key}({parameters})`", Storage: storage);
        var found = page.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | ")).Select(cells => (Signature: cells[0][2..], Storage: cells[2]));
        Assert.Equal(expected.Order(), found.Order());
    }

    [Fact]
    public void The_catalog_knows_what_this_CPU_accelerates() => Assert.All(KernelCatalog.All, variant => Assert.Equal(
        variant.Width switch { 128 => Vector128.IsHardwareAccelerated, 256 => Vector256.IsHardwareAccelerated, _ => Vector512.IsHardwareAccelerated },
        variant.IsHardwareAccelerated));

    // The runs of .ci/isa-matrix.sh would prove nothing if the runtime ignored their switches.
    [Fact]
    public void What_is_switched_off_is_off()
    {
        (string Switch, int Width)[] switches = [("DOTNET_EnableAVX512", 512), ("DOTNET_EnableAVX2", 256), ("DOTNET_EnableHWIntrinsic", 128)];
        int off = switches.Where(entry => Environment.GetEnvironmentVariable(entry.Switch) == "0").Select(entry => entry.Width).DefaultIfEmpty(1024).Min();
        Assert.DoesNotContain(KernelCatalog.All, variant => variant.IsHardwareAccelerated && variant.Width >= off);
    }
}
