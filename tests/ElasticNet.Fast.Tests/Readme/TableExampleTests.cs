using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The README's table from a file is read, fitted and predicted.</summary>
public class TableExampleTests
{
    [Fact]
    public void The_example_runs_and_predicts()
    {
        // The page shows from here
        File.WriteAllText("sold.csv", "area,district,price\n60,north,220\n80,south,310\n55,east,150\n70,north,260\n90,east,235\n65,south,265\n");
        File.WriteAllText("fresh.csv", "district,area\nsouth,75\nwest,75\n");

        CsvTable sold = CsvTable.Read("sold.csv", target: "price");
        using var houses = ElasticNetEstimator.Fit(sold.Table, sold.Target, lambda: 0.1);
        CsvTable fresh = CsvTable.Read("fresh.csv");
        var tally = new InputTally();
        double[] asked = houses.Predict(fresh.Table, tally);   // columns by name, levels by value
        Console.WriteLine($"{asked[0]:0}, {asked[1]:0}; {tally}");   // … a level of 'district' that the model does not know ('west'), …
        foreach (NamedCoefficient effect in houses.Coefficients)
            Console.WriteLine(effect);                          // area = 2.7…, district=east = …
        Console.WriteLine(houses.Score(sold.Table, sold.Target));   // R², RMSE, MAE, residuals; on rows held out it says more
        // to here.

        File.Delete("sold.csv");
        File.Delete("fresh.csv");
        Assert.InRange(asked[0], 285, 305);
        Assert.Contains("('west')", tally.ToString(), StringComparison.Ordinal);
    }
}
