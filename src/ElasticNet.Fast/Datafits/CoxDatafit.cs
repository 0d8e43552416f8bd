using System.Runtime.Intrinsics;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// Minus the partial log-likelihood of Cox, which does not separate by rows: whoever is at risk when an event happens takes part in it. No
/// intercept, for a constant changes nothing, not even one of a stratum. All sums over risk sets are running ones in the order of
/// <see cref="RiskSets"/>; those that rows are taken out of again keep what rounding takes, and what is left of it is charged.
/// </summary>
/// <param name="isEfron">Efron's rule for ties, else Breslow's.</param>
internal sealed unsafe class CoxDatafit(bool isEfron) : CurvedDatafit
{
    /// <summary>On data of monotone likelihood each step moves η by about 1.</summary>
    private const double LeastRecession = 0.1;

    /// <summary>What an event may fall behind others at risk, as a share of the largest move, for a direction to count as one along which no event does.</summary>
    private const double Straight = 1e-5;

    /// <summary>A residual of the null model below this share of what a change of η makes of it is rounding.</summary>
    private const double Nothing = 1e-14;

    private readonly RiskSets _sets = new();
    private readonly TieSums _sums = new();
    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _ties = new();
    private readonly AlignedBuffer<int> _heap = new();
    private nint _stride, _tieStride;
    private double _nullDeviance, _coefficientScale, _gradientScale, _largest, _frozenLargest, _expected, _value;

    public override double NullDeviance => _nullDeviance;

    public override double Center => 0;

    public override double CoefficientScale => _coefficientScale;

    public override double GradientScale => _gradientScale;

    public override double Intercept => 0;

    public override double Unbalanced => 0;

    public override double LargestCurvature => Math.Max(_largest, _frozenLargest);

    public override double ResidualRounding => (8 * Constancy.Unit + _sums.Rounding) * _expected;

    public override string RecessionWords => "'y' is told apart by columns without a penalty: every event is foreseen (monotone likelihood)";

    protected override bool MayHaveIntercept => false;

    // By position.
    private double* Offset => _rows.Pointer;

    private double* Root => Offset + _stride;

    /// <summary>What η gains per unit of a vector in √w coordinates.</summary>
    private double* Lever => Offset + 2 * _stride;

    /// <summary>η less a constant of the stratum.</summary>
    private double* Eta => Offset + 3 * _stride;

    /// <summary>w·exp η.</summary>
    private double* Mass => Offset + 4 * _stride;

    /// <summary>exp η·H, H the cumulative hazard that the row has gone through: the events that were to be expected of it.</summary>
    private double* Expected => Offset + 5 * _stride;

    private double* FrozenEta => Offset + 6 * _stride;

    /// <summary>√w·exp η.</summary>
    private double* FrozenMass => Offset + 7 * _stride;

    /// <summary>The diagonal of the curvature, as far as it is one.</summary>
    private double* FrozenDiagonal => Offset + 8 * _stride;

    private double* Scratch => Offset + 9 * _stride;

    // By tie.
    private double* Gains => _ties.Pointer;

    private double* GainsRest => Gains + _tieStride;

    private double* Tied => Gains + 2 * _tieStride;

    private double* FrozenSecond => Gains + 3 * _tieStride;

    private double* FrozenTied => Gains + 4 * _tieStride;

    private double* FrozenTwice => Gains + 5 * _tieStride;

    public override double Evaluate(double* left, double* residual)
    {
        for (int k = 0; k < _sets.Count; k++)
            Eta[k] = Offset[k] - Lever[k] * left[_sets.Row[k]];
        _sets.TakeTops(Eta, null);
        for (nint k = 0; k < _stride; k += Vec.Count)
            Vector512.Store(Vector512.Exp(Vector512.Load(Eta + k)), Mass + k);
        for (int k = 0; k < _sets.Count; k++)
            Mass[k] = _sets.IsEverAtRisk(k) ? _sets.Weight[k] * Mass[k] : 0;
        _sums.Evaluate(_sets, isEfron, Mass, Eta);
        Accumulate(_sums.Rate);
        new Span<double>(residual, Length).Clear();
        double largest = 0, square = 0;
        for (int k = 0; k < _sets.Count; k++)
        {
            int first = _sets.First[k];
            bool isEvent = k >= _sets.Events[first];
            double expected = Expected[k] = _sets.IsEverAtRisk(k) ? Mass[k] / _sets.Weight[k] * Gained(k, _sums.TiedRate) : 0;
            residual[_sets.Row[k]] = Root[k] * ((isEvent && k < _sets.Until[first] ? 1 : 0) - expected) / _gradientScale;
            largest = Math.Max(largest, expected);
            square += _sets.Weight[k] * expected * expected;
        }

        _largest = largest * (_coefficientScale / _gradientScale);
        _expected = Math.Sqrt(square) / _gradientScale;
        // Not a number anywhere is not a number here.
        return _value = (_sums.Value + 0 * square) / (_coefficientScale * _gradientScale);
    }

    public override bool Recedes(double* before, double* left)
    {
        for (int k = 0; k < _sets.Count; k++)
            Scratch[k] = Lever[k] * (before[_sets.Row[k]] - left[_sets.Row[k]]);
        double largest = _sets.Spread(Scratch), worst = 0;
        LargestFirst ahead = new(_heap.Require(Math.Max(_sets.Count, 1)), Scratch);
        for (int tie = 0; tie < _sets.Ties; tie++)
        {
            if (_sets.Size(tie) == 0)
            {
                ahead.Clear();
                continue;
            }

            double least = double.PositiveInfinity;
            for (int k = _sets.Enter[tie]; k < _sets.Until[tie]; k++)
            {
                if (_sets.End[k] > tie)
                    ahead.Push(k);
                if (k >= _sets.Events[tie])
                    least = Math.Min(least, Scratch[k]);
            }

            while (_sets.End[ahead.Top] <= tie)
                ahead.Pop();
            worst = Math.Max(worst, Scratch[ahead.Top] - least);
        }

        return largest > LeastRecession && worst <= Straight * largest;
    }

    public override void Accept(double* left)
    {
        // There is no intercept to expect.
    }

    /// <inheritdoc/>
    /// <remarks>Undamped: dual points are moved along this curvature, and another one would lead out of where the conjugate is finite.</remarks>
    public override void Freeze(double damping = 0)
    {
        double scale = _coefficientScale / _gradientScale;
        for (int k = 0; k < _sets.Count; k++)
        {
            FrozenEta[k] = Eta[k];
            FrozenMass[k] = Mass[k] / Root[k];
            FrozenDiagonal[k] = scale * Expected[k];
        }

        for (int tie = 0; tie < _sets.Ties; tie++)
        {
            FrozenSecond[tie] = scale * _sums.Second[tie];
            FrozenTied[tie] = scale * _sums.TiedSecond[tie];
            FrozenTwice[tie] = scale * _sums.TwiceTiedSecond[tie];
        }

        _frozenLargest = _largest;
    }

    /// <summary>diag(exp η·H)x less, for everybody at risk, the mean of x at each term once more.</summary>
    public override void Apply(double* vector, double* result)
    {
        if (!_sets.HasLeavers)
        {
            ApplyInOrder(vector, result);
            return;
        }

        for (int k = 0; k < _sets.Count; k++)
            Scratch[k] = FrozenMass[k] * vector[_sets.Row[k]];
        double high = 0, low = 0;
        for (int tie = 0; tie < _sets.Ties; tie++)
        {
            if (_sets.Size(tie) == 0)
            {
                (high, low, Gains[tie], Tied[tie]) = (0, 0, 0, 0);
                continue;
            }

            double tied = 0;
            for (int k = _sets.Leave[tie]; k < _sets.Leave[tie + 1]; k++)
                TieSums.Add(ref high, ref low, -Scratch[_sets.Leavers[k]]);
            for (int k = _sets.Enter[tie]; k < _sets.Events[tie]; k++)
                TieSums.Add(ref high, ref low, Scratch[k]);
            if (_sets.Others[tie] == 0)
                (high, low) = (0, 0);
            for (int k = _sets.Events[tie]; k < _sets.Until[tie]; k++)
                tied += Scratch[k];
            double others = high + low;
            Gains[tie] = FrozenSecond[tie] * others + FrozenTied[tie] * tied;
            Tied[tie] = FrozenTied[tie] * others + FrozenTwice[tie] * tied;
            TieSums.Add(ref high, ref low, tied);
        }

        Accumulate(Gains);
        new Span<double>(result, Length).Clear();
        for (int k = 0; k < _sets.Count; k++)
        {
            if (_sets.IsEverAtRisk(k))
                result[_sets.Row[k]] = FrozenDiagonal[k] * vector[_sets.Row[k]] - FrozenMass[k] * Gained(k, Tied);
        }
    }

    /// <summary>The same where nobody leaves: sums forth in the order of positions and back again.</summary>
    private void ApplyInOrder(double* vector, double* result)
    {
        double* mass = FrozenMass, diagonal = FrozenDiagonal, gathered = Scratch, gains = Gains, tiedGains = Tied;
        double* second = FrozenSecond, tiedSecond = FrozenTied, twice = FrozenTwice;
        int* row = _sets.Row, enter = _sets.Enter, events = _sets.Events, until = _sets.Until;
        double all = 0;
        for (int tie = 0; tie < _sets.Ties; tie++)
        {
            double tied = 0;
            for (int k = enter[tie]; k < events[tie]; k++)
                all += mass[k] * (gathered[k] = vector[row[k]]);
            for (int k = events[tie]; k < until[tie]; k++)
                tied += mass[k] * (gathered[k] = vector[row[k]]);
            gains[tie] = second[tie] * all + tiedSecond[tie] * tied;
            tiedGains[tie] = tiedSecond[tie] * all + twice[tie] * tied;
            all = events[tie] == until[tie] ? 0 : all + tied;
        }

        // Rows of weight 0 have no position.
        if (_sets.Count < Length)
            new Span<double>(result, Length).Clear();
        double gained = 0;
        for (int tie = _sets.Ties - 1; tie >= 0; tie--)
        {
            double before = gained + tiedGains[tie];
            gained = events[tie] == until[tie] ? 0 : gained + gains[tie];
            for (int k = enter[tie]; k < events[tie]; k++)
                result[row[k]] = diagonal[k] * gathered[k] - mass[k] * gained;
            for (int k = events[tie]; k < until[tie]; k++)
                result[row[k]] = diagonal[k] * gathered[k] - mass[k] * before;
        }
    }

    /// <summary>
    /// At a term the model expects the shares p of who has the event, and events have the shares q. f* is an entropy of shares, and the dual
    /// point is made of π = c(p + p₀(z − z̄₀)) + (1 − c)q, p₀ and the mean z̄₀ those where the curvature was frozen: the slack is at most the divergence
    /// Σ p φ(π/p − 1), φ(t) = (1 + t)log(1 + t) − t ≤ t², as long as no π is negative. With (s + t)² ≤ 2s² + 2t² the two parts separate
    /// into K·zᵀVz, K = max p₀/p, and (1 − c)² times the χ² distance of q from p; or, as the divergence is convex, into c of one and 1 − c of the other.
    /// </summary>
    public override double FenchelSlack(double scale, double* shift, double* dual)
    {
        double rest = 1 - scale, spread = _sums.Spread / (_coefficientScale * _gradientScale);
        if (shift == null)
            return rest == 0 ? 0 : rest < 1 ? Math.Min(rest * rest * spread, rest * _value) : _value;
        if (scale == 0)
            return _value;
        for (int k = 0; k < _sets.Count; k++)
            Scratch[k] = FrozenEta[k] - Eta[k];
        double ratio = Math.Exp(_sets.Spread(Scratch));
        for (int k = 0; k < _sets.Count; k++)
            Scratch[k] = Lever[k] * shift[_sets.Row[k]];
        if (!(ratio * _sets.Spread(Scratch) <= 1))
            return double.PositiveInfinity;
        Apply(shift, dual);
        double square = ratio * Math.Max(Kernel.Dot(shift, dual, Length), 0);
        return Math.Min(2 * scale * scale * square + (rest == 0 ? 0 : 2 * rest * rest * spread), scale * square + rest * _value);
    }

    public override void Dispose()
    {
        base.Dispose();
        _sets.Dispose();
        _sums.Dispose();
        _rows.Dispose();
        _ties.Dispose();
        _heap.Dispose();
    }

    protected override void TakeResponse(in TrainingRows rows)
    {
        SurvivalTimes times = rows.Survival ?? throw new InvalidOperationException("Cox needs times.");
        _sets.Start(times, Weights);
        if (_sets.EventWeight == 0)
            Throw.Data("isEvent", "'isEvent' must be true in a row that is trained on, but all of them are censored: nothing tells who lives longer; choose folds with events in each.");
        int count = _sets.Count;
        _stride = (count + 7) & ~7;
        _rows.RequireZeroed(10 * _stride);
        _tieStride = (_sets.Ties + 8) & ~7;
        _ties.RequireZeroed(6 * _tieStride);
        for (int k = 0; k < count; k++)
        {
            int i = _sets.Row[k];
            Root[k] = RootWeights[i];
            Offset[k] = rows.Offset == null ? 0 : rows.Offset[i];
        }

        Rounding = 0;
        UseScales(1, 1);
        double* none = Response;
        new Span<double>(none, Length).Clear();
        double half = Evaluate(none, Response), norm = Math.Sqrt(Kernel.Dot(Response, Response, Length));
        if (!double.IsFinite(half))
            Throw.Data("offset", "The offsets are too far apart for double: at some event next to nobody is at risk; rescale them.");
        if (norm <= RoundingOfNull())
        {
            _nullDeviance = 0;
            new Span<double>(Response, Length).Clear();
        }
        else
        {
            // ‖r‖ = 1; the curvature of all rows together is the weight of the events, less what their means take.
            UseScales(norm / _sets.EventWeight, norm);
            _nullDeviance = 2 * half / (_coefficientScale * _gradientScale);
            new Span<double>(none, Length).Clear();
            _ = Evaluate(none, Response);
        }

        Freeze();
    }

    /// <summary>What rounding of η leaves of the residual where every event was the only one to be expected.</summary>
    private double RoundingOfNull()
    {
        double square = 0;
        for (int k = 0; k < _sets.Count; k++)
        {
            double one = Expected[k] * (1 + Math.Abs(Offset[k]));
            square += _sets.Weight[k] * one * one;
        }

        return Nothing * Math.Sqrt(square);
    }

    private void UseScales(double coefficients, double gradients)
    {
        (_coefficientScale, _gradientScale) = (coefficients, gradients);
        for (int k = 0; k < _sets.Count; k++)
            Lever[k] = coefficients / Root[k];
    }

    /// <summary>What each tie adds, summed up from the earliest of its stratum on.</summary>
    private void Accumulate(double* gains)
    {
        double high = 0, low = 0;
        for (int tie = _sets.Ties - 1; tie >= 0; tie--)
        {
            if (_sets.Size(tie) == 0)
                (high, low) = (0, 0);
            else
                TieSums.Add(ref high, ref low, gains[tie]);
            (Gains[tie], GainsRest[tie]) = (high, low);
        }
    }

    /// <summary>What a position at risk has gone through of what <see cref="Accumulate"/> summed up; of the tie that it is an event of, something else.</summary>
    private double Gained(int position, double* tied)
    {
        int first = _sets.First[position], end = _sets.End[position];
        if (position < _sets.Events[first])
            return Gains[first] - Gains[end] + (GainsRest[first] - GainsRest[end]);
        return tied[first] + (Gains[first + 1] - Gains[end] + (GainsRest[first + 1] - GainsRest[end]));
    }
}
