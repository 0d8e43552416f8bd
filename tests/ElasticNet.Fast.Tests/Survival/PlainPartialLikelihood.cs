namespace ElasticNet.Fast.Tests.Survival;

/// <summary>The partial likelihood as the book writes it, a sum over all pairs of rows: shares nothing with the solver.</summary>
/// <param name="sample">The rows.</param>
internal sealed class PlainPartialLikelihood(SurvivalSample sample)
{
    /// <summary>Minus the log partial likelihood, weights summing to 1, with its gradient by η and the expected events of each row.</summary>
    public (double Loss, double[] Gradient) At(double[] eta)
    {
        int n = sample.Time.Length;
        double total = sample.Weights.Sum(), loss = 0;
        double[] w = [.. sample.Weights.Select(weight => weight / total)], gradient = new double[n];
        foreach ((int[] tied, int[] risk) in Ties())
        {
            double weight = tied.Sum(i => w[i]);
            int terms = sample.IsEfron ? tied.Length : 1;
            for (int l = 0; l < terms; l++)
            {
                double Share(int i) => tied.Contains(i) ? 1 - (double)l / tied.Length : 1;
                double all = risk.Sum(i => Share(i) * w[i] * Math.Exp(eta[i]));
                loss += weight / terms * Math.Log(all);
                foreach (int i in risk)
                    gradient[i] += weight / terms * Share(i) * w[i] * Math.Exp(eta[i]) / all;
            }

            foreach (int i in tied)
            {
                loss -= w[i] * eta[i];
                gradient[i] -= w[i];
            }
        }

        return (loss, gradient);
    }

    /// <summary>Baseline hazards of one stratum: what each time of an event adds for somebody with η = 0.</summary>
    public IEnumerable<(double Time, double Gain)> Hazard(double[] eta, int stratum)
    {
        foreach ((int[] tied, int[] risk) in Ties().Where(tie => sample.Strata[tie.Tied[0]] == stratum).OrderBy(tie => sample.Time[tie.Tied[0]]))
        {
            double weight = tied.Sum(i => sample.Weights[i]), gain = 0;
            int terms = sample.IsEfron ? tied.Length : 1;
            for (int l = 0; l < terms; l++)
                gain += weight / terms / risk.Sum(i => (tied.Contains(i) ? 1 - (double)l / tied.Length : 1) * sample.Weights[i] * Math.Exp(eta[i]));
            yield return (sample.Time[tied[0]], gain);
        }
    }

    private IEnumerable<(int[] Tied, int[] Risk)> Ties()
    {
        int[] rows = [.. Enumerable.Range(0, sample.Time.Length).Where(i => sample.Weights[i] > 0)];
        foreach (IGrouping<(int, double), int> tie in rows.Where(i => sample.Events[i]).GroupBy(i => (sample.Strata[i], sample.Time[i])))
        {
            (int stratum, double time) = tie.Key;
            yield return ([.. tie], [.. rows.Where(i => sample.Strata[i] == stratum && sample.Start[i] < time && sample.Time[i] >= time)]);
        }
    }
}
