namespace ElasticNet.Fast.Csv;

/// <summary>The missing values of one column.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="FirstRow">The row of the first, as what was read has it, counted from 1; 0 where there is none.</param>
public readonly record struct ColumnGaps(int Count, int FirstRow);
