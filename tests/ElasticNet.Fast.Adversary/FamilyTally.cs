namespace ElasticNet.Fast.Adversary;

/// <summary>What came of the problems of a family.</summary>
internal sealed class FamilyTally
{
    public int Problems { get; private set; }

    public int Solutions { get; private set; }

    /// <summary>Refused with a sentence that names what was given.</summary>
    public int Refused { get; private set; }

    /// <summary>A better point is in hand than the claim admits.</summary>
    public int False { get; private set; }

    /// <summary>Exceptions from inside, and numbers that are none.</summary>
    public int Inside { get; private set; }

    public int Loose { get; private set; }

    public int Flagged { get; private set; }

    /// <summary>Neither proven nor refuted.</summary>
    public int Undecided { get; private set; }

    /// <summary>Not judged: numbers too large or small for the proof.</summary>
    public int Beyond { get; private set; }

    /// <summary>Counts a problem.</summary>
    /// <returns>A sentence for whatever is wrong.</returns>
    public IEnumerable<string> Add(FamilyTrial trial)
    {
        Problems++;
        List<string> sentences = [];
        if (trial.Exception is { } exception)
        {
            if (exception is ArgumentException { Message: ['\'', ..] })
            {
                Refused++;
            }
            else
            {
                Inside++;
                sentences.Add($"threw {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")} {exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("ElasticNet", StringComparison.Ordinal))?.Trim()}");
            }
        }

        foreach (FamilyClaim claim in trial.Claims)
        {
            Solutions++;
            Loose += claim.Gap > 1e-12 ? 1 : 0;
            Flagged += claim.Gap > 1e-9 ? 1 : 0;
            switch (claim.Outcome)
            {
                case Outcome.False:
                    False++;
                    sentences.Add(FormattableString.Invariant($"λ = {claim.Lambda:r}: claims {claim.Gap:g3}, and a point lies {claim.Above:g3} lower (proof: {claim.Proven:g3})"));
                    break;
                case Outcome.NotFinite:
                    Inside++;
                    sentences.Add(FormattableString.Invariant($"λ = {claim.Lambda:r}: returns what is no number"));
                    break;
                case Outcome.Undecided:
                    Undecided++;
                    break;
                case Outcome.Beyond:
                    Beyond++;
                    break;
            }
        }

        return sentences;
    }
}
