using PublicApiGenerator;

namespace ElasticNet.Fast.Tests.Api;

/// <summary>
/// The public surface, as text: a change of it shows up in review. To accept one, run this test once with the
/// environment variable UPDATE_PUBLIC_API set to 1.
/// </summary>
public class PublicApiTests
{
    private static readonly ApiGeneratorOptions s_options = new() { IncludeAssemblyAttributes = false };

    [Fact]
    public void ElasticNet_Fast() => Unchanged(typeof(ElasticNetEstimator).Assembly.GeneratePublicApi(s_options), "ElasticNet.Fast.txt");

    [Fact]
    public void ElasticNet_Fast_Arrow() => Unchanged(typeof(ElasticNet.Fast.Arrow.ArrowTable).Assembly.GeneratePublicApi(s_options), "ElasticNet.Fast.Arrow.txt");

    [Fact]
    public void ElasticNet_Fast_Csv() => Unchanged(typeof(ElasticNet.Fast.Csv.CsvTable).Assembly.GeneratePublicApi(s_options), "ElasticNet.Fast.Csv.txt");

    [Fact]
    public void ElasticNet_Fast_DataFrames() => Unchanged(typeof(ElasticNet.Fast.DataFrames.DataFrameTable).Assembly.GeneratePublicApi(s_options), "ElasticNet.Fast.DataFrames.txt");

    [Fact]
    public void ElasticNet_Fast_DataViews() => Unchanged(typeof(ElasticNet.Fast.DataViews.DataViewTable).Assembly.GeneratePublicApi(s_options), "ElasticNet.Fast.DataViews.txt");

    [Fact]
    public void ElasticNet_Fast_Parquet() => Unchanged(typeof(ElasticNet.Fast.Parquet.ParquetTable).Assembly.GeneratePublicApi(s_options), "ElasticNet.Fast.Parquet.txt");

    [Fact]
    public void ElasticNet_Fast_Plots() => Unchanged(typeof(ElasticNet.Fast.Plots.Picture).Assembly.GeneratePublicApi(s_options), "ElasticNet.Fast.Plots.txt");

    private static void Unchanged(string actual, string name)
    {
        string file = Path.Combine(SourceTree.Root, "tests", "ElasticNet.Fast.Tests", "Api", name);
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
            File.WriteAllText(file, actual);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }
}
