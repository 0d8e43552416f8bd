using System.Globalization;
using System.Numerics;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Arrow;

/// <summary>What an Arrow array is to a table.</summary>
internal static class ArrowColumn
{
    /// <summary>What a column of a type holds.</summary>
    public static BlockKind KindOf(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Dictionary => KindOf(((DictionaryType)type).ValueType),
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => BlockKind.Text,
        ArrowTypeId.Boolean => BlockKind.Truth,
        ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Timestamp => BlockKind.Date,
        ArrowTypeId.Null or ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
            or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64
            or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double
            or ArrowTypeId.Decimal32 or ArrowTypeId.Decimal64 or ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256 => BlockKind.Number,
        _ => BlockKind.Other,
    };

    /// <summary>What messages call a type.</summary>
    public static string NameOf(IArrowType type) => type is DictionaryType dictionary ? $"dictionary of {dictionary.ValueType.Name}" : type.Name;

    /// <summary>Turns an array into numbers, days, truth values or codes; NaN where it is null.</summary>
    public static void Read(IArrowArray array, Span<double> values, LevelCollector levels)
    {
        switch (array)
        {
            case DictionaryArray dictionary:
                ReadDictionary(dictionary, values, levels);
                return;
            case NullArray:
                values.Fill(double.NaN);
                return;
            case BooleanArray truths:
                for (int i = 0; i < values.Length; i++)
                    values[i] = truths.GetValue(i) is { } truth ? (truth ? 1 : 0) : double.NaN;
                return;
            case DoubleArray numbers:
                Convert(numbers, values, value => value);
                return;
            case FloatArray numbers:
                Numbers(numbers, values);
                return;
            case HalfFloatArray numbers:
                Numbers(numbers, values);
                return;
            case Int8Array numbers:
                Numbers(numbers, values);
                return;
            case Int16Array numbers:
                Numbers(numbers, values);
                return;
            case Int32Array numbers:
                Numbers(numbers, values);
                return;
            case Int64Array numbers:
                Numbers(numbers, values);
                return;
            case UInt8Array numbers:
                Numbers(numbers, values);
                return;
            case UInt16Array numbers:
                Numbers(numbers, values);
                return;
            case UInt32Array numbers:
                Numbers(numbers, values);
                return;
            case UInt64Array numbers:
                Numbers(numbers, values);
                return;
            case Date32Array days:
                Numbers(days, values);
                return;
            case Date64Array milliseconds:
                Convert(milliseconds, values, value => DaysOf(value, TimeSpan.MillisecondsPerDay));
                return;
            case TimestampArray times:
                long perDay = PerDay(((TimestampType)times.Data.DataType).Unit);
                Convert(times, values, value => DaysOf(value, perDay));
                return;
            case Decimal32Array decimals:
                Decimals(decimals, decimals.GetString, values);
                return;
            case Decimal64Array decimals:
                Decimals(decimals, decimals.GetString, values);
                return;
            case Decimal128Array decimals:
                Decimals(decimals, decimals.GetString, values);
                return;
            case Decimal256Array decimals:
                Decimals(decimals, decimals.GetString, values);
                return;
            case StringArray texts:
                Texts(texts, texts.GetBytes, values, levels);
                return;
            case LargeStringArray texts:
                Texts(texts, (int i, out bool isNull) => texts.GetBytes(i, out isNull), values, levels);
                return;
            case StringViewArray texts:
                Texts(texts, (int i, out bool isNull) => texts.GetBytes(i, out isNull), values, levels);
                return;
            default:
                throw new InvalidDataException($"its values are a {array.GetType().Name}");
        }
    }

    private delegate ReadOnlySpan<byte> BytesOf(int row, out bool isNull);

    // Each value of the dictionary is decoded once a batch.
    private static void ReadDictionary(DictionaryArray array, Span<double> values, LevelCollector levels)
    {
        double[] decoded = new double[array.Dictionary.Length];
        Read(array.Dictionary, decoded, levels);
        Read(array.Indices, values, levels);
        foreach (ref double value in values)
        {
            if (double.IsNaN(value))
                continue;
            if (!(value >= 0 && value < decoded.Length))
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"index {value} is outside its dictionary of {decoded.Length} values"));
            value = decoded[(int)value];
        }
    }

    private static void Numbers<T>(PrimitiveArray<T> array, Span<double> values)
        where T : struct, INumberBase<T>, IEquatable<T> => Convert(array, values, double.CreateChecked);

    private static void Convert<T>(PrimitiveArray<T> array, Span<double> values, Func<T, double> convert)
        where T : struct, IEquatable<T>
    {
        ReadOnlySpan<T> present = array.Values;
        bool hasGaps = array.NullCount != 0;
        for (int i = 0; i < values.Length; i++)
            values[i] = hasGaps && array.IsNull(i) ? double.NaN : convert(present[i]);
    }

    // By their digits, which rounds once; decimals may have more of them than the type of .NET.
    private static void Decimals(Apache.Arrow.Array array, Func<int, string?> textOf, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = array.IsNull(i) ? double.NaN : double.Parse(textOf(i)!, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static void Texts(Apache.Arrow.Array array, BytesOf bytesOf, Span<double> values, LevelCollector levels)
    {
        char[] text = new char[256];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> bytes = bytesOf(i, out bool isNull);
            if (isNull || array.IsNull(i))
            {
                values[i] = double.NaN;
                continue;
            }

            if (bytes.Length > text.Length)
                text = new char[Math.Max(bytes.Length, 2 * text.Length)];
            values[i] = levels.CodeOfText(text.AsSpan(0, Encoding.UTF8.GetChars(bytes, text)));
        }
    }

    // Whole days first, then the time of day as .NET's dates have it.
    private static double DaysOf(long value, long perDay)
    {
        long day = Math.DivRem(value, perDay, out long rest);
        if (rest < 0)
            (day, rest) = (day - 1, rest + perDay);
        return day + rest / (double)perDay;
    }

    private static long PerDay(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => TimeSpan.SecondsPerDay,
        TimeUnit.Millisecond => TimeSpan.MillisecondsPerDay,
        TimeUnit.Microsecond => TimeSpan.MicrosecondsPerDay,
        _ => TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerDay,
    };
}
