namespace ElasticNet.Fast.Csv;

/// <summary>Rows of named fields, one at a time.</summary>
internal abstract class RowSource : IDisposable
{
    /// <summary>What the fields are called.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>What was done on the program's own account, in sentences.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>The current row, counted from 1.</summary>
    public long Row { get; protected set; }

    /// <summary>The text of one field of the current row.</summary>
    public abstract ReadOnlySpan<char> this[int field] { get; }

    /// <summary>Whether a field is a number by itself, however numbers are written in text.</summary>
    public virtual bool IsNumber(int field, out double value)
    {
        value = double.NaN;
        return false;
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract bool Read();

    /// <inheritdoc/>
    public abstract void Dispose();
}
