using System.Globalization;
using System.Text;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Selection;

/// <summary>One candidate of a search, cross-validated on the folds of all.</summary>
/// <param name="Preparation">How raw columns became features; null where they were features.</param>
/// <param name="Curve">Its cross-validated error along λ.</param>
/// <param name="LambdaMin">The λ of its least mean error.</param>
/// <param name="Lambda1Se">The largest λ whose mean error is at most one standard error above that.</param>
/// <param name="Best">The point at <paramref name="LambdaMin"/>.</param>
public sealed record SearchCandidate(
    PreparationOptions? Preparation, IReadOnlyList<CrossValidationPoint> Curve, double LambdaMin, double Lambda1Se, CrossValidationPoint Best)
{
    /// <summary>Its mixing ρ.</summary>
    public double L1Ratio => Best.L1Ratio;

    /// <summary>What sets it apart: imputation, scaling, mixing.</summary>
    public override string ToString()
    {
        string preparation = Preparation is null ? "" : Throw.Invariant(
            $"{(Preparation.Imputation == ImputationMethod.None ? "" : $"impute {Preparation.Imputation}, ")}{(Preparation.Scaling is { } scaling ? $"scale {scaling}, " : "")}");
        return preparation + Throw.Invariant($"ρ = {L1Ratio:g4}");
    }
}

/// <summary>The candidates of a search, and the best of them refitted on all rows. Immutable.</summary>
public sealed class SearchResult
{
    private readonly Lazy<TuningFinding[]> _diagnosis;

    internal SearchResult(SearchCandidate[] candidates, int best, CrossValidationResult crossValidation)
    {
        (Candidates, Best, CrossValidation) = (candidates, candidates[best], crossValidation);
        _diagnosis = new(() => [.. TuningDiagnosis.Of(crossValidation), .. TuningDiagnosis.Of(this)]);
    }

    /// <summary>All candidates, in the order tried.</summary>
    public IReadOnlyList<SearchCandidate> Candidates { get; }

    /// <summary>The candidate of least mean error; of several, the first.</summary>
    public SearchCandidate Best { get; }

    /// <summary>The cross-validation of the best candidate's preparation, over the mixings that were tried with it.</summary>
    public CrossValidationResult CrossValidation { get; }

    /// <summary>The best candidate, fitted on all rows.</summary>
    public ElasticNetModel Model => CrossValidation.Model;

    /// <summary>What is to be said about the choice in words, that of λ included. The least of many errors is flattered by having been chosen; nested cross-validation tells the error of the search.</summary>
    public IReadOnlyList<TuningFinding> Diagnosis => _diagnosis.Value;

    /// <summary>A line for each candidate, the best first.</summary>
    public override string ToString()
    {
        Measure measure = CrossValidation.Measure;
        SearchCandidate[] ranked = [.. Candidates.OrderBy(candidate => measure.Cost(candidate.Best.Mean))];
        string[] names = Array.ConvertAll(ranked, candidate => candidate.ToString());
        int width = names.Append("candidate").Max(name => name.Length);
        int share = Math.Max(7, measure.ExplainedName.Length);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"candidate".PadRight(width)} {measure.Noun,12} {"± SE",9} {measure.ExplainedName.PadLeft(share)} {"λ.min",12} {"features",8}\n");
        foreach ((int k, SearchCandidate candidate) in ranked.Index())
            text.Append(CultureInfo.InvariantCulture, $"{names[k].PadRight(width)} {candidate.Best.Mean,12:g6} {candidate.Best.StandardError,9:g3} {Digits.Four(candidate.Best.RSquared).PadLeft(share)} {candidate.LambdaMin,12:g6} {candidate.Best.NonZeroCount,8}\n");
        return text.ToString();
    }
}
