using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Selection;

/// <summary>What a search does: each preparation once, with the mixings that are tried with it.</summary>
internal static class SearchPlan
{
    /// <summary>The whole grid, or the sample; preparations and mixings in the order given.</summary>
    public static (PreparationOptions? Preparation, double[] L1Ratios)[] Of(SearchSpace space, ElasticNetOptions options)
    {
        PreparationOptions?[] preparations = space.Preparations.Count > 0 ? [.. space.Preparations] : [options.Preparation];
        double[] l1Ratios = (space.L1Ratios.IsEmpty ? options.L1Ratios : space.L1Ratios).ToArray();
        Check(space, preparations, l1Ratios);
        return space switch
        {
            { Samples: { } count, L1RatioRange: { } range } => Drawn(preparations, range, count, new(space.Seed)),
            { Samples: { } count } when count < preparations.Length * (long)l1Ratios.Length => Sampled(preparations, l1Ratios, count, new(space.Seed)),
            _ => Array.ConvertAll(preparations, preparation => (preparation, l1Ratios)),
        };
    }

    private static void Check(SearchSpace space, PreparationOptions?[] preparations, double[] l1Ratios)
    {
        if (l1Ratios.Length == 0)
            Throw.Length(nameof(space.L1Ratios), 0, "have at least one mixing to try");
        foreach (double l1Ratio in l1Ratios)
            ValidOptions.CheckL1Ratio(nameof(space.L1Ratios), l1Ratio);
        if (l1Ratios.Distinct().Count() < l1Ratios.Length)
            Throw.Data(nameof(space), Throw.Invariant($"'{nameof(space.L1Ratios)}' ({string.Join(", ", l1Ratios)}) must not name a mixing twice."));
        if (preparations.Distinct().Count() < preparations.Length)
            Throw.Data(nameof(space), Throw.Invariant($"'{nameof(space.Preparations)}' ({preparations.Length} of them) must not hold one twice."));
        if (preparations.Length > 1 && Array.Exists(preparations, preparation => preparation?.Imputation == ImputationMethod.DropRows))
            Throw.Data(nameof(space), Throw.Invariant($"'{nameof(space.Preparations)}' ({preparations.Length} of them) must not drop incomplete rows: errors of different rows cannot be compared."));
        if (space.Samples is < 1)
            Throw.OutOfRange(nameof(space.Samples), space.Samples, "be at least 1");
        if (space.L1RatioRange is not { } range)
            return;
        if (!(range.Low >= 0 && range.Low < range.High && range.High <= 1))
            Throw.OutOfRange(nameof(space.L1RatioRange), range, "be a range within [0, 1]");
        if (space.Samples is null)
            Throw.Data(nameof(space), $"'{nameof(space.L1RatioRange)}' is drawn from; '{nameof(space.Samples)}' must say how often.");
    }

    // Without replacement: the first of a shuffle.
    private static (PreparationOptions?, double[])[] Sampled(PreparationOptions?[] preparations, double[] l1Ratios, int count, Xoshiro256 random)
    {
        int[] order = [.. Enumerable.Range(0, checked(preparations.Length * l1Ratios.Length))];
        random.Shuffle(order);
        int[] drawn = order[..count];
        Array.Sort(drawn);
        return [.. drawn.GroupBy(cell => cell / l1Ratios.Length).Select(cells => (preparations[cells.Key], cells.Select(cell => l1Ratios[cell % l1Ratios.Length]).ToArray()))];
    }

    private static (PreparationOptions?, double[])[] Drawn(PreparationOptions?[] preparations, (double Low, double High) range, int count, Xoshiro256 random)
    {
        (int Preparation, double L1Ratio)[] drawn = new (int, double)[count];
        for (int k = 0; k < count; k++)
        {
            int preparation = random.Next(preparations.Length);
            double uniform = (random.Next() >> 11) * (1.0 / (1UL << 53));
            drawn[k] = (preparation, range.Low + uniform * (range.High - range.Low));
        }

        // Equal draws of a continuous range do not happen twice but by the rounding of a tiny range.
        return [.. drawn.Distinct().GroupBy(cell => cell.Preparation).OrderBy(cells => cells.Key).Select(cells => (preparations[cells.Key], cells.Select(cell => cell.L1Ratio).ToArray()))];
    }
}
