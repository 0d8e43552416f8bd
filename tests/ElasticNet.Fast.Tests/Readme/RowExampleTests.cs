using System.Text.Json;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The README's row by name is filled and predicted.</summary>
public class RowExampleTests
{
    [Fact]
    public void The_example_runs_and_predicts()
    {
        // The page shows from here
        double[] areas = [60, 80, 55, 70, 90, 65], rents = [620, 910, 480, 700, 870, 760];
        string[] regions = ["North", "South", "East", "North", "East", "South"];
        FeatureTable flats = FeatureTable.FromColumns(("Area", areas), ("Region", regions));
        using var rent = ElasticNetEstimator.Fit(flats, rents, lambda: 0.1);

        ModelRow row = rent.CreateRow();   // for one request at a time
        row["Area"] = 100;
        row["Region"] = "North";
        Console.WriteLine(row.Predict());  // allocates nothing

        using var json = JsonDocument.Parse("""{ "Area": 75, "Region": "South" }""");
        row.Fill(json.RootElement);        // or a dictionary; "region" would be refused: did you mean 'Region'?
        Console.WriteLine($"{row}: {row.Predict():0}");
        // to here.

        Assert.Equal("Area = 75, Region = South", row.ToString());
        Assert.Equal(rent.Predict(FeatureTable.FromColumns(("Region", (string[])["South"]), ("Area", (double[])[75])))[0], row.Predict());
    }
}
