using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using global::Parquet;
using global::Parquet.Schema;

namespace ElasticNet.Fast.Tests.TypedTables;

/// <summary>Columns as arrays of nullable values, written by the libraries that others write them with.</summary>
internal static class TypedFiles
{
    /// <summary>Writes Parquet, so many rows a row group.</summary>
    public static byte[] Parquet(int groupRows, params (string Name, System.Array Values)[] columns)
    {
        using var bytes = new MemoryStream();
        WriteParquet(bytes, groupRows, columns).GetAwaiter().GetResult();
        return bytes.ToArray();
    }

    /// <summary>Writes Arrow of the file or the stream format, so many rows a batch.</summary>
    public static byte[] Arrow(int batchRows, bool isFile, CompressionCodecType? codec, params (string Name, System.Array Values)[] columns)
    {
        using var bytes = new MemoryStream();
        RecordBatch[] batches = [.. Batches(batchRows, columns)];
        IpcOptions options = new() { CompressionCodec = codec, CompressionCodecFactory = new CompressionCodecFactory() };
        Schema schema = batches.Length > 0 ? batches[0].Schema : Batch(columns, 0, 0).Schema;
        using (ArrowStreamWriter writer = isFile ? new ArrowFileWriter(bytes, schema, leaveOpen: true, options) : new ArrowStreamWriter(bytes, schema, leaveOpen: true, options))
        {
            writer.WriteStart();
            foreach (RecordBatch batch in batches)
                writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return bytes.ToArray();
    }

    /// <summary>One batch of some rows.</summary>
    public static RecordBatch Batch((string Name, System.Array Values)[] columns, int first, int count)
    {
        IArrowArray[] arrays = [.. columns.Select(column => Of(column.Values, first, count))];
        return new(new Schema(columns.Select((column, k) => new Apache.Arrow.Field(column.Name, arrays[k].Data.DataType, nullable: true)), null), arrays, count);
    }

    private static IEnumerable<RecordBatch> Batches(int batchRows, (string Name, System.Array Values)[] columns)
    {
        for (int first = 0; first < columns[0].Values.Length; first += batchRows)
            yield return Batch(columns, first, Math.Min(batchRows, columns[0].Values.Length - first));
    }

    private static IArrowArray Of(System.Array values, int first, int count)
    {
        switch (values)
        {
            case double?[] numbers:
                return Filled(new DoubleArray.Builder(), numbers);
            case float?[] numbers:
                return Filled(new FloatArray.Builder(), numbers);
            case int?[] numbers:
                return Filled(new Int32Array.Builder(), numbers);
            case long?[] numbers:
                return Filled(new Int64Array.Builder(), numbers);
            case byte?[] numbers:
                return Filled(new UInt8Array.Builder(), numbers);
            case decimal?[] numbers:
                var decimals = new Decimal128Array.Builder(new Decimal128Type(20, 4));
                foreach (decimal? value in numbers.AsSpan(first, count))
                    _ = value is { } present ? decimals.Append(present) : decimals.AppendNull();
                return decimals.Build();
            case DateTime?[] dates:
                var times = new TimestampArray.Builder(TimeUnit.Microsecond);
                foreach (DateTime? value in dates.AsSpan(first, count))
                    _ = value is { } present ? times.Append(new DateTimeOffset(present, TimeSpan.Zero)) : times.AppendNull();
                return times.Build();
            case bool?[] truths:
                var flags = new BooleanArray.Builder();
                foreach (bool? value in truths.AsSpan(first, count))
                    _ = value is { } present ? flags.Append(present) : flags.AppendNull();
                return flags.Build();
            case byte[]?[] bytes:
                var binary = new BinaryArray.Builder();
                foreach (byte[]? value in bytes.AsSpan(first, count))
                    _ = value is { } present ? binary.Append(present.AsSpan()) : binary.AppendNull();
                return binary.Build();
            default:
                var texts = new StringArray.Builder();
                foreach (string? value in ((string?[])values).AsSpan(first, count))
                    _ = value is null ? texts.AppendNull() : texts.Append(value);
                return texts.Build();
        }

        TArray Filled<T, TArray, TBuilder>(PrimitiveArrayBuilder<T, TArray, TBuilder> builder, T?[] numbers)
            where T : struct, IEquatable<T>
            where TArray : IArrowArray
            where TBuilder : PrimitiveArrayBuilder<T, TArray, TBuilder>
        {
            foreach (T? value in numbers.AsSpan(first, count))
                _ = value is { } present ? builder.Append(present) : builder.AppendNull();
            return builder.Build(default);
        }
    }

    private static async Task WriteParquet(Stream stream, int groupRows, (string Name, System.Array Values)[] columns)
    {
        DataField[] fields = [.. columns.Select(column => FieldOf(column.Name, column.Values))];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        for (int first = 0; first < columns[0].Values.Length; first += groupRows)
        {
            int count = Math.Min(groupRows, columns[0].Values.Length - first);
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int k = 0; k < columns.Length; k++)
            {
                await (columns[k].Values switch
                {
                    double?[] values => group.WriteAsync<double>(fields[k], values.AsMemory(first, count)),
                    float?[] values => group.WriteAsync<float>(fields[k], values.AsMemory(first, count)),
                    int?[] values => group.WriteAsync<int>(fields[k], values.AsMemory(first, count)),
                    long?[] values => group.WriteAsync<long>(fields[k], values.AsMemory(first, count)),
                    byte?[] values => group.WriteAsync<byte>(fields[k], values.AsMemory(first, count)),
                    decimal?[] values => group.WriteAsync<decimal>(fields[k], values.AsMemory(first, count)),
                    DateTime?[] values => group.WriteAsync<DateTime>(fields[k], values.AsMemory(first, count)),
                    bool?[] values => group.WriteAsync<bool>(fields[k], values.AsMemory(first, count)),
                    double[] values => group.WriteAsync<double>(fields[k], values.AsMemory(first, count)),
                    byte[]?[] values => group.WriteAsync(fields[k], values[first..(first + count)]!),
                    _ => group.WriteAsync(fields[k], ((string?[])columns[k].Values)[first..(first + count)]!),
                });
            }
        }
    }

    private static DataField FieldOf(string name, System.Array values) => values switch
    {
        DateTime?[] => new DateTimeDataField(name, DateTimeFormat.Timestamp, unit: DateTimeTimeUnit.Micros, isNullable: true),
        decimal?[] => new DecimalDataField(name, 20, 4, isNullable: true),
        double[] => new DataField<double>(name, nullable: false),
        string?[] => new DataField<string>(name, nullable: true),
        byte[]?[] => new DataField<byte[]>(name, nullable: true),
        _ => new DataField(name, Nullable.GetUnderlyingType(values.GetType().GetElementType()!)!, isNullable: true),
    };
}
