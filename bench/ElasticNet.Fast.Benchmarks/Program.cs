using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/ElasticNet.Fast.Benchmarks -- --filter '*Kernel*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
