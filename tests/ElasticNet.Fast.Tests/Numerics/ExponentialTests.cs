using System.Numerics;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Tests.Numerics;

/// <summary>Our exp, and the links made of it, against exact arithmetic on whole numbers.</summary>
public class ExponentialTests
{
    /// <summary>Binary digits after the point.</summary>
    private const int Digits = 1400;

    private static readonly BigInteger s_one = BigInteger.One << Digits;

    [Fact]
    public void Exp_is_within_a_unit_in_the_last_place()
    {
        Random random = new(1);
        double[] points =
        [
            0.5 * Math.Log(2), -0.5 * Math.Log(2), 1, -1, 1e-300, -1e-17, 1e-16, 709.7, -708.3, 3 * Math.Log(2) / 2,
            .. Enumerable.Range(0, 600).Select(_ => -708 + 1417 * random.NextDouble()),
            .. Enumerable.Range(0, 600).Select(_ => 4 * random.NextDouble() - 2),
        ];
        Assert.All(points, x => Assert.InRange(Ulps(Exponential.Exp(x), Exp(x)), 0, 1));
    }

    [Fact]
    public void Special_values_are_what_they_are()
    {
        Assert.Equal(1, Exponential.Exp(0));
        Assert.Equal(1, Exponential.Exp(-0.0));
        Assert.Equal(double.PositiveInfinity, Exponential.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Exponential.Exp(709.79));
        Assert.True(double.IsFinite(Exponential.Exp(709.782712893384)));
        Assert.Equal(0, Exponential.Exp(double.NegativeInfinity));
        Assert.Equal(0, Exponential.Exp(-746));
        Assert.Equal(double.Epsilon, Exponential.Exp(-745));
        Assert.True(double.IsNaN(Exponential.Exp(double.NaN)));
    }

    [Fact]
    public void A_probability_is_within_three_units_in_the_last_place_however_small()
    {
        Random random = new(2);
        double[] points = [0, 1, -1, 36.7, -36.8, 700, -700, .. Enumerable.Range(0, 400).Select(_ => 1400 * random.NextDouble() - 700), .. Enumerable.Range(0, 400).Select(_ => 8 * random.NextDouble() - 4)];
        Assert.All(points, eta =>
        {
            BigInteger odds = Exp(-Math.Abs(eta));
            BigInteger probability = ((eta >= 0 ? s_one : odds) << Digits) / (s_one + odds);
            Assert.InRange(Ulps(Link.Logit.Inverse(eta), probability), 0, 3);
        });
    }

    [Fact]
    public void Links_end_where_probabilities_do()
    {
        foreach (Link link in new[] { Link.Logit, Link.Probit, Link.ComplementaryLogLog })
        {
            Assert.Equal((0.0, 1.0), (link.Inverse(double.NegativeInfinity), link.Inverse(double.PositiveInfinity)));
            Assert.True(double.IsNaN(link.Inverse(double.NaN)));
        }

        Assert.Equal(0.5, Link.Logit.Inverse(0));
        Assert.True(Link.Logit.Inverse(-740) > 0);
        Assert.Equal((0.0, double.PositiveInfinity), (Link.Log.Inverse(double.NegativeInfinity), Link.Log.Inverse(double.PositiveInfinity)));
    }

    /// <summary>How far a double lies from an exact value, in its own last digit.</summary>
    private static double Ulps(double value, BigInteger exact)
    {
        BigInteger off = BigInteger.Abs(Fixed(value) - exact);
        return (double)(off * 1000 / Fixed(Math.BitIncrement(value) - value)) / 1000;
    }

    /// <summary>eˣ by its series at x/2¹⁰, squared ten times.</summary>
    private static BigInteger Exp(double x)
    {
        BigInteger small = Fixed(Math.Abs(x)) >> 10, sum = s_one, term = s_one;
        for (int k = 1; !term.IsZero; k++)
        {
            term = (term * small >> Digits) / k;
            sum += term;
        }

        for (int k = 0; k < 10; k++)
            sum = sum * sum >> Digits;
        return x >= 0 ? sum : (s_one << Digits) / sum;
    }

    private static BigInteger Fixed(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7FF);
        BigInteger digits = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        int shift = Digits + Math.Max(exponent, 1) - 1075;
        return shift >= 0 ? digits << shift : digits >> -shift;
    }
}
