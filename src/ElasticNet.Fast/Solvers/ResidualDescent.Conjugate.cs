using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>Conjugate gradients on the support, with the columns themselves.</summary>
internal sealed unsafe partial class ResidualDescent
{
    /// <summary>Steps at most: a support that takes more is not worth it.</summary>
    private const int MostConjugateSteps = 500;

    /// <summary>What is to be left of the conditions of the support.</summary>
    private const double Reduction = 1e-12;

    private readonly AlignedBuffer<int> _support = new();
    private readonly AlignedBuffer<double> _vectors = new();

    // All indexed by the column.
    private double* Step => _vectors.Pointer;

    private double* Direction => Step + Columns;

    private double* Left => Direction + Columns;

    private double* Image => Left + Columns;

    private double* Kept => Image + Columns;

    private double* Row => Kept + Columns;

    /// <summary>
    /// Goes from where the sweeps have led to the solution on the support, as long as the objective falls; a coefficient that would change its sign, or
    /// pass a bound, stops there.
    /// </summary>
    /// <returns>Whether none did, and it fell.</returns>
    private bool TryConjugate(int active, in ElasticNetPenalty penalty)
    {
        _vectors.Require(5 * (nint)Columns + Rows);
        int* support = _support.Require(Math.Max(active, 1));
        int count = 0;
        for (int k = 0; k < active; k++)
        {
            int j = _active.Pointer[k];
            if (Beta[j] != 0 && Beta[j] != Terms.Lower[j] && Beta[j] != Terms.Upper[j])
                support[count++] = j;
        }

        if (count == 0)
            return false;
        double before = Objective(penalty);
        FindStep(support, count, penalty);
        bool free = true;
        for (int k = 0; k < count; k++)
        {
            int j = support[k];
            Kept[j] = Beta[j];
            double next = Beta[j] + Step[j];
            double end = penalty.L1(j) > 0 && next * Beta[j] < 0 ? 0 : Math.Clamp(next, Terms.Lower[j], Terms.Upper[j]);
            free &= end == next;
            Beta[j] = end;
        }

        RefreshResidual();
        Weigh();
        if (Objective(penalty) <= before)
            return free;
        for (int k = 0; k < count; k++)
            Beta[support[k]] = Kept[support[k]];
        return false;
    }

    /// <summary>The step to the solution on the support with its signs.</summary>
    private void FindStep(int* support, int count, in ElasticNetPenalty penalty)
    {
        Design.Gradients(support, count, Scaling.Center, Weighted, Left);
        double square = 0;
        for (int k = 0; k < count; k++)
        {
            int j = support[k];
            Step[j] = 0;
            Left[j] = Left[j] * Scaling.InverseNorm[j] - penalty.L1(j) * Math.Sign(Beta[j]) - penalty.L2(j) * Beta[j];
            Direction[j] = Left[j];
            square += Left[j] * Left[j];
        }

        double enough = Reduction * Reduction * square;
        for (int step = 0; step < MostConjugateSteps && square > enough; step++)
        {
            _conjugateSteps++;
            new Span<double>(Row, Rows).Clear();
            AddFit(1, support, count, Direction, Row);
            for (int i = 0; i < Rows; i++)
                Row[i] *= Datafit.RootWeights[i];
            Design.Gradients(support, count, Scaling.Center, Row, Image);
            double curvature = 0;
            for (int k = 0; k < count; k++)
            {
                int j = support[k];
                Image[j] = Image[j] * Scaling.InverseNorm[j] + penalty.L2(j) * Direction[j];
                curvature += Image[j] * Direction[j];
            }

            if (!(curvature > 0))
                return;
            double length = square / curvature, next = 0;
            for (int k = 0; k < count; k++)
            {
                int j = support[k];
                Step[j] += length * Direction[j];
                Left[j] -= length * Image[j];
                next += Left[j] * Left[j];
            }

            double ratio = next / square;
            square = next;
            for (int k = 0; k < count; k++)
                Direction[support[k]] = Left[support[k]] + ratio * Direction[support[k]];
        }
    }

    /// <summary>√w∘r, as the sweeps keep it.</summary>
    private void Weigh()
    {
        for (int i = 0; i < Rows; i++)
            Weighted[i] = Datafit.RootWeights[i] * Residual[i];
    }

    /// <summary>Of what the sweeps keep.</summary>
    private double Objective(in ElasticNetPenalty penalty)
    {
        double square = 0;
        for (int i = 0; i < Rows; i++)
            square += Datafit.Weights[i] > 0 ? Weighted[i] * Weighted[i] / Datafit.Weights[i] : 0;
        double cost = 0.5 * square;
        for (int j = 0; j < Columns; j++)
            cost += Beta[j] == 0 ? 0 : penalty.Value(j, Beta[j]);
        return cost;
    }
}
