using System.Globalization;
using System.Runtime.InteropServices;
using ConsoleAppFramework;
using ElasticNet.Fast.Compare;
using ElasticNet.Fast.Compare.Solvers;

// Numbers read and print the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
// An interrupted run leaves in order: peers and temporary files go with the process.
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
ConsoleApp.ConsoleAppBuilder app = ConsoleApp.Create();
app.Add("", CompareCommand.Run);
app.Add("kernels", KernelsCommand.Run);
app.Add("analyst", AnalystCommand.Run);
app.Add("hard", HardCommand.Hard);
app.Add("outputs", OutputsCommand.Outputs);
app.Add("noise", NoiseCommand.Noise);
app.Add("memory", MemoryWorker.Run); // what the comparison starts itself with
app.Run(args);
if (!CompareCommand.Started && Environment.ExitCode != 0)
    Environment.ExitCode = 2;
