namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The rules by which a loss that is not squared error is minimised on a working set, square by square: when it is done, when a curvature has served
/// its time, how far a step may go, and how it is damped.
/// </summary>
internal static class StepRules
{
    /// <summary>What may be left of an optimality condition.</summary>
    public const double Tolerance = 1e-14;

    /// <summary>Below this a step that does not halve what is left has met rounding.</summary>
    public const double Floor = 1e-10;

    /// <summary>A step that leaves more than this share of the violation asks for a new curvature.</summary>
    public const double Contraction = 0.3;

    /// <summary>How many times faster a multiply-add of a Gram matrix is than one of a step.</summary>
    public const double GramSpeed = 6;

    /// <summary>Steps for one λ and one working set at most; the certificate tells.</summary>
    public const int MostSteps = 100;

    /// <summary>Halvings of a step at most.</summary>
    public const int MostHalvings = 40;

    /// <summary>A step of which less than this share could be taken asks for a damped curvature.</summary>
    private const double LeastShare = 0.25;

    /// <summary>The damping that begins with, in units of the mean curvature.</summary>
    private const double FirstDamping = 1e-3;

    /// <summary>What rounding may add to an objective, as a share of it and of the null model's: a small loss is a difference of terms that are not.</summary>
    private const double Noise = 1e-14;

    /// <summary>Whether what is left of the conditions is as little as can be.</summary>
    public static bool IsDone(double worst, double previous) => worst <= Tolerance || (worst <= Floor && worst > 0.5 * previous);

    /// <summary>What an objective may be for a step to count as one that does not rise.</summary>
    public static double Limit(double objective, double nullDeviance) => objective + Noise * (Math.Abs(objective) + nullDeviance);

    /// <summary>The damping of the next curvature, after a step of which so much could be taken: where rows have next to no curvature left a step goes far beyond what the square knows of the loss.</summary>
    public static double Damping(double damping, double share) =>
        share < LeastShare ? Math.Clamp(10 * damping, FirstDamping, 1) : damping > FirstDamping ? 0.1 * damping : 0;

    /// <summary>Goes half of the way back.</summary>
    public static unsafe void Halve(double* from, double* back, int count)
    {
        for (int i = 0; i < count; i++)
            from[i] = 0.5 * (from[i] + back[i]);
    }
}
