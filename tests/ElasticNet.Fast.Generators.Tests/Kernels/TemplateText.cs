namespace ElasticNet.Fast.Generators.Tests.Kernels;

/// <summary>Source texts for the tests: a template, and what the library declares around templates.</summary>
internal static class TemplateText
{
    /// <summary>A kernel over all three type pairs, small enough to read and with a word in every place that changes.</summary>
    public const string Scale = """
        using System.Runtime.Intrinsics;
        using A = float;
        using Load = ElasticNet.Fast.Kernels.SingleLoad128;
        using S = float;
        using V = System.Runtime.Intrinsics.Vector128;
        using Vec = System.Runtime.Intrinsics.Vector128<float>;

        namespace ElasticNet.Fast.Kernels;

        /// <summary>y = a·x. See <see cref="ScaleSingle128"/>; SingleLoad128 in words stays.</summary>
        [KernelTemplate(KernelTypes.Double | KernelTypes.SingleToDouble | KernelTypes.Single)]
        internal static unsafe class ScaleSingle128
        {
            public static void Scale(A a, S* x, A* y, nint n)
            {
                nint i = 0;
                for (; i <= n - Vec.Count; i += Vec.Count)
                    (V.Create(a) * Load.From(x + i)).Store(y + i);
                for (; i < n; i++)
                    y[i] = a * x[i];
            }
        }

        """;

    /// <summary>A second kernel, with a result and for double storage only.</summary>
    public const string First = """
        using A = double;
        using Load = ElasticNet.Fast.Kernels.DoubleLoad256;
        using S = double;
        using V = System.Runtime.Intrinsics.Vector256;
        using Vec = System.Runtime.Intrinsics.Vector256<double>;

        namespace ElasticNet.Fast.Kernels;

        [KernelTemplate(KernelTypes.Double)]
        internal static unsafe class FirstDouble256
        {
            public static A First(S* x) => V.GetElement(Load.From(x), 0);
        }

        """;

    /// <summary>The declarations of the library that generated code leans on.</summary>
    public const string Support = """
        using System;
        using System.Runtime.Intrinsics;

        namespace ElasticNet.Fast.Kernels;

        [Flags]
        internal enum KernelTypes { None = 0, Double = 1, SingleToDouble = 2, Single = 4 }

        [AttributeUsage(AttributeTargets.Class)]
        internal sealed class KernelTemplateAttribute(KernelTypes types) : Attribute { public KernelTypes Types => types; }

        internal sealed record KernelVariant(string Kernel, Type Storage, Type Accumulator, int Width, bool IsHardwareAccelerated, Delegate Method);

        internal static unsafe class DoubleLoad128 { public static Vector128<double> From(double* p) => Vector128.Load(p); }
        internal static unsafe class DoubleLoad256 { public static Vector256<double> From(double* p) => Vector256.Load(p); }
        internal static unsafe class DoubleLoad512 { public static Vector512<double> From(double* p) => Vector512.Load(p); }
        internal static unsafe class SingleLoad128 { public static Vector128<float> From(float* p) => Vector128.Load(p); }
        internal static unsafe class SingleLoad256 { public static Vector256<float> From(float* p) => Vector256.Load(p); }
        internal static unsafe class SingleLoad512 { public static Vector512<float> From(float* p) => Vector512.Load(p); }
        internal static unsafe class SingleToDoubleLoad128 { public static Vector128<double> From(float* p) => Vector128.Create((double)p[0], p[1]); }
        internal static unsafe class SingleToDoubleLoad256 { public static Vector256<double> From(float* p) => Vector256.Create(SingleToDoubleLoad128.From(p), SingleToDoubleLoad128.From(p + 2)); }
        internal static unsafe class SingleToDoubleLoad512 { public static Vector512<double> From(float* p) => Vector512.Create(SingleToDoubleLoad256.From(p), SingleToDoubleLoad256.From(p + 4)); }
        """;
}
