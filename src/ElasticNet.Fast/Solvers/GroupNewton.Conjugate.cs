using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Steps from one λ to the next have systems that are much alike: conjugate gradients solve them with the factor of an earlier one as
/// preconditioner, for as long as that costs less than a new factor would.
/// </summary>
internal sealed unsafe partial class GroupNewton
{
    /// <summary>A new factor that is worth less than so many steps is made instead.</summary>
    private const double LeastFactorSteps = 4;

    /// <summary>How many times faster a multiply-add of a factor is than one of a step that reads its matrices once for each output,</summary>
    private const double FactorSpeed = 4;

    /// <summary>and than one of a step that has nothing but one vector.</summary>
    private const double SingleFactorSpeed = 30;

    /// <summary>Steps with a factor of this very system at most; with one of the mean curvature, which is not, it takes more.</summary>
    private const int FreshSteps = 6;

    /// <summary>Steps without a factor that are always worth it,</summary>
    private const double LeastPlain = 8;

    /// <summary>and with one that knows the curvature on average alone.</summary>
    private const int LeastCurved = 24;

    private readonly AlignedBuffer<double> _swept = new();
    private readonly AlignedBuffer<int> _sweptPositions = new();
    private readonly AlignedBuffer<int> _keptPlaces = new();
    private double _plainSteps; // those of the last solution without a factor
    private bool _isKept, _isKeptByOutput, _isFresh;
    private int _keptCount, _keptMembers, _spent, _served, _last;
    private double _factorSteps;

    // Behind the vectors of a step.
    private double* Left => _vectors.Pointer + 5 * (nint)_room;

    private double* Conditioned => _vectors.Pointer + 6 * (nint)_room;

    private double* Way => _vectors.Pointer + 7 * (nint)_room;

    private double* Curved => _vectors.Pointer + 8 * (nint)_room;

    /// <summary>Where each member stands in the factor that is kept; −1 for those that do not.</summary>
    private int* Places => _keptPlaces.Pointer;

    /// <summary>Keeps the factor that has just been made, of all members in the list.</summary>
    private void Keep()
    {
        (_isKept, _isKeptByOutput, _isFresh, _keptCount, _keptMembers) = (true, _isByOutput, true, _active, _problem.Count);
        (_spent, _served, _last) = (0, 0, 0);
        double outputs = _problem.Outputs;
        double features = _active / outputs;
        _factorSteps = _curvature is not null ? features * features * _curvature.Price
            : _isByOutput ? 4 * features / (3 * FactorSpeed * (3 * outputs + 1)) : _active / (6 * SingleFactorSpeed);
        int* places = _keptPlaces.Require(Math.Max(_problem.Count, 1));
        new Span<int>(places, _problem.Count).Fill(-1);
        for (int k = 0; k < _active; k++)
            places[Positions[k]] = k;
    }

    /// <summary><see cref="Direction"/> ← the solution of the system, where the factor that is kept helps enough.</summary>
    private bool TryConjugate(double reduction)
    {
        if (_curvature is not null && !_isKept)
            return TryPlain(reduction);
        if (!_isKept || _isKeptByOutput != _isByOutput || _damping > 0)
            return false;
        // A new factor is due where the last solution cost more than one does on average with it and all that came after it.
        if (!_isFresh && (_factorSteps < LeastFactorSteps || (_served > 0 && _last > (_factorSteps + _spent) / _served)))
            return false;
        int most = _isFresh && _curvature is null ? FreshSteps : (int)Math.Ceiling(2 * _factorSteps);
        if (_curvature is not null)
            most = Math.Max(most, Math.Max(LeastCurved, 2 * _active));
        _isFresh = false;
        double left = Conjugate(reduction, most, out double size);
        // A factor that knows the curvature on average alone is no better than where this has come to.
        return left <= reduction * reduction * size || (_served == 1 && left <= 1e-6 * size) || _curvature is not null;
    }

    /// <summary>The same without a factor, each feature being for itself, for as long as that costs less than a factor would.</summary>
    private bool TryPlain(double reduction)
    {
        double features = _active / (double)_problem.Outputs, factor = Math.Max(LeastPlain, features * features * _curvature!.Price);
        if (!_isByOutput || _plainSteps > factor)
            return false;
        _keptMembers = 0;
        double left = Conjugate(reduction, (int)Math.Ceiling(2 * factor), out double size);
        _plainSteps = left <= reduction * reduction * size ? _last : double.PositiveInfinity;
        return double.IsFinite(_plainSteps);
    }

    /// <summary>Conjugate gradients.</summary>
    /// <returns>The square of what is left.</returns>
    private double Conjugate(double reduction, int most, out double size)
    {
        double* right = Left, direction = Direction;
        FillSlopes(right);
        new Span<double>(direction, _active).Clear();
        new Span<double>(Way, _active).Clear();
        double before = 0;
        size = Kernel.Dot(right, right, _active);
        for (_last = 1; _last <= most; _last++)
        {
            Precondition(right, Conditioned);
            double product = Kernel.Dot(right, Conditioned, _active);
            if (!(product > 0) || !double.IsFinite(product))
                break;
            double kept = _last == 1 ? 0 : product / before;
            for (int k = 0; k < _active; k++)
                Way[k] = Conditioned[k] + kept * Way[k];
            Multiply(Way, Curved);
            double curvature = Kernel.Dot(Way, Curved, _active);
            if (!(curvature > 0))
                break;
            Kernel.Axpy(product / curvature, Way, direction, _active);
            Kernel.Axpy(-product / curvature, Curved, right, _active);
            before = product;
            if (Kernel.Dot(right, right, _active) <= reduction * reduction * size)
                break;
        }

        int steps = Math.Min(_last, most);
        ConjugateSteps += steps;
        _spent += steps;
        _served++;
        return Kernel.Dot(right, right, _active);
    }

    /// <summary>Steps of conjugate gradients so far.</summary>
    public int ConjugateSteps { get; private set; }

    /// <summary>result ← (G + P)vector, by places in the list.</summary>
    private void Multiply(double* vector, double* result)
    {
        if (_curvature is not null)
        {
            _curvature.Multiply(Positions, vector, _active, Positions, _active, result);
            AddOwn(vector, result);
            return;
        }

        if (_isByOutput)
        {
            _outputSystem.Multiply(vector, result);
            return;
        }

        _problem.Multiply(Positions, vector, _active, Change);
        for (int k = 0; k < _active; k++)
            result[k] = Change[Positions[k]];
        AddOwn(vector, result);
    }

    /// <summary>result ← result + P·vector.</summary>
    private void AddOwn(double* vector, double* result)
    {
        for (int part = 0; part < _parts; part++)
        {
            int first = Parts[2 * part + 1], end = part + 1 < _parts ? Parts[2 * part + 3] : _active;
            double along = 0;
            for (int k = first; k < end; k++)
                along += Radials[k] * vector[k];
            for (int k = first; k < end; k++)
                result[k] += (Diagonal[k] + Radials[k] * Radials[k]) * vector[k] - Radials[k] * along;
        }
    }

    /// <summary>result ← what the factor that is kept makes of a vector; members that it does not know are on their own.</summary>
    private void Precondition(double* vector, double* result)
    {
        int step = _isByOutput ? _problem.Outputs : 1;
        double* inner = null;
        if (_isByOutput && _keptMembers > 0)
            _outputFactor.Begin();
        else if (!_isByOutput)
            new Span<double>(inner = _moved.Require(Math.Max(_keptCount, 1)), _keptCount).Clear();
        for (int k = 0; k < _active; k += step)
        {
            int place = Place(Positions[k]);
            if (place < 0 && _curvature is not null)
            {
                Precondition(k, vector, result);
            }
            else if (place < 0)
            {
                for (int i = k; i < k + step; i++)
                    result[i] = vector[i] / (_problem.Square(Positions[i]) + Diagonal[i]);
            }
            else if (_isByOutput)
                _outputFactor.Put(place / step, vector + k);
            else
                inner[place] = vector[k];
        }

        if (_isByOutput && _keptMembers > 0)
            _outputFactor.Solve();
        else if (!_isByOutput)
            _factor.Solve(inner);
        for (int k = 0; k < _active; k += step)
        {
            int place = Place(Positions[k]);
            if (place >= 0 && _isByOutput)
                _outputFactor.Get(place / step, result + k);
            else if (place >= 0)
                result[k] = inner[place];
        }
    }

    /// <summary>The same for a feature on its own: a multiple of the identity, less the square of its radials.</summary>
    private void Precondition(int first, double* vector, double* result)
    {
        int end = first + _problem.Outputs;
        double along = 0, square = 0;
        for (int k = first; k < end; k++)
        {
            along += Radials[k] * vector[k];
            square += Radials[k] * Radials[k];
        }

        double own = _curvature!.Mean + Diagonal[first] + Radials[first] * Radials[first], rest = own - square;
        for (int k = first; k < end; k++)
            result[k] = (vector[k] + (rest > 0 ? Radials[k] * along / rest : 0)) / own;
    }

    private int Place(int position) => position < _keptMembers ? Places[position] : -1;

    /// <summary>Sweeps go down the square that the problem has written down, which touches its own where they begin.</summary>
    private void BeginSweeps()
    {
        if (_curvature is null)
            return;
        double* before = _swept.Require(2 * (nint)_problem.Count);
        Buffer.MemoryCopy(_problem.Beta, before, 2L * _problem.Count * sizeof(double), (long)_problem.Count * sizeof(double));
        Buffer.MemoryCopy(_problem.Gradient, before + _problem.Count, (long)_problem.Count * sizeof(double), (long)_problem.Count * sizeof(double));
    }

    /// <summary>The gradient of its own at what they have come to.</summary>
    private void EndSweeps()
    {
        if (_curvature is null)
            return;
        double* moves = _swept.Pointer, gradient = moves + _problem.Count;
        int* positions = _sweptPositions.Require(_problem.Count);
        int moved = 0;
        for (int k = 0; k < _problem.Count; k++)
        {
            double move = moves[k] - _problem.Beta[k];
            if (move == 0)
                continue;
            positions[moved] = k;
            moves[moved++] = move;
        }

        _curvature.Multiply(positions, moves, moved, null, _problem.Count, _problem.Gradient);
        Kernel.Axpy(1, gradient, _problem.Gradient, _problem.Count);
    }

    /// <summary>vector ← the solution of the system that has just been factored.</summary>
    private void Solve(double* vector)
    {
        if (!_isByOutput)
        {
            _factor.Solve(vector);
            return;
        }

        Precondition(vector, Left);
        Buffer.MemoryCopy(Left, vector, (long)_active * sizeof(double), (long)_active * sizeof(double));
    }
}
