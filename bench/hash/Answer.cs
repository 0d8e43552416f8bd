using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ElasticNet.Fast.Hash;

/// <summary>The numbers that one call came to.</summary>
/// <param name="Name">Problem, mixing and what was asked.</param>
/// <param name="Numbers">All of them, in an order that does not change.</param>
internal sealed record Answer(string Name, double[] Numbers)
{
    /// <summary>Name, hash of the bits, how many, and the root of their mean square, which says how far apart two answers are.</summary>
    public string Line
    {
        get
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<double>(Numbers)).AsSpan(0, 12));
            double square = Numbers.Where(double.IsFinite).Sum(value => value * value);
            return string.Create(CultureInfo.InvariantCulture, $"{Name}\t{hash}\t{Numbers.Length}\t{Math.Sqrt(square / Math.Max(1, Numbers.Length)):R}");
        }
    }
}
