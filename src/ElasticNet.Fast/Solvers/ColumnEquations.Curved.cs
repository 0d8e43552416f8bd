using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>What is different where the loss is not squared error: the residual comes from Newton's method, and the proof from the loss itself.</summary>
internal sealed unsafe partial class ColumnEquations
{
    public override double Deviance => IsQuadratic ? ResidualSquare : 2 * _newton!.Value;

    public override bool Settle(ExactSolver solver) => IsQuadratic || _newton!.Settle(solver, Residual);

    public override void RenewCurvature(ExactSolver solver) => _newton?.Renew(solver, Residual);

    public override double FenchelSlack(double scale, double moved, in Rounding rounding) =>
        IsQuadratic ? base.FenchelSlack(scale, moved, rounding) : _dual!.Slack(scale, moved);

    public override double Project(double* gradients, in ElasticNetPenalty penalty, in Rounding rounding, double inverse) =>
        _dual!.Project(Problem, Problem.Count, Problem.Columns, Problem.Beta, Held, Residual, gradients, penalty, rounding, inverse);

    /// <summary>Takes what Newton's method has left: every member is exact.</summary>
    private void AdoptResidual()
    {
        InterceptShift = _curved!.Intercept;
        _exact = Problem.Count;
        int* members = _sequence.Require(Math.Max(_exact, 1));
        for (int i = 0; i < _exact; i++)
            members[i] = i;
        Buffer.MemoryCopy(_newton!.Gradients, _memberProducts.Require(Math.Max(_exact, 1)), (long)_exact * sizeof(double), (long)_exact * sizeof(double));
    }

    /// <summary>A change of η as a change of the residual.</summary>
    private void TurnToResidual(double* vector)
    {
        if (IsQuadratic)
            return;
        int n = _design.Rows;
        double* turned = _scratch.Require(n);
        _curved!.Apply(vector, turned);
        Buffer.MemoryCopy(turned, vector, (long)n * sizeof(double), (long)n * sizeof(double));
    }
}
