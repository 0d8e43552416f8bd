using System.Diagnostics;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Families;

namespace ElasticNet.Fast.Datafits;

/// <summary>What the loss of a family makes: the datafit that solvers minimise, and the deviance of rows.</summary>
internal abstract class RowLoss
{
    /// <summary>The loss of a family; null for squared error, which solvers minimise without it.</summary>
    public static RowLoss? Of(Family family) => family switch
    {
        GaussianFamily => null,
        BinomialFamily when family.Link == Link.Logit => new RowLoss<BinomialLoss>(new()),
        BinomialFamily when family.Link == Link.Probit => new RowLoss<ByRow<ProbitLoss>>(new(new())),
        BinomialFamily when family.Link == Link.ComplementaryLogLog => new RowLoss<ByRow<ComplementaryLogLogLoss>>(new(new())),
        PoissonFamily => new RowLoss<PoissonLoss>(new()),
        GammaFamily => new RowLoss<GammaLoss>(new()),
        TweedieFamily => new RowLoss<ByRow<TweedieLoss>>(new(new(family.Parameter))),
        NegativeBinomialFamily => new RowLoss<NegativeBinomialLoss>(new(family.Parameter)),
        HuberFamily => new RowLoss<HuberLoss>(new(family.Parameter)),
        MultinomialFamily or MultiGaussianFamily => throw new NotSupportedException($"The loss of the family {family.Title} is of several linear predictors a row."),
        CoxFamily => throw new NotSupportedException("The loss of Family.Cox is no sum over rows."),
        _ => throw new UnreachableException($"Nothing computes the loss of the family {family}."),
    };

    /// <summary>Why no finite intercept fits a response whose least and largest values these are; null where one does.</summary>
    public abstract string? Degenerate(double least, double most);

    /// <summary>Its datafit.</summary>
    public abstract CurvedDatafit CreateDatafit();

    /// <summary>The intercept of the model with intercept and offset only.</summary>
    public double NullIntercept(in TrainingRows rows, bool intercept)
    {
        using CurvedDatafit datafit = CreateDatafit();
        datafit.Start(rows, intercept);
        return datafit.Intercept * datafit.CoefficientScale;
    }

    /// <inheritdoc cref="NullIntercept(in TrainingRows, bool)"/>
    public unsafe double NullIntercept(ReadOnlySpan<double> response, ReadOnlySpan<double> weights, ReadOnlySpan<double> offset, bool intercept)
    {
        fixed (double* y = response, w = weights, o = offset)
            return NullIntercept(new TrainingRows(y, w, o, response.Length), intercept);
    }

    /// <summary>Half the unit deviances of rows, and their derivatives by η.</summary>
    /// <param name="response">y.</param>
    /// <param name="eta">The linear predictors.</param>
    /// <param name="half">Filled with ℓ less its least value.</param>
    /// <param name="slope">Filled with ℓ′.</param>
    /// <param name="curvature">Filled with ℓ″.</param>
    public abstract void Evaluate(ReadOnlySpan<double> response, ReadOnlySpan<double> eta, Span<double> half, Span<double> slope, Span<double> curvature);

    /// <summary>Adds the unit deviances of some rows, times their weights.</summary>
    /// <param name="sum">What rows before have come to.</param>
    /// <param name="response">y.</param>
    /// <param name="weights">w.</param>
    /// <param name="eta">The linear predictors.</param>
    public abstract double AddDeviance(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, ReadOnlySpan<double> eta);
}
