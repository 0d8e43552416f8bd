using System.Text.Json;
using ElasticNet.Fast.Tests.Models;
using ElasticNet.Fast.Tests.Verify;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class VerifyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--l1-ratio 0.5 --no-intercept")]
    [InlineData("--no-standardize --weights w --offset o")]
    [InlineData("--impute median --indicators --scale robust --weights w")]
    [InlineData("--impute knn --scale minmax --offset o --reference first")]
    [InlineData("--impute iterative --matching 3 --encode ordinal")]
    [InlineData("--impute drop --weights w --scale standard-sample")]
    [InlineData("--criterion bic --impute mode --min-level-count 12")]
    public void A_fitted_model_holds_its_claim(string options)
    {
        using TemporaryDirectory directory = new();
        bool gaps = options.Contains("impute", StringComparison.Ordinal);
        string data = VerifyTable.Write(directory, gaps), model = directory.File("m.enet");
        string[] left = [.. new[] { "w", "o" }.Where(name => !options.Contains($" {name}", StringComparison.Ordinal)), "note"];
        string[] choice = options.Contains("criterion", StringComparison.Ordinal) ? [] : ["--lambda", "0.05"];
        EnetRun fit = EnetRun.Of(["fit", data, "--target", "y", "--exclude", string.Join(',', left), .. choice, "--out", model, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((0, true), (fit.ExitCode, File.Exists(model)));
        EnetRun verify = EnetRun.Of("verify", model, data);
        Assert.Equal((0, true), (verify.ExitCode, verify.Output.Contains("the claim holds: ", StringComparison.Ordinal)));
        Assert.Equal(options.Contains("drop", StringComparison.Ordinal), verify.Error.Contains("rows (", StringComparison.Ordinal));

        // Another row, another minimum.
        string[] lines = File.ReadAllLines(data);
        lines[2] = string.Join(',', [.. lines[2].Split(',')[..7], "9"]);
        File.WriteAllLines(data, lines);
        EnetRun changed = EnetRun.Of("verify", model, data, "--json");
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("enet: the claim does not hold: the objective is proven", changed.Error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(changed.Output);
        Assert.False(json.RootElement.GetProperty("holds").GetBoolean());
        Assert.InRange(json.RootElement.GetProperty("relativeGap").GetProperty("found").GetDouble(), 1e-6, 1);
    }

    [Theory]
    [InlineData("--target town --family multinomial --l1-ratio 0.5", "of 'south'")]
    [InlineData("--target town --family multinomial --grouped --weights w", "of 'south'")]
    [InlineData("--target y,b --family multigaussian --no-standardize", "of 'b'")]
    [InlineData("--target y,b --family multigaussian --grouped --weights w", "of 'b'")]
    [InlineData("--target y --group-levels --l1-ratio 0.7", "'")]
    [InlineData("--target y --group-levels --group-mixing 0.3 --no-intercept", "'")]
    public void Classes_responses_and_groups_hold_their_claims(string options, string worst)
    {
        using TemporaryDirectory directory = new();
        string data = VerifyTable.Write(directory, gaps: false), model = directory.File("m.enet");
        string left = string.Join(',', new[] { "w", "o", "note" }.Where(name => !options.Contains($" {name}", StringComparison.Ordinal)));
        EnetRun fit = EnetRun.Of(["fit", data, "--exclude", left, "--lambda", "0.05", "--out", model, .. options.Split(' ')]);
        Assert.Equal((0, true), (fit.ExitCode, File.Exists(model)));
        EnetRun verify = EnetRun.Of("verify", model, data);
        Assert.True(verify.ExitCode == 0, verify.Error);
        Assert.Contains("the claim holds: ", verify.Output, StringComparison.Ordinal);
        if (worst.Length > 1)
            Assert.Contains(" of '", verify.Output, StringComparison.Ordinal);

        // Another coefficient for the first feature's last output.
        using ElasticNetModel fitted = ElasticNetModel.Load(model);
        int outputs = fitted.Outputs;
        RawModel file = RawModel.Parse(File.ReadAllBytes(model)).Edit("COEF", payload => SectionTests.Put(payload.AsSpan(64 + 8 * (outputs - 1)), fitted.Values[outputs - 1] + 0.5));
        File.WriteAllBytes(model, file.ToBytes());
        EnetRun changed = EnetRun.Of("verify", model, data, "--json");
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("enet: the claim does not hold: the objective is proven", changed.Error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(changed.Output);
        Assert.Contains(worst, json.RootElement.GetProperty("worst").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Responses_are_named_in_their_order()
    {
        using TemporaryDirectory directory = new();
        string data = VerifyTable.Write(directory, gaps: false), renamed = directory.File("renamed.csv"), model = directory.File("m.enet");
        Assert.Equal(0, EnetRun.Of("fit", data, "--exclude", "w,o,note,town", "--lambda", "0.05", "--target", "y,b", "--family", "multigaussian", "--out", model).ExitCode);
        File.WriteAllText(renamed, File.ReadAllText(data).Replace("a,b,town,note,c,w,o,y", "a,second,town,note,c,w,o,first", StringComparison.Ordinal));
        Assert.Equal(0, EnetRun.Of("verify", model, renamed, "--target", "first,second").ExitCode);
        EnetRun.Of("verify", model, renamed, "--target", "first").AssertRefused(2, "--target must name a column for each of the 2 responses, in their order, but 'first' names 1");
        EnetRun.Of("verify", model, renamed).AssertRefused(1, "there is no column");
    }

    [Fact]
    public void What_cannot_be_verified_is_refused_by_name()
    {
        using TemporaryDirectory directory = new();
        string data = VerifyTable.Write(directory, gaps: true), whole = VerifyTable.Write(directory, gaps: false), model = directory.File("m.enet");
        Assert.Equal(0, EnetRun.Of("fit", data, "--target", "y", "--exclude", "note,town,w,o", "--lambda", "0.1", "--impute", "multiple", "--out", model).ExitCode);
        EnetRun.Of("verify", model, data).AssertRefused(1, "a model of several imputations cannot be verified");
        Assert.Equal(0, EnetRun.Of("fit", whole, "--target", "y", "--exclude", "note,w,o", "--lambda", "0.1", "--out", model).ExitCode);
        EnetRun.Of("verify", model, whole, "--weights", "w").AssertRefused(1, "the model was fitted without weights; column 'w' cannot be them");
        EnetRun.Of("verify", model, whole, "--offset", "o").AssertRefused(1, "the model was fitted without an offset; column 'o' cannot be one");
        EnetRun.Of("verify", model, whole, "--target", "z").AssertRefused(1, "there is no column 'z'");
        string short1 = directory.File("short.csv");
        File.WriteAllLines(short1, File.ReadAllLines(whole)[..30]);
        EnetRun.Of("verify", model, short1).AssertRefused(1, "the model was fitted to 40 rows of positive weight, and here there are 29");
        EnetRun.Of("verify", model).AssertRefused(2, "");
    }

    [Fact]
    public void A_model_without_the_section_has_factors_of_1_and_no_bounds()
    {
        using TemporaryDirectory directory = new();
        string data = VerifyTable.Write(directory, gaps: false), path = directory.File("m.enet");
        Assert.Equal(0, EnetRun.Of("fit", data, "--target", "y", "--exclude", "note,o", "--weights", "w", "--lambda", "0.1", "--out", path).ExitCode);
        RawModel file = RawModel.Parse(File.ReadAllBytes(path));
        file.Sections.RemoveAt(file.IndexOf("PROB"));
        File.WriteAllBytes(path, file.ToBytes());
        EnetRun.Of("verify", path, data).AssertRefused(1, "the model was fitted with weights and does not name the column; --weights does");
        EnetRun run = EnetRun.Of("verify", path, data, "--weights", "w");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }
}
