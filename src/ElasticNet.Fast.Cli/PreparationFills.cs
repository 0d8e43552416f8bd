namespace ElasticNet.Fast.Cli;

/// <summary>What a model puts in place of missing numbers.</summary>
internal static class PreparationFills
{
    /// <summary>For each raw column the number that stands for a missing one; NaN for a category, and where there is none or the other numbers of a row say.</summary>
    public static double[] Fills(this Preparation preparation)
    {
        double[] fills = new double[preparation.Inputs.Count];
        Array.Fill(fills, double.NaN);
        if (preparation.Options.Imputation is ImputationMethod.NearestNeighbors or ImputationMethod.Iterative or ImputationMethod.Multiple)
            return fills;
        // A row without any value shows them all: a number's feature bears its name, and features follow the inputs.
        double[] features = new double[preparation.FeatureNames.Count];
        preparation.Transform(fills, features);
        int at = 0;
        for (int j = 0; j < fills.Length; j++)
        {
            InputColumn input = preparation.Inputs[j];
            if (input.Kind == InputKind.Category)
                continue;
            while (at < features.Length && preparation.FeatureNames[at] != input.Name)
                at++;
            if (at < features.Length)
                fills[j] = features[at++];
        }
        return fills;
    }
}
