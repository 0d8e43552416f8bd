using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>What column solvers for another loss than squared error have in common, where every column has a penalty: the loss at the coefficients, and the dual point.</summary>
internal abstract unsafe class CurvedColumnSolver(WorkCrew crew) : ColumnSolver(crew)
{
    private readonly CurvedDual _dual = new();
    private readonly AlignedBuffer<double> _left = new();
    private double _value;

    public sealed override bool IsQuadratic => false;

    public sealed override double Deviance => 2 * _value;

    /// <summary>The loss.</summary>
    protected CurvedDatafit Loss { get; private set; } = null!;

    /// <summary>Its value at the last evaluation.</summary>
    protected double Value => _value;

    /// <summary>Origin − X̂β.</summary>
    protected double* Left => _left.Pointer;

    public sealed override double FenchelSlack(double scale, double moved, in Rounding rounding) => _dual.Slack(scale, moved);

    public override void Dispose()
    {
        base.Dispose();
        _dual.Dispose();
        _left.Dispose();
    }

    protected sealed override double Shift(ReadOnlySpan<int> relevant, PenaltyTerms terms, in ElasticNetPenalty penalty, in Rounding rounding, double freeInverse)
    {
        _dual.Take(Residual);
        return 0;
    }

    /// <summary>The loss at the coefficients as they are.</summary>
    protected sealed override void RefreshResidual()
    {
        if (Loss != Datafit)
            Loss = (CurvedDatafit)Datafit;
        _left.Require(Rows);
        _dual.Start(Loss);
        SetLeft();
        _ = Evaluate();
        Accept();
    }

    /// <summary><see cref="Left"/> of the coefficients.</summary>
    protected void SetLeft()
    {
        for (int i = 0; i < Rows; i++)
            Left[i] = Loss.Origin == null ? 0 : Loss.Origin[i];
        AddFit(-1, Left);
    }

    /// <summary>The loss at <see cref="Left"/>, and its residual.</summary>
    protected double Evaluate() => _value = Loss.Evaluate(Left, Residual);

    /// <summary>Takes what was evaluated last for the point where it stands.</summary>
    protected void Accept()
    {
        Loss.Accept(Left);
        TakeResidual(Loss.Intercept);
    }
}
