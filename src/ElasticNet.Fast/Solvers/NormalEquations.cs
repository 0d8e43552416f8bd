using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Where a <see cref="RestrictedProblem"/> comes from and where its solution is checked against all columns. Two kinds:
/// all columns reduced to their moments once (tall data), or columns admitted as they are needed (square and wide data).
/// </summary>
internal abstract unsafe class NormalEquations : IDisposable
{
    /// <summary>p.</summary>
    public abstract int Columns { get; }

    /// <summary>The working set.</summary>
    public RestrictedProblem Problem { get; } = new();

    /// <summary>Whether every column that may enter is in the working set from the start.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>Deviance of the null model; for squared error the square of the response's norm: 1, or 0 where there is nothing to explain.</summary>
    public double NullDeviance { get; protected set; }

    /// <summary>Deviance as of the last <see cref="TryCertify"/>.</summary>
    public virtual double Deviance => ResidualSquare;

    /// <summary>Whether the loss is squared error, so that one solution of the working set's problem is the end of it.</summary>
    public virtual bool IsQuadratic => true;

    /// <summary>‖r‖² as of the last <see cref="TryCertify"/>.</summary>
    public double ResidualSquare { get; protected set; }

    /// <summary>What the intercept gained beyond the centring of columns and response; solvers' units.</summary>
    public double InterceptShift { get; protected set; }

    /// <summary>What rounding has done to what the last <see cref="TryCertify"/> or <see cref="Conclude"/> has told, intercept aside.</summary>
    /// <param name="size">Σ|β|.</param>
    /// <param name="norm">‖β‖.</param>
    /// <param name="support">Coefficients that are not 0.</param>
    /// <param name="least">The smallest l1 of a penalised column.</param>
    public abstract Rounding Rounding(double size, double norm, int support, double least);

    /// <summary>Passes over all columns of X so far.</summary>
    public int FullPasses { get; protected set; }

    /// <summary>Columns of X read singly so far.</summary>
    public int ColumnsRead { get; protected set; }

    /// <summary>Whether a column is in the working set.</summary>
    public abstract bool IsMember(int column);

    /// <summary>Whether a working set of any size is within reach.</summary>
    public virtual bool IsSparse => false;

    /// <summary>Admits columns to the working set.</summary>
    public abstract void Admit(ReadOnlySpan<int> columns, PenaltyTerms terms);

    /// <summary>Takes the solver's solution as a step towards that of the loss.</summary>
    /// <returns>Whether it is the solution; else the working set's problem is another one, to be solved.</returns>
    public virtual bool Settle(ExactSolver solver) => true;

    /// <summary>For another loss than squared error: sees to it that the working set's Gram matrix, which steps make do with for long, is that of the solution.</summary>
    public virtual void RenewCurvature(ExactSolver solver)
    {
    }

    /// <inheritdoc cref="LambdaSolver.FenchelSlack"/>
    public virtual double FenchelSlack(double scale, double moved, in Rounding rounding) => LambdaSolver.SquareSlack(ResidualSquare + rounding.Square, scale, moved);

    /// <summary>For another loss than squared error: moves r so as to meet the conditions of unpenalised columns.</summary>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="penalty">Tells which these are.</param>
    /// <param name="rounding">What gradients can be off by.</param>
    /// <param name="inverse">‖G_FF⁻¹‖ at most.</param>
    /// <returns>How far any gradient can move with it.</returns>
    public virtual double Project(double* gradients, in ElasticNetPenalty penalty, in Rounding rounding, double inverse) => 0;

    /// <summary>
    /// Takes the solver's solution, refines it where the columns themselves can do better than their Gram matrix, and
    /// writes the gradient x̂ⱼᵀr of every column. Where a column is proven to have |x̂ⱼᵀr| ≤ l1ⱼ, an estimate that keeps to
    /// this may stand for it.
    /// </summary>
    /// <param name="solver">Holds the solution.</param>
    /// <param name="terms">The penalty terms.</param>
    /// <param name="l1">λρ; 0 asks for all gradients exactly.</param>
    /// <param name="foresee">Whether smaller λ follow, so that what is read of X should serve them too.</param>
    /// <param name="gradients">Filled, one for each column.</param>
    /// <returns>False where that takes a pass over X: <see cref="Pass"/> does it, unless somebody else's pass can serve, and <see cref="Conclude"/> then fills the gradients.</returns>
    public abstract bool TryCertify(ExactSolver solver, PenaltyTerms terms, double l1, bool foresee, double* gradients);

    /// <summary>The pass that the last <see cref="TryCertify"/> wants.</summary>
    public abstract void Pass();

    /// <summary>Fills the gradients after the pass.</summary>
    public abstract void Conclude(double* gradients);

    /// <summary>The gradient of every column, exactly, at any coefficients of all columns; residual and intercept go with it.</summary>
    public abstract void Evaluate(double* beta, double* gradients);

    /// <summary>products[j] ← x̂ⱼᵀ times the member at <paramref name="position"/>, for all columns.</summary>
    public abstract void Multiply(int position, double* products);

    /// <inheritdoc/>
    public virtual void Dispose() => Problem.Dispose();
}
