using ElasticNet.Fast.Data;
using Microsoft.Data.Analysis;

namespace ElasticNet.Fast.DataFrames;

/// <summary>Tables of <see cref="DataFrame"/>, to be fitted or predicted.</summary>
public static class DataFrameTable
{
    /// <summary>
    /// Copies a frame. Numbers of all types are numbers, text is a category, dates are days since 1970-01-01, truth values a category of "false"
    /// and "true"; null, NaN and blank text are missing. Columns of vectors are refused by name and can be left out.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="target">The column that is to be predicted: no feature, and rows without it are left out (<see cref="TrainingTable.RowsWithoutTarget"/>). Null: what the options say.</param>
    /// <param name="options">Which columns are read, and as what; null means all, as their types say.</param>
    /// <exception cref="ArgumentException">The options contradict each other or name a column that is not there; a column is of a type that is refused; a number is not finite; or no row has the target.</exception>
    public static TrainingTable From(DataFrame frame, string? target = null, TableReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        options ??= TableReadOptions.Default;
        // Nothing is waited for: the frame is in memory.
        return BlockTable.ReadAsync(new DataFrameBlocks(frame), target is null ? options : options with { Target = target }, CancellationToken.None).GetAwaiter().GetResult();
    }
}
