using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// What Newton's method makes of the intercepts of K classes: they are told apart by differences only, so that the one of the class that is
/// most common stays where it is, and the others see the curvature M of all rows together.
/// </summary>
internal sealed unsafe class ClassIntercepts : IDisposable
{
    private readonly CholeskyFactor _factor = new();
    private readonly AlignedBuffer<double> _values = new();
    private readonly List<int> _classes = [];
    private int _outputs;

    /// <summary>Factors M.</summary>
    /// <param name="curvature">The lower triangle of the curvature of all classes, K × K.</param>
    /// <param name="outputs">K.</param>
    /// <param name="reference">The class that stays.</param>
    public void Factor(double* curvature, int outputs, int reference)
    {
        _outputs = outputs;
        _factor.Clear();
        _classes.Clear();
        double* products = _values.Require(outputs);
        for (int k = 0; k < outputs; k++)
        {
            if (k == reference)
                continue;
            for (int l = 0; l < _classes.Count; l++)
                products[l] = curvature[(nint)k * outputs + _classes[l]];
            // A class that no row believes in any more has no curvature, and stays, too.
            if (_factor.TryAppend(products, curvature[(nint)k * outputs + k]))
                _classes.Add(k);
        }
    }

    /// <summary>values ← M⁻¹values, 0 for those that stay.</summary>
    public void Solve(double* values)
    {
        double* own = _values.Require(_outputs);
        for (int l = 0; l < _classes.Count; l++)
            own[l] = values[_classes[l]];
        _factor.Solve(own);
        new Span<double>(values, _outputs).Clear();
        for (int l = 0; l < _classes.Count; l++)
            values[_classes[l]] = own[l];
    }

    public void Dispose()
    {
        _factor.Dispose();
        _values.Dispose();
    }
}
