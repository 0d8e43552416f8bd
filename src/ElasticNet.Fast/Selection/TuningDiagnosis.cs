namespace ElasticNet.Fast.Selection;

/// <summary>Says in words how firm a choice of λ is, and what would make it firmer.</summary>
internal static class TuningDiagnosis
{
    // Every curve has a few λ beside its least; a quarter of the grid is a plateau.
    private const int FlatShare = 4;

    // A difference of 2 in AIC is the usual line below which models are supported about equally. Burnham and Anderson 2002.
    private const double CriterionMargin = 2;

    public static TuningFinding[] Of(CrossValidationResult result)
    {
        CrossValidationCurve curve = result.Best;
        Measure measure = result.Measure;
        double[] errors = [.. curve.Points.Select(point => measure.Cost(point.Mean))];
        int best = Least(errors);
        CrossValidationPoint least = curve.Points[best];
        double bar = errors[best] + least.StandardError;
        List<TuningFinding> findings = [];
        // Without a skill and without an error there was nothing to be right about.
        if (least is { RSquared: 0, Mean: 0 })
            return [new(TuningFindingKind.NoSkill, "The target is the same in every row that counts: there is nothing to explain.")];
        if (least.RSquared <= 0 || IsEmpty(curve.Path, best))
        {
            findings.Add(new(TuningFindingKind.NoSkill, Throw.Invariant(
                $"No λ predicts held-out rows better than the model without penalised features ({measure.ExplainedName} {Digits.Four(least.RSquared)} at λ.min): these features and {curve.Path.Rows} rows show no linear relation; other features or more rows may.")));
        }

        AddEdges(findings, curve.Path, errors, best, "λ.min");
        AddTies(findings, curve.Path, errors, best, measure.Noun, measure.BestWord);
        AddFlat(findings, curve.Path, errors, bar, $"an {measure.Noun} within one standard error of the {measure.BestWord}", "λ.1se takes the largest of them.");
        double[] mixings = [.. result.Curves.Where(other => other != curve && other.Points.Min(point => measure.Cost(point.Mean)) <= bar).Select(other => other.L1Ratio)];
        if (mixings.Length > 0)
        {
            findings.Add(new(TuningFindingKind.FlatMixing, Throw.Invariant(
                $"ρ = {List(mixings)} {(mixings.Length == 1 ? "reaches" : "reach")} an {measure.Noun} within one standard error of that of ρ = {curve.L1Ratio}: the folds do not settle ρ.")));
        }

        return [.. findings];
    }

    public static TuningFinding[] Of(SearchResult search)
    {
        CrossValidationPoint least = search.Best.Best;
        Measure measure = search.CrossValidation.Measure;
        SearchCandidate[] near = [.. search.Candidates.Where(other => measure.Cost(other.Best.Mean) <= measure.Cost(least.Mean) + least.StandardError)];
        if (near.Length < 2)
            return [];
        SearchCandidate simplest = near.MinBy(candidate => candidate.Best.NonZeroCount)!;
        return
        [
            new(TuningFindingKind.FlatSearch, Throw.Invariant(
                $"{near.Length} of {search.Candidates.Count} candidates have an {measure.Noun} within one standard error of the {measure.BestWord}: the folds do not settle the choice between them. The fewest features of them, {simplest.Best.NonZeroCount}, has: {simplest}.")),
        ];
    }

    public static TuningFinding[] Of(PathCriteria criteria, Criterion criterion)
    {
        RegularizationPath path = criteria.Path;
        double[] values = [.. criteria.Points.Select(point => point[criterion])];
        int best = criteria.Best(criterion);
        string name = Name(criterion);
        List<TuningFinding> findings = [];
        if (IsEmpty(path, best))
        {
            findings.Add(new(TuningFindingKind.NoSkill, Throw.Invariant(
                $"By {name} no λ is worth more than the model without penalised features: these features and {path.Rows} rows show no linear relation; other features or more rows may.")));
        }

        double freedom = criteria.Points[best].DegreesOfFreedom;
        if (2 * freedom >= criteria.Numbers)
        {
            findings.Add(new(TuningFindingKind.Saturated, Throw.Invariant(
                $"The choice spends {freedom:0.#} degrees of freedom on {criteria.Events ?? path.Rows} {(criteria.Events is null ? "rows" : "events")}: {name} misleads so near to a perfect fit; cross-validate.")));
        }

        AddEdges(findings, path, values, best, Throw.Invariant($"λ = {path[best].Fit.Lambda:g6}, the least {name},"));
        AddTies(findings, path, values, best, name, "least");
        // n·log(GCV) and n·log(ALO) are on the scale of AIC.
        bool isError = criterion is Criterion.Gcv or Criterion.Alo;
        double factor = Math.Exp(CriterionMargin / (criteria.Events ?? path.Rows));
        string near = isError ? Throw.Invariant($"{name} within {100 * (factor - 1):0.##} % of the least") : Throw.Invariant($"{name} within {CriterionMargin} of the least");
        AddFlat(findings, path, values, isError ? values[best] * factor : values[best] + CriterionMargin, near, "The largest of them is the simplest model.");
        return [.. findings];
    }

    public static string Name(Criterion criterion) => criterion == Criterion.Aicc ? "AICc" : criterion.ToString().ToUpperInvariant();

    private static void AddEdges(List<TuningFinding> findings, RegularizationPath path, double[] values, int best, string chosen)
    {
        if (path.Count == 1)
            return;
        double lambda = path[best].Fit.Lambda;
        if (best == 0 && !IsEmpty(path, best))
        {
            findings.Add(new(TuningFindingKind.AtLargestLambda, Throw.Invariant(
                $"{chosen} is the largest of the {path.Count} λ ({lambda:g6}): the smaller ones are under-regularised, and a larger one may be better; extend the grid upwards.")));
        }

        if (best < path.Count - 1 && double.IsFinite(values[best + 1]))
            return;
        string text = (lambda, best < path.Count - 1) switch
        {
            (_, true) => Throw.Invariant($"{chosen} is the smallest λ that has a value: below it the fits have about as many degrees of freedom as rows; cross-validate."),
            (0, _) => Throw.Invariant($"{chosen} is 0: every penalty that was tried is over-regularised, and least squares without one is best."),
            _ => Throw.Invariant($"{chosen} is the smallest of the {path.Count} λ ({lambda:g6}): the larger ones are over-regularised, and a smaller one may be better; extend the grid downwards."),
        };
        findings.Add(new(TuningFindingKind.AtSmallestLambda, text));
    }

    private static void AddTies(List<TuningFinding> findings, RegularizationPath path, double[] values, int best, string noun, string bestWord)
    {
        int tied = values.Count(value => value == values[best]) - 1;
        if (tied > 0)
        {
            findings.Add(new(TuningFindingKind.Tied, Throw.Invariant(
                $"{tied} smaller λ {(tied == 1 ? "has" : "have")} exactly the {bestWord} {noun}; the largest λ, {path[best].Fit.Lambda:g6}, counts as the best.")));
        }
    }

    private static void AddFlat(List<TuningFinding> findings, RegularizationPath path, double[] values, double bar, string near, string advice)
    {
        int[] within = [.. Enumerable.Range(0, values.Length).Where(k => values[k] <= bar)];
        if (within.Length < 2 || FlatShare * within.Length < values.Length)
            return;
        ElasticNetFit large = path[within[0]].Fit, small = path[within[^1]].Fit;
        findings.Add(new(TuningFindingKind.Flat, Throw.Invariant(
            $"The curve is flat: {within.Length} of {values.Length} λ, between {large.Lambda:g6} ({Features(large)}) and {small.Lambda:g6} ({Features(small)}), have {near}. {advice}")));
    }

    // λ_max is where penalised coefficients are all 0 only as far as it was computed with the ρ of the path.
    private static bool IsEmpty(RegularizationPath path, int k) =>
        path[k].Fit.NonZeroCount == 0 || (path.L1Ratio >= 1e-3 && path[k].Fit.Lambda >= path.LambdaMax * (1 - 1e-12));

    private static int Least(double[] values)
    {
        int best = 0;
        for (int k = 1; k < values.Length; k++)
        {
            if (values[k] < values[best])
                best = k;
        }

        return best;
    }

    private static string Features(in ElasticNetFit fit) =>
        Throw.Invariant($"{fit.NonZeroCount} feature{(fit.NonZeroCount == 1 ? "" : "s")}");

    private static string List(double[] values) => string.Join(", ", values.Select(value => Throw.Invariant($"{value}")));
}
