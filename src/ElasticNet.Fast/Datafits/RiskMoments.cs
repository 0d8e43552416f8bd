using ElasticNet.Fast.Data;
using ElasticNet.Fast.Families;

namespace ElasticNet.Fast.Datafits;

/// <summary>Mean and spread of some columns over who is at risk, tie by tie: what score residuals and information of Cox are made of. Sums keep what rounding takes.</summary>
/// <param name="family">Cox, which knows what is done about ties.</param>
/// <param name="columns">The columns, each with a value for every row; best centred.</param>
internal sealed unsafe class RiskMoments(Family family, double[][] columns)
{
    private readonly bool _isEfron = ((CoxFamily)family).IsEfron;
    private readonly int _size = 1 + columns.Length + columns.Length * (columns.Length + 1) / 2;

    /// <summary>What is handed on of a tie, the latest of each stratum first.</summary>
    /// <param name="time">When.</param>
    /// <param name="events">The rows that have the event then.</param>
    /// <param name="mean">Of the columns over who is at risk, by what the model expects, and over the terms of the tie.</param>
    /// <param name="information">Their covariance times the weight of the events, summed over the terms; k × k.</param>
    public delegate void Tie(double time, ReadOnlySpan<int> events, double[] mean, double[] information);

    /// <summary>Goes through all ties.</summary>
    /// <param name="times">What is known of each row.</param>
    /// <param name="weights">w of each row.</param>
    /// <param name="given">The linear predictor of each row.</param>
    /// <param name="visit">Is handed each tie; the arrays are its own.</param>
    public void Visit(SurvivalTimes times, double[] weights, ReadOnlySpan<double> given, Tie visit)
    {
        using RiskSets sets = new();
        fixed (double* w = weights)
            sets.Start(times, w);
        double[] eta = new double[Math.Max(sets.Count, 1)], high = new double[_size], low = new double[_size], tied = new double[_size], tiedLow = new double[_size];
        for (int k = 0; k < sets.Count; k++)
            eta[k] = given[sets.Row[k]];
        fixed (double* values = eta)
            sets.TakeTops(values, null);
        for (int tie = 0; tie < sets.Ties; tie++)
        {
            if (sets.Size(tie) == 0)
            {
                Clear(high, low);
                continue;
            }

            for (int k = sets.Leave[tie]; k < sets.Leave[tie + 1]; k++)
                Add(high, low, sets.Row[sets.Leavers[k]], -Mass(sets, eta, sets.Leavers[k]));
            for (int k = sets.Enter[tie]; k < sets.Events[tie]; k++)
                Add(high, low, sets.Row[k], Mass(sets, eta, k));
            if (sets.Others[tie] == 0)
                Clear(high, low);
            Clear(tied, tiedLow);
            for (int k = sets.Events[tie]; k < sets.Until[tie]; k++)
                Add(tied, tiedLow, sets.Row[k], Mass(sets, eta, k));
            (double[] mean, double[] information) = Terms(sets.Size(tie), sets.TieWeight[tie], high, low, tied, tiedLow);
            visit(sets.Time[tie], new(sets.Row + sets.Events[tie], sets.Size(tie)), mean, information);
            for (int j = 0; j < _size; j++)
            {
                TieSums.Add(ref high[j], ref low[j], tied[j]);
                low[j] += tiedLow[j];
            }
        }
    }

    private static double Mass(RiskSets sets, double[] eta, int position) => sets.IsEverAtRisk(position) ? sets.Weight[position] * Math.Exp(eta[position]) : 0;

    private static void Clear(double[] high, double[] low)
    {
        Array.Clear(high);
        Array.Clear(low);
    }

    private (double[] Mean, double[] Information) Terms(int size, double weight, double[] high, double[] low, double[] tied, double[] tiedLow)
    {
        int p = columns.Length, terms = _isEfron ? size : 1;
        double[] mean = new double[p], information = new double[p * p], own = new double[p];
        for (int term = 0; term < terms; term++)
        {
            double share = (double)(terms - term) / terms, all = At(0);
            for (int j = 0; j < p; j++)
            {
                own[j] = At(1 + j) / all;
                mean[j] += own[j] / terms;
            }

            for (int j = 0, at = 1 + p; j < p; j++)
            {
                for (int k = 0; k <= j; k++, at++)
                    information[k * p + j] = information[j * p + k] += weight / terms * (At(at) / all - own[j] * own[k]);
            }

            double At(int j) => high[j] + share * tied[j] + (low[j] + share * tiedLow[j]);
        }

        return (mean, information);
    }

    private void Add(double[] high, double[] low, int row, double mass)
    {
        TieSums.Add(ref high[0], ref low[0], mass);
        for (int j = 0, at = 1 + columns.Length; j < columns.Length; j++)
        {
            double x = columns[j][row], part = mass * x;
            TieSums.Add(ref high[1 + j], ref low[1 + j], part);
            for (int k = 0; k <= j; k++, at++)
                TieSums.Add(ref high[at], ref low[at], part * columns[k][row]);
        }
    }
}
