using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>The loss of a row as a function of its linear predictor η, for eight rows at a time: convex, and known by three formulas.</summary>
internal interface ILoss
{
    /// <summary>What y must be, for a message: "must …".</summary>
    string Range { get; }

    /// <summary>Whether y is in the family's range.</summary>
    bool Accepts(double y);

    /// <summary>Why no finite intercept fits a response whose least and largest values these are; null where one does.</summary>
    string? Degenerate(double least, double most);

    /// <summary>The η whose fitted value is <paramref name="mean"/>.</summary>
    double Link(double mean);

    /// <summary>The sign of the direction in which η may go for ever while ℓ falls; 0 where ℓ rises in both.</summary>
    double Recession(double y);

    /// <summary>ℓ less its least value (half the unit deviance), with ℓ′ and ℓ″ ≥ 0, at η.</summary>
    Vec Evaluate(Vec y, Vec eta, out Vec slope, out Vec curvature);

    /// <summary>ℓ(η) + ℓ*(dual) − dual·η ≥ 0, without cancellation; infinite where ℓ* is. At a dual of 0 it is the loss less its least value.</summary>
    /// <param name="y">y.</param>
    /// <param name="eta">η.</param>
    /// <param name="slope">ℓ′ at η.</param>
    /// <param name="dual">Where ℓ* is taken; at <paramref name="slope"/> the slack is 0.</param>
    Vec Slack(Vec y, Vec eta, Vec slope, Vec dual);
}
