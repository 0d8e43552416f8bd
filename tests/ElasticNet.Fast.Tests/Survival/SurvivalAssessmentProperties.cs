namespace ElasticNet.Fast.Tests.Survival;

/// <summary>What holds of any assessment of survival, on random rows with ties, late entry, strata, weights and offsets.</summary>
public class SurvivalAssessmentProperties
{
    [Fact]
    public void Measures_are_their_definitions()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            (SurvivalSample sample, ElasticNetModel model, double[] eta) = Fitted(seed);
            using ElasticNetModel own = model;
            int[] rows = [.. Enumerable.Range(0, sample.Time.Length).Where(i => sample.Weights[i] > 0)];
            double[] asked = [.. new[] { 0.3, 0.6 }.Select(share => rows.Select(i => sample.Time[i]).Order().ElementAt((int)(share * rows.Length))).Distinct()];
            SurvivalAssessment found = SurvivalAssessment.Of(model, sample.X, sample.Target, asked);
            double right = 0, pairs = 0;
            foreach (int e in rows.Where(i => sample.Events[i] && sample.Time[i] <= asked.Max()))
            {
                double watched = Stays(sample, rows, e, double.NegativeInfinity, sample.Time[e], true), factor = sample.Weights[e] / (watched * watched);
                foreach (int i in rows.Where(i => sample.Strata[i] == sample.Strata[e] && sample.Start[i] < sample.Time[e] && (sample.Time[i] > sample.Time[e] || (sample.Time[i] == sample.Time[e] && !sample.Events[i]))))
                    (right, pairs) = (right + factor * sample.Weights[i] * (eta[e] > eta[i] ? 1 : eta[e] == eta[i] ? 0.5 : 0), pairs + factor * sample.Weights[i]);
            }

            Near(double.IsInfinity(pairs) ? double.NaN : right / pairs, found.UnoConcordance, seed);
            foreach (SurvivalAtTime at in found.AtTimes)
                Compare(sample, model, eta, rows, at, seed);
        }
    }

    /// <summary>Weights of 2 are rows that stand there twice, but for Efron's ties.</summary>
    [Fact]
    public void Weights_are_repeated_rows()
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            (SurvivalSample drawn, ElasticNetModel model, double[] eta) = Fitted(seed);
            using ElasticNetModel own = model;
            SurvivalSample sample = drawn with { Weights = [.. drawn.Time.Select((_, i) => 1.0 + i % 3)] };
            int[] copies = [.. Enumerable.Range(0, eta.Length).SelectMany(i => Enumerable.Repeat(i, 1 + i % 3))];
            Target all = Target.Survival(
                [.. copies.Select(i => sample.Time[i])], [.. copies.Select(i => sample.Events[i])], sample.HasStarts ? [.. copies.Select(i => Math.Max(sample.Start[i], 0))] : [],
                [.. copies.Select(i => sample.Strata[i])]);
            if (model.Baseline!.Strata.Count < sample.Strata.Distinct().Count())
                continue; // no row of one counted
            double[] times = [sample.Time.Order().ElementAt(eta.Length / 2)];
            SurvivalAssessment weighted = SurvivalAssessment.Of(Family.CoxBreslow, model.Baseline, eta, sample.Target with { Offset = default }, times);
            SurvivalAssessment repeated = SurvivalAssessment.Of(Family.CoxBreslow, model.Baseline, [.. copies.Select(i => eta[i])], all, times);
            foreach (Func<SurvivalAssessment, double> measure in (Func<SurvivalAssessment, double>[])[
                of => of.DevianceExplained, of => of.Concordance, of => of.UnoConcordance, of => of.IntegratedBrier, of => of.ExpectedEvents, of => of.EventWeight,
                of => of.AtTimes[0].Auc, of => of.AtTimes[0].Brier, of => of.AtTimes[0].NullBrier, of => of.Groups[0].Observed.At(times[0])])
                Near(measure(repeated), measure(weighted), seed);
        }
    }

    [Fact]
    public void Martingale_residuals_add_up_to_nothing_and_groups_to_all()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            (SurvivalSample sample, ElasticNetModel model, _) = Fitted(seed);
            using ElasticNetModel own = model;
            SurvivalAssessment found = SurvivalAssessment.Of(model, sample.X, sample.Target);
            double[] residuals = found.MartingaleResiduals();
            Assert.Equal(0, residuals.Select((value, i) => sample.Weights[i] == 0 ? 0 : sample.Weights[i] * value).Sum(), 1e-10 * found.Weight);
            Assert.All(residuals.Zip(sample.Weights), pair => Assert.Equal(pair.Second == 0, double.IsNaN(pair.First)));
            Assert.Equal(found.Rows, found.Groups.Sum(group => group.Rows));
            Assert.Equal(found.Events, found.Groups.Sum(group => group.Events));
            Assert.InRange(found.Groups.Count, 1, 5);
            // Of the rows that it was fitted to the model expects as many as there were, but for what ties have under Efron's rule.
            if (!sample.IsEfron)
                Assert.Equal(1, found.ExpectedEvents / found.EventWeight, 1e-8);
            IReadOnlyList<(string Name, SurvivalAssessment Assessment)> parts = found.By([.. sample.Strata.Select(stratum => $"{stratum % 2}")]);
            Assert.Equal(found.Events, parts.Sum(part => part.Assessment.Events));
            Assert.All(parts, part => Assert.Equal(found.Horizon, part.Assessment.Horizon));
            Assert.NotEmpty(found.ToString());
        }
    }

    private static (SurvivalSample Sample, ElasticNetModel Model, double[] Eta) Fitted(int seed)
    {
        SurvivalSample sample = SurvivalSample.Draw(seed);
        ElasticNetModel model = ElasticNetEstimator.Fit(sample.X, sample.Target, 0.02, sample.L1Ratio, sample.Options);
        return (sample, model, sample.Eta(model.Coefficients.ToArray()));
    }

    private static void Compare(SurvivalSample sample, ElasticNetModel model, double[] eta, int[] rows, SurvivalAtTime at, int seed)
    {
        double total = 0, square = 0, reference = 0, wins = 0, pairs = 0;
        double[] weights = new double[eta.Length], chances = new double[eta.Length];
        foreach (int i in rows.Where(i => sample.Start[i] < at.Time))
        {
            int stratum = model.Baseline!.IndexOf($"{sample.Strata[i]}");
            double end = Math.Min(sample.Time[i], at.Time), state = sample.Time[i] > at.Time ? 1 : 0;
            weights[i] = state == 0 && !sample.Events[i] ? 0 : sample.Weights[i] / Stays(sample, rows, i, sample.Start[i], end, state == 0);
            double atStart = sample.Start[i] > 0 ? model.Baseline.Strata[stratum].At(sample.Start[i]) : 0;
            double hazard = (model.Baseline.Strata[stratum].At(at.Time) - atStart) * Math.Exp(eta[i] - model.Baseline.Center);
            chances[i] = Math.Exp(-hazard);
            total += weights[i];
            square += weights[i] * Math.Pow(state - chances[i], 2);
            reference += weights[i] * Math.Pow(state - Product(sample, rows, i, sample.Start[i], at.Time), 2);
        }

        foreach (int e in rows.Where(i => sample.Time[i] <= at.Time))
        {
            foreach (int i in rows.Where(i => sample.Time[i] > at.Time))
            {
                double weight = weights[e] * weights[i], nearly = 1e-13;
                wins += weight * (chances[e] < chances[i] - nearly ? 1 : chances[e] < chances[i] + nearly ? 0.5 : 0);
                pairs += weight;
            }
        }

        Near(square / total, at.Brier, seed);
        Near(reference / total, at.NullBrier, seed);
        Near(wins / pairs, at.Auc, seed);
    }

    // The chance of not being censored from one time on until another.
    private static double Stays(SurvivalSample sample, int[] rows, int row, double from, double until, bool isBefore)
    {
        double chance = 1;
        foreach (double time in rows.Where(i => sample.Strata[i] == sample.Strata[row] && !sample.Events[i]).Select(i => sample.Time[i]).Distinct().Where(time => time > from && (isBefore ? time < until : time <= until)))
        {
            double left = 0, all = 0;
            foreach (int i in rows.Where(i => sample.Strata[i] == sample.Strata[row] && sample.Start[i] < time && (sample.Time[i] > time || (sample.Time[i] == time && !sample.Events[i]))))
                (left, all) = (left + (sample.Time[i] == time ? sample.Weights[i] : 0), all + sample.Weights[i]);
            chance *= left >= all ? 0 : 1 - left / all;
        }

        return chance;
    }

    private static double Product(SurvivalSample sample, int[] rows, int row, double from, double until)
    {
        double chance = 1;
        foreach (double time in rows.Where(i => sample.Strata[i] == sample.Strata[row] && sample.Events[i]).Select(i => sample.Time[i]).Distinct().Where(time => time > from && time <= until))
        {
            double died = 0, all = 0;
            foreach (int i in rows.Where(i => sample.Strata[i] == sample.Strata[row] && sample.Start[i] < time && sample.Time[i] >= time))
                (died, all) = (died + (sample.Time[i] == time && sample.Events[i] ? sample.Weights[i] : 0), all + sample.Weights[i]);
            chance *= died >= all ? 0 : 1 - died / all;
        }

        return chance;
    }

    private static void Near(double expected, double actual, int seed) =>
        Assert.True(double.IsNaN(expected) == double.IsNaN(actual) && !(Math.Abs(expected - actual) > 1e-9 * Math.Max(1, Math.Abs(expected))), $"seed {seed}: {actual} instead of {expected}");
}
