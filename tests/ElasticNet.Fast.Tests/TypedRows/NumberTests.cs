namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>What a member's value is as a number.</summary>
public partial class NumberTests
{
    [Fact]
    public void Every_numeric_type_is_the_double_nearest_to_it()
    {
        Numbers row = new()
        {
            SByte = -128,
            Byte = 255,
            Int16 = -32768,
            UInt16 = 65535,
            Int32 = int.MinValue,
            UInt32 = uint.MaxValue,
            Int64 = (1L << 53) + 1,
            UInt64 = ulong.MaxValue,
            NInt = -7,
            NUInt = 7,
            Int128 = -(Int128.One << 100),
            UInt128 = UInt128.One << 101,
            Half = (Half)0.1,
            Single = 0.1f,
            Double = 0.1,
            Decimal = 0.1m,
            Boolean = true,
        };
        double[] expected =
            [-128, 255, -32768, 65535, int.MinValue, uint.MaxValue, 1L << 53, Math.Pow(2, 64), -7, 7, -Math.Pow(2, 100), Math.Pow(2, 101), 0.0999755859375, 0.10000000149011612, 0.1, 0.1, 1];
        Assert.Equal(expected, Values(row));
    }

    [Fact]
    public void Null_is_NaN_and_a_value_is_itself()
    {
        Assert.All(Values(new MaybeNumbers()), value => Assert.Equal(double.NaN, value));
        Assert.Equal([1, 2, 3, 4, 0, 0.5], Values(new MaybeNumbers { Int32 = 1, UInt64 = 2, Half = (Half)3, Decimal = 4, Boolean = false, Double = 0.5 }));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    public void A_double_keeps_its_bits(double value) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Values(new MaybeNumbers { Double = value })[^1]));

    private static double[] Values<TRow>(TRow row)
        where TRow : IElasticNetFeatures<TRow> => FeatureTable.From<TRow>([row]).Values.ToArray();

    [ElasticNetFeatures]
    private partial record struct Numbers
    {
        public sbyte SByte { get; init; }
        public byte Byte { get; init; }
        public short Int16 { get; init; }
        public ushort UInt16 { get; init; }
        public int Int32 { get; init; }
        public uint UInt32 { get; init; }
        public long Int64 { get; init; }
        public ulong UInt64 { get; init; }
        public nint NInt { get; init; }
        public nuint NUInt { get; init; }
        public Int128 Int128 { get; init; }
        public UInt128 UInt128 { get; init; }
        public Half Half { get; init; }
        public float Single { get; init; }
        public double Double { get; init; }
        public decimal Decimal { get; init; }
        public bool Boolean { get; init; }
    }

    [ElasticNetFeatures]
    private sealed partial class MaybeNumbers
    {
        public int? Int32 { get; init; }
        public ulong? UInt64 { get; init; }
        public Half? Half { get; init; }
        public decimal? Decimal { get; init; }
        public bool? Boolean { get; init; }
        public double? Double { get; init; }
    }
}
