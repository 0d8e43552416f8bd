using System.Globalization;
using System.Text;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Cli;
using ElasticNet.Fast.Tests.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.AotDemo;

// Raw rows with gaps and levels that no training row had: the native predictor, enet predict and the library give the same
// bytes. Command lines run one after another.
[Collection(nameof(CommandLineTests))]
public partial class AotDemoTests
{
    private static readonly string s_training = Path.Combine(AppContext.BaseDirectory, "Golden", "preprocessing", "airquality.na.csv");

    [NeedsTheory(Tool.Linker)]
    [InlineData("--impute", "median", "--indicators", "--scale", "robust")]
    [InlineData("--impute", "knn", "--neighbors", "3", "--neighbor-weights", "distance", "--indicators")]
    [InlineData("--impute", "iterative", "--indicators")]
    [InlineData("--impute", "multiple", "--imputations", "3", "--indicators")]
    public async Task Predicts_raw_rows_as_the_others_do(params string[] preparation)
    {
        using var directory = new TemporaryDirectory();
        string modelPath = directory.File("air.enet"), rows = directory.Write("rows.csv", RawRows());
        EnetRun fit = EnetRun.Of(["fit", s_training, "--target", "Temp", "--categories", "Month", "--out", modelPath, .. preparation]);
        Assert.True(fit.ExitCode == 0, fit.Error);

        EnetRun program = EnetRun.Of("predict", modelPath, rows);
        ProgramRun native = await ProgramRun.Of(predictor.Program, [modelPath, rows]);
        ProgramRun pipe = await ProgramRun.Of(predictor.Program, [modelPath, "-"], rows);

        string expected = RowByRow(modelPath, rows);
        Assert.Equal(expected, program.Output);
        Assert.Equal(0, native.ExitCode);
        Assert.Contains("note: ", native.Error, StringComparison.Ordinal);
        Assert.Equal(program.Error.Replace("enet: ", "enet-predict: ", StringComparison.Ordinal), native.Error);
        Assert.Equal(expected, native.Text);
        Assert.Equal(expected, pipe.Text);
    }

    /// <summary>Row by row, from the values as the reader gives them.</summary>
    private static string RowByRow(string modelPath, string rows)
    {
        using ElasticNetModel model = ElasticNetModel.Load(modelPath);
        using var reader = new CsvFeatureReader(CsvText.Open(rows), model);
        Assert.Contains(model.Preparation!.FeatureNames, name => name.StartsWith("Month=", StringComparison.Ordinal));
        Assert.Contains("Solar.R (missing)", model.Preparation.FeatureNames);
        var text = new StringBuilder("prediction\n");
        int gaps = 0, unknown = 0;
        while (reader.Read())
        {
            double[] row = reader.Row.ToArray();
            gaps += row.Count(double.IsNaN);
            unknown += row.Count(value => value == InputColumn.UnknownLevel);
            text.Append(CultureInfo.InvariantCulture, $"{model.Predict(row)}\n");
        }

        Assert.True(gaps > 100 && unknown > 10, $"{gaps} gaps and {unknown} unknown levels prove little");
        return text.ToString();
    }

    /// <summary>The training rows in another order of columns with more gaps, and every seventh in a month without training rows.</summary>
    private static string RawRows()
    {
        string[] lines = File.ReadAllLines(s_training);
        var text = new StringBuilder("Month,Day,Ozone,Wind,Solar.R\n");
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            string month = i % 7 == 0 ? "13.0" : i % 11 == 0 ? "NA" : cells[4];
            text.Append(CultureInfo.InvariantCulture, $"{month},{(i % 5 == 0 ? "" : cells[5])},{cells[0]},{(i % 3 == 0 ? "" : cells[2])},{(i % 4 == 0 ? "NA" : cells[1])}\n");
        }

        // Nothing at all.
        return text.Append(",,,,\n").ToString();
    }
}
