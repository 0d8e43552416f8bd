namespace ElasticNet.Fast.Tests.Inference;

/// <summary>An unpenalised model by Fisher scoring and an inverse, in plain loops, and its table from the textbook's formulas.</summary>
internal sealed class PlainTable
{
    public PlainTable(Family family, double[,] x, double[] y, double[] weights, double[] offset, bool intercept, bool robust)
    {
        int first = intercept ? 1 : 0, k = x.GetLength(1) + first;
        int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => weights[i] > 0)];
        double[][] a = [.. rows.Select(i => Enumerable.Range(0, k).Select(j => j < first ? 1 : x[i, j - first]).ToArray())];
        double[] beta = new double[k];
        double[,] inverse = new double[0, 0];
        double[] mean = new double[rows.Length], score = new double[rows.Length], information = new double[rows.Length];
        for (int step = 0; step < 300; step++)
        {
            double[] gradient = new double[k];
            double[,] matrix = new double[k, k];
            for (int r = 0; r < rows.Length; r++)
            {
                int i = rows[r];
                double eta = offset[i] + Enumerable.Range(0, k).Sum(j => a[r][j] * beta[j]);
                mean[r] = family.Link.Inverse(eta);
                double rise = Rise(family.Link, eta, mean[r]), variance = Variance(family, mean[r]);
                score[r] = weights[i] * (y[i] - mean[r]) * rise / variance;
                information[r] = weights[i] * rise * rise / variance;
                for (int j = 0; j < k; j++)
                {
                    gradient[j] += a[r][j] * score[r];
                    for (int l = 0; l < k; l++)
                        matrix[j, l] += a[r][j] * a[r][l] * information[r];
                }
            }

            inverse = Inverse(matrix);
            for (int j = 0; j < k; j++)
                beta[j] += Enumerable.Range(0, k).Sum(l => inverse[j, l] * gradient[l]);
        }

        int freedom = rows.Length - k;
        double pearson = rows.Select((i, r) => weights[i] * Math.Pow(y[i] - mean[r], 2) / Variance(family, mean[r])).Sum();
        Dispersion = family.HasClasses || family.Name is "poisson" or "negative-binomial" ? 1 : pearson / freedom;
        Deviance = rows.Select((i, r) => weights[i] * UnitDeviance(family, y[i], mean[r])).Sum();
        double[,] covariance = new double[k, k], meat = new double[k, k];
        for (int r = 0; r < rows.Length; r++)
        {
            double leverage = 0;
            for (int j = 0; j < k; j++)
            {
                for (int l = 0; l < k; l++)
                    leverage += information[r] * a[r][j] * inverse[j, l] * a[r][l];
            }

            for (int j = 0; j < k; j++)
            {
                for (int l = 0; l < k; l++)
                    meat[j, l] += a[r][j] * a[r][l] * Math.Pow(score[r] / (1 - leverage), 2);
            }
        }

        for (int j = 0; j < k; j++)
        {
            for (int l = 0; l < k; l++)
            {
                covariance[j, l] = robust ? 0 : Dispersion * inverse[j, l];
                for (int m = 0; m < k && robust; m++)
                {
                    for (int n = 0; n < k; n++)
                        covariance[j, l] += inverse[j, m] * meat[m, n] * inverse[n, l];
                }
            }
        }

        Estimates = beta;
        Errors = [.. Enumerable.Range(0, k).Select(j => Math.Sqrt(covariance[j, j]))];
        double all = 0, sum = rows.Sum(i => weights[i]), center = first * rows.Sum(i => weights[i] * (y[i] - offset[i])) / sum;
        foreach (int i in rows)
            all += weights[i] * Math.Pow(y[i] - offset[i] - center, 2);
        RSquared = 1 - Deviance / all;
        double[,] tested = new double[k - first, k - first];
        for (int j = first; j < k; j++)
        {
            for (int l = first; l < k; l++)
                tested[j - first, l - first] = covariance[j, l];
        }

        double[,] back = Inverse(tested);
        for (int j = first; j < k; j++)
        {
            for (int l = first; l < k; l++)
                F += beta[j] * back[j - first, l - first] * beta[l] / (k - first);
        }
    }

    public double[] Estimates { get; }

    public double[] Errors { get; }

    public double Dispersion { get; }

    public double Deviance { get; }

    public double RSquared { get; }

    /// <summary>Wald's statistic over the number of coefficients; with equal noise the F of an analysis of variance.</summary>
    public double F { get; }

    public static double Variance(Family family, double mean) => family.Name switch
    {
        "binomial" => mean * (1 - mean),
        "poisson" => mean,
        "gamma" => mean * mean,
        "tweedie" => Math.Pow(mean, Parameter(family)),
        "negative-binomial" => mean + mean * mean / Parameter(family),
        _ => 1,
    };

    public static double UnitDeviance(Family family, double y, double mean) => 2 * family.Name switch
    {
        "binomial" => Share(y, mean) + Share(1 - y, 1 - mean),
        "poisson" => Share(y, mean) - (y - mean),
        "gamma" => (y - mean) / mean - Math.Log(y / mean),
        "tweedie" when Parameter(family) is var p => Math.Pow(y, 2 - p) / (1 - p) / (2 - p) - y * Math.Pow(mean, 1 - p) / (1 - p) + Math.Pow(mean, 2 - p) / (2 - p),
        "negative-binomial" when Parameter(family) is var k => Share(y, mean) - (y + k) * Math.Log((y + k) / (mean + k)),
        _ => 0.5 * (y - mean) * (y - mean),
    };

    private static double Parameter(Family family) => family == Family.Tweedie(1.4) ? 1.4 : family == Family.NegativeBinomial(3) ? 3 : throw new NotSupportedException();

    private static double Share(double y, double mean) => y == 0 ? 0 : y * Math.Log(y / mean);

    private static double Rise(Link link, double eta, double mean) => link.Name switch
    {
        "logit" => mean * (1 - mean),
        "log" => mean,
        "probit" => Math.Exp(-0.5 * eta * eta) / Math.Sqrt(2 * Math.PI),
        "cloglog" => Math.Exp(eta - Math.Exp(eta)),
        _ => 1,
    };

    private static double[,] Inverse(double[,] matrix)
    {
        int k = matrix.GetLength(0);
        double[,] left = (double[,])matrix.Clone(), inverse = new double[k, k];
        for (int j = 0; j < k; j++)
            inverse[j, j] = 1;
        for (int j = 0; j < k; j++)
        {
            double pivot = left[j, j];
            for (int l = 0; l < k; l++)
                (left[j, l], inverse[j, l]) = (left[j, l] / pivot, inverse[j, l] / pivot);
            for (int i = 0; i < k; i++)
            {
                double factor = left[i, j];
                for (int l = 0; l < k && i != j; l++)
                    (left[i, l], inverse[i, l]) = (left[i, l] - factor * left[j, l], inverse[i, l] - factor * inverse[j, l]);
            }
        }

        return inverse;
    }
}
