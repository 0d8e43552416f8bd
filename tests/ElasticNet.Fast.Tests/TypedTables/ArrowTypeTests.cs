using Apache.Arrow;
using Apache.Arrow.Types;
using ElasticNet.Fast.Arrow;

namespace ElasticNet.Fast.Tests.TypedTables;

/// <summary>Types that only Arrow has, and batches in memory.</summary>
public class ArrowTypeTests
{
    [Fact]
    public void Dictionaries_are_what_they_stand_for()
    {
        StringArray levels = new StringArray.Builder().Append("west").Append("east").AppendNull().Append(" east ").Build();
        Int8Array indices = new Int8Array.Builder().Append(0).Append(1).Append(2).AppendNull().Append(3).Build();
        TrainingTable table = Of("district", new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, false), indices, levels));
        Assert.Equal(["east", "west"], table.Levels("district"));
        Assert.Equal([1, 0, double.NaN, double.NaN, 0], table.Column("district").ToArray());
        DoubleArray values = new DoubleArray.Builder().Append(2.5).Append(-1).Build();
        TrainingTable numbers = Of("size", new DictionaryArray(new DictionaryType(UInt16Type.Default, DoubleType.Default, false), new UInt16Array.Builder().Append(1).Append(0).Append(1).Build(), values));
        Assert.Equal([-1, 2.5, -1], numbers.Column("size").ToArray());
        Assert.Empty(numbers.Levels("size"));
    }

    [Theory]
    [InlineData(TimeUnit.Second, 1)]
    [InlineData(TimeUnit.Millisecond, 1000)]
    [InlineData(TimeUnit.Microsecond, 1000000)]
    [InlineData(TimeUnit.Nanosecond, 1000000000)]
    public void Times_are_days(TimeUnit unit, long perSecond)
    {
        long[] seconds = [0, 86400, -1, 1709251200, -86400 * 365];
        ArrowBuffer.Builder<long> buffer = new();
        foreach (long second in seconds)
            buffer.Append(second * perSecond);
        TimestampArray array = new(new TimestampType(unit, "UTC"), buffer.Build(), ArrowBuffer.Empty, seconds.Length, 0, 0);
        TrainingTable table = Of("at", array);
        double[] expected = [.. seconds.Select(second => (DateTime.UnixEpoch.AddSeconds(second).Date - DateTime.UnixEpoch).Days + DateTime.UnixEpoch.AddSeconds(second).TimeOfDay.TotalDays)];
        Assert.Equal(expected, table.Column("at").ToArray());
        Assert.Equal(TextPart.Days, Assert.Single(table.Table.Format!.Columns).Part);
    }

    [Fact]
    public void Days_decimals_halves_wide_text_and_nothing()
    {
        Assert.Equal([19783, -1], Of("a", new Date32Array.Builder().Append(new DateTime(2024, 3, 1)).Append(new DateTime(1969, 12, 31)).Build()).Column("a").ToArray());
        Assert.Equal([19783], Of("a", new Date64Array.Builder().Append(new DateTime(2024, 3, 1)).Build()).Column("a").ToArray());
        Assert.Equal([0.1, double.NaN, -12345678901234.5678], Of("a", new Decimal256Array.Builder(new Decimal256Type(40, 4)).Append(0.1m).AppendNull().Append(-12345678901234.5678m).Build()).Column("a").ToArray());
        Assert.Equal([0.5, double.NaN], Of("a", new HalfFloatArray.Builder().Append((Half)0.5).AppendNull().Build()).Column("a").ToArray());
        Assert.Equal([18446744073709551615.0], Of("a", new UInt64Array.Builder().Append(ulong.MaxValue).Build()).Column("a").ToArray());
        TrainingTable wide = Of("a", new StringViewArray.Builder().Append("short").AppendNull().Append(new string('x', 300)).Build());
        Assert.Equal(["short", new string('x', 300)], wide.Levels("a"));
        Assert.Equal([double.NaN, double.NaN], Of("a", new NullArray(2)).Column("a").ToArray());
    }

    [Fact]
    public void Lists_structures_and_spans_of_time_are_refused_by_name()
    {
        ListArray.Builder lists = new(Int32Type.Default);
        lists.Append();
        Refused("column 'a' is of the type list", lists.Build());
        StructArray pairs = new(new StructType([new Field("x", Int32Type.Default, true)]), 1, [new Int32Array.Builder().Append(1).Build()], ArrowBuffer.Empty);
        Refused("column 'a' is of the type struct", pairs);
        Refused("column 'a' is of the type duration", new DurationArray.Builder(DurationType.Second).Append(5L).Build());
        Refused("column 'a' is of the type time64", new Time64Array.Builder(TimeUnit.Microsecond).Append(5L).Build());

        void Refused(string message, IArrowArray array) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => Of("a", array)).Message, StringComparison.Ordinal);
    }

    /// <summary>A slice of a batch has an offset into all of its buffers.</summary>
    [Fact]
    public void A_slice_is_its_rows()
    {
        RecordBatch whole = TypedFiles.Batch(SoldFlats.Columns, 0, SoldFlats.Rows), part = whole.Slice(5, 20);
        TrainingTable expected = ArrowTable.From(TypedFiles.Batch(SoldFlats.Columns, 5, 20)), found = ArrowTable.From(part);
        Assert.Equal(expected.Columns, found.Columns);
        Assert.Equal(expected.Table.Values.ToArray(), found.Table.Values.ToArray());
        // It stays the caller's.
        Assert.Equal(20, ArrowTable.From(part, new() { Only = ["area"] }).Rows);
    }

    [Fact]
    public void Names_that_are_the_same_are_refused()
    {
        Int32Array array = new Int32Array.Builder().Append(1).Build();
        RecordBatch batch = new(new Schema([new Field("a", Int32Type.Default, true), new Field("a", Int32Type.Default, true)], null), [array, array], 1);
        Assert.Contains("'a' is column 0 and column 1", Assert.Throws<ArgumentException>(() => ArrowTable.From(batch)).Message, StringComparison.Ordinal);
    }

    private static TrainingTable Of(string name, IArrowArray array) =>
        ArrowTable.From(new RecordBatch(new Schema([new Field(name, array.Data.DataType, nullable: true)], null), [array], array.Length));
}
