using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>What the solvers and the proof are told of the loss: value, residual, curvature and slack, against the plain formula.</summary>
public unsafe class CoxDatafitTests
{
    [Fact]
    public void Value_residual_and_curvature_are_those_of_the_plain_formula()
    {
        for (int seed = 1; seed <= 80; seed++)
        {
            SurvivalSample sample = SurvivalSample.Draw(seed);
            int n = sample.Time.Length;
            Random random = new(seed);
            With(sample, (datafit, plain) =>
            {
                double[] step = [.. sample.Time.Select(_ => 0.4 * random.NextDouble())], other = [.. sample.Time.Select(_ => random.NextDouble() - 0.5)];
                (double value, double[] eta, double[] gradient) = At(sample, datafit, step);
                double scale = datafit.CoefficientScale * datafit.GradientScale;
                Assert.Equal(plain.At(eta).Loss - plain.At(sample.Offset).Loss, value * scale - 0.5 * datafit.NullDeviance * scale, 1e-12 * (1 + Math.Abs(plain.At(eta).Loss)));
                double[] expected = plain.At(eta).Gradient;
                for (int i = 0; i < n; i++)
                    Assert.Equal(expected[i], gradient[i], 1e-13);

                // The derivative of the gradient along a direction.
                datafit.Freeze();
                double[] result = new double[n];
                fixed (double* from = other, to = result)
                    datafit.Apply(from, to);
                const double h = 1e-5;
                double[] ahead = At(sample, datafit, [.. step.Select((s, i) => s - h * other[i])]).Gradient, behind = At(sample, datafit, [.. step.Select((s, i) => s + h * other[i])]).Gradient;
                for (int i = 0; i < n; i++)
                {
                    double derivative = (ahead[i] - behind[i]) / (2 * h), curved = datafit.GradientScale * Math.Sqrt(Share(sample, i)) * result[i];
                    Assert.Equal(derivative, curved, 1e-7);
                }
            });
        }
    }

    /// <summary>f(η) − f(η′) + (η − η′)ᵀθ is at most the slack, whatever η′.</summary>
    [Fact]
    public void No_other_predictor_shows_the_slack_to_be_too_small()
    {
        int finite = 0;
        for (int seed = 1; seed <= 80; seed++)
        {
            SurvivalSample sample = SurvivalSample.Draw(seed);
            int n = sample.Time.Length;
            Random random = new(seed);
            With(sample, (datafit, plain) =>
            {
                double[] frozen = [.. sample.Time.Select(_ => 0.1 * random.NextDouble())], step = [.. frozen.Select(s => s + 0.02 * random.NextDouble())];
                At(sample, datafit, frozen);
                datafit.Freeze();
                double unit = datafit.CoefficientScale * datafit.GradientScale;
                foreach (bool shifts in new[] { false, true })
                {
                    foreach (double c in new[] { 1, 0.9, 0.4, 0 })
                    {
                        double[] shift = [.. sample.Time.Select((_, i) => shifts ? 0.02 * Math.Sqrt(Share(sample, i)) * (random.NextDouble() - 0.5) / datafit.CoefficientScale : 0)], curved = new double[n];
                        (double value, double[] eta, double[] gradient) = At(sample, datafit, step);
                        double slack;
                        fixed (double* z = shift, v = curved)
                        {
                            datafit.Apply(z, v);
                            double[] scratch = new double[n];
                            fixed (double* free = scratch)
                                slack = datafit.FenchelSlack(c, shifts ? z : null, free) * unit;
                        }

                        Assert.True(slack >= 0);
                        if (double.IsInfinity(slack))
                            continue;
                        finite++;
                        // −∂f/∂η less what V makes of z.
                        double[] dual = [.. gradient.Select((g, i) => c * (-g - datafit.GradientScale * Math.Sqrt(Share(sample, i)) * curved[i]))];
                        double here = plain.At(eta).Loss;
                        for (int k = 0; k < 40; k++)
                        {
                            double size = Math.Pow(10, random.Next(-3, 1));
                            double[] there = [.. eta.Select((e, i) => sample.Weights[i] == 0 ? e : e + size * (k % 2 == 0 ? random.NextDouble() - 0.5 : n * (sample.Events[i] ? Share(sample, i) : 0) - n * dual[i]))];
                            double shown = here - plain.At(there).Loss + Enumerable.Range(0, n).Sum(i => (eta[i] - there[i]) * dual[i]);
                            Assert.True(shown <= slack + 1e-13 * (1 + Math.Abs(here)), $"seed {seed}, c {c}, shift {shifts}: {shown} above {slack}");
                        }
                    }
                }
            });
        }

        Assert.InRange(finite, 400, 640);
    }

    private static double Share(SurvivalSample sample, int row) => sample.Weights[row] / sample.Weights.Sum();

    private static void With(SurvivalSample sample, Action<CoxDatafit, PlainPartialLikelihood> test)
    {
        using CoxDatafit datafit = new(sample.IsEfron);
        Target target = sample.Target;
        fixed (double* y = target.Values, w = sample.Weights, o = sample.Offset)
            datafit.Start(new TrainingRows(y, w, o, sample.Time.Length, target.Times), intercept: true);
        // Where there is nothing to explain, nothing is scaled.
        if (datafit.NullDeviance > 0)
            test(datafit, new PlainPartialLikelihood(sample));
    }

    /// <summary>At η = offset − scale·left/√w: the value, η, and the gradient by η.</summary>
    private static (double Value, double[] Eta, double[] Gradient) At(SurvivalSample sample, CoxDatafit datafit, double[] left)
    {
        int n = left.Length;
        double[] residual = new double[n], eta = new double[n], gradient = new double[n];
        double value;
        fixed (double* l = left, r = residual)
            value = datafit.Evaluate(l, r);
        for (int i = 0; i < n; i++)
        {
            eta[i] = sample.Offset[i] - (datafit.RootWeights[i] > 0 ? datafit.CoefficientScale / datafit.RootWeights[i] * left[i] : 0);
            gradient[i] = -datafit.GradientScale * datafit.RootWeights[i] * residual[i];
        }

        return (value, eta, gradient);
    }
}
