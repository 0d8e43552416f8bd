namespace ElasticNet.Fast.Selection;

/// <summary>How well several selections of features agree.</summary>
internal static class SetAgreement
{
    /// <summary>
    /// 1 if perfectly, about 0 if by chance; NaN where each selects all or none: 1 − mean of s²ⱼ/(k̄/p·(1 − k̄/p)), sⱼ² the variance of the
    /// selection of feature j, k̄ the mean size. Nogueira, Sechidis and Brown 2018.
    /// </summary>
    /// <param name="frequencies">Share of the selections that hold each feature.</param>
    /// <param name="sets">How many selections.</param>
    public static double Nogueira(ReadOnlySpan<double> frequencies, int sets)
    {
        double size = 0, variance = 0;
        foreach (double frequency in frequencies)
        {
            size += frequency / frequencies.Length;
            variance += frequency * (1 - frequency) / frequencies.Length;
        }

        variance *= sets / (double)Math.Max(1, sets - 1);
        return size is > 0 and < 1 ? 1 - variance / (size * (1 - size)) : double.NaN;
    }

    /// <summary>Mean over all pairs of |A ∩ B|/|A ∪ B|, 1 for two empty sets; NaN for fewer than two sets. Jaccard 1901.</summary>
    public static double Jaccard(IReadOnlyList<int[]> sets)
    {
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < sets.Count; a++)
        {
            HashSet<int> first = [.. sets[a]];
            for (int b = a + 1; b < sets.Count; b++, pairs++)
            {
                int common = sets[b].Count(first.Contains), union = first.Count + sets[b].Length - common;
                sum += union == 0 ? 1 : (double)common / union;
            }
        }

        return pairs == 0 ? double.NaN : sum / pairs;
    }
}
