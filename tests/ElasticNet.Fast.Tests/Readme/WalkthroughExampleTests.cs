using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The walk-through's fit from C# chooses what its command chooses.</summary>
public class WalkthroughExampleTests
{
    [Fact]
    public void The_example_runs_and_predicts()
    {
        Directory.CreateDirectory("tests/data");
        File.Copy(Path.Combine(SourceTree.Root, "tests", "data", "patients.csv"), "tests/data/patients.csv", overwrite: true);

        // The page shows from here
        CsvTable patients = CsvTable.Read("tests/data/patients.csv", target: "progression");
        var options = new ElasticNetOptions
        {
            Preparation = new() { Imputation = ImputationMethod.Median },
            Selection = LambdaSelection.OneStandardError,
            Seed = 1,
        };
        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(patients.Table, patients.Target, options);
        Console.WriteLine(cv);                       // … λ.1se 6.96165, ρ 1: error 3179.73 ± 188, R² 0.4684, 4 coefficients not 0 …
        Console.WriteLine(cv.Model.Coefficients);    // 4 of 12 not 0: bmi = 510.295, s5 = 426.033, bp = 187.257, s3 = -131.548

        ModelRow patient = cv.Model.CreateRow();
        patient["bmi"] = 0.06;
        patient["sex"] = "first";                    // what is not given is filled as a gap is
        Console.WriteLine(patient.Predict());
        // to here.

        Assert.Contains("λ.1se 6.96165, ρ 1: error 3179.73 ± 188, R² 0.4684, 4 coefficients not 0", cv.ToString(), StringComparison.Ordinal);
        Assert.Equal("4 of 12 not 0: bmi = 510.295, s5 = 426.033, bp = 187.257, s3 = -131.548", cv.Model.Coefficients.ToString());
        Assert.InRange(patient.Predict(), 150, 220);
    }
}
