using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>Takes solutions back to the user's scale; the last one stays until the next.</summary>
internal sealed unsafe class OriginalScale : IDisposable
{
    /// <summary>A coefficient below this, columns and response of norm 1, moves no fitted value by more than a share that rounding hides.</summary>
    private const double Negligible = 1e-30;

    /// <summary>Below this double has fewer digits.</summary>
    private const double LeastNormal = 2.2250738585072014e-308;

    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<int> _features = new();
    private OutputScale? _outputs;
    private PenaltyTerms _terms = null!;
    private Units _units;
    private int _nonZero;

    /// <summary>Features whose coefficient is not 0, ascending.</summary>
    public ReadOnlySpan<int> Features => new(_features.Pointer, _nonZero);

    /// <summary>How many features have a coefficient other than 0, in whichever output.</summary>
    public int NonZeroCount { get; private set; }

    /// <summary>Their coefficients.</summary>
    public ReadOnlySpan<double> Coefficients => new(_values.Pointer, _nonZero);

    /// <summary>The intercept; 0 where none is fitted.</summary>
    public double Intercept { get; private set; }

    /// <summary>What rounding can do to the intercept: as many units as it has terms, of the sum of their sizes.</summary>
    public double InterceptRounding { get; private set; }

    /// <summary>Begins with the solutions of another problem.</summary>
    public void Start(PenaltyTerms terms, in Units units) => (_terms, _units) = (terms, units);

    /// <summary>Takes the current solution.</summary>
    public void Translate(LambdaSolver solver, in Strength strength)
    {
        int columns = solver.Columns;
        int* features = _features.Require(columns);
        double* values = _values.Require(columns);
        if (_units.Outputs is { } datafit)
            (_outputs ??= new()).Start(datafit, columns);
        double intercept = _units.ResponseCenter + _units.CoefficientScale * solver.InterceptShift;
        double size = Math.Abs(intercept);
        _nonZero = 0;
        // Most are 0; as integers the search takes many at a time.
        ReadOnlySpan<long> bits = new(solver.Beta, columns);
        for (int j = 0, skip; (skip = bits[j..].IndexOfAnyExcept(0)) >= 0; j++)
        {
            j += skip;
            double coefficient = _terms.Bounded(j, solver.Beta[j], _units.Coefficient(j, solver.Beta[j]));
            if (!(Math.Abs(coefficient) is >= LeastNormal and <= double.MaxValue))
            {
                // On a bound of the user's it is what the user gave; what moves nothing may vanish.
                if (!double.IsFinite(coefficient) || (Math.Abs(solver.Beta[j]) > Negligible && coefficient != _terms.GivenBound(j, solver.Beta[j])))
                    Throw.Data("x", Throw.Invariant($"'x' {_units.Outputs?.Words(j) ?? Throw.Invariant($"column {j}")} (counted from 0) would get a coefficient (some {_units.Magnitude(j, solver.Beta[j])}) that lies beyond the range of double; rescale it, or 'y'."));
                if (coefficient == 0)
                    continue;
            }

            features[_nonZero] = j;
            values[_nonZero++] = coefficient;
            if (_units.Outputs is not null)
                continue;
            double part = coefficient * _units.Center[j];
            intercept -= part;
            size += Math.Abs(part);
        }

        NonZeroCount = _nonZero;
        if (_units.Outputs is not null)
        {
            (NonZeroCount, _nonZero, InterceptRounding) = _outputs!.Finish(_terms, _units, strength, features, values, _nonZero);
            Intercept = 0;
            return;
        }

        if (_units.Intercept && !double.IsFinite(intercept))
            Throw.Data("x", "'x' and 'y' would get an intercept beyond the range of double; rescale them, or centre the columns that lie far from 0.");
        Intercept = _units.Intercept ? intercept : 0;
        InterceptRounding = _units.Intercept ? Rounding.Unit * (_nonZero + 4) * size : 0;
    }

    public void Dispose()
    {
        _values.Dispose();
        _features.Dispose();
    }
}
