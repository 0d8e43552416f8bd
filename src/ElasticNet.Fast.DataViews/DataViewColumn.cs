using System.Globalization;
using System.Numerics;
using ElasticNet.Fast.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ElasticNet.Fast.DataViews;

/// <summary>A column of a view, scalar or vector: what the cursor says of each row of a block, until the block is asked for it.</summary>
internal abstract class DataViewColumn
{
    private const string KeyValues = "KeyValues", SlotNames = "SlotNames";

    /// <summary>Takes the value of the cursor's row.</summary>
    public abstract void Take(int row);

    /// <summary>Hands over what was taken of one slot.</summary>
    public abstract void CopyTo(int slot, Span<double> values, LevelCollector levels);

    /// <summary>What a column holds, in each of its slots.</summary>
    public static BlockKind KindOf(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => BlockKind.Text,
        BooleanDataViewType => BlockKind.Truth,
        DateTimeDataViewType or DateTimeOffsetDataViewType => BlockKind.Date,
        NumberDataViewType => BlockKind.Number,
        KeyDataViewType when Annotation(column, KeyValues) is null or VectorDataViewType { ItemType: TextDataViewType } => BlockKind.Text,
        VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType } => BlockKind.Number,
        VectorDataViewType { IsKnownSize: true, ItemType: BooleanDataViewType } => BlockKind.Truth,
        _ => BlockKind.Other,
    };

    /// <summary>How many slots a column has; 1 where it is no vector that is read.</summary>
    public static int SlotsOf(DataViewSchema.Column column) => column.Type is VectorDataViewType vector && KindOf(column) != BlockKind.Other ? vector.Size : 1;

    /// <summary>What the slots are called: <c>Features.area</c>, or <c>Features[0]</c> where they have no names; the column's name where it is no vector.</summary>
    public static string[] NamesOf(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType || KindOf(column) == BlockKind.Other)
            return [column.Name];
        string[] named = Annotation(column, SlotNames) is VectorDataViewType { ItemType: TextDataViewType } ? Texts(column, SlotNames) : [];
        string[] names = new string[SlotsOf(column)];
        for (int slot = 0; slot < names.Length; slot++)
            names[slot] = slot < named.Length && named[slot].Length > 0 ? $"{column.Name}.{named[slot]}" : string.Create(CultureInfo.InvariantCulture, $"{column.Name}[{slot}]");
        return names;
    }

    /// <summary>A column that takes from a cursor.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="column">The column, of a kind that can be read.</param>
    /// <param name="most">The most rows of a block.</param>
    public static DataViewColumn Of(DataViewRow cursor, DataViewSchema.Column column, int most)
    {
        bool isVector = column.Type is VectorDataViewType;
        Type raw = isVector ? ((VectorDataViewType)column.Type).ItemType.RawType : column.Type.RawType;
        if (column.Type is KeyDataViewType)
        {
            string[]? names = Annotation(column, KeyValues) is null ? null : Texts(column, KeyValues);
            return raw == typeof(byte) ? new Keys<byte>(cursor.GetGetter<byte>(column), names, most)
                : raw == typeof(ushort) ? new Keys<ushort>(cursor.GetGetter<ushort>(column), names, most)
                : raw == typeof(uint) ? new Keys<uint>(cursor.GetGetter<uint>(column), names, most)
                : new Keys<ulong>(cursor.GetGetter<ulong>(column), names, most);
        }

        return raw == typeof(ReadOnlyMemory<char>) ? new Text(cursor.GetGetter<ReadOnlyMemory<char>>(column), most)
            : raw == typeof(bool) ? Taking<bool>(value => value ? 1 : 0)
            : raw == typeof(DateTime) ? Taking<DateTime>(DateParts.Days)
            : raw == typeof(DateTimeOffset) ? Taking<DateTimeOffset>(value => DateParts.Days(value.DateTime))
            : raw == typeof(float) ? Taking<float>(value => value)
            : raw == typeof(double) ? Taking<double>(value => value)
            : raw == typeof(sbyte) ? Taking<sbyte>(value => value)
            : raw == typeof(byte) ? Taking<byte>(value => value)
            : raw == typeof(short) ? Taking<short>(value => value)
            : raw == typeof(ushort) ? Taking<ushort>(value => value)
            : raw == typeof(int) ? Taking<int>(value => value)
            : raw == typeof(uint) ? Taking<uint>(value => value)
            : raw == typeof(long) ? Taking<long>(value => value)
            : Taking<ulong>(value => value);

        DataViewColumn Taking<T>(Func<T, double> convert) => isVector
            ? new Vector<T>(cursor.GetGetter<VBuffer<T>>(column), convert, SlotsOf(column), most)
            : new Scalar<T>(cursor.GetGetter<T>(column), convert, most);
    }

    private static DataViewType? Annotation(DataViewSchema.Column column, string kind) => column.Annotations.Schema.GetColumnOrNull(kind)?.Type;

    private static string[] Texts(DataViewSchema.Column column, string kind)
    {
        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue(kind, ref texts);
        return [.. texts.DenseValues().Select(text => text.ToString())];
    }

    private sealed class Scalar<T>(ValueGetter<T> getter, Func<T, double> convert, int most) : DataViewColumn
    {
        private readonly double[] _values = new double[most];

        public override void Take(int row)
        {
            T value = default!;
            getter(ref value);
            _values[row] = convert(value);
        }

        public override void CopyTo(int slot, Span<double> values, LevelCollector levels) => _values.AsSpan(0, values.Length).CopyTo(values);
    }

    private sealed class Vector<T>(ValueGetter<VBuffer<T>> getter, Func<T, double> convert, int slots, int most) : DataViewColumn
    {
        private readonly double[] _values = new double[slots * most];
        private VBuffer<T> _row;

        public override void Take(int row)
        {
            getter(ref _row);
            if (_row.Length != slots)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"a vector of {slots} slots has {_row.Length}"));
            Span<double> values = _values.AsSpan(row * slots, slots);
            values.Clear();
            foreach (KeyValuePair<int, T> item in _row.Items())
                values[item.Key] = convert(item.Value);
        }

        public override void CopyTo(int slot, Span<double> values, LevelCollector levels)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = _values[i * slots + slot];
        }
    }

    private sealed class Text(ValueGetter<ReadOnlyMemory<char>> getter, int most) : DataViewColumn
    {
        private readonly ReadOnlyMemory<char>[] _values = new ReadOnlyMemory<char>[most];

        public override void Take(int row)
        {
            // Not the value of a row before, whose characters the cursor may write over.
            _values[row] = default;
            getter(ref _values[row]);
        }

        public override void CopyTo(int slot, Span<double> values, LevelCollector levels)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = levels.CodeOfText(_values[i].Span);
        }
    }

    // 0 is missing, and k the k-th of the names.
    private sealed class Keys<T>(ValueGetter<T> getter, string[]? names, int most) : DataViewColumn
        where T : struct, IBinaryInteger<T>
    {
        private readonly T[] _values = new T[most];

        public override void Take(int row) => getter(ref _values[row]);

        public override void CopyTo(int slot, Span<double> values, LevelCollector levels)
        {
            for (int i = 0; i < values.Length; i++)
            {
                ulong key = ulong.CreateChecked(_values[i]);
                if (names is not null && key > (ulong)names.Length)
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"key {key} is beyond the {names.Length} names of keys"));
                values[i] = key == 0 ? double.NaN : levels.CodeOfText(names is null ? key.ToString(CultureInfo.InvariantCulture) : names[key - 1]);
            }
        }
    }
}
