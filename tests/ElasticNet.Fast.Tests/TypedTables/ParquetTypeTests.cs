using ElasticNet.Fast.Parquet;
using global::Parquet;
using global::Parquet.Meta;
using global::Parquet.Schema;

namespace ElasticNet.Fast.Tests.TypedTables;

/// <summary>The ways in which Parquet stores the same, and what it stores that is no column of a table.</summary>
public class ParquetTypeTests
{
    [Fact]
    public async Task Text_is_a_category_however_it_is_encoded()
    {
        string?[] words = [.. Enumerable.Range(0, 300).Select(i => i % 7 == 2 ? null : $"w{i % 3}")];
        string[] keys = [.. Enumerable.Range(0, 300).Select(i => $"k{i:000}")];
        DataField<string> word = new("word", nullable: true), key = new("key", nullable: true);
        ParquetOptions options = new() { ColumnEncodingHints = { ["word"] = EncodingHint.Dictionary } };
        MemoryStream bytes = new();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(word, key), bytes, options))
        {
            for (int first = 0; first < 300; first += 100)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await group.WriteAsync(word, words[first..(first + 100)]!);
                await group.WriteAsync(key, keys[first..(first + 100)]);
            }
        }

        bytes.Position = 0;
        await using (ParquetReader reader = await ParquetReader.CreateAsync(bytes, leaveStreamOpen: true))
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(1);
            Assert.True(IsDictionary(group, reader.Schema.DataFields[0]));
            Assert.False(IsDictionary(group, reader.Schema.DataFields[1]));
        }

        bytes.Position = 0;
        TrainingTable table = ParquetTable.Read(bytes);
        Assert.Equal(["w0", "w1", "w2"], table.Levels("word"));
        Assert.Equal(words, Array.ConvertAll(table.Column("word").ToArray(), code => double.IsNaN(code) ? null : table.Levels("word")[(int)code]));
        Assert.Equal(keys, table.Levels("key"));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (double)i), table.Column("key").ToArray());
    }

    [Theory]
    [InlineData(DateTimeFormat.Date, null)]
    [InlineData(DateTimeFormat.Impala, null)]
    [InlineData(DateTimeFormat.DateAndTime, null)]
    [InlineData(DateTimeFormat.Timestamp, DateTimeTimeUnit.Millis)]
    [InlineData(DateTimeFormat.Timestamp, DateTimeTimeUnit.Micros)]
    [InlineData(DateTimeFormat.Timestamp, DateTimeTimeUnit.Nanos)]
    public async Task Dates_are_days_however_they_are_stored(DateTimeFormat format, DateTimeTimeUnit? unit)
    {
        DateTime[] dates = [new(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc), new(1969, 12, 31, 0, 0, 0, DateTimeKind.Utc), new(2001, 9, 9, 12, 0, 0, DateTimeKind.Utc)];
        DateTimeDataField field = new("at", format, unit: unit, isNullable: false);
        TrainingTable table = ParquetTable.Read(await Written(field, group => group.WriteAsync<DateTime>(field, dates)));
        Assert.Equal(format == DateTimeFormat.Date ? [19783, -1, 11574] : [19783, -1, 11574.5], table.Column("at").ToArray());
        Assert.Equal(TextPart.Days, Assert.Single(table.Table.Format!.Columns).Part);
    }

    [Fact]
    public async Task What_is_no_column_of_a_table_is_refused_by_its_type()
    {
        DataField<int> item = new("element");
        await Refused(new ListField("tags", item), "column 'tags' is of the type list");
        await Refused(new StructField("place", new DataField<double>("x"), new DataField<double>("y")), "column 'place' is of the type struct");
        await Refused(new MapField("words", new DataField<string>("key", nullable: false), new DataField<int>("value")), "column 'words' is of the type map");
        await Refused(new DataField<int[]>("all"), "column 'all' is of the type list of Int32");
        await Refused(new DataField<Guid>("id"), "column 'id' is of the type Guid");
        await Refused(new TimeDataField("time", TimeUnitPrecision.Micros), "column 'time' is of the type Time");

        static async Task Refused(Field field, string message)
        {
            MemoryStream bytes = await Written([new DataField<double>("a"), field], rows: null);
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => ParquetTable.Read(bytes)).Message, StringComparison.Ordinal);
            bytes.Position = 0;
            Assert.Equal("a", Assert.Single(ParquetTable.Read(bytes, new() { Skip = [field.Name] }).Columns).Name);
        }
    }

    [Fact]
    public async Task Numbers_of_all_types_are_numbers()
    {
        await Same([sbyte.MinValue, (sbyte)1, sbyte.MaxValue], -128, 1, 127);
        await Same([short.MinValue, (short)1, short.MaxValue], -32768, 1, 32767);
        await Same([(ushort)0, (ushort)1, ushort.MaxValue], 0, 1, 65535);
        await Same([0u, 1u, uint.MaxValue], 0, 1, 4294967295);
        await Same([0ul, 1ul, ulong.MaxValue], 0, 1, 18446744073709551615);
        await Same([long.MinValue, 1, long.MaxValue], -9223372036854775808, 1, 9223372036854775807);

        static async Task Same<T>(T[] values, params double[] expected)
            where T : struct
        {
            DataField<T> field = new("a", nullable: false);
            Assert.Equal(expected, ParquetTable.Read(await Written(field, group => group.WriteAsync<T>(field, values))).Column("a").ToArray());
        }
    }

    private static bool IsDictionary(ParquetRowGroupReader group, DataField field) => group.GetMetadata(field)!.MetaData!.Encodings.Contains(Encoding.RLE_DICTIONARY) || group.GetMetadata(field)!.MetaData!.Encodings.Contains(Encoding.PLAIN_DICTIONARY);

    private static Task<MemoryStream> Written(DataField field, Func<ParquetRowGroupWriter, Task> rows) => Written([field], rows);

    private static async Task<MemoryStream> Written(Field[] fields, Func<ParquetRowGroupWriter, Task>? rows)
    {
        MemoryStream bytes = new();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), bytes))
        {
            if (rows is not null)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await rows(group);
            }
        }

        bytes.Position = 0;
        return bytes;
    }
}
