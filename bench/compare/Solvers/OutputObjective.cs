using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>The objective of classes, responses and survival in plain loops, for everybody alike.</summary>
/// <param name="problem">X and y.</param>
internal sealed class OutputObjective(Problem problem)
{
    /// <summary>Loss and lasso penalty at λ of intercepts and coefficients: for each output b and then β.</summary>
    public double At(double lambda, ReadOnlySpan<double> numbers)
    {
        int n = problem.Rows, p = problem.Columns;
        double[][] eta = new double[problem.Outputs][];
        double[] squares = new double[p];
        double penalty = 0;
        for (int k = 0; k < problem.Outputs; k++)
        {
            ReadOnlySpan<double> own = numbers.Slice(k * (p + 1), p + 1);
            eta[k] = new double[n];
            Array.Fill(eta[k], own[0]);
            for (int j = 0; j < p; j++)
            {
                double beta = own[j + 1];
                if (beta == 0)
                    continue;
                problem.Add(j, beta, eta[k]);
                penalty += Math.Abs(beta);
                squares[j] += beta * beta;
            }
        }

        return Loss(eta) + lambda * (problem.IsGrouped ? squares.Sum(Math.Sqrt) : penalty);
    }

    /// <summary>The loss of the model without features.</summary>
    public double Null()
    {
        double[][] eta = new double[problem.Outputs][];
        for (int k = 0; k < problem.Outputs; k++)
        {
            eta[k] = new double[problem.Rows];
            if (problem.Family.HasClasses)
                Array.Fill(eta[k], Math.Log(problem.Y.Count(y => y == k) / (double)problem.Rows));
        }

        return Loss(eta);
    }

    private double Loss(double[][] eta)
    {
        int n = problem.Rows;
        double loss = 0;
        if (problem.Family.IsSurvival)
            return Partial(eta[0]);
        for (int i = 0; i < n; i++)
        {
            if (problem.Family.HasClasses)
            {
                double top = eta.Max(one => one[i]), sum = eta.Sum(one => Math.Exp(one[i] - top));
                loss += top + Math.Log(sum) - eta[(int)problem.Y[i]][i];
            }
            else
            {
                for (int k = 0; k < problem.Outputs; k++)
                    loss += 0.5 * (problem.Y[k * n + i] - eta[k][i]) * (problem.Y[k * n + i] - eta[k][i]);
            }
        }

        return loss / n;
    }

    /// <summary>Minus the partial log-likelihood over n; times do not tie.</summary>
    private double Partial(double[] eta)
    {
        int n = problem.Rows;
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => problem.Y[i])];
        double top = eta.Max(), atRisk = 0, loss = 0;
        foreach (int i in order)
        {
            atRisk += Math.Exp(eta[i] - top);
            if (problem.Y[n + i] == 1)
                loss += top + Math.Log(atRisk) - eta[i];
        }

        return loss / n;
    }
}
