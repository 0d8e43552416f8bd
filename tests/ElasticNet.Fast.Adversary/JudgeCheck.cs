namespace ElasticNet.Fast.Adversary;

/// <summary>
/// Tries the judge where the truth is known. Ordinary problems: the two ways to a lower bound (a dual point from the solution
/// returned; an optimiser that starts at 0) must agree, and a solution moved by more than its certificate covers must be found false.
/// </summary>
internal sealed class JudgeCheck(Request request, Contestant contestant)
{
    private int _solutions, _moved, _found, _missed, _wrong;
    private double _ownGap, _distance, _spread;

    public bool Run()
    {
        HostileClass kind = request.Only ?? HostileClass.All[0];
        for (int index = request.First; index < request.First + (request.IsSingle ? 1 : Math.Min(request.Count, 2000)); index++)
        {
            HostileProblem problem = ProblemFactory.Make(request.Seed, index, kind);
            ScaledProblem scaled = new(problem);
            if (!scaled.HalfNull.IsZero)
                Check(problem, scaled, new Dice(index));
        }

        Console.WriteLine($"{_solutions} solutions of '{kind.Name}': own duality gap at most {_ownGap:g3}; the optimiser from 0 ends within {_spread:g3} of its bound and {_distance:g3} of the objective returned");
        Console.WriteLine($"{_moved} moved by more than their certificate covers: {_found} found false, {_missed} missed; {_wrong} true ones called false");
        return _missed == 0 && _wrong == 0 && _spread < 1e-13 && _distance < 1e-12;
    }

    private void Check(HostileProblem problem, ScaledProblem scaled, Dice dice)
    {
        Judge judge = new(problem, scaled);
        foreach (Answer answer in contestant.Solve(problem))
        {
            Verdict verdict = judge.Examine(answer);
            _wrong += verdict.IsFalse ? 1 : 0;
            _solutions++;
            if (verdict.IsFalse || verdict.NotFinite is not null)
                continue;
            _ownGap = Math.Max(_ownGap, verdict.GapAtMost);
            Penalty penalty = scaled.At(answer.Fit.Lambda);
            Improver improver = new(scaled, penalty, scaled.Pinned, new double[scaled.Columns]);
            improver.Run(double.PositiveInfinity, 1e-20);
            DoubleDouble best = improver.Upper, returned = Objective(scaled, penalty, answer.Fit.Intercept, answer.Coefficients);
            if (((best - improver.Lower) / scaled.HalfNull).High > 1e-13)
                Console.WriteLine($"--index {problem.Index}, λ = {answer.Fit.Lambda:r}: the optimiser from 0 ends between {(improver.Lower / scaled.HalfNull).High:r} and {(best / scaled.HalfNull).High:r}, returned {(returned / scaled.HalfNull).High:r}");
            _spread = Math.Max(_spread, ((best - improver.Lower) / scaled.HalfNull).High);
            _distance = Math.Max(_distance, Math.Abs(((returned - best) / scaled.HalfNull).High));
            Move(problem, scaled, penalty, answer, best, judge, dice);
        }
    }

    private void Move(HostileProblem problem, ScaledProblem scaled, Penalty penalty, Answer answer, DoubleDouble best, Judge judge, Dice dice)
    {
        double[] moved = (double[])answer.Coefficients.Clone();
        double intercept = answer.Fit.Intercept, size = dice.Power(-7, -3);
        int j = dice.Int(0, moved.Length - 1);
        if (scaled.Intercept && dice.Chance(0.3))
            intercept += size * (1 + Math.Abs(intercept));
        else if (!scaled.Pinned[j])
            moved[j] = Math.Clamp(moved[j] + size * dice.Sign() * (0.1 + Math.Abs(moved[j])), problem.LowerBound(j), problem.UpperBound(j));
        double above = ((Objective(scaled, penalty, intercept, moved) - best) / scaled.HalfNull).High;
        if (!(above > answer.Fit.RelativeGap + 1.001 * Judge.Tolerance))
            return;
        Verdict verdict = judge.Examine(answer with { Fit = answer.Fit with { Intercept = intercept }, Coefficients = moved });
        _moved++;
        _found += verdict.IsFalse ? 1 : 0;
        _missed += verdict.IsFalse ? 0 : 1;
    }

    private static DoubleDouble Objective(ScaledProblem scaled, Penalty penalty, double intercept, double[] coefficients)
    {
        double[] beta = [.. coefficients.Select((b, j) => scaled.Scaled(j, b))];
        DoubleDouble[] residual = scaled.Residual(intercept, beta);
        DoubleDouble value = 0.5 * DoubleDouble.Dot(scaled.Weighted(residual), residual);
        for (int j = 0; j < beta.Length; j++)
            value += penalty.Value(j, beta[j]);
        return value;
    }
}
