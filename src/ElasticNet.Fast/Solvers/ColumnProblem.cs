using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>What is to be solved on the columns of X: the same for every solver that takes part.</summary>
/// <param name="Design">X.</param>
/// <param name="Datafit">Weights, response and intercept.</param>
/// <param name="Scaling">Centers and scales of the columns.</param>
/// <param name="Terms">The penalty terms.</param>
internal readonly record struct ColumnProblem(Design Design, Datafit Datafit, ColumnScaling Scaling, PenaltyTerms Terms);
