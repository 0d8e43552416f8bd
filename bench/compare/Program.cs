using System.Globalization;
using ConsoleAppFramework;
using ElasticNet.Fast.Compare;

// Numbers read and print the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
ConsoleApp.Run(args, CompareCommand.Run);
if (!CompareCommand.Started && Environment.ExitCode != 0)
    Environment.ExitCode = 2;
