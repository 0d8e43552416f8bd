namespace ElasticNet.Fast.Datafits;

/// <summary>The loss of one row as a function of its linear predictor η: convex, and known by three formulas.</summary>
internal interface ILoss
{
    /// <summary>What y must be, for a message: "must …".</summary>
    string Range { get; }

    /// <summary>Whether y is in the family's range.</summary>
    bool Accepts(double y);

    /// <summary>Why no finite intercept fits a response of this mean; null where one does.</summary>
    string? Degenerate(double mean);

    /// <summary>The η whose fitted value is <paramref name="mean"/>.</summary>
    double Link(double mean);

    /// <summary>ℓ′ and ℓ″ ≥ 0 at η.</summary>
    void Derive(double y, double eta, out double slope, out double curvature);

    /// <summary>
    /// ℓ(η) + ℓ*(dual) − dual·η ≥ 0, without cancellation; infinite where ℓ* is. At 0 it is the loss above the least one: half the unit deviance.
    /// </summary>
    /// <param name="y">y.</param>
    /// <param name="eta">η.</param>
    /// <param name="slope">ℓ′ at η.</param>
    /// <param name="dual">Where ℓ* is taken; at <paramref name="slope"/> the slack is 0.</param>
    double Slack(double y, double eta, double slope, double dual);
}
