namespace ElasticNet.Fast.Datafits;

/// <summary>A heap of positions with the one of the largest value on top, in somebody else's memory.</summary>
/// <param name="memory">Room for all positions that are pushed.</param>
/// <param name="values">The value of each position.</param>
internal unsafe ref struct LargestFirst(int* memory, double* values)
{
    private int _count;

    /// <summary>The position of the largest value.</summary>
    public readonly int Top => memory[0];

    /// <summary>Empties it.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a position.</summary>
    public void Push(int position)
    {
        int at = _count++;
        for (int above; at > 0 && values[memory[above = (at - 1) / 2]] < values[position]; at = above)
            memory[at] = memory[above];
        memory[at] = position;
    }

    /// <summary>Takes the top away.</summary>
    public void Pop()
    {
        int last = memory[--_count], at = 0;
        for (int below; (below = 2 * at + 1) < _count; at = below)
        {
            if (below + 1 < _count && values[memory[below + 1]] > values[memory[below]])
                below++;
            if (values[memory[below]] <= values[last])
                break;
            memory[at] = memory[below];
        }

        memory[at] = last;
    }
}
