using System.Globalization;
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
                for (int i = 0; i < values.Length; i++)
                    values[i] = numbers[i] ?? double.NaN;
                break;
            case PrimitiveDataFrameColumn<float> numbers:
                for (int i = 0; i < values.Length; i++)
                    values[i] = numbers[i] ?? double.NaN;
                break;
            case PrimitiveDataFrameColumn<bool> truths:
                for (int i = 0; i < values.Length; i++)
                    values[i] = truths[i] is { } truth ? (truth ? 1 : 0) : double.NaN;
                break;
            case PrimitiveDataFrameColumn<DateTime> dates:
                for (int i = 0; i < values.Length; i++)
                    values[i] = dates[i] is { } date ? DateParts.Days(date) : double.NaN;
                break;
            case PrimitiveDataFrameColumn<char> letters:
                for (int i = 0; i < values.Length; i++)
                    values[i] = letters[i] is { } letter ? levels.CodeOfText([letter]) : double.NaN;
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
                for (int i = 0; i < values.Length; i++)
                    values[i] = column[i] is { } number ? Convert.ToDouble(number, CultureInfo.InvariantCulture) : double.NaN;
                break;
        }
    }

    private static BlockKind KindOf(DataFrameColumn column) =>
        column is StringDataFrameColumn or ArrowStringDataFrameColumn or PrimitiveDataFrameColumn<char> ? BlockKind.Text
        : column is PrimitiveDataFrameColumn<bool> ? BlockKind.Truth
        : column is PrimitiveDataFrameColumn<DateTime> ? BlockKind.Date
        : Type.GetTypeCode(column.DataType) is >= TypeCode.SByte and <= TypeCode.Decimal ? BlockKind.Number
        : BlockKind.Other;

    private static string NameOf(DataFrameColumn column) => column.GetType().Name.StartsWith("VBuffer", StringComparison.Ordinal) ? "vector" : column.DataType.Name;
}
