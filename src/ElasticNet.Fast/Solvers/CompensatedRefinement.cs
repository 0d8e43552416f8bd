using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Takes over a λ at which rounding in double arithmetic spoils the solution or its proof: nearly equal columns, powers of a year,
/// columns far from zero without an intercept. Solves it again in double-double numbers, from the columns themselves, and proves it.
/// What one λ has taught serves the next.
/// </summary>
internal sealed unsafe class CompensatedRefinement : IDisposable
{
    /// <summary>Elements of the columns in the working set at most: beyond that it takes too long, and the solution stands as it is.</summary>
    private const long MostElements = 50_000_000;

    /// <summary>Elements at most where the solution is exact as it stands, and only its proof could be sharper: a fraction of a second.</summary>
    private const long MostSpare = 4_000_000;

    /// <summary>Columns in the working set at most, likewise.</summary>
    private const int MostMembers = 1500;

    /// <summary>Rounds of admitting columns at most.</summary>
    private const int MostRounds = 100;

    /// <summary>Columns admitted in a round beyond those that are in any case.</summary>
    private const int Entrants = 64;

    private readonly CompensatedProblem _problem = new();
    private readonly CompensatedSolver _solver = new();
    private readonly CompensatedNorm _norm = new();
    private readonly CompensatedProof _proof = new();
    private readonly AlignedBuffer<double> _products = new();
    private readonly AlignedBuffer<double> _rows = new();
    private readonly List<(double Excess, int Column)> _undecided = [];
    private readonly List<int> _features = [];
    private readonly List<double> _coefficients = [];
    private RawColumns _x = null!;
    private PenaltyTerms _terms = null!;
    private TrainingRows _training;
    private double* _rootWeights;
    private ColumnScaling _scaling = null!;
    private double _responseNorm, _interceptRest;
    private long _room;
    private bool _intercept, _started;

    /// <summary>Features whose coefficient is not 0, ascending.</summary>
    public List<int> Features => _features;

    /// <summary>Their coefficients, on the original scale.</summary>
    public List<double> Coefficients => _coefficients;

    /// <summary>The intercept; 0 where none is fitted.</summary>
    public double Intercept { get; private set; }

    /// <summary>The gap in units of half the null deviance.</summary>
    public double RelativeGap { get; private set; }

    /// <summary>The largest violation of the optimality conditions, in the units of λ.</summary>
    public double Violation { get; private set; }

    /// <summary>1 − deviance / null deviance.</summary>
    public double DevianceRatio { get; private set; }

    /// <summary>Degrees of freedom, the intercept's left out.</summary>
    public double DegreesOfFreedom
    {
        get
        {
            double freedom = _solver.Free.Count;
            DoubleDoubles unit = _solver.Scratch;
            for (int k = 0; k < _solver.Free.Count; k++)
            {
                double ridge = _problem[_solver.Free[k]].L2;
                if (ridge == 0)
                    continue;
                for (int l = 0; l < _solver.Free.Count; l++)
                    unit[l] = l == k ? 1 : 0;
                _solver.Factor.Solve(unit);
                freedom -= ridge * unit[k].High;
            }

            return freedom;
        }
    }

    /// <summary>Looks at another path; nothing is computed until it is needed.</summary>
    public void Start(
        RawColumns x, in TrainingRows rows, double* rootWeights, ColumnScaling scaling, PenaltyTerms terms, double responseNorm, bool intercept)
    {
        (_x, _scaling, _terms) = (x, scaling, terms);
        _training = rows;
        _rootWeights = rootWeights;
        (_responseNorm, _intercept, _started) = (responseNorm, intercept, false);
    }

    /// <summary>Solves a λ.</summary>
    /// <param name="strength">Which.</param>
    /// <param name="gap">The relative gap of what is at hand.</param>
    /// <param name="features">Where to begin: the features of a solution at hand,</param>
    /// <param name="coefficients">and their coefficients on the original scale.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>False where that would take too much.</returns>
    public bool TrySolve(in Strength strength, double gap, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients, CancellationToken cancellationToken)
    {
        _room = gap > ElasticNetFit.ExactGap ? MostElements : MostSpare;
        if (!Begin(strength, features, coefficients, cancellationToken))
            return false;
        for (int round = 0; round < MostRounds; round++)
        {
            SetStrength(strength);
            if (round == 0)
                _solver.Start(_problem);
            _solver.Solve(cancellationToken);
            if (strength.Lambda == 0)
                _norm.Apply(_problem, _solver);
            if (!Round())
                return false;
            _proof.Complete(_problem, _solver, InterceptError(), cancellationToken);
            if (!TryDecide(strength, cancellationToken))
                return false;
            if (_undecided.Count == 0)
            {
                Report();
                return true;
            }
        }

        return false;
    }

    /// <summary>1 − deviance / null deviance of other coefficients, from the rows.</summary>
    public double DevianceRatioAt(ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients, double intercept)
    {
        Look();
        double nullSquare = _problem.ResponseSquare.High;
        return nullSquare == 0 ? 0 : 1 - _problem.ResidualSquareAt(features, coefficients, intercept) / nullSquare;
    }

    public void Dispose()
    {
        _problem.Dispose();
        _solver.Dispose();
        _norm.Dispose();
        _proof.Dispose();
        _products.Dispose();
        _rows.Dispose();
    }

    private bool Begin(in Strength strength, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients, CancellationToken cancellationToken)
    {
        Look();
        bool first = _problem.Count == 0;
        // Before any is read: what has no room in the end would cost as much as what has.
        int wanted = _problem.Count;
        foreach (int j in features)
            wanted += _terms.MayEnter(j) && !HasNoKink(strength, j) && _problem.PositionOf(j) < 0 ? 1 : 0;
        for (int j = 0; j < _x.Columns; j++)
            wanted += _terms.MayEnter(j) && HasNoKink(strength, j) && _problem.PositionOf(j) < 0 ? 1 : 0;
        if (!HasRoom(wanted))
            return false;
        foreach (int j in features)
        {
            if (_terms.MayEnter(j))
                TryAdmit(j, cancellationToken);
        }

        for (int j = 0; j < _x.Columns; j++)
        {
            if (_terms.MayEnter(j) && HasNoKink(strength, j))
                TryAdmit(j, cancellationToken);
        }

        for (int k = 0; k < features.Length && first; k++)
        {
            int at = _problem.PositionOf(features[k]);
            if (at >= 0)
                _problem[at].Beta = Math.Clamp(Math.ScaleB(coefficients[k], _problem[at].Exponent - _problem.Exponent), _problem[at].Lower, _problem[at].Upper);
        }

        return true;
    }

    /// <summary>Looks at the response, unless that has been done.</summary>
    private void Look()
    {
        if (_started)
            return;
        double* rootWeights = _rows.Require(_x.Rows);
        _training.CopyRootWeights(_rootWeights, rootWeights);
        _problem.Start(_x, _training.Response, _training.Offset, rootWeights, _scaling, _terms, _responseNorm, _intercept);
        _started = true;
    }

    /// <summary>Without an l1 term a column has a coefficient in any case.</summary>
    private bool HasNoKink(in Strength strength, int column) => strength.L1 == 0 || _terms.Unit1[column] == 0;

    private bool HasRoom(int members) => members <= MostMembers && (long)members * _x.Rows <= _room;

    private bool TryAdmit(int column, CancellationToken cancellationToken)
    {
        if (_problem.PositionOf(column) >= 0)
            return true;
        if (!HasRoom(_problem.Count + 1))
            return false;
        cancellationToken.ThrowIfCancellationRequested();
        _problem.Admit(column);
        return true;
    }

    private void SetStrength(in Strength strength)
    {
        for (int i = 0; i < _problem.Count; i++)
        {
            CompensatedMember member = _problem[i];
            member.L1 = Math.Min(strength.L1 * member.Unit1, double.MaxValue);
            member.L2 = Math.Min(strength.L2 * member.Unit2, double.MaxValue);
        }
    }

    /// <summary>Rounds the coefficients to the doubles that will be returned, within the bounds as they were given.</summary>
    private bool Round()
    {
        _proof.Start(_problem);
        DoubleDoubles rounded = _proof.Rounded;
        DoubleDouble intercept = _problem.ResponseMean;
        for (int i = 0; i < _problem.Count; i++)
        {
            CompensatedMember member = _problem[i];
            double coefficient = Original(i, member.Beta.High);
            if (!double.IsFinite(coefficient))
                return false;
            rounded[i] = Math.ScaleB(coefficient, member.Exponent - _problem.Exponent);
            intercept -= member.Mean * coefficient;
        }

        Intercept = _intercept ? intercept.High : 0;
        _interceptRest = _intercept ? intercept.Low : 0;
        return double.IsFinite(Intercept);
    }

    private double InterceptError() => Math.ScaleB(_interceptRest, -_problem.Exponent);

    private double Original(int position, double beta)
    {
        int column = _problem[position].Column;
        return Math.Clamp(Math.ScaleB(beta, _problem.Exponent - _problem[position].Exponent), _terms.GivenLower[column], _terms.GivenUpper[column]);
    }

    /// <summary>Finds the columns outside the working set that the dual point does not prove to stay out, and admits the worst of them.</summary>
    private bool TryDecide(in Strength strength, CancellationToken cancellationToken)
    {
        _undecided.Clear();
        double* products = _products.Require(Math.Max(_x.Columns, 1));
        _problem.MultiplyAll(products);
        DoubleDoubles point = _problem.Residual;
        double size = Math.Sqrt(DoubleDoubles.Dot(point, point, _x.Rows).High), noise = _x.RoundingFactor(_scaling) * Rounding.OfProduct(_x.Rows) * size;
        double level = strength.L1 * Math.ScaleB(_responseNorm, -_problem.Exponent);
        for (int j = 0; j < _x.Columns; j++)
        {
            double excess = Math.Abs(products[j]) + noise - level * _terms.Unit1[j];
            if (!(excess <= 0) && _terms.MayEnter(j) && _problem.PositionOf(j) < 0)
                _undecided.Add((excess, j));
        }

        _undecided.Sort(static (a, b) => b.Excess.CompareTo(a.Excess));
        for (int k = 0; k < Math.Min(_undecided.Count, Entrants); k++)
        {
            if (!TryAdmit(_undecided[k].Column, cancellationToken))
                return false;
        }

        return true;
    }

    private void Report()
    {
        double nullSquare = _problem.ResponseSquare.High;
        RelativeGap = nullSquare == 0 ? 0 : _proof.Certificate.Gap / (0.5 * nullSquare);
        Violation = Math.ScaleB(_proof.Certificate.Violation, _problem.Exponent);
        DevianceRatio = nullSquare == 0 ? 0 : 1 - _proof.ResidualSquare / nullSquare;
        _features.Clear();
        _coefficients.Clear();
        for (int j = 0; j < _x.Columns; j++)
        {
            int at = _problem.PositionOf(j);
            if (at < 0 || _proof.Rounded.High[at] == 0)
                continue;
            _features.Add(j);
            _coefficients.Add(Original(at, _problem[at].Beta.High));
        }
    }
}
