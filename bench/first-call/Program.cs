// One task in a fresh process: milliseconds of the first call, of the second, and of the fastest within a second of them,
// by the end of which the runtime has compiled what is called often once more, and better; and the methods that the first
// call had to wait for.
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using ElasticNet.Fast;

if (args is not [string task, string rowsText, string columnsText]
    || !int.TryParse(rowsText, CultureInfo.InvariantCulture, out int rows) || rows < 10
    || !int.TryParse(columnsText, CultureInfo.InvariantCulture, out int columns) || columns < 3)
{
    Console.Error.WriteLine("usage: FirstCall fit|path|cv|logistic ROWS COLUMNS    at least 10 rows and 3 columns");
    return 2;
}

var random = new Random(1);
var x = new double[rows, columns];
var y = new double[rows];
var occurs = new double[rows];
for (int i = 0; i < rows; i++)
{
    for (int j = 0; j < columns; j++)
        x[i, j] = random.NextDouble() - 0.5;
    y[i] = x[i, 0] + 2 * x[i, 1] - x[i, 2] + 0.3 * (random.NextDouble() - 0.5);
    occurs[i] = random.NextDouble() < 1 / (1 + Math.Exp(-3 * y[i])) ? 1 : 0;
}

Action? call = task switch
{
    "fit" => () => ElasticNetEstimator.Fit(x, y, lambda: 0.01).Dispose(),
    "path" => () => ElasticNetEstimator.Path(x, y),
    "cv" => () => ElasticNetEstimator.CrossValidate(x, y),
    "logistic" => () => ElasticNetEstimator.Path(x, occurs, 1, new() { Family = Family.Binomial }),
    _ => null,
};
if (call is null)
{
    Console.Error.WriteLine($"\"{task}\" is not a task; there are fit, path, cv and logistic");
    return 2;
}

long compiled = JitInfo.GetCompiledMethodCount();
double first = Time();
compiled = JitInfo.GetCompiledMethodCount() - compiled;
double second = Time(), least = second;
for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 1;)
    least = Math.Min(least, Time());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first:F3} {second:F3} {least:F3} {compiled}"));
return 0;

double Time()
{
    long start = Stopwatch.GetTimestamp();
    call();
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}
