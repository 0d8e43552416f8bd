namespace ElasticNet.Fast.TypedRows;

/// <summary>Where the value of a member goes in the raw row of a model.</summary>
/// <param name="Slot">The input; −1 for a member that the model does not read.</param>
/// <param name="Column">The levels, for a category that the model reads.</param>
internal readonly record struct MemberTarget(int Slot, InputColumn? Column)
{
    /// <summary>Not read.</summary>
    public static MemberTarget None => new(-1, null);
}
