using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>Names for the features of any model.</summary>
internal static class ModelNames
{
    /// <summary>The feature's name; x1, x2, … in a model that has none.</summary>
    public static string NameOf(this ElasticNetModel model, int feature) =>
        model.FeatureNames?[feature] ?? string.Create(CultureInfo.InvariantCulture, $"x{feature + 1}");

    /// <summary>The point of the cross-validation at the model's own λ and ρ.</summary>
    public static CrossValidationPoint? ChosenPoint(this ElasticNetModel model)
    {
        foreach (CrossValidationPoint point in model.CrossValidation)
        {
            if (point.Lambda == model.Fit.Lambda && point.L1Ratio == model.Fit.L1Ratio)
                return point;
        }
        return null;
    }
}
