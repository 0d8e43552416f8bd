using System.Text.Json;
using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Inference;

/// <summary>Against statsmodels, selectiveInference and hdi.</summary>
public class InferenceGoldenTests
{
    [Theory]
    [InlineData("boston")]
    [InlineData("diabetes")]
    public void Refit_is_statsmodels_OLS(string data)
    {
        using JsonDocument golden = Read(data + ".inference.ols");
        int[] support = Integers(golden, "support");
        foreach ((double level, string name) in new[] { (0.95, "conf_int95"), (0.9, "conf_int90") })
        {
            InferenceResult result = Inference(data).Refit(support, chosenBySameData: true, new() { Level = level });
            Assert.True(result.IsNaiveAfterSelection);
            Assert.Contains("NAIVE", result.ToString());
            Assert.Equal(1, result.NoiseDeviation * result.NoiseDeviation / golden.RootElement.GetProperty("sigma2").GetDouble(), 1e-8);
            Assert.Equal(golden.RootElement.GetProperty("df_resid").GetDouble(), result.ResidualDegreesOfFreedom);
            JsonElement ends = golden.RootElement.GetProperty(name);
            for (int k = 0; k <= support.Length; k++)
            {
                CoefficientInference found = result.Coefficients[k];
                Assert.Equal(k == 0 ? -1 : support[k - 1], found.Feature);
                Same(Number(golden, "params", k), found.Estimate);
                Same(Number(golden, "bse", k), found.StandardError);
                Same(Number(golden, "tvalues", k), found.Estimate / found.StandardError);
                Same(Number(golden, "pvalues", k), found.PValue);
                Same(ends[k][0].GetDouble(), found.Lower);
                Same(ends[k][1].GetDouble(), found.Upper);
            }
        }
    }

    /// <summary>
    /// The package finds intervals on a grid; ours must have the tail areas that they are meant to have, and so must theirs by the
    /// areas that it reports, so ours and theirs differ by what those areas are off.
    /// </summary>
    [Theory]
    [InlineData("prostate")]
    [InlineData("diabetes")]
    public void Post_selection_is_selectiveInference(string data)
    {
        using JsonDocument golden = Read(data + ".inference.selective");
        JsonElement root = golden.RootElement;
        int[] support = Integers(golden, "support");
        InferenceOptions options = new() { Level = 0.9, NoiseDeviation = root.GetProperty("sigma").GetDouble() };
        InferenceResult result = Inference(data).PostSelection(root.GetProperty("lambda").GetDouble(), options);
        Assert.Equal(support, result.Coefficients.Select(found => found.Feature));
        double[] scales = Deviations(data);
        for (int k = 0; k < support.Length; k++)
        {
            CoefficientInference found = result.Coefficients[k];
            double scale = scales[support[k]];
            Assert.Equal(Number(golden, "coef_ls", k), found.Estimate * scale, 1e-5);
            Assert.Equal(1, Number(golden, "sd", k) / (found.StandardError * scale), 1e-5);
            Assert.Equal(Number(golden, "pvalues", k), found.PValue, 1e-5);
            JsonElement interval = root.GetProperty("ci90")[k], areas = root.GetProperty("tail_areas")[k];
            for (int side = 0; side < 2; side++)
            {
                // Where the area moves by at least 0.02 per sd, their end is off by no more than 50 sd for each unit that its area is.
                double sd = Number(golden, "sd", k), off = Math.Abs(areas[side].GetDouble() - 0.05) * sd / 0.02;
                Assert.Equal(interval[side].GetDouble(), (side == 0 ? found.Lower : found.Upper) * scale, 1e-5 * sd + off);
            }
        }
    }

    /// <summary>σ is least squares' on all features, if not given: that of the golden files.</summary>
    [Fact]
    public void The_noise_is_that_of_all_features()
    {
        using JsonDocument golden = Read("prostate.inference.selective");
        InferenceResult result = Inference("prostate").PostSelection(golden.RootElement.GetProperty("lambda").GetDouble());
        Assert.Equal(golden.RootElement.GetProperty("sigma").GetDouble(), result.NoiseDeviation, 1e-9);
    }

    /// <summary>hdi tunes its nodewise regressions otherwise; the same features stand out, in the same order, with like estimates.</summary>
    [Theory]
    [InlineData("sim60x200.inference.desparsified")]
    [InlineData("sim60x200.inference.ridgeproj")]
    public void The_debiased_fit_ranks_like_hdi(string name)
    {
        using JsonDocument golden = Read(name);
        InferenceResult result = Inference("sim60x200").Debiased();
        int[] theirs = [.. Enumerable.Range(0, 200).Where(j => Number(golden, "pvalues_corrected", j) < 0.001)];
        Assert.NotEmpty(theirs);
        int[] ours = [.. result.Coefficients.OrderBy(found => found.PValue).Take(theirs.Length).Select(found => found.Feature).Order()];
        Assert.Equal(theirs, ours);
        foreach (int j in theirs)
            Assert.Equal(Number(golden, "bhat", j), result.Coefficients[j].Estimate, 3 * result.Coefficients[j].StandardError);
    }

    private static void Same(double expected, double actual) => Assert.Equal(1, actual / expected, 1e-8);

    private static double Number(JsonDocument golden, string name, int k) => golden.RootElement.GetProperty(name)[k].GetDouble();

    private static int[] Integers(JsonDocument golden, string name) => [.. golden.RootElement.GetProperty(name).EnumerateArray().Select(item => item.GetInt32())];

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenFile.Folder, "inference", name + ".json")));

    private static ElasticNetInference Inference(string data)
    {
        string file = Path.Combine(GoldenFile.Folder, "data", data);
        return new(CsvTable.Read(file + ".x.csv"), CsvTable.ReadColumn(file + ".y.csv"));
    }

    private static double[] Deviations(string data)
    {
        double[,] x = CsvTable.Read(Path.Combine(GoldenFile.Folder, "data", data + ".x.csv"));
        return [.. Enumerable.Range(0, x.GetLength(1)).Select(j =>
        {
            double[] column = [.. Enumerable.Range(0, x.GetLength(0)).Select(i => x[i, j])];
            double mean = column.Average();
            return Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
        })];
    }
}
