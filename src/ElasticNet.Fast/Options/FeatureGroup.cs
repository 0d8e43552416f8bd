namespace ElasticNet.Fast;

/// <summary>Columns whose coefficients are penalised together, so that they are 0 together: see <see cref="ElasticNetOptions.FeatureGroups"/>.</summary>
/// <param name="Columns">The columns (counted from 0), at least one and each once.</param>
public sealed record FeatureGroup(ListOf<int> Columns)
{
    /// <summary>What the group is called where it is spoken of; null for its number.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The factor v_g &gt; 0 of the group's norm; null, the default, means √(number of columns), so that a group of noise enters no sooner than
    /// a column of noise, whatever its size. Penalty factors of columns are on top of it.
    /// </summary>
    public double? Factor { get; init; }

    /// <summary>The factor, given or not.</summary>
    internal double FactorUsed => Factor ?? Math.Sqrt(Columns.Count);
}
