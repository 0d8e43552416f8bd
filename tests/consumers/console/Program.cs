using System.Diagnostics;
using ElasticNet.Fast;
using ElasticNet.Fast.Plots;
using ElasticNet.Fast.TypedRows;

// console MODEL ROWS EXPECTED PICTURE: the first prediction timed, all of them compared, typed rows, a picture.
Rows rows = Rows.Read(args[1], args[2]);
long start = Stopwatch.GetTimestamp();
ElasticNetModel model = ElasticNetModel.Load(args[0]);
double first = model.Predict(rows.Of(0, model.FeatureNames!));
TimeSpan taken = Stopwatch.GetElapsedTime(start);
for (int i = 0; i < rows.Values.Length; i++)
{
    double predicted = i == 0 ? first : model.Predict(rows.Of(i, model.FeatureNames!));
    if (predicted != rows.Expected[i])
        throw new InvalidOperationException($"row {i + 1}: {predicted}, and not {rows.Expected[i]}");
}

Patient[] patients = [.. rows.Values.Select((_, i) => new Patient(rows.Of(i, ["bmi"])[0], rows.Of(i, ["bp"])[0]))];
double[] progression = [.. rows.Values.Select((_, i) => rows.Of(i, ["progression"])[0])];
CrossValidationResult cv = ElasticNetEstimator.CrossValidate(FeatureTable.From<Patient>(patients), progression, new ElasticNetOptions { Seed = 1 });
double typed = new TypedPredictor<Patient>(cv.Model).Predict(patients[0]);
if (typed != cv.Model.Predict([patients[0].Bmi, patients[0].Bp]))
    throw new InvalidOperationException($"a typed row is predicted as {typed}");
Pictures.CrossValidation(cv).Save(args[3]);
Console.WriteLine(FormattableString.Invariant($"load and first prediction: {taken.TotalMilliseconds:F1} ms"));

[ElasticNetFeatures]
internal readonly partial record struct Patient(double Bmi, double Bp);
