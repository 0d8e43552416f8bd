using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The data of the repository, for examples that begin with x and y.</summary>
internal static class ExampleData
{
    public static (double[,] X, double[] Y) Diabetes()
    {
        CsvTable table = CsvTable.Read(Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv"), new() { Apart = ["progression"] });
        var x = new double[table.Rows, table.Features.Columns];
        for (int i = 0; i < table.Rows; i++)
        {
            for (int j = 0; j < table.Features.Columns; j++)
                x[i, j] = table.Features[i, j];
        }

        return (x, table.Column("progression").ToArray());
    }
}
