namespace ElasticNet.Fast.Models;

/// <summary>"PROB": what the model is the solution of, for whoever wants to check. A reader that only predicts may skip it.</summary>
internal static class ProblemSection
{
    private const uint HasWeights = 1;
    private const uint HasOffset = 2;
    private const uint GroupsOutputs = 4;
    private const uint FlagBound = 8;

    /// <summary>Writes counts, numbers, and the two names.</summary>
    public static void Write(SectionWriter file, SolvedProblem problem)
    {
        byte[] weights = problem.WeightsName is null ? [] : SectionWriter.Encode("name of the weights", problem.WeightsName);
        byte[] offset = problem.OffsetName is null ? [] : SectionWriter.Encode("name of the offset", problem.OffsetName);
        file.Begin(SectionKind.Problem);
        file.UInt32((uint)problem.PenaltyFactors.Length);
        file.UInt32((uint)problem.LowerBounds.Length);
        file.UInt32((uint)problem.UpperBounds.Length);
        file.UInt32((uint)problem.ExcludedFeatures.Length);
        file.UInt32((problem.WeightsName is null ? 0 : HasWeights) | (problem.OffsetName is null ? 0 : HasOffset) | (problem.GroupOutputs ? GroupsOutputs : 0));
        file.UInt32((uint)weights.Length);
        file.UInt32((uint)offset.Length);
        file.UInt32(0);
        file.Double(problem.LambdaMax);
        file.Numbers(problem.PenaltyFactors.Span);
        file.Numbers(problem.LowerBounds.Span);
        file.Numbers(problem.UpperBounds.Span);
        file.Numbers(problem.ExcludedFeatures.Span);
        file.Numbers<byte>(weights);
        file.Numbers<byte>(offset);
        file.End();
    }

    /// <summary>Reads them back; <see cref="FirstViolation"/> looks at the numbers.</summary>
    public static SolvedProblem Read(SectionReader section)
    {
        int factors = section.Count("penalty factors"), lower = section.Count("lower bounds"), upper = section.Count("upper bounds");
        int excluded = section.Count("excluded features");
        uint flags = section.Flags(FlagBound), weightsLength = section.UInt32(), offsetLength = section.UInt32();
        section.Zeros(sizeof(uint));
        if (((flags & HasWeights) == 0 && weightsLength != 0) || ((flags & HasOffset) == 0 && offsetLength != 0))
            Throw.ModelFile($"the lengths of the names of weights ({weightsLength}) and offset ({offsetLength}) must be 0 where there are none");
        double lambdaMax = section.Double();
        section.RequireRemaining(
            ((long)factors + lower + upper) * sizeof(double) + excluded * (long)sizeof(int) + weightsLength + offsetLength);
        return new()
        {
            LambdaMax = lambdaMax,
            PenaltyFactors = section.Doubles(factors),
            LowerBounds = section.Doubles(lower),
            UpperBounds = section.Doubles(upper),
            ExcludedFeatures = section.Integers(excluded),
            GroupOutputs = (flags & GroupsOutputs) != 0,
            WeightsName = (flags & HasWeights) != 0 ? section.Text("name of the weights", weightsLength) : null,
            OffsetName = (flags & HasOffset) != 0 ? section.Text("name of the offset", offsetLength) : null,
        };
    }

    /// <summary>The first rule broken, as a sentence without full stop; null where the problem is sound.</summary>
    public static string? FirstViolation(SolvedProblem? problem, int features)
    {
        if (problem is null)
            return null;
        if (!IsStrength(problem.LambdaMax))
            return Throw.Invariant($"'λ_max' of the problem ({problem.LambdaMax}) must be finite and not negative");
        if (problem.PenaltyFactors.Length is var factors && factors != 0 && factors != features)
            return Throw.Invariant($"'penalty factors' (length {factors}) must be none, or one for each of the {features} features");
        foreach (double factor in problem.PenaltyFactors.Span)
        {
            if (!IsStrength(factor))
                return Throw.Invariant($"a 'penalty factor' ({factor}) must be finite and not negative");
        }

        return Bounds("lower", problem.LowerBounds.Span, -1, features) ?? Bounds("upper", problem.UpperBounds.Span, 1, features)
            ?? Excluded(problem.ExcludedFeatures.Span, features);
    }

    private static string? Bounds(string which, ReadOnlySpan<double> bounds, int side, int features)
    {
        if (bounds.Length > 1 && bounds.Length != features)
            return Throw.Invariant($"'{which} bounds' (length {bounds.Length}) must be none, one for all, or one for each of the {features} features");
        foreach (double bound in bounds)
        {
            if (!(bound * side >= 0))
                return Throw.Invariant($"a '{which} bound' ({bound}) must not be {(side > 0 ? "negative" : "positive")}");
        }

        return null;
    }

    private static string? Excluded(ReadOnlySpan<int> excluded, int features)
    {
        int before = -1;
        foreach (int feature in excluded)
        {
            if (feature <= before || feature >= features)
                return Throw.Invariant($"an 'excluded feature' ({feature}) must be above the one before ({before}) and below the {features} features");
            before = feature;
        }

        return null;
    }

    private static bool IsStrength(double value) => value >= 0 && double.IsFinite(value);
}
