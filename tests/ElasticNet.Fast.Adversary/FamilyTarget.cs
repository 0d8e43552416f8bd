using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Cli.Verify;
using ElasticNet.Fast.Tests.Families;

namespace ElasticNet.Fast.Adversary;

/// <summary>A target of a family for the rows of a hostile problem, as the library takes it and as the plain proof does.</summary>
internal sealed class FamilyTarget
{
    private readonly HostileProblem _problem;
    private readonly Family _family;
    private readonly double[] _y, _offset;
    private readonly bool[] _events = [];
    private readonly double[] _start = [];
    private readonly int[] _strata = [];

    public FamilyTarget(HostileProblem problem, Family family, Random random)
    {
        (_problem, _family) = (problem, family);
        int n = problem.Rows;
        bool inside = random.Next(2) == 0;
        double mean = problem.Y.Where(double.IsFinite).DefaultIfEmpty(0).Average(), spread = Math.Sqrt(problem.Y.Where(double.IsFinite).Select(y => (y - mean) * (y - mean)).DefaultIfEmpty(1).Average());
        double[] eta = [.. problem.Y.Select(value => double.IsFinite(value) && spread > 0 && double.IsFinite(spread) ? Math.Clamp(2 * (value - mean) / spread, -8, 8) : 0)];
        Outputs = family.HasOutputs ? random.Next(2, 5) : 1;
        double[] offset = problem.Offset.Length == 0 ? [] : [.. problem.Offset.Select(value => double.IsFinite(value) ? Math.Clamp(value, -3, 3) : 0)];
        _offset = [.. Enumerable.Range(0, Outputs).SelectMany(k => offset.Select(value => value * (1 - k)))];
        if (family.IsSurvival)
        {
            bool tied = random.Next(2) == 0;
            _y = [.. eta.Select(value => -Math.Log(1 - random.NextDouble()) * Math.Exp(-0.5 * value) is var time && tied ? Math.Ceiling(4 * time) : time + 1e-3)];
            _events = [.. _y.Select((_, i) => i == 0 || random.Next(inside ? 2 : 8) == 0)];
            _start = random.Next(3) == 0 ? [.. _y.Select(time => random.Next(2) == 0 ? 0 : time * 0.99 * random.NextDouble())] : [];
            _strata = random.Next(4) == 0 ? [.. _y.Select(_ => random.Next(2))] : [];
        }
        else if (family.HasClasses && family.HasOutputs)
        {
            // Inside nothing separates the classes but chance.
            _y = [.. eta.Select((value, i) => i < Outputs ? i : random.Next(inside ? 2 : 12) == 0 ? random.Next(Outputs) : Math.Clamp((int)Math.Floor(Outputs * (0.5 + value / 8)), 0, Outputs - 1))];
        }
        else if (family.HasOutputs)
        {
            double unit = Math.Pow(10, random.Next(-3, 4));
            _y = [.. Enumerable.Range(0, Outputs).SelectMany(k => eta.Select(value => unit * ((k % 2 == 0 ? value : 0) + random.NextDouble() - 0.5) * Math.Pow(10, k * (inside ? 0 : 3))))];
        }
        else
        {
            _y = family == Family.Gaussian ? problem.Y : [.. eta.Select(value => FamilyDraws.Draw(family, value, inside, random))];
        }
    }

    public int Outputs { get; }

    /// <summary>As the library takes it.</summary>
    public Target Target => (_family.IsSurvival ? Target.Survival(_y, _events, _start, _strata)
        : !_family.HasOutputs ? new(_y)
        : _family.HasClasses ? Target.Classes([.. _y.Select(code => (int)code)], [.. Enumerable.Range(0, Outputs).Select(k => $"c{k}")])
        : Target.Columns(MatrixView.ColumnMajor<double>(_y, _problem.Rows, Outputs))) with
    {
        Weights = _problem.Weights,
        Offset = Outputs == 1 ? _offset : [],
        Offsets = Outputs > 1 && _offset.Length > 0 ? MatrixView.ColumnMajor<double>(_offset, _problem.Rows, Outputs) : default,
    };

    /// <summary>What judges coefficients; null where numbers are beyond what it takes.</summary>
    public IPlainProof? Proof()
    {
        int n = _problem.Rows;
        int[] rows = [.. Enumerable.Range(0, n).Where(i => _problem.Weight(i) > 0)];
        double[][] columns = [.. Enumerable.Range(0, _problem.Columns).Select(j => Array.ConvertAll(rows, i => _problem.X[j * n + i]))];
        double[] Of(double[] values) => [.. Enumerable.Range(0, values.Length / n).SelectMany(k => rows.Select(i => values[k * n + i]))];
        double[] w = Array.ConvertAll(rows, _problem.Weight), y = Of(_y), o = Of(_offset);
        if (columns.Append(y).Any(column => column.Max(Math.Abs) is > 1e100 or (< 1e-100 and > 0)) || w.Any(weight => weight is > 1e100 or < 1e-100))
            return null;
        double[]? offset = o.Length == 0 ? null : o;
        return _family.HasOutputs ? new PlainOutputsProof(columns, new(Outputs, y, _family.HasClasses, w), offset, _problem.Intercept)
            : _family.IsSurvival ? new PlainPartialProof(
                columns, new(y, Array.ConvertAll(rows, i => _events[i]), _start.Length == 0 ? null : Of(_start), _strata.Length == 0 ? null : Array.ConvertAll(rows, i => _strata[i]), w, _family == Family.Cox), offset ?? new double[rows.Length])
            : new PlainProof(columns, y, offset, w, _problem.Intercept, _family == Family.Gaussian ? null : PlainLoss.Of(_family));
    }
}
