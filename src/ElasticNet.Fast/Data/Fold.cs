namespace ElasticNet.Fast.Data;

/// <summary>One fold of a <see cref="FoldLayout"/>: it trains on adjacent parts of the rows, without those that it holds out, which are adjacent too.</summary>
/// <param name="TrainStart">The first part that is trained on.</param>
/// <param name="TrainEnd">Behind the last.</param>
/// <param name="HeldStart">The first part that is held out.</param>
/// <param name="HeldEnd">Behind the last.</param>
internal readonly record struct Fold(int TrainStart, int TrainEnd, int HeldStart, int HeldEnd)
{
    /// <summary>Whether the rows of a part are held out; those of part −1 count nowhere.</summary>
    public bool Holds(int part) => part >= HeldStart && part < HeldEnd;

    /// <summary>Whether the rows of a part are trained on.</summary>
    public bool Trains(int part) => part >= TrainStart && part < TrainEnd && !Holds(part);
}
