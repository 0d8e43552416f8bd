using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Moments;

/// <summary>The moments of the rows that are trained on, and the units they were taken in: those of all rows, or guessed.</summary>
/// <param name="Moments">The moments.</param>
/// <param name="Scaling">How the columns were centred and scaled.</param>
/// <param name="Datafit">How the response was, and the weights of all rows.</param>
internal readonly record struct TrainingMoments(MomentDifference Moments, ColumnScaling Scaling, GaussianDatafit Datafit);
