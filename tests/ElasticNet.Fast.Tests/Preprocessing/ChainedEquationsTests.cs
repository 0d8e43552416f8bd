using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>Chained equations against plain computations, and where there is nothing to learn from.</summary>
public class ChainedEquationsTests
{
    private const double Gap = double.NaN;

    /// <summary>The equations by a full search for the fixed point of the evidence, on normal equations solved by elimination.</summary>
    [Theory]
    [InlineData(30, 3, 1)]
    [InlineData(12, 5, 2)]
    [InlineData(6, 8, 3)]
    public void Evidence_is_stationary(int rows, int count, int seed)
    {
        (double[] x, double[] y) = Regression(rows, count, seed);
        double[] beta = new double[count];
        using BayesianRidge ridge = Fit(x, y, beta);
        double ratio = ridge.WeightPrecision / ridge.NoisePrecision;

        // (G + μI)β = Xᵀy, row by row.
        for (int j = 0; j < count; j++)
        {
            double sum = ratio * beta[j], scale = Math.Abs(sum);
            for (int i = 0; i < rows; i++)
            {
                double residual = -y[i];
                for (int k = 0; k < count; k++)
                    residual += x[k * rows + i] * beta[k];
                sum += x[j * rows + i] * residual;
                scale += Math.Abs(x[j * rows + i] * residual);
            }

            Assert.True(Math.Abs(sum) <= 1e-12 * scale, $"column {j}: {sum} of {scale}");
        }

        // γ, the trace of (G + μI)⁻¹G, by a solve for each column of G; then λ and α reproduce themselves up to the stopping rule.
        double gamma = Enumerable.Range(0, count).Sum(j => Solve(x, rows, count, ratio, GramColumn(x, rows, count, j))[j]);
        Assert.Equal(gamma, ridge.Determined, 1e-9);
        double length = beta.Sum(value => value * value);
        Assert.Equal(1, ridge.WeightPrecision * (length + 2e-6) / (gamma + 2e-6), 0.05);
        Assert.Equal(1, ridge.NoisePrecision * (ridge.ResidualSquare + 2e-6) / (rows - gamma + 2e-6), 0.05);
    }

    [Fact]
    public void Columns_that_depend_on_each_other_are_fitted_all_the_same()
    {
        (double[] x, double[] y) = Regression(40, 3, seed: 4);
        double[] twice = [.. x, .. x], beta = new double[3], both = new double[6];
        // Without noise the ridge goes to next to nothing, and the factor must do without the copies.
        for (int i = 0; i < 40; i++)
            y[i] = x[i] - 3 * x[40 + i] + 2 * x[80 + i];
        using BayesianRidge one = Fit(x, y, beta), two = Fit(twice, y, both);
        for (int j = 0; j < 3; j++)
            Assert.Equal(1, (both[j] + both[j + 3]) / beta[j], 1e-9);
        Assert.Equal(3, two.Determined, 1e-6);
    }

    [Fact]
    public void What_regression_knows_is_put_in()
    {
        // b = 3a − 1, c is noise: gaps of b are found to a part in a thousand, far from its mean.
        Random random = new(1);
        double[] a = [.. Enumerable.Range(0, 60).Select(_ => (random.NextDouble() - 0.5) * 10)], c = [.. a.Select(_ => random.NextDouble())];
        double[] b = [.. a.Select((value, i) => i % 4 == 1 ? Gap : 3 * value - 1)];
        Preparation preparation = Learn(new(), a, b, c);
        double[] features = new double[3];
        for (int i = 1; i < a.Length; i += 4)
        {
            preparation.Transform([a[i], Gap, c[i]], features);
            Assert.Equal(3 * a[i] - 1, features[1], 1e-2);
        }
    }

    /// <summary>An equation is the solution of least BIC on the path of the rows that have the column, and leaves out what is noise.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Elastic_nets_leave_out_what_says_nothing(double l1Ratio)
    {
        Random random = new(1);
        const int n = 80;
        double[][] columns = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, n).Select(_ => random.NextDouble() * 4).ToArray())];
        for (int i = 0; i < n; i++)
            columns[5][i] = i % 4 == 1 ? Gap : 3 * columns[0][i] - 2 * columns[1][i] + 7 + 0.1 * random.NextDouble();
        Preparation preparation = Learn(new() { Regression = ImputationRegression.ElasticNet, L1Ratio = l1Ratio, Tolerance = 0, MaxRounds = 2 }, columns);
        ChainedEquations equations = preparation.Equations!;
        Assert.Equal(5, equations.Order[5]);
        double[] equation = equations.Equations.Slice(5 * 7, 7).ToArray();

        int[] rows = [.. Enumerable.Range(0, n).Where(i => i % 4 != 1)];
        double[,] x = new double[rows.Length, 5];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < 5; j++)
                x[i, j] = columns[j][rows[i]];
        }

        RegularizationPath path = ElasticNetEstimator.Path(x, Array.ConvertAll(rows, i => columns[5][i]), l1Ratio, new() { LambdaCount = 50, DegreesOfFreedom = true });
        PathPoint best = path.MinBy(point => rows.Length * Math.Log(1 - point.Fit.DevianceRatio) + point.Fit.DegreesOfFreedom * Math.Log(rows.Length))!;
        double[] expected = new double[7];
        expected[0] = best.Fit.Intercept;
        for (int k = 0; k < best.Coefficients.Indices.Length; k++)
            expected[best.Coefficients.Indices[k] + 1] = best.Coefficients.Values[k];
        for (int k = 0; k < 7; k++)
            Assert.Equal(expected[k], equation[k], 1e-8);
        if (l1Ratio == 1)
            Assert.True(equation.Count(value => value == 0) >= 3, string.Join(' ', equation));
        Assert.Equal(3 * 2 - 2 * 1 + 7 + 0.05, Transform(preparation, 2, 1, 0, 1, 3, Gap)[5], 0.2);
    }

    [Fact]
    public void Elastic_nets_are_used_wherever_preparation_is_learnt()
    {
        Random random = new(3);
        double[] a = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())], b = [.. a.Select((value, i) => i % 3 == 0 ? Gap : value + 0.1 * random.NextDouble())];
        PreparationOptions options = new() { Imputation = ImputationMethod.Iterative, Iterative = new() { Regression = ImputationRegression.ElasticNet, L1Ratio = 1 } };
        FeatureTable table = Table(a, b);
        Preparation alone = Preparation.Learn(table, options);
        using ElasticNetModel model = ElasticNetEstimator.CrossValidate(table, a, new() { Preparation = options, Folds = 4 }).Model;
        Assert.Equal(alone.Equations!.Equations.ToArray(), model.Preparation!.Equations!.Equations.ToArray());
        Assert.NotEqual(Learn(new(), a, b).Equations!.Equations.ToArray(), alone.Equations.Equations.ToArray());
    }

    /// <summary>Constants, single values and columns never seen together are the same to either regression.</summary>
    [Fact]
    public void Elastic_nets_with_nothing_to_learn_from_put_in_means()
    {
        IterativeImputationOptions nets = new() { Regression = ImputationRegression.ElasticNet };
        Assert.Equal([4, 9], Transform(Learn(nets, [Gap, 4, Gap], [1, 2, 9]), Gap, 9));
        Assert.Equal([0.1, 7], Transform(Learn(nets, [0.1, 0.1, Gap, 0.1], [1, 2, 3, Gap]), Gap, 7));
        Assert.Equal([6, 30], Transform(Learn(nets, [1, 2, 6, Gap, Gap, Gap], [Gap, Gap, Gap, 10, 20, 60]), 6, Gap));
    }

    [Fact]
    public void A_single_column_gets_its_mean()
    {
        Preparation preparation = Learn(new(), [1, Gap, 5]);
        Assert.Equal(new ImputationConvergence(0, true, 0, 5e-3), preparation.Convergence);
        Assert.Equal(3, Transform(preparation, Gap)[0]);
    }

    /// <summary>Nothing is known of how they go together, so each is the mean to the other.</summary>
    [Fact]
    public void Columns_never_seen_together_get_their_means()
    {
        Preparation preparation = Learn(new(), [1, 2, 6, Gap, Gap, Gap], [Gap, Gap, Gap, 10, 20, 60]);
        Assert.True(preparation.Convergence!.Value.Converged);
        Assert.Equal([3, 30], Transform(preparation, Gap, Gap));
        Assert.Equal([6, 30], Transform(preparation, 6, Gap));
        Assert.Equal([3, 60], Transform(preparation, Gap, 60));
    }

    [Fact]
    public void A_constant_stays_what_it_is_and_teaches_nothing()
    {
        Preparation preparation = Learn(new(), [0.1, 0.1, Gap, 0.1], [1, 2, 3, Gap]);
        Assert.Equal([0.1, 7], Transform(preparation, Gap, 7));
        Assert.Equal([0.1, 2], Transform(preparation, 0.1, Gap));
        Assert.Equal([5, 2], Transform(preparation, 5, Gap));
    }

    [Fact]
    public void A_single_value_is_a_constant() => Assert.Equal([4, 9], Transform(Learn(new(), [Gap, 4, Gap], [1, 2, 9]), Gap, 9));

    [Fact]
    public void Limits_hold()
    {
        double[] a = [1, 2, 3, 4, 5, 6, 7], b = [10, 20, 30, 40, 50, 60, Gap];
        Assert.InRange(Transform(Learn(new(), a, b), 20, Gap)[1], 150, 250);
        Assert.Equal(60, Transform(Learn(new() { ClipToObserved = true }, a, b), 20, Gap)[1]);
        Assert.Equal(10, Transform(Learn(new() { ClipToObserved = true }, a, b), -20, Gap)[1]);
        Assert.Equal(55, Transform(Learn(new() { ClipToObserved = true, Maximum = 55 }, a, b), 20, Gap)[1]);
        Assert.Equal(70, Transform(Learn(new() { Minimum = 12, Maximum = 70 }, a, b), 20, Gap)[1]);
    }

    [Fact]
    public void Rounds_end_where_they_are_told_to()
    {
        Random random = new(2);
        double[][] columns = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 30).Select(_ => random.NextDouble()).ToArray())];
        for (int i = 0; i < 30; i++)
            columns[i % 4][i] = Gap;
        ImputationConvergence few = Learn(new() { Tolerance = 0, MaxRounds = 3 }, columns).Convergence!.Value;
        Assert.Equal((3, false, 0.0), (few.Rounds, few.Converged, few.Threshold));
        Assert.True(few.LastChange > 0);
        ImputationConvergence loose = Learn(new() { Tolerance = 100 }, columns).Convergence!.Value;
        Assert.Equal((1, true), (loose.Rounds, loose.Converged));
    }

    [Fact]
    public void An_infinite_value_leaves_gaps_at_their_start()
    {
        Preparation preparation = Learn(new(), [1, 2, 3, 4], [2, 4, 6, Gap]);
        Assert.Equal([double.PositiveInfinity, 4], Transform(preparation, double.PositiveInfinity, Gap));
    }

    [Fact]
    public void Regressions_beyond_double_are_refused_with_a_way_out() => BadInput.Refusal.OfArgument(
        () => Learn(new(), [1e200, -1e200, 3e200, Gap], [1, 2, 3, 4]), "column 0 'c0'", "squares within the range of double", "rescale it, or impute the median");

    [Fact]
    public void Options_are_checked()
    {
        Refused(new() { MaxRounds = 0 }, "'MaxRounds' (0) must be at least 1");
        Refused(new() { Tolerance = -1 }, "'Tolerance' (-1) must be finite and not negative");
        Refused(new() { Tolerance = double.PositiveInfinity }, "'Tolerance' (Infinity)");
        Refused(new() { L1Ratio = 2 }, "'L1Ratio' (2) must be in [0, 1]");
        Refused(new() { Regression = (ImputationRegression)7 }, "'Regression' (7) must be a defined value");
        Refused(new() { Minimum = double.NaN }, "'Minimum' (NaN)");
        Refused(new() { Minimum = 3, Maximum = 2 }, "'Maximum' (2) must be at least 'Minimum' (3)");
        BadInput.Refusal.OfArgument(() => Preparation.Learn(Table([1, 2]), new() { Iterative = null! }), "'Iterative' must not be null");

        static void Refused(IterativeImputationOptions options, string message) => BadInput.Refusal.OfArgument(() => Learn(options, [1, 2], [3, 4]), message);
    }

    /// <summary>What multiplies all weights changes nothing, and a row of weight 0 is none.</summary>
    [Fact]
    public void Weights_count_relative_to_each_other()
    {
        double[] a = [1, 2, 4, 7, 50], b = [2, 3, Gap, 5, -90], weights = [1, 3, 2, 1, 0];
        double[] one = Transform(LearnWeighted(new(), weights, a, b), 5, Gap);
        double[] other = Transform(LearnWeighted(new(), [.. weights.Select(weight => 8 * weight)], a, b), 5, Gap);
        double[] without = Transform(LearnWeighted(new(), weights[..4], a[..4], b[..4]), 5, Gap);
        Assert.Equal(one, other);
        Assert.Equal(one, without);
        Assert.NotEqual(one, Transform(Learn(new(), a[..4], b[..4]), 5, Gap));
    }

    private static Preparation Learn(IterativeImputationOptions options, params double[][] columns) => LearnWeighted(options, [], columns);

    private static Preparation LearnWeighted(IterativeImputationOptions options, double[] weights, params double[][] columns) =>
        Preparation.Learn(Table(columns), new() { Imputation = ImputationMethod.Iterative, Iterative = options }, weights);

    private static FeatureTable Table(params double[][] columns) => new(
        [.. Enumerable.Range(0, columns.Length).Select(j => InputColumn.Number("c" + j))], columns.SelectMany(column => column).ToArray(), columns[0].Length);

    private static double[] Transform(Preparation preparation, params double[] row)
    {
        double[] features = new double[row.Length];
        preparation.Transform(row, features);
        return features;
    }

    private static unsafe BayesianRidge Fit(double[] x, double[] y, double[] beta)
    {
        BayesianRidge ridge = new();
        fixed (double* columns = x, response = y)
            ridge.Fit(columns, y.Length, y.Length, beta.Length, response, beta);
        return ridge;
    }

    /// <summary>Centred columns and a centred response.</summary>
    private static (double[] X, double[] Y) Regression(int rows, int count, int seed)
    {
        Random random = new(seed);
        double[] x = [.. Enumerable.Range(0, count).SelectMany(_ => Centred(Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5)))];
        double[] y = Centred(Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, count).Sum(k => x[k * rows + i] * (k + 1)) + (random.NextDouble() / 2)));
        return (x, y);

        static double[] Centred(IEnumerable<double> values)
        {
            double[] all = [.. values];
            double mean = all.Average();
            return [.. all.Select(value => value - mean)];
        }
    }

    private static double[] GramColumn(double[] x, int rows, int count, int column) =>
        [.. Enumerable.Range(0, count).Select(j => Enumerable.Range(0, rows).Sum(i => x[j * rows + i] * x[column * rows + i]))];

    /// <summary>(G + μI)⁻¹b by Gaussian elimination.</summary>
    private static double[] Solve(double[] x, int rows, int count, double ridge, double[] b)
    {
        double[][] a = [.. Enumerable.Range(0, count).Select(j => GramColumn(x, rows, count, j))];
        double[] solution = [.. b];
        for (int j = 0; j < count; j++)
            a[j][j] += ridge;
        for (int j = 0; j < count; j++)
        {
            for (int i = j + 1; i < count; i++)
            {
                double factor = a[i][j] / a[j][j];
                for (int k = j; k < count; k++)
                    a[i][k] -= factor * a[j][k];
                solution[i] -= factor * solution[j];
            }
        }

        for (int j = count - 1; j >= 0; j--)
        {
            for (int k = j + 1; k < count; k++)
                solution[j] -= a[j][k] * solution[k];
            solution[j] /= a[j][j];
        }

        return solution;
    }
}
