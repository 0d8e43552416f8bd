namespace ElasticNet.Fast.Tests.Models;

/// <summary>Coefficients of several outputs: one list of features, a value for each output.</summary>
public class OutputCoefficientTests
{
    private static SparseCoefficients Sample() => new(4, [1, 3], [0.5, 0, -1, 0, 2, 0], 3) { Names = ["a", "b", "c", "d"], OutputNames = ["u", "v", "w"] };

    [Fact]
    public void They_are_found_by_feature_and_output()
    {
        SparseCoefficients sample = Sample();
        Assert.Equal((4, 3, 3), (sample.FeatureCount, sample.Outputs, sample.Count));
        Assert.Equal([1, 3], sample.Indices.ToArray());
        Assert.Equal((0.5, -1, 2, 0, 0), (sample[1, 0], sample[1, 2], sample[3, 1], sample[3, 0], sample[0, 2]));
        Assert.Equal((2, 0), (sample["d", "v"], sample["a", "w"]));
        Assert.Equal([0, 0, 0, 0.5, 0, -1, 0, 0, 0, 0, 2, 0], sample.ToArray());
        Assert.Contains("must be in [0, 3)", Assert.Throws<ArgumentOutOfRangeException>(() => sample[1, 3]).Message, StringComparison.Ordinal);
        Assert.Contains("must be in [0, 4)", Assert.Throws<ArgumentOutOfRangeException>(() => sample[4, 0]).Message, StringComparison.Ordinal);
        Assert.Contains("'output' (x) must be one of the 3 outputs", Assert.Throws<ArgumentException>(() => sample["a", "x"]).Message, StringComparison.Ordinal);
        Assert.Contains("'destination' (length 11) must hold the 4 × 3 coefficients", Assert.Throws<ArgumentException>(() => sample.CopyTo(new double[11])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_number_for_a_feature_is_refused()
    {
        Assert.Contains("Each feature has 3 coefficients", Assert.Throws<NotSupportedException>(() => Sample()[1]).Message, StringComparison.Ordinal);
        Assert.Contains("coefficients.Of(output)", Assert.Throws<NotSupportedException>(() => Sample()["b"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Those_of_one_output_are_a_list_of_their_own()
    {
        SparseCoefficients w = Sample().Of("w"), v = Sample().Of(1);
        Assert.Equal([1], w.Indices.ToArray());
        Assert.Equal(-1, w["b"]);
        Assert.Equal((1, 3, 2.0), (v.Outputs, v.Indices[0], v.Values[0]));
        Assert.Same(w, w.Of(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => w.Of(1));
    }

    [Fact]
    public void They_are_enumerated_with_both_names()
    {
        Assert.Equal(["b of u = 0.5", "b of w = -1", "d of v = 2"], Sample().Select(one => one.ToString()));
        Assert.Equal(12, Sample().All.Count());
        Assert.Equal(Sample().ToArray(), Sample().All.Select(one => one.Value));
        Assert.Equal("3 of 12 not 0: d of v = 2, b of w = -1, b of u = 0.5", Sample().ToString());
        Assert.Equal("d of y1", new SparseCoefficients(4, [3], [0, 2], 2) { Names = ["a", "b", "c", "d"] }.Single().FullName);
    }

    [Fact]
    public void A_fit_has_an_intercept_for_each_output_or_one()
    {
        ElasticNetFit fit = new() { Lambda = 0.5, L1Ratio = 1, Intercepts = new double[] { 1, -1 }, NonZeroCount = 2 };
        Assert.Contains("an intercept for each of 2 outputs: Intercepts", Assert.Throws<NotSupportedException>(() => fit.Intercept).Message, StringComparison.Ordinal);
        Assert.StartsWith("λ 0.5, ρ 1: 2 features with coefficients for 2 outputs, deviance ratio", fit.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, new PathPoint(fit, Sample()).Intercepts.Span[0]);
        Assert.Equal(3, (fit with { Intercepts = default, Intercept = 3 }).Intercept);
        RegularizationPath path = new([new(fit, new(4, [1, 3], [0.5, 0, -1, 0, 2, 0], 3))], 1, 1, 10, [1, 2, 3, 4], null, null) { OutputNames = ["u", "v", "w"] };
        Assert.Equal([1, 3], path.EverSelected.ToArray());
        Assert.Equal("x1 of u", path[0].Coefficients.First().FullName);
        Assert.Equal(["u", "v", "w"], path.With([path[0]]).OutputNames);
    }
}
