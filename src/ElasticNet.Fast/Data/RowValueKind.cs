namespace ElasticNet.Fast.Data;

/// <summary>What a <see cref="RowValue"/> is.</summary>
internal enum RowValueKind
{
    Missing,
    Number,
    Truth,
    Text,
    Date,
}
