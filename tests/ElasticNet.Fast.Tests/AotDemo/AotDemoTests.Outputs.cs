using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Models;
using ElasticNet.Fast.Tests.Repository;
using TemporaryDirectory = ElasticNet.Fast.Tests.Repository.TemporaryDirectory;

namespace ElasticNet.Fast.Tests.AotDemo;

// Models of several outputs: probabilities by our own exponential, classes and linear predictors are the library's bytes.
public partial class AotDemoTests
{
    [NeedsTheory(Tool.Linker)]
    [InlineData("multinomial", 3)]
    [InlineData("multinomial", 100)]
    [InlineData("multigaussian", 4)]
    public async Task Serves_several_outputs(string family, int outputs)
    {
        using var directory = new TemporaryDirectory();
        string[] names = [.. Enumerable.Range(0, 30).Select(j => $"x{j}")];
        Family chosen = Family.All.Single(one => one.Name == family);
        using ElasticNetModel model = new(SampleOutputs.Content(chosen, 5, 30, outputs) with { FeatureNames = names });
        string modelPath = directory.File("model.enet"), rows = directory.Write("rows.csv", RandomRows(names, count: 300));
        model.Save(modelPath);
        foreach (PredictionType type in chosen.HasClasses ? (PredictionType[])[PredictionType.Response, PredictionType.Link, PredictionType.Class] : [PredictionType.Response])
        {
            using var expected = new MemoryStream();
            PredictionWriter.Write(model, CsvText.Open(rows), expected, type: type);
            ProgramRun native = await ProgramRun.Of(predictor.Program, [modelPath, rows, "--type", type.ToString().ToLowerInvariant()]);
            Assert.Equal((0, ""), (native.ExitCode, native.Error));
            Assert.Equal(expected.ToArray(), native.Output);
        }

        ProgramRun bench = await ProgramRun.Of(predictor.Program, [modelPath, rows, "--bench"]);
        Assert.Equal(0, bench.ExitCode);
        Assert.EndsWith(" ns per row\n", bench.Text, StringComparison.Ordinal);
    }
}
