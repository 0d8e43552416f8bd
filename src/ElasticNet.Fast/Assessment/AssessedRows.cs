using ElasticNet.Fast.Datafits;

namespace ElasticNet.Fast.Assessment;

/// <summary>The rows of positive weight of an assessment: what was predicted, what came, and what that costs.</summary>
internal sealed class AssessedRows
{
    public AssessedRows(Family family, double[] eta, double[] response, double[] weights, double[] offset, int[] places)
    {
        (Family, Eta, Response, Weights, Offset, Places) = (family, eta, response, weights, offset, places);
        int n = eta.Length;
        Mean = new double[n];
        family.Link.Inverse(eta, Mean);
        Total = weights.Sum();
        double[] half = new double[n], slope = new double[n], curvature = new double[n];
        DevianceResiduals = new double[n];
        PearsonResiduals = new double[n];
        if (RowLoss.Of(family) is not { } loss)
        {
            for (int i = 0; i < n; i++)
                DevianceResiduals[i] = PearsonResiduals[i] = Math.Sqrt(weights[i]) * (response[i] - Mean[i]);
            return;
        }

        double[] expected = new double[n], unused = new double[n];
        loss.Evaluate(response, eta, half, slope, curvature);
        loss.Evaluate(Mean, eta, unused, curvature, expected);
        for (int i = 0; i < n; i++)
        {
            double root = Math.Sqrt(weights[i]), away = response[i] - Mean[i];
            DevianceResiduals[i] = root * Math.CopySign(Math.Sqrt(2 * half[i]), away);
            // Likelihoods are linear in y, so that at y = μ the curvature is the expected one, μ′²/V, and the slope is −(y − μ)μ′/V.
            PearsonResiduals[i] = root * (family.Link.IsIdentity ? away : slope[i] == 0 ? 0 : -slope[i] / Math.Sqrt(expected[i]));
        }
    }

    public Family Family { get; }

    /// <summary>Linear predictors, offset included.</summary>
    public double[] Eta { get; }

    /// <summary>μ.</summary>
    public double[] Mean { get; }

    /// <summary>y.</summary>
    public double[] Response { get; }

    public double[] Weights { get; }

    public double[] Offset { get; }

    /// <summary>Where the rows are among all.</summary>
    public int[] Places { get; }

    /// <summary>Σw.</summary>
    public double Total { get; }

    public int Count => Eta.Length;

    /// <summary>The root of a row's part of the deviance, with the sign of y − μ.</summary>
    public double[] DevianceResiduals { get; }

    /// <summary>√w(y − μ)/√V(μ).</summary>
    public double[] PearsonResiduals { get; }

    /// <summary>Weighted mean of something of each row; NaN without rows.</summary>
    public double Average(Func<int, double> value)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += Weights[i] * value(i);
        return Count == 0 ? double.NaN : sum / Total;
    }

    /// <summary>Deviance and Σw(y − ŷ)² of the constant that fits these rows best, with their offset; checks that the family can have such responses.</summary>
    public (double Deviance, double Squared) Null()
    {
        if (Count == 0)
            return (double.NaN, double.NaN);
        double least = Response.Min(), most = Response.Max();
        // What rounding leaves of it is nothing to divide by.
        bool isPerfect = least == most && Offset.Min() == Offset.Max();
        double[] eta = [.. Offset];
        if (RowLoss.Of(Family) is not { } loss)
        {
            if (isPerfect)
                return (0, 0);
            double mean = Average(i => Response[i] - Offset[i]);
            double spread = Average(i => (Response[i] - Offset[i] - mean) * (Response[i] - Offset[i] - mean)) * Total;
            return (spread, spread);
        }

        // No constant is best, but the nearer to the edge the better, and the deviance goes to 0.
        if (least >= 0 && loss.Degenerate(least, most) is not null)
            return (0, 0);
        // At their places among all, so that what is refused bears the number that the caller knows.
        double constant = loss.NullIntercept(Spread(Response), Spread(Weights), Spread(Offset), intercept: true);
        if (isPerfect)
            return (0, 0);
        for (int i = 0; i < eta.Length; i++)
            eta[i] += constant;
        double deviance = loss.AddDeviance(0, Response, Weights, eta);
        Family.Link.Inverse(eta, eta);
        return (deviance, Average(i => (Response[i] - eta[i]) * (Response[i] - eta[i])) * Total);
    }

    /// <summary>Of each of all rows up to the last, 0 in those that do not count.</summary>
    private double[] Spread(double[] values)
    {
        if (Places[^1] == Count - 1)
            return values;
        double[] all = new double[Places[^1] + 1];
        for (int k = 0; k < Count; k++)
            all[Places[k]] = values[k];
        return all;
    }

    /// <summary>Some of the rows.</summary>
    public AssessedRows Of(int[] rows)
    {
        return new(Family, Pick(Eta), Pick(Response), Pick(Weights), Pick(Offset), Array.ConvertAll(rows, i => Places[i]));

        double[] Pick(double[] all) => Array.ConvertAll(rows, i => all[i]);
    }
}
