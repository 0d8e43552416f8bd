using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>The system of a step: which members move, the matrix, and its factor.</summary>
internal sealed unsafe partial class GroupNewton
{
    private int* Positions => _positions.Pointer;

    /// <summary>The group of each.</summary>
    private int* PartOf => _positions.Pointer + _room;

    /// <summary>Of each group that has members in the list, which it is and where its first is.</summary>
    private int* Parts => _groups.Pointer;

    /// <summary>Lists the members that move.</summary>
    private void Find()
    {
        _room = (Math.Max(_problem.Count, 1) + 7) & ~7;
        _vectors.Require(9 * (nint)_room);
        _positions.Require(2 * (nint)_room);
        _groups.Require(2 * Math.Max(_problem.Groups, 1));
        (_active, _parts) = (0, 0);
        for (int g = 0; g < _problem.Groups; g++)
        {
            GroupPenalty penalty = _problem.Penalty(g);
            int start = _problem.Start(g);
            double* beta = _problem.Beta + start;
            if (penalty.Norm > 0 && penalty.IsZero(beta))
                continue;
            int first = _active;
            for (int j = 0; j < penalty.Count; j++)
            {
                if (beta[j] != 0 || penalty.L1(j) == 0)
                    Positions[_active++] = start + j;
            }

            if (_active > first)
                (Parts[2 * _parts], Parts[2 * _parts++ + 1]) = (g, first);
        }
    }

    /// <summary>A group that has members in the list.</summary>
    /// <returns>Its first member, and its place in the list.</returns>
    private (int Start, int First, int End) Part(int part, out GroupPenalty penalty, out double* beta, out double size)
    {
        int group = Parts[2 * part], start = _problem.Start(group);
        penalty = _problem.Penalty(group);
        beta = _problem.Beta + start;
        size = penalty.Count > 1 ? penalty.Size(beta) : 0;
        return (start, Parts[2 * part + 1], part + 1 < _parts ? Parts[2 * part + 3] : _active);
    }

    /// <summary>p of the second derivative (k/h)(diag(u²) − ppᵀ) of a norm h.</summary>
    private static double Radial(in GroupPenalty penalty, double* beta, int j, double size) =>
        penalty.Share(j) * (penalty.Share(j) * beta[j] / size);

    /// <summary>Factors G + P on the list; who depends on others leaves it.</summary>
    /// <param name="byOutput">Whether that may be done output by output.</param>
    private void Factor(bool byOutput)
    {
        Solves++;
        (_left, _isKept) = (0, false);
        if (_curvature is not null && byOutput && _isByOutput)
            TakeOutputs();
        if (byOutput && _isByOutput && _outputFactor.TryFactor(_outputSystem))
        {
            Keep();
            return;
        }

        _isByOutput = false;
        _factor.Clear();
        _factor.Reserve(_active);
        for (int a = 0; a < _active; a++)
        {
            double* row = _factor.Row(a);
            for (int b = 0; b <= a; b++)
                row[b] = Element(a, b);
        }

        int dependent = _factor.FactorInPlace(_active);
        if (dependent < 0)
        {
            Keep();
            return;
        }

        double* products = Trial;
        int kept = dependent;
        for (int a = dependent + 1; a < _active; a++)
        {
            for (int b = 0; b < kept; b++)
                products[b] = Element(a, b);
            if (!_factor.TryAppend(products, Element(a, a)))
                continue;
            (Positions[kept], PartOf[kept], Radials[kept], Diagonal[kept]) = (Positions[a], PartOf[a], Radials[a], Diagonal[a]);
            kept++;
        }

        _left = _active - kept;
        _active = kept;
        int parts = 0;
        for (int a = 0; a < _active; a++)
        {
            if (a == 0 || PartOf[a] != PartOf[a - 1])
                (Parts[2 * parts], Parts[2 * parts++ + 1]) = (PartOf[a], a);
        }

        _parts = parts;
    }

    /// <summary>Whether the list is features with all of their outputs, alike but for their coefficients.</summary>
    private bool AreOutputs()
    {
        int outputs = _problem.Outputs;
        if (outputs == 1 || _damping > 0 || _active % outputs != 0)
            return false;
        for (int k = 0; k < _active; k++)
        {
            if (Positions[k] % outputs != k % outputs || Positions[k] - k % outputs != Positions[k - k % outputs])
                return false;
        }

        for (int part = 0; part < _parts; part++)
        {
            (int start, int first, int end) = Part(part, out GroupPenalty penalty, out _, out _);
            for (int k = first; k < end; k++)
            {
                if (penalty.Share(Positions[k] - start) != 1 || penalty.L1(Positions[k] - start) != 0)
                    return false;
            }
        }

        return true;
    }

    /// <summary>What the elements of G + P are made of besides G.</summary>
    /// <param name="byOutput">Whether it may be taken output by output.</param>
    private void FillSystem(bool byOutput)
    {
        for (int part = 0; part < _parts; part++)
        {
            (int start, int first, int end) = Part(part, out GroupPenalty penalty, out double* beta, out double size);
            double strength = size > 0 ? penalty.Norm / size : 0;
            for (int k = first; k < end; k++)
            {
                int j = Positions[k] - start;
                double radial = size > 0 ? Radial(penalty, beta, j, size) : 0;
                PartOf[k] = Parts[2 * part];
                Radials[k] = Math.Sqrt(strength) * radial;
                Diagonal[k] = penalty.L2(j) + strength * (penalty.Share(j) * penalty.Share(j) - radial * radial) + _damping * _problem.Square(Positions[k]);
            }
        }

        _isByOutput = byOutput && AreOutputs();
        if (_isByOutput && _curvature is null)
            TakeOutputs();
    }

    private void TakeOutputs()
    {
        int count = _active / _problem.Outputs;
        bool hasSame = _systemCount == _active;
        int* known = _systemPositions.Grow(Math.Max(_active, 1), _systemCount);
        for (int k = 0; k < _active; k++)
        {
            hasSame &= known[k] == Positions[k];
            known[k] = Positions[k];
        }

        _systemCount = _active;
        _outputSystem.Take(_problem, Positions, count, Diagonal, Radials, _curvature?.Mean ?? 1, hasSame);
    }

    /// <summary>An element of G + P, by places in the list.</summary>
    private double Element(int a, int b)
    {
        double element = _problem.Element(Positions[a], Positions[b]);
        return a == b ? element + Diagonal[a] : PartOf[a] == PartOf[b] ? element - Radials[a] * Radials[b] : element;
    }

    /// <summary>
    /// tr[G(G + P)⁻¹] on the members that are not 0, P the second derivative of the penalty: how much a fitted value moves with its response.
    /// Members that depend on others add nothing.
    /// </summary>
    public double Freedom()
    {
        _damping = 0;
        Find();
        FillSystem(byOutput: false);
        Factor(byOutput: false);
        _isKept = false; // of another curvature than those of steps
        if (_active == 0)
            return 0;
        double* weights = Direction, radial = Trial;
        new Span<double>(weights, _active).Clear();
        double taken = 0;
        for (int part = 0; part < _parts; part++)
        {
            (int start, int first, int end) = Part(part, out GroupPenalty penalty, out double* beta, out double size);
            for (int k = first; k < end; k++)
            {
                int j = Positions[k] - start;
                weights[k] += penalty.L2(j) + (size > 0 ? penalty.Norm / size * penalty.Share(j) * penalty.Share(j) : 0);
            }

            if (size == 0)
                continue;
            new Span<double>(radial, _active).Clear();
            for (int k = first; k < end; k++)
                radial[k] = Radial(penalty, beta, Positions[k] - start, size);
            _factor.SolveForward(radial);
            taken += penalty.Norm / size * Kernel.Dot(radial, radial, _active);
        }

        return _active - _factor.InverseTrace(weights) + taken;
    }
}
