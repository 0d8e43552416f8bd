using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Tests.Datafits;

/// <summary>The loss of K classes against its plain formula, differences, and its explicit curvature.</summary>
public sealed unsafe class MultinomialDatafitTests
{
    private const int Rows = 29;

    private readonly Random _random = new(5);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(5, true)]
    public void Value_and_residual_are_those_of_the_likelihood(int classes, bool hasOffset)
    {
        using Sample sample = new(_random, classes, hasOffset, intercept: true);
        double[] left = sample.Left(0.4), residual = new double[left.Length];
        double value = sample.Evaluate(left, residual);
        // The intercepts are those of the loss; with them held, r is its slope.
        double[] eta = sample.Eta(left);
        Assert.Equal(sample.Loss(eta), value * sample.Datafit.CoefficientScale * sample.Datafit.GradientScale, 1e-12);
        for (int k = 0; k < classes; k++)
        {
            double balance = 0;
            for (int i = 0; i < Rows; i++)
                balance += Math.Sqrt(sample.Weights[i]) * residual[k * Rows + i];
            Assert.Equal(0, balance, 1e-4); // a Newton step of the intercepts from where little was to be gained
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Without_intercepts_the_residual_is_the_slope_and_the_curvature_its_own(int classes)
    {
        using Sample sample = new(_random, classes, hasOffset: true, intercept: false);
        double[] left = sample.Left(0.7), residual = new double[left.Length], above = new double[left.Length], below = new double[left.Length], curved = new double[left.Length];
        sample.Evaluate(left, residual);
        double[] direction = sample.Left(1);
        sample.Datafit.Freeze();
        fixed (double* x = direction, to = curved)
            sample.Datafit.Apply(x, to);
        const double Step = 1e-6;
        double up = sample.Evaluate([.. left.Zip(direction, (a, b) => a - Step * b)], above), down = sample.Evaluate([.. left.Zip(direction, (a, b) => a + Step * b)], below);
        double slope = 0;
        for (int i = 0; i < left.Length; i++)
        {
            slope -= residual[i] * direction[i];
            Assert.Equal((below[i] - above[i]) / (2 * Step), curved[i], 1e-8);
        }

        Assert.Equal((up - down) / (2 * Step), slope, 1e-8);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void The_gram_matrix_is_that_of_the_curvature_applied_to_columns(int classes, bool intercept)
    {
        using Sample sample = new(_random, classes, hasOffset: false, intercept);
        sample.Evaluate(sample.Left(0.5), new double[Rows * classes]);
        sample.Datafit.Freeze();
        using AlignedBuffer<double> memory = new();
        const int Features = 6;
        double* x = memory.Require(Rows * Features);
        for (int i = 0; i < Rows * Features; i++)
            x[i] = _random.NextDouble();
        StackedDesign design = new(new DenseDesign<double>().Of(x, Rows, Features, Rows), classes);
        using ColumnScaling scaling = new();
        WorkCrew crew = new();
        using WorkingColumns held = design.CreateWorkingColumns();
        scaling.Measure(crew, design, sample.Datafit.Weights, 0, intercept: true);
        int[] columns = [.. Enumerable.Range(0, Features * classes).Where(column => column % 5 != 2)];
        int count = columns.Length;
        double[] gram = new double[count * count], curved = new double[design.Rows];
        held.TryStart(design, scaling, sample.Datafit.RootWeights);
        fixed (double* to = gram, result = curved)
        {
            held.Append(columns.AsSpan(0, 4));
            held.FillGram(crew, sample.Datafit, 0, 4, to, count);
            held.Append(columns.AsSpan(4));
            held.FillGram(crew, sample.Datafit, 4, count, to, count);
            for (int a = 0; a < count; a++)
            {
                double[] column = new ReadOnlySpan<double>(held.Column(a), design.Rows).ToArray();
                fixed (double* from = column)
                    sample.Datafit.Apply(from, result);
                for (int b = 0; b <= a; b++)
                    Assert.Equal(held.Dot(b, result), gram[a * count + b], 1e-13);
            }
        }
    }

    [Fact]
    public void Slack_is_nothing_at_the_residual_and_the_loss_at_nothing()
    {
        using Sample sample = new(_random, 3, hasOffset: true, intercept: false);
        double[] left = sample.Left(0.8), residual = new double[left.Length], none = new double[left.Length];
        double value = sample.Evaluate(left, residual);
        double[] half = Array.ConvertAll(residual, r => 0.5 * r);
        fixed (double* own = residual, zero = none, some = half)
        {
            Assert.InRange(sample.Datafit.FenchelSlack(1, null, own), 0, 1e-15);
            Assert.Equal(value, sample.Datafit.FenchelSlack(0, null, zero), 1e-12);
            Assert.InRange(sample.Datafit.FenchelSlack(0.5, null, some), 0, value);
        }
    }

    [Fact]
    public void A_class_without_rows_and_shares_that_do_not_sum_to_1_are_refused()
    {
        double[] missing = [.. Enumerable.Repeat(1.0, Rows), .. Enumerable.Repeat(0.0, 2 * Rows)];
        Assert.Contains("no row of class 1", Assert.Throws<ArgumentException>(() => Start(missing)).Message, StringComparison.Ordinal);
        double[] shares = [.. Enumerable.Repeat(0.5, Rows), .. Enumerable.Repeat(0.125, 2 * Rows)];
        Assert.Contains("sum to 0.75", Assert.Throws<ArgumentException>(() => Start(shares)).Message, StringComparison.Ordinal);

        static void Start(double[] y)
        {
            using MultinomialDatafit datafit = new();
            fixed (double* response = y)
                datafit.Start(new(response, null, null, y.Length) { Outputs = 3 }, intercept: true);
        }
    }

    private sealed class Sample : IDisposable
    {
        private readonly int _classes;
        private readonly double[] _response, _offset;
        private readonly Random _random;

        public Sample(Random random, int classes, bool hasOffset, bool intercept)
        {
            (_random, _classes) = (random, classes);
            _response = new double[Rows * classes];
            _offset = new double[Rows * classes];
            double[] weights = new double[Rows * classes];
            for (int i = 0; i < Rows; i++)
            {
                double weight = 0.2 + random.NextDouble();
                int own = i < classes ? i : random.Next(classes);
                for (int k = 0; k < classes; k++)
                {
                    // Every seventh row has shares.
                    _response[k * Rows + i] = i % 7 == 6 ? 1.0 / classes : own == k ? 1 : 0;
                    _offset[k * Rows + i] = hasOffset ? random.NextDouble() : 0;
                    weights[k * Rows + i] = weight;
                }
            }

            fixed (double* y = _response, o = _offset, w = weights)
                Datafit.Start(new(y, w, hasOffset ? o : null, _response.Length) { Outputs = classes }, intercept);
        }

        public MultinomialDatafit Datafit { get; } = new();

        public ReadOnlySpan<double> Weights => new(Datafit.Weights, Rows);

        public double[] Left(double size) => [.. Enumerable.Range(0, Rows * _classes).Select(_ => size * (_random.NextDouble() - 0.5))];

        public double Evaluate(double[] left, double[] residual)
        {
            fixed (double* from = left, to = residual)
                return Datafit.Evaluate(from, to);
        }

        public double[] Eta(double[] left)
        {
            double[] eta = new double[left.Length];
            for (int i = 0; i < eta.Length; i++)
                eta[i] = _offset[i] + Datafit.CoefficientScale * (Datafit.InterceptOf(i / Rows) - left[i] / Math.Sqrt(Datafit.Weights[i]));
            return eta;
        }

        public double Loss(double[] eta)
        {
            double loss = 0;
            for (int i = 0; i < Rows; i++)
            {
                double sum = 0;
                for (int k = 0; k < _classes; k++)
                    sum += Math.Exp(eta[k * Rows + i]);
                for (int k = 0; k < _classes; k++)
                {
                    double share = _response[k * Rows + i];
                    loss += share > 0 ? Datafit.Weights[i] * share * (Math.Log(share) - eta[k * Rows + i] + Math.Log(sum)) : 0;
                }
            }

            return loss;
        }

        public void Dispose() => Datafit.Dispose();
    }
}
