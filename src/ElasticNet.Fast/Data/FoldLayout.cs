namespace ElasticNet.Fast.Data;

/// <summary>
/// Which rows each fold trains on, and which it holds out. The rows are cut into parts, and a fold is made of whole parts, so that what is
/// summed up of the parts serves all folds. Of a partition the parts are the folds; forward in time some rows are never held out.
/// </summary>
/// <param name="partOf">The part of each row, −1 for one that counts nowhere.</param>
/// <param name="parts">Number of parts.</param>
/// <param name="folds">The folds.</param>
/// <param name="heldOutIn">The fold that each row is held out in, −1 for one that never is.</param>
internal sealed class FoldLayout(int[] partOf, int parts, Fold[] folds, int[] heldOutIn)
{
    /// <summary>The part of each row; −1 for rows that count nowhere.</summary>
    public int[] PartOf => partOf;

    /// <summary>Number of parts.</summary>
    public int Parts => parts;

    /// <summary>The folds.</summary>
    public Fold[] Folds => folds;

    /// <summary>Whether each fold is one part, and trains on all others.</summary>
    public bool IsPartition => ReferenceEquals(partOf, heldOutIn);

    /// <summary>The fold that each row is held out in; −1 for rows that never are.</summary>
    public int[] HeldOutIn => heldOutIn;

    /// <summary>Each fold trains on all that it does not hold out.</summary>
    /// <param name="foldOf">The fold of each row, −1 for one that counts nowhere.</param>
    /// <param name="count">Number of folds.</param>
    public static FoldLayout Partition(int[] foldOf, int count)
    {
        Fold[] folds = new Fold[count];
        for (int k = 0; k < count; k++)
            folds[k] = new(0, count, k, k + 1);
        return new(foldOf, count, folds, foldOf);
    }

    /// <summary>Folds that say themselves which parts they are made of.</summary>
    /// <param name="partOf">The part of each row, −1 for one that counts nowhere.</param>
    /// <param name="parts">Number of parts.</param>
    /// <param name="folds">The folds; no part is held out twice.</param>
    public static FoldLayout Of(int[] partOf, int parts, Fold[] folds)
    {
        int[] foldOf = new int[parts];
        for (int part = 0; part < parts; part++)
            foldOf[part] = Array.FindIndex(folds, fold => fold.Holds(part));
        return new(partOf, parts, folds, Array.ConvertAll(partOf, part => part < 0 ? -1 : foldOf[part]));
    }

    /// <summary>The same of rows that lie there several times, one copy of all after the other.</summary>
    public FoldLayout Repeat(int copies)
    {
        if (copies == 1)
            return this;
        int n = partOf.Length;
        int[] all = new int[n * copies];
        for (int copy = 0; copy < copies; copy++)
            partOf.CopyTo(all, copy * n);
        return IsPartition ? Partition(all, parts) : Of(all, parts, folds);
    }

    /// <summary>The weights of the rows that a fold trains on, 0 for the others.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="weights">The weights of all rows; empty means 1.</param>
    public double[] TrainingWeights(int fold, ReadOnlySpan<double> weights)
    {
        double[] training = new double[partOf.Length];
        for (int i = 0; i < training.Length; i++)
            training[i] = !folds[fold].Trains(partOf[i]) ? 0 : weights.IsEmpty ? 1 : weights[i];
        return training;
    }
}
