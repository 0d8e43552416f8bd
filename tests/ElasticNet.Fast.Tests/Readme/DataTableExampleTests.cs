using System.Data;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The page's table from a database is taken apart and fitted.</summary>
public class DataTableExampleTests
{
    [Fact]
    public void The_example_runs_and_predicts()
    {
        using var data = new DataTable();
        data.Columns.Add("area", typeof(double));
        data.Columns.Add("district", typeof(string));
        data.Columns.Add("zip", typeof(int));
        data.Columns.Add("price", typeof(decimal));
        data.Rows.Add(60, "north", 6170, 220m);
        data.Rows.Add(80, "south", 6170, 310m);
        data.Rows.Add(55, DBNull.Value, 80, 150m);
        data.Rows.Add(70, "north", 80, DBNull.Value);
        data.Rows.Add(90, "south", 80, 335m);
        using IDataReader reader = data.CreateDataReader();

        // The page shows from here
        FeatureTable homes = FeatureTable.From(reader)          // of a query, or a DataTable; await FromAsync(reader)
            .WithCategories("zip").WithoutRowsLacking("price");
        using var worth = ElasticNetEstimator.Fit(homes.Without("price"), homes.Target("price"), lambda: 0.1);
        // to here.

        Assert.Equal(4, homes.Rows);
        Assert.Equal(["area", "district", "zip"], worth.Preparation!.Inputs.Select(input => input.Name));
        Assert.Equal("price", worth.TargetName);
    }
}
