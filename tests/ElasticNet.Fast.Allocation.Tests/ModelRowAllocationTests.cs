namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>A row that is given by names is made once; setting values and predicting allocates nothing after that.</summary>
public class ModelRowAllocationTests
{
    [Fact]
    public void Setting_and_predicting()
    {
        FeatureTable table = FeatureTable.FromColumns(
            ("area", (double[])[60, 80, 55, 70, 90, 65]), ("zip", (string[])["6170", "80", "6170", "80", "6170", "80"]), ("garden", (string[])["true", "false", "true", "false", "true", "true"]),
            ("sold", (DateTime[])[new(2024, 3, 1), new(2024, 5, 2), new(2024, 2, 29), new(2024, 11, 30), new(2023, 12, 31), new(2024, 6, 15)]));
        using ElasticNetModel model = ElasticNetEstimator.Fit(table, [220, 310, 150, 260, 235, 265], 1e-3, 0.5, new() { Preparation = new() { Imputation = ImputationMethod.Mean } });
        ModelRow row = model.CreateRow();
        double sum = 0;
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                row["area"] = 50 + i;
                row["zip".AsSpan()] = i % 2 == 0 ? "6170" : "nowhere";
                row["zip"] = 80;
                row["garden"] = i % 3 == 0;
                row["sold"] = new DateTime(2024, 3, 1);
                sum += row.Predict();
                row.Clear();
                sum += row.Predict();
            }
        }));
        Assert.True(double.IsFinite(sum));
    }
}
