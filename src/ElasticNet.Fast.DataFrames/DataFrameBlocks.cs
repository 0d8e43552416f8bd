using ElasticNet.Fast.Data;
using Microsoft.Data.Analysis;

namespace ElasticNet.Fast.DataFrames;

/// <summary>A frame as one block.</summary>
internal sealed class DataFrameBlocks(DataFrame frame) : TableBlocks("the frame", "a DataFrame")
{
    private bool _hasBegun;

    /// <inheritdoc/>
    public override IReadOnlyList<BlockColumn> Columns { get; } = [.. frame.Columns.Select(column => new BlockColumn(column.Name, KindOf(column), NameOf(column)))];

    /// <inheritdoc/>
    public override long? Rows => frame.Rows.Count;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => default;

    /// <inheritdoc/>
    protected override ValueTask<int> MoveNextAsync(CancellationToken cancellationToken)
    {
        (bool isOver, _hasBegun) = (_hasBegun, true);
        return new(isOver ? -1 : checked((int)frame.Rows.Count));
    }

    /// <inheritdoc/>
    protected override ValueTask ReadColumnAsync(int column, Memory<double> values, LevelCollector levels, CancellationToken cancellationToken)
    {
        Read(frame.Columns[column], values.Span, levels);
        return default;
    }

    private static void Read(DataFrameColumn column, Span<double> values, LevelCollector levels)
    {
        switch (column)
        {
            case PrimitiveDataFrameColumn<double> numbers:
                Convert(numbers, values, value => value);
                break;
            case PrimitiveDataFrameColumn<float> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<decimal> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<sbyte> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<byte> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<short> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<ushort> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<int> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<uint> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<long> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<ulong> numbers:
                Convert(numbers, values, double.CreateChecked);
                break;
            case PrimitiveDataFrameColumn<bool> truths:
                Convert(truths, values, truth => truth ? 1 : 0);
                break;
            case PrimitiveDataFrameColumn<DateTime> dates:
                Convert(dates, values, DateParts.Days);
                break;
            case PrimitiveDataFrameColumn<char> letters:
                Convert(letters, values, letter => levels.CodeOfText([letter]));
                break;
            case StringDataFrameColumn texts:
                for (int i = 0; i < values.Length; i++)
                    values[i] = levels.CodeOfText(texts[i]);
                break;
            case ArrowStringDataFrameColumn texts:
                for (int i = 0; i < values.Length; i++)
                    values[i] = levels.CodeOfText(texts[i]);
                break;
            default:
                throw new InvalidDataException($"its values are a {column.GetType().Name}");
        }
    }

    private static void Convert<T>(PrimitiveDataFrameColumn<T> column, Span<double> values, Func<T, double> convert)
        where T : unmanaged
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = column[i] is { } value ? convert(value) : double.NaN;
    }

    private static BlockKind KindOf(DataFrameColumn column) =>
        column is StringDataFrameColumn or ArrowStringDataFrameColumn or PrimitiveDataFrameColumn<char> ? BlockKind.Text
        : column is PrimitiveDataFrameColumn<bool> ? BlockKind.Truth
        : column is PrimitiveDataFrameColumn<DateTime> ? BlockKind.Date
        : Type.GetTypeCode(column.DataType) is >= TypeCode.SByte and <= TypeCode.Decimal ? BlockKind.Number
        : BlockKind.Other;

    private static string NameOf(DataFrameColumn column) => column.GetType().Name.StartsWith("VBuffer", StringComparison.Ordinal) ? "vector" : column.DataType.Name;
}
