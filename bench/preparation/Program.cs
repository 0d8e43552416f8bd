using System.Globalization;
using ConsoleAppFramework;
using ElasticNet.Fast.PreparationBenchmark;
using ElasticNet.Fast.PreparationBenchmark.Neighbours;
using ElasticNet.Fast.PreparationBenchmark.Pipeline;
using ElasticNet.Fast.PreparationBenchmark.RealData;

// Numbers read and print the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
ConsoleApp.ConsoleAppBuilder app = ConsoleApp.Create();
app.Add("neighbours", NeighboursCommand.Run);
app.Add("pipeline", PipelineCommand.Run);
app.Add("real-data", RealDataCommand.Run);
app.Run(args);
if (!CommandLine.IsUnderstood && !args.Any(argument => argument is "-h" or "--help" or "--version"))
    Environment.ExitCode = 2;
