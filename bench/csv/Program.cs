using ConsoleAppFramework;
using ElasticNet.Fast.CsvBenchmark;

ConsoleApp.Run(args, CsvCommand.Run);
