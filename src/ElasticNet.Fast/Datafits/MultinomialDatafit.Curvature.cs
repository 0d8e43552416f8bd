using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>What the curvature of all classes makes of vectors, with what the intercepts take of it.</summary>
internal sealed unsafe partial class MultinomialDatafit : ICoupledOperator
{
    public double Scale => _coefficientScale / _gradientScale;

    public double* Shares => _damping == 0 ? FrozenProbability : null;

    public double* Moving => HasIntercepts ? Root : null;

    /// <inheritdoc/>
    /// <remarks>What is added is added to differences between classes only, for nothing else has a meaning.</remarks>
    public override void Freeze(double damping = 0)
    {
        Copy(Probability, FrozenProbability);
        double total = 0;
        for (nint i = 0; i < _block; i++)
            total += Weights[i] * FrozenProbability[i] * (1 - FrozenProbability[i]);
        _damping = damping * total / _classCount * (_coefficientScale / _gradientScale);
        Gather(FrozenProbability, _damping);
        _frozen.Factor(Total, _classCount, _reference);
        _frozenLargest = _largest + _damping;
    }

    /// <summary>V(x − √w b), b what the intercepts make of x.</summary>
    public override void Apply(double* vector, double* result)
    {
        double scale = Scale;
        new Span<double>(Step, _classCount).Clear();
        if (HasIntercepts)
        {
            Curve(FrozenProbability, vector, result, null);
            for (int k = 0; k < _classCount; k++)
                Step[k] = Kernel.Dot(Root, result + (nint)k * _blockRows, _blockRows);
            _frozen.Solve(Step);
        }

        Curve(FrozenProbability, vector, result, Step);
    }

    public void SolveMoving(double* values) => _frozen.Solve(values);

    /// <summary>The curvature of all rows together: Σ w(diag(p) − ppᵀ), damped.</summary>
    private void Gather(double* probability, double damping)
    {
        double scale = Scale;
        for (int k = 0; k < _classCount; k++)
        {
            double* p = probability + (nint)k * _blockRows;
            for (int i = 0; i < _blockRows; i++)
                Mean[i] = Weights[i] * p[i];
            double own = 0;
            for (int i = 0; i < _blockRows; i++)
                own += Mean[i];
            for (int l = 0; l <= k; l++)
            {
                double both = Kernel.Dot(Mean, probability + (nint)l * _blockRows, _blockRows);
                Total[(nint)k * _classCount + l] = scale * ((k == l ? own : 0) - both) + damping * ((k == l ? 1 : 0) - 1.0 / _classCount);
            }
        }
    }

    /// <summary>products[k] ← Σᵢ √wᵢ of the curvature's rows of class k times a vector, undamped.</summary>
    private void Products(double* probability, double* vector, double* products)
    {
        double scale = Scale;
        Means(probability, vector, null);
        for (int k = 0; k < _classCount; k++)
        {
            double* p = probability + (nint)k * _blockRows, x = vector + (nint)k * _blockRows;
            double sum = 0;
            for (int i = 0; i < _blockRows; i++)
                sum += Root[i] * p[i] * (x[i] - Mean[i]);
            products[k] = scale * sum;
        }
    }

    /// <summary>Mean ← Σₖ pₖ∘(xₖ − √w bₖ).</summary>
    private void Means(double* probability, double* vector, double* intercepts)
    {
        new Span<double>(Mean, _blockRows).Clear();
        for (int k = 0; k < _classCount; k++)
        {
            double* p = probability + (nint)k * _blockRows, x = vector + (nint)k * _blockRows;
            double b = intercepts == null ? 0 : intercepts[k];
            for (int i = 0; i < _blockRows; i++)
                Mean[i] += p[i] * (x[i] - b * Root[i]);
        }
    }

    /// <summary>result ← (diag(p) − ppᵀ)(x − √w b), damped.</summary>
    private void Curve(double* probability, double* vector, double* result, double* intercepts)
    {
        double scale = Scale;
        Means(probability, vector, intercepts);
        for (int k = 0; k < _classCount; k++)
        {
            double* p = probability + (nint)k * _blockRows, x = vector + (nint)k * _blockRows, to = result + (nint)k * _blockRows;
            double b = intercepts == null ? 0 : intercepts[k];
            for (int i = 0; i < _blockRows; i++)
                to[i] = scale * p[i] * (x[i] - b * Root[i] - Mean[i]);
        }

        if (_damping == 0)
            return;
        for (int i = 0; i < _blockRows; i++)
        {
            double mean = 0;
            for (int k = 0; k < _classCount; k++)
                mean += vector[(nint)k * _blockRows + i] - (intercepts == null ? 0 : intercepts[k] * Root[i]);
            mean /= _classCount;
            for (int k = 0; k < _classCount; k++)
                result[(nint)k * _blockRows + i] += _damping * (vector[(nint)k * _blockRows + i] - (intercepts == null ? 0 : intercepts[k] * Root[i]) - mean);
        }
    }
}
