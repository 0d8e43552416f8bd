using System.Text.Json;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>A sum of shares is 1 up to rounding; the programs say so instead of giving it a coefficient of 1e14.</summary>
[Collection(nameof(CommandLineTests))]
public class ConstantFeatureTests
{
    private const string Table = """
            p1,p2,total,y
            0.1233,0.3026,1.0,0.303
            0.1382,0.3513,1.0,-0.635
            0.0297,0.1977,1.0000000000000002,-0.262
            0.1924,0.4701,0.9999999999999999,0.153
            0.1168,0.2602,1.0,-0.084
            0.3607,0.227,0.9999999999999999,0.31
            0.2081,0.305,0.9999999999999998,0.247
            0.3241,0.3777,1.0000000000000002,0.368
            0.1362,0.2267,1.0,0.422
            0.2569,0.3262,0.9999999999999998,0.864
            0.2694,0.5306,1.0000000000000002,0.298
            0.3569,0.1402,1.0,0.35
            0.136,0.4426,0.9999999999999999,-0.093
            0.0599,0.4159,1.0,-0.513
            0.3096,0.1722,1.0,0.961
            0.3265,0.2042,0.9999999999999999,1.283
            0.5721,0.2767,1.0,1.535
            0.244,0.2763,1.0,1.066
            0.1962,0.4378,1.0,0.605
            0.0445,0.4996,1.0000000000000002,-0.157
            0.3371,0.162,1.0,0.591
            0.7093,0.1716,1.0,2.019
            0.4188,0.1557,1.0,0.699
            0.2614,0.4137,1.0,0.716
            0.037,0.5221,1.0,-0.34
            0.3128,0.2778,1.0,1.11
            0.2535,0.2157,1.0,0.671
            0.1239,0.5928,1.0000000000000002,-0.762
            0.1755,0.3197,1.0,0.443
            0.2169,0.4399,1.0,0.533
            0.1,0.3034,1.0,0.539
            0.132,0.5232,1.0,-0.375
            0.3012,0.334,1.0,0.337
            0.2031,0.5168,1.0,0.156
            0.3559,0.2706,1.0,0.525
            0.1168,0.3882,1.0,-0.407
            0.2436,0.3397,1.0,0.105
            0.3393,0.3387,1.0,1.498
            0.0798,0.2463,0.9999999999999999,-0.157
            0.2988,0.365,1.0,0.264
            """;

    private const string Sentence = "feature 'total' is constant up to rounding in the rows that were fitted, and has coefficient 0 for it";

    [NeedsFact(Tool.Font)]
    public void A_sum_of_shares()
    {
        using var directory = new TemporaryDirectory();
        string table = Path.Combine(directory.Path, "shares.csv"), model = Path.Combine(directory.Path, "shares.enet");
        string report = Path.Combine(directory.Path, "shares.html"), rows = Path.Combine(directory.Path, "rows.csv");
        File.WriteAllText(table, Table);
        EnetRun run = EnetRun.Of("fit", table, "--target", "y", "--json", "--out", model, "--report", report);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(Sentence, run.Error, StringComparison.Ordinal);
        Assert.Contains("F" + Sentence[1..].Replace("'", "&#39;", StringComparison.Ordinal), File.ReadAllText(report), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement coefficients = json.RootElement.GetProperty("coefficients");
        Assert.Equal(3.10662, coefficients.GetProperty("p1").GetDouble(), 1e-5);
        Assert.Equal(-0.903491, coefficients.GetProperty("p2").GetDouble(), 1e-6);
        Assert.Equal(0, coefficients.GetProperty("total").GetDouble());
        Assert.Equal(-0.0505605, json.RootElement.GetProperty("intercept").GetDouble(), 1e-7);
        Assert.Equal("total", Assert.Single(json.RootElement.GetProperty("constantColumns").EnumerateArray()).GetString());

        // A row of another total is predicted as if it had that one.
        File.WriteAllText(rows, "p1,p2,total\n0.2,0.3,1\n0.2,0.3,0.9999999999999999\n0.2,0.3,0.99\n");
        string[] predicted = EnetRun.Of("predict", model, rows).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, predicted.Length);
        Assert.Equal(predicted[1], predicted[2]);
        Assert.Equal(predicted[1], predicted[3]);

        Assert.Contains(Sentence, EnetRun.Of("select", table, "--target", "y").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("constant", EnetRun.Of("fit", table, "--target", "y", "--exclude", "total").Error, StringComparison.Ordinal);
    }
}
