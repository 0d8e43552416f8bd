using ElasticNet.Fast.Families;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// A convex loss that is not squared error: it is minimised by Newton steps, each of which sees the square that touches the loss. As an
/// operator on vectors of rows it is the curvature that was frozen last, less what the intercept takes of it.
/// </summary>
internal abstract unsafe class CurvedDatafit : Datafit, ISymmetricOperator
{
    /// <summary>That of a family; null for squared error.</summary>
    public static CurvedDatafit? Of(Family family) => family is CoxFamily cox ? new CoxDatafit(cox.IsEfron) : RowLoss.Of(family)?.CreateDatafit();

    /// <summary>What X̂β is subtracted from to give <c>left</c> of <see cref="Evaluate"/>; null for 0.</summary>
    public virtual double* Origin => null;

    /// <summary>The intercept of the last evaluation, in units of <see cref="Datafit.CoefficientScale"/>.</summary>
    public abstract double Intercept { get; }

    /// <summary>What is left of the intercept's optimality condition, in the units of a gradient.</summary>
    public abstract double Unbalanced { get; }

    /// <summary>How far r can be from that of the η of the last evaluation, beyond what rounding each row for itself does; 0 where rows see themselves only.</summary>
    public virtual double ResidualRounding => 0;

    /// <summary>What it means that the loss falls for ever along columns without a penalty, as the beginning of a sentence.</summary>
    public virtual string RecessionWords => "'y' is told apart by columns without a penalty";

    /// <summary>No second derivative of the last evaluation is larger.</summary>
    public abstract double LargestCurvature { get; }

    /// <summary>
    /// The loss above that of fitted values that equal y, and r = −(∂/∂η)/√w, which is made orthogonal to √w as a Newton step of the intercept
    /// would; not a number where η overflows. The intercept begins where the last accepted evaluation expects it.
    /// </summary>
    /// <param name="left"><see cref="Origin"/> − X̂β, times √w as the columns of X̂ are.</param>
    /// <param name="residual">Filled with r.</param>
    public abstract double Evaluate(double* left, double* residual);

    /// <summary>Whether η may go on for ever from the point accepted last to that of the last evaluation, and further, while the loss falls.</summary>
    /// <param name="before">What the point accepted last was an evaluation of.</param>
    /// <param name="left">The same of the last evaluation.</param>
    public virtual bool Recedes(double* before, double* left) => false;

    /// <summary>Takes the last evaluation as the point that later ones expect their intercept from.</summary>
    /// <param name="left">What it was an evaluation of.</param>
    public abstract void Accept(double* left);

    /// <summary>Freezes the curvature of the last evaluation.</summary>
    /// <param name="damping">What is added to that of each row, in units of the mean, where a loss knows how.</param>
    public abstract void Freeze(double damping = 0);

    /// <inheritdoc/>
    public abstract void Apply(double* vector, double* result);

    /// <summary>
    /// f(η) + f*(−θ) + ηᵀθ ≥ 0 at the η of the last evaluation, or more: how far η and a dual point θ = c(r − Vz) are from belonging together, V the
    /// frozen curvature. A loss that is no sum over rows knows how r and Vz came about, and would not find it in their sum.
    /// </summary>
    /// <param name="scale">c.</param>
    /// <param name="shift">z; null for 0.</param>
    /// <param name="dual">θ, orthogonal to √w where there is an intercept; may be overwritten.</param>
    /// <returns>Infinite where f*(−θ) is.</returns>
    public abstract double FenchelSlack(double scale, double* shift, double* dual);
}
