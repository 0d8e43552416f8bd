using System.Text.Json;
using ElasticNet.Fast.Tests.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class InspectTests
{
    [Fact]
    public void Shows_features_by_effect_and_what_came_from_the_data()
    {
        using var directory = new TemporaryDirectory();
        string path = Save(directory, ["größe", "unused", "naïve \"x\""]);
        EnetRun run = EnetRun.Of("inspect", path);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n');
        int first = Array.FindIndex(lines, line => line.StartsWith("feature ", StringComparison.Ordinal)) + 1;
        // Deviations are 1 and 3: the smaller coefficient has the larger effect.
        Assert.Equal(["naïve", "\"x\"", "-4.5", "-1.5"], lines[first].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["größe", "2.25", "2.25"], lines[first + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["(intercept)", "0.5"], lines[first + 2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("5 rows, 3 features", run.Output, StringComparison.Ordinal);
        Assert.Contains("no training row is kept", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_every_feature_under_its_own_name()
    {
        using var directory = new TemporaryDirectory();
        EnetRun run = EnetRun.Of("inspect", Save(directory, ["größe", "unused", "naïve \"x\""]), "--json");
        Assert.Contains("\"größe\"", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        JsonElement coefficients = json.RootElement.GetProperty("coefficients");
        Assert.Equal(2.25, coefficients.GetProperty("größe").GetDouble());
        Assert.Equal(0, coefficients.GetProperty("unused").GetDouble());
        Assert.Equal(-1.5, coefficients.GetProperty("naïve \"x\"").GetDouble());
        Assert.Equal(0.125, json.RootElement.GetProperty("lambda").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("crossValidation").ValueKind);
    }

    [Fact]
    public void Features_without_names_are_numbered()
    {
        using var directory = new TemporaryDirectory();
        using var json = JsonDocument.Parse(EnetRun.Of("inspect", Save(directory, null), "--json").Output);
        Assert.Equal(["x1", "x2", "x3"], json.RootElement.GetProperty("coefficients").EnumerateObject().Select(property => property.Name));
    }

    private static string Save(TemporaryDirectory directory, string[]? names)
    {
        string path = directory.File("model.enet");
        using ElasticNetModel model = SampleModel.Create(0.5, [2.25, 0, -1.5], names);
        model.Save(path);
        return path;
    }
}
