using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Properties;

/// <summary>Cross-validation is nothing but fits on subsets, averages and a rule.</summary>
[Reproducible]
public class CrossValidationProperties
{
    /// <summary>Every fold's error is that of a path on its training rows; fold ids may be any integers.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 60)]
    public void A_fold_is_a_path_on_the_other_rows(ProblemSpec spec)
    {
        (Problem problem, int[] ids) = WithFolds(spec);
        foreach (Measure measure in Family.Gaussian.Measures)
        {
            CrossValidationResult result = (problem with { Options = problem.Options with { Measure = measure } }).CrossValidate();
            double[,] errors = result.Best.FoldErrors.ToArray();
            int[] folds = [.. ids.Distinct().Order()];
            Assert.Equal(folds.Length, errors.GetLength(0));
            double[] lambdas = [.. result.Best.Points.Select(point => point.Lambda)];
            foreach ((int f, int fold) in folds.Index())
            {
                double[] expected = FoldErrors(problem, ids, fold, result.L1Ratio, lambdas, measure);
                for (int k = 0; k < lambdas.Length; k++)
                    Assert.Equal(1, errors[f, k] / expected[k], 1e-8);
            }
        }
    }

    /// <summary>The same of wide data, whose folds share passes over X, and of a column that one row shifts far away for all folds but its own.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 60)]
    public void A_fold_of_wide_data_is_a_path_on_the_other_rows(ProblemSpec spec)
    {
        spec = spec with { Rows = spec.Rows % 20 + 12, Columns = spec.Columns + 70, L1Ratio = Math.Max(spec.L1Ratio, 0.3), ZeroFactors = false };
        (Problem problem, int[] ids) = WithFolds(spec);
        if (spec.Seed % 3 == 0 && !spec.IsSingle)
        {
            // The fold without that row knows the column as the best of all.
            int outlier = Array.IndexOf(ids, ids.Max()), column = spec.Columns / 2;
            for (int i = 0; i < spec.Rows; i++)
                problem.X[i, column] = i == outlier ? 1e17 : problem.Y[i] + 0.5 * problem.X[i, column];
        }

        problem = problem with { Options = problem.Options with { LambdaMinRatio = 0.05 } };
        CrossValidationResult result = problem.CrossValidate();
        double[,] errors = result.Best.FoldErrors.ToArray();
        double[] lambdas = [.. result.Best.Points.Select(point => point.Lambda)];
        foreach ((int f, int fold) in ids.Distinct().Order().Index())
        {
            double[] expected = FoldErrors(problem, ids, fold, result.L1Ratio, lambdas, Measure.MeanSquaredError);
            for (int k = 0; k < lambdas.Length; k++)
                Assert.Equal(1, errors[f, k] / expected[k], 1e-7);
        }
    }

    /// <summary>So many held-out rows that they are judged in several blocks.</summary>
    [Theory]
    [InlineData("mae")]
    [InlineData("mse")]
    public void Large_folds_are_judged_row_by_row_too(string name)
    {
        Measure measure = Family.Gaussian.Measures.Single(known => known.Name == name);
        (Problem problem, int[] ids) = WithFolds(new ProblemSpec { Seed = 3, Rows = 2000, Columns = 6, L1Ratio = 0.8, LambdaFraction = 1, Weights = true, Intercept = true });
        CrossValidationResult result = (problem with { Options = problem.Options with { Measure = measure } }).CrossValidate();
        double[,] errors = result.Best.FoldErrors.ToArray();
        double[] lambdas = [.. result.Best.Points.Select(point => point.Lambda)];
        foreach ((int f, int fold) in ids.Distinct().Order().Index())
        {
            double[] expected = FoldErrors(problem, ids, fold, result.L1Ratio, lambdas, measure);
            for (int k = 0; k < lambdas.Length; k++)
                Assert.Equal(1, errors[f, k] / expected[k], 1e-9);
        }
    }

    /// <summary>An indicator that is 0 in all rows of a training set has coefficient 0 there, and nothing breaks.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 60)]
    public void A_column_may_be_constant_in_a_fold(ProblemSpec spec)
    {
        (Problem problem, int[] ids) = WithFolds(spec with { Factors = false, ZeroFactors = false, Columns = spec.Columns + 1 });
        int first = ids.Min();
        for (int i = 0; i < problem.Rows; i++)
            problem.X[i, 0] = ids[i] == first && i % 2 == 0 ? 1 : 0;
        CrossValidationResult result = problem.CrossValidate();
        double[] lambdas = [.. result.Best.Points.Select(point => point.Lambda)];
        double[] expected = FoldErrors(problem, ids, first, result.L1Ratio, lambdas, Measure.MeanSquaredError);
        double[,] errors = result.Best.FoldErrors.ToArray();
        for (int k = 0; k < lambdas.Length; k++)
            Assert.Equal(1, errors[0, k] / expected[k], 1e-8);
    }

    /// <summary>Means, standard errors, R², λ.min, λ.1se and the final model follow from the folds' errors by the rules of the documentation.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 60)]
    public void Choices_follow_from_the_fold_errors(ProblemSpec spec)
    {
        (Problem problem, int[] ids) = WithFolds(spec);
        LambdaSelection selection = (LambdaSelection)(spec.Seed % 2);
        problem = problem with { Options = problem.Options with { L1Ratios = new[] { 1, 0.2, 0.7 }, Selection = selection } };
        CrossValidationResult result = problem.CrossValidate();
        int[] folds = [.. ids.Distinct().Order()];
        double[] weights = [.. folds.Select(fold => ids.Index().Where(id => id.Item == fold).Sum(id => Weight(problem, id.Index)))];
        Assert.Equal([1, 0.2, 0.7], result.Curves.Select(curve => curve.L1Ratio));
        Assert.False(double.IsNaN(result.Model.Fit.DegreesOfFreedom));
        foreach (CrossValidationCurve curve in result.Curves)
        {
            double[,] errors = curve.FoldErrors.ToArray();
            foreach ((int k, CrossValidationPoint point) in curve.Points.Index())
            {
                double mean = folds.Index().Sum(f => weights[f.Index] * errors[f.Index, k]) / weights.Sum();
                double variance = folds.Index().Sum(f => weights[f.Index] * Math.Pow(errors[f.Index, k] - mean, 2)) / weights.Sum();
                Assert.Equal(1, point.Mean / mean, 1e-10);
                Assert.Equal(Math.Sqrt(variance / (folds.Length - 1)), point.StandardError, 1e-8 * mean);
                Assert.Equal(curve.Path[k].Lambda, point.Lambda);
                Assert.Equal(curve.Path[k].Fit.NonZeroCount, point.NonZeroCount);
            }
        }

        // Of equal means (all coefficients 0, say) the one of the largest λ is taken.
        CrossValidationPoint least = result.Curves.SelectMany(curve => curve.Points).OrderBy(point => point.Mean).ThenByDescending(point => point.Lambda).First();
        CrossValidationCurve best = result.Curves.Single(curve => curve.L1Ratio == least.L1Ratio);
        Assert.Same(best, result.Best);
        Assert.Equal(best.L1Ratio, result.L1Ratio);
        Assert.Equal(least.Lambda, result.LambdaMin);
        Assert.Equal(best.Points.First(point => point.Mean <= least.Mean + least.StandardError).Lambda, result.Lambda1Se);
        double chosen = selection == LambdaSelection.Minimum ? result.LambdaMin : result.Lambda1Se;
        Assert.Equal(chosen, result.Model.Fit.Lambda);
        Assert.Equal(result.L1Ratio, result.Model.Fit.L1Ratio);
        double[] dense = new double[problem.Columns];
        foreach ((int at, int j) in result.Model.Indices.ToArray().Index())
            dense[j] = result.Model.Values[at];
        Solution model = new(problem, result.Model.Fit with { Intercept = result.Model.Intercept }, dense);
        Agreement.Certified(model);
    }

    /// <summary>R² compares with the model of intercept and offset only, on the same folds.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 60)]
    public void R_squared_compares_with_the_null_model(ProblemSpec spec)
    {
        (Problem problem, int[] ids) = WithFolds(spec with { ZeroFactors = false });
        double sum = 0;
        foreach (int fold in ids.Distinct())
        {
            int[] training = [.. Enumerable.Range(0, ids.Length).Where(i => ids[i] != fold)];
            double Target(int i) => problem.Y[i] - (problem.Options.Offset.IsEmpty ? 0 : problem.Options.Offset.Span[i]);
            double mean = spec.Intercept ? training.Sum(i => Weight(problem, i) * Target(i)) / training.Sum(i => Weight(problem, i)) : 0;
            sum += Enumerable.Range(0, ids.Length).Where(i => ids[i] == fold).Sum(i => Weight(problem, i) * Math.Pow(Target(i) - mean, 2));
        }

        double nullError = sum / Enumerable.Range(0, ids.Length).Sum(i => Weight(problem, i));
        foreach (CrossValidationPoint point in problem.CrossValidate().Best.Points)
            Assert.Equal(1 - point.Mean / nullError, point.RSquared, 1e-9);
    }

    /// <summary>Seeded folds: of equal size but for one, the same for the same seed, and as good as given ones.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 40)]
    public void A_seed_means_folds(ProblemSpec spec)
    {
        (Problem problem, _) = ProblemFactory.Create(spec);
        problem = problem with { Options = problem.Options with { Folds = 4, Seed = (ulong)spec.Seed, LambdaCount = 8 } };
        CrossValidationResult result = problem.CrossValidate();
        int[] ids = result.FoldIds.ToArray();
        int[] sizes = [.. ids.CountBy(id => id).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        Assert.Equal([0, 1, 2, 3], ids.Distinct().Order());
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        Assert.Equal(ids, problem.CrossValidate().FoldIds.ToArray());
        CrossValidationResult given = (problem with { Options = problem.Options with { FoldPlan = FoldPlan.Given(ids) } }).CrossValidate();
        Assert.Equal(result.Best.Points, given.Best.Points);
    }

    /// <summary>Repeats deal the rows out anew; each is a cross-validation of its own, and their errors are averaged before the standard error is taken.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 30)]
    public void Repeats_are_averaged(ProblemSpec spec)
    {
        (Problem problem, _) = ProblemFactory.Create(spec with { Rows = spec.Rows + 12 });
        ElasticNetOptions options = problem.Options with
        {
            Folds = 4,
            Seed = (ulong)spec.Seed,
            LambdaCount = 6,
            L1Ratios = new[] { spec.L1Ratio, 0.5 },
        };
        CrossValidationResult result = (problem with { Options = options with { Repeats = 3 } }).CrossValidate();
        Assert.Equal(3, result.Repeats);
        Assert.Equal(result.FoldIds, result.FoldIdsOf(0));
        Assert.Equal((problem with { Options = options }).CrossValidate().FoldIds.ToArray(), result.FoldIds.ToArray());
        Assert.Equal((3, 4), (result.Model.Provenance.Repeats, result.Model.Provenance.Folds));
        double[][,] apart = [.. Enumerable.Range(0, 3).Select(repeat =>
            (problem with { Options = options with { Repeats = 1, FoldPlan = FoldPlan.Given(result.FoldIdsOf(repeat).Span) } }).CrossValidate().Curves[1].FoldErrors.ToArray())];
        Assert.NotEqual(result.FoldIdsOf(1).ToArray(), result.FoldIdsOf(0).ToArray());
        Assert.NotEqual(result.FoldIdsOf(2).ToArray(), result.FoldIdsOf(1).ToArray());
        double[,] errors = result.Curves[1].FoldErrors.ToArray();
        double[,] weights = new double[3, 4];
        foreach ((int repeat, int fold, int row) in from r in Enumerable.Range(0, 3) from i in result.FoldIdsOf(r).ToArray().Index() where i.Item >= 0 select (r, i.Item, i.Index))
            weights[repeat, fold] += Weight(problem, row);
        foreach ((int k, CrossValidationPoint point) in result.Curves[1].Points.Index())
        {
            double[] average = new double[4], weight = new double[4];
            for (int repeat = 0; repeat < 3; repeat++)
            {
                for (int fold = 0; fold < 4; fold++)
                {
                    Assert.Equal(1, errors[repeat * 4 + fold, k] / apart[repeat][fold, k], 1e-8);
                    average[fold] += weights[repeat, fold] * errors[repeat * 4 + fold, k];
                    weight[fold] += weights[repeat, fold];
                }
            }

            double mean = average.Sum() / weight.Sum();
            double variance = Enumerable.Range(0, 4).Sum(f => weight[f] / weight.Sum() * Math.Pow(average[f] / weight[f] - mean, 2));
            Assert.Equal(1, point.Mean / mean, 1e-10);
            Assert.Equal(Math.Sqrt(variance / 3), point.StandardError, 1e-8 * mean);
        }
    }

    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 40)]
    public void A_row_of_weight_zero_is_in_no_fold(ProblemSpec spec)
    {
        (Problem problem, _) = ProblemFactory.Create(spec with { Weights = true, ZeroWeights = true, Rows = spec.Rows + 30, Columns = Math.Min(spec.Columns, 10) });
        problem = problem with { Options = problem.Options with { Folds = 3, LambdaCount = 6 } };
        CrossValidationResult result = problem.CrossValidate();
        int[] ids = result.FoldIds.ToArray();
        Assert.All(ids.Index(), id => Assert.Equal(Weight(problem, id.Index) == 0, id.Item == -1));
        int[] kept = [.. Enumerable.Range(0, ids.Length).Where(i => ids[i] >= 0)];
        Problem part = (problem with { Options = problem.Options with { FoldPlan = FoldPlan.Given(ids) } }).Subset(kept);
        foreach ((CrossValidationPoint a, CrossValidationPoint b) in result.Best.Points.Zip(part.CrossValidate().Best.Points))
        {
            Assert.Equal(b.Lambda, a.Lambda, 1e-12 * b.Lambda);
            Assert.Equal(1, a.Mean / b.Mean, 1e-8);
        }
    }

    private static (Problem Problem, int[] Ids) WithFolds(ProblemSpec spec)
    {
        spec = spec with { Rows = spec.Rows + 12 };
        (Problem problem, _) = ProblemFactory.Create(spec);
        int[] ids = [.. Enumerable.Range(0, spec.Rows).Select(i => (i * 7 % 5 - 2) * 10 - (i % 11 == 0 ? 10 : 0))];
        return (problem with
        {
            Options = problem.Options with { FoldPlan = FoldPlan.Given(ids), LambdaCount = 10, L1Ratios = new[] { spec.L1Ratio } },
        }, ids);
    }

    private static double[] FoldErrors(Problem problem, int[] ids, int fold, double l1Ratio, double[] lambdas, Measure measure)
    {
        Problem training = problem.Subset([.. Enumerable.Range(0, ids.Length).Where(i => ids[i] != fold)]);
        int[] heldOut = [.. Enumerable.Range(0, ids.Length).Where(i => ids[i] == fold)];
        RegularizationPath path = training.Path(l1Ratio, lambdas);
        return [.. path.Select(point =>
        {
            Solution solution = Solution.Of(problem, point);
            double Error(int i) => Math.Abs(problem.Y[i] - solution.Predict(i));
            return heldOut.Sum(i => Weight(problem, i) * (measure == Measure.MeanAbsoluteError ? Error(i) : Error(i) * Error(i)))
                / heldOut.Sum(i => Weight(problem, i));
        })];
    }

    private static double Weight(Problem problem, int row) => problem.Options.Weights.IsEmpty ? 1 : problem.Options.Weights.Span[row];
}
