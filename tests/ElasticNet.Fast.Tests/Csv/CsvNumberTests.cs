using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>The parser is faster than the framework's, and never differs from it.</summary>
public class CsvNumberTests
{
    [Theory]
    [InlineData("0"), InlineData("-0"), InlineData("+0.0"), InlineData("1"), InlineData("-1"), InlineData(".5"), InlineData("5."), InlineData("1e5"), InlineData("1E-5")]
    [InlineData("1e+05"), InlineData("  7 "), InlineData("\t7"), InlineData("\v7"), InlineData("0.000000000000000000000000000012345678901234567")]
    [InlineData("9007199254740993"), InlineData("9007199254740992.5"), InlineData("18446744073709551615"), InlineData("18446744073709551616"), InlineData("99999999999999999999")]
    [InlineData("1e22"), InlineData("1e23"), InlineData("1e-22"), InlineData("1e-23"), InlineData("4.9e-324"), InlineData("2.4703282292062327e-324"), InlineData("2.4703282292062328e-324")]
    [InlineData("1.7976931348623157e308"), InlineData("2.2250738585072011e-308"), InlineData("2.2250738585072014e-308"), InlineData("1e0000000005"), InlineData("0e99999"), InlineData("1e-99999")]
    [InlineData("00000000000000000000000001"), InlineData("0.1000000000000000055511151231257827021181583404541015625")]
    [InlineData("1.00000000000000011102230246251565404236316680908203125"), InlineData("1.00000000000000011102230246251565404236316680908203126")]
    public void Reads_what_the_framework_reads(string text) => AssertSame(text);

    [Theory]
    [InlineData(""), InlineData(" "), InlineData("-"), InlineData("+"), InlineData("."), InlineData("e5"), InlineData("1e"), InlineData("1e+"), InlineData("1.2.3"), InlineData("1,5"), InlineData("1 000")]
    [InlineData("--1"), InlineData("0x10"), InlineData("1f"), InlineData("NaN"), InlineData("Infinity"), InlineData("-Infinity"), InlineData("∞"), InlineData("1e309"), InlineData("1\0"), InlineData("1e5 x"), InlineData("١")]
    public void Refuses_what_is_no_finite_number(string text) => Assert.False(CsvNumber.TryParse(text, out _));

    [Fact]
    public void Random_numbers_come_back_bit_for_bit()
    {
        var random = new Random(20260101);
        for (int i = 0; i < 300_000; i++)
        {
            double any = BitConverter.Int64BitsToDouble(random.NextInt64());
            double usual = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            if (!double.IsFinite(any))
                continue;
            AssertSame(any.ToString("R", CultureInfo.InvariantCulture));
            AssertSame(any.ToString("E16", CultureInfo.InvariantCulture));
            AssertSame(usual.ToString("R", CultureInfo.InvariantCulture));
            AssertSame(usual.ToString("F" + random.Next(0, 19), CultureInfo.InvariantCulture));
            AssertSame(FormattableString.Invariant($"{random.NextInt64()}e{random.Next(-345, 310)}"));
            AssertSame(FormattableString.Invariant($"{random.NextInt64(1L << 55)}.{random.Next(1000)}"));
        }
    }

    private static void AssertSame(string text)
    {
        double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        bool read = CsvNumber.TryParse(text, out double value);
        if (read != double.IsFinite(expected) || (read && BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(value)))
            Assert.Fail($"'{text}' was read as {value:R}, the framework reads {expected:R}");
    }
}
