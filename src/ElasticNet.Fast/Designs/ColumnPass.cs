using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>A pass over X on several threads: the gradients of all columns for one vector or for several at once.</summary>
internal sealed unsafe class ColumnPass : IWorkItems
{
    private Design _design = null!;
    private double* _shift;
    private double* _u;
    private nint _strideU;
    private int _vectors;
    private double* _result;
    private nint _strideResult;
    private int _columns;

    /// <summary>result[j] = Σᵢ (xᵢⱼ − shift[j])·u[i] for all columns.</summary>
    public void Run(WorkCrew crew, Design design, double* shift, double* u, double* result) =>
        Run(crew, design, shift, u, 0, 0, result, 0);

    /// <summary>
    /// result[k·strideResult + j] = Σᵢ (xᵢⱼ − shift[j])·u[k·strideU + i] for all columns and each of <paramref name="vectors"/>
    /// vectors k. X is read once; up to a dozen vectors cost little more than one. What a vector gets does not depend on the others.
    /// </summary>
    public void Run(
        WorkCrew crew, Design design, double* shift, double* u, nint strideU, int vectors, double* result, nint strideResult)
    {
        _design = design;
        _shift = shift;
        _u = u;
        _strideU = strideU;
        _vectors = vectors;
        _result = result;
        _strideResult = strideResult;
        _columns = design.PassColumns;
        crew.Run((design.Columns + _columns - 1) / _columns, this);
    }

    void IWorkItems.Run(int item)
    {
        int first = item * _columns, count = Math.Min(_columns, _design.Columns - first);
        if (_vectors == 0)
            _design.Gradients(first, count, _shift + first, _u, _result + first);
        else
            _design.Gradients(first, count, _shift + first, _u, _strideU, _vectors, _result + first, _strideResult);
    }
}
