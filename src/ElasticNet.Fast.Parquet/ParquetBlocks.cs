using System.Buffers;
using System.Globalization;
using System.Numerics;
using ElasticNet.Fast.Data;
using global::Parquet;
using global::Parquet.Schema;

namespace ElasticNet.Fast.Parquet;

/// <summary>The row groups of a Parquet file.</summary>
internal sealed class ParquetBlocks : TableBlocks
{
    private const string Format = "Parquet";

    private readonly ParquetReader _reader;
    private readonly Field[] _fields;
    private readonly BlockColumn[] _columns;
    private ParquetRowGroupReader? _group;
    private int _next;
    private long _read;

    private ParquetBlocks(ParquetReader reader, string source)
        : base(source, Format)
    {
        _reader = reader;
        _fields = [.. reader.Schema.Fields];
        _columns = Array.ConvertAll(_fields, field => new BlockColumn(field.Name, KindOf(field), TypeOf(field)));
        Rows = reader.Metadata?.NumRows ?? reader.RowGroups.Sum(group => group.RowCount);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BlockColumn> Columns => _columns;

    /// <inheritdoc/>
    public override long? Rows { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="stream">Its bytes from the first on; can seek, and is not closed.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static Task<ParquetBlocks> OpenAsync(Stream stream, string source, CancellationToken cancellationToken) => OpenedAsync(source, Format, async () =>
        new ParquetBlocks(await ParquetReader.CreateAsync(stream, new() { UseDateOnlyTypeForDates = false }, leaveStreamOpen: true, cancellationToken).ConfigureAwait(false), source));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _group?.Dispose();
        await _reader.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override ValueTask<int> MoveNextAsync(CancellationToken cancellationToken)
    {
        _group?.Dispose();
        _group = _next < _reader.RowGroupCount ? _reader.OpenRowGroupReader(_next++) : null;
        if (_group is null)
            return _read == Rows ? new(-1) : throw Says($"the file has {Rows} rows and its row groups {_read}");
        if (_group.RowCount is < 0 or > int.MaxValue)
            throw Says($"row group {_next} of {_reader.RowGroupCount} has {_group.RowCount} rows");
        _read += _group.RowCount;
        return new((int)_group.RowCount);
    }

    /// <inheritdoc/>
    protected override ValueTask ReadColumnAsync(int column, Memory<double> values, LevelCollector levels, CancellationToken cancellationToken)
    {
        var field = (DataField)_fields[column];
        Type type = field.ClrType;
        return type == typeof(ReadOnlyMemory<char>) ? Read<ReadOnlyMemory<char>>(text => levels.CodeOfText(text.Span))
            : type == typeof(bool) ? Read<bool>(truth => truth ? 1 : 0)
            : type == typeof(DateTime) ? Read<DateTime>(DateParts.Days)
            : type == typeof(double) ? Read<double>(value => value)
            : type == typeof(float) ? Number<float>()
            : type == typeof(decimal) ? Number<decimal>()
            : type == typeof(sbyte) ? Number<sbyte>()
            : type == typeof(byte) ? Number<byte>()
            : type == typeof(short) ? Number<short>()
            : type == typeof(ushort) ? Number<ushort>()
            : type == typeof(int) ? Number<int>()
            : type == typeof(uint) ? Number<uint>()
            : type == typeof(long) ? Number<long>()
            : Number<ulong>();

        ValueTask Number<T>()
            where T : struct, INumberBase<T> => Read<T>(double.CreateChecked);

        ValueTask Read<T>(Func<T, double> convert)
            where T : struct => ReadAsync(field, values, convert, cancellationToken);
    }

    // Present values lie one after another; a definition level of each row says whether it has one.
    private async ValueTask ReadAsync<T>(DataField field, Memory<double> values, Func<T, double> convert, CancellationToken cancellationToken)
        where T : struct
    {
        if (values.IsEmpty)
            return;
        if (_group!.GetMetadata(field)?.MetaData?.NumValues is var count && count != values.Length)
            throw Says($"it has {count} values in a row group of {values.Length} rows");
        T[] present = ArrayPool<T>.Shared.Rent(values.Length);
        int[]? definitions = field.MaxDefinitionLevel > 0 ? ArrayPool<int>.Shared.Rent(values.Length) : null;
        // What a damaged chunk leaves out is missing, never what was in this memory before.
        present.AsSpan(0, values.Length).Clear();
        definitions?.AsSpan(0, values.Length).Clear();
        try
        {
            await _group.ReadRawAsync(field, present.AsMemory(0, values.Length), definitions?.AsMemory(0, values.Length), null, cancellationToken).ConfigureAwait(false);
            Spread(present, definitions, field.MaxDefinitionLevel, convert, values.Span);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(present, clearArray: typeof(T) == typeof(ReadOnlyMemory<char>));
            if (definitions is not null)
                ArrayPool<int>.Shared.Return(definitions);
        }
    }

    private static void Spread<T>(T[] present, int[]? definitions, int defined, Func<T, double> convert, Span<double> values)
    {
        int at = 0;
        for (int i = 0; i < values.Length; i++)
            values[i] = definitions is null || definitions[i] == defined ? convert(present[at++]) : double.NaN;
    }

    private static InvalidDataException Says(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

    private static BlockKind KindOf(Field field)
    {
        // A time of day has the type of its count of microseconds.
        if (field is not DataField { IsArray: false, MaxRepetitionLevel: 0 } data || data is TimeDataField)
            return BlockKind.Other;
        Type type = data.ClrType;
        return type == typeof(ReadOnlyMemory<char>) ? BlockKind.Text
            : type == typeof(bool) ? BlockKind.Truth
            : type == typeof(DateTime) ? BlockKind.Date
            : Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal ? BlockKind.Number
            : BlockKind.Other;
    }

    private static string TypeOf(Field field) => field switch
    {
        TimeDataField => "TimeOfDay",
        DataField { IsArray: true } data => $"list of {data.ClrType.Name}",
        DataField data => data.ClrType == typeof(ReadOnlyMemory<char>) ? "string" : data.ClrType == typeof(ReadOnlyMemory<byte>) || data.ClrType == typeof(byte[]) ? "binary" : data.ClrType.Name,
        _ => field.SchemaType.ToString().ToLowerInvariant(),
    };
}
