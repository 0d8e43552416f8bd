using System.Globalization;
using ConsoleAppFramework;
using ElasticNet.Fast.Imputation;

// Numbers read and print the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
ConsoleApp.Run(args, ImputationCommand.Run);
if (!ImputationCommand.Started && Environment.ExitCode != 0)
    Environment.ExitCode = 2;
