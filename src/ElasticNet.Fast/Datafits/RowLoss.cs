using System.Diagnostics;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Datafits;

/// <summary>What the loss of a family makes: the datafit that solvers minimise, and the deviance of rows.</summary>
internal abstract class RowLoss
{
    /// <summary>The loss of a family; null for squared error, which solvers minimise without it.</summary>
    public static RowLoss? Of(Family family) =>
        family == Family.Gaussian ? null
        : family == Family.Binomial ? new RowLoss<BinomialLoss>(new())
        : family == Family.Poisson ? new RowLoss<PoissonLoss>(new())
        : family == Family.Gamma ? new RowLoss<GammaLoss>(new())
        : throw new UnreachableException($"Nothing computes the loss of the family {family}.");

    /// <summary>Its datafit.</summary>
    public abstract CurvedDatafit CreateDatafit();

    /// <summary>The intercept of the model with intercept and offset only.</summary>
    public double NullIntercept(in TrainingRows rows, bool intercept)
    {
        using CurvedDatafit datafit = CreateDatafit();
        datafit.Start(rows, intercept);
        return datafit.Intercept * datafit.CoefficientScale;
    }

    /// <summary>Adds the unit deviances of some rows, times their weights.</summary>
    /// <param name="sum">What rows before have come to.</param>
    /// <param name="response">y.</param>
    /// <param name="weights">w.</param>
    /// <param name="eta">The linear predictors.</param>
    public abstract double AddDeviance(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, ReadOnlySpan<double> eta);
}
