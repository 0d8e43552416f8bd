namespace ElasticNet.Fast.Csv;

/// <summary>
/// A text that has all predictions so far written before it is asked for more: more may never come, because whoever gives the rows waits
/// for the answer. Readers ask when they have used up what they had, so that a large file is written in large pieces.
/// </summary>
/// <param name="text">The rows, owned from here on.</param>
/// <param name="lines">The predictions.</param>
internal sealed class AnsweringReader(TextReader text, PredictionLines lines) : TextReader
{
    /// <inheritdoc/>
    public override int Peek() => text.Peek();

    /// <inheritdoc/>
    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        lines.Flush();
        return text.Read(buffer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }
}
