namespace ElasticNet.Fast.Models;

/// <summary>"GRPS": the groups of features that a model was penalised in. A reader that only predicts may skip it.</summary>
internal static class GroupSection
{
    /// <summary>Writes the mixing, then all factors, then where the columns of each group end, then the columns.</summary>
    public static void Write(SectionWriter file, SolvedProblem problem)
    {
        file.Begin(SectionKind.Groups);
        file.UInt32((uint)problem.FeatureGroups.Count);
        file.UInt32((uint)problem.FeatureGroups.Sum(group => group.Columns.Count));
        file.Double(problem.GroupMixing);
        foreach (FeatureGroup group in problem.FeatureGroups)
            file.Double(group.FactorUsed);
        int end = 0;
        foreach (FeatureGroup group in problem.FeatureGroups)
            file.UInt32((uint)(end += group.Columns.Count));
        foreach (FeatureGroup group in problem.FeatureGroups)
            file.Numbers(group.Columns.Span);
        file.End();
    }

    /// <summary>Reads them back into the problem; <see cref="FirstViolation"/> looks at the numbers.</summary>
    public static SolvedProblem Read(SectionReader section, SolvedProblem? problem)
    {
        if (problem is null)
            Throw.ModelFile($"'GRPS' must not come without 'PROB'");
        int count = section.Count("groups"), total = section.Count("columns in groups");
        double mixing = section.Double();
        section.RequireRemaining(count * (long)(sizeof(double) + sizeof(uint)) + total * (long)sizeof(int));
        double[] factors = section.Doubles(count);
        int[] ends = section.Integers(count), columns = section.Integers(total);
        FeatureGroup[] groups = new FeatureGroup[count];
        for (int g = 0, start = 0; g < count; start = ends[g++])
        {
            if (ends[g] <= start || ends[g] > total || (g == count - 1 && ends[g] != total))
                Throw.ModelFile($"the end of group {g} ({ends[g]}) must be above the one before ({start}), and the last must be the number of columns in groups ({total})");
            groups[g] = new(columns[start..ends[g]]) { Factor = factors[g] };
        }

        if (count == 0)
            Throw.ModelFile($"'groups' ({count}) must not be 0 in a section of their own");
        return problem with { FeatureGroups = groups, GroupMixing = mixing };
    }

    /// <summary>The first rule broken, as a sentence without full stop; null where the groups are sound.</summary>
    public static string? FirstViolation(SolvedProblem? problem, int features)
    {
        if (problem is null || problem.FeatureGroups.IsEmpty)
            return null;
        if (!(problem.GroupMixing is >= 0 and <= 1))
            return Throw.Invariant($"'mixing' of the groups ({problem.GroupMixing}) must be in [0, 1]");
        HashSet<int> taken = [];
        foreach (FeatureGroup group in problem.FeatureGroups)
        {
            if (!(group.FactorUsed > 0) || double.IsInfinity(group.FactorUsed))
                return Throw.Invariant($"a 'factor' of a group ({group.FactorUsed}) must be finite and positive");
            foreach (int column in group.Columns)
            {
                if ((uint)column >= (uint)features)
                    return Throw.Invariant($"a feature of a group ({column}) must be in [0, {features})");
                if (!taken.Add(column))
                    return Throw.Invariant($"'groups' must not overlap, but feature {column} is in two of them");
            }
        }

        return null;
    }
}
