using System.Globalization;
using ConsoleAppFramework;
using ElasticNet.Fast.Simulations;

// Numbers read and print the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
ConsoleApp.ConsoleAppBuilder app = ConsoleApp.Create();
app.Add("inference", InferenceCommand.Run);
app.Add("near-copies", NearCopiesCommand.Run);
app.Add("stability", StabilityCommand.Run);
app.Add("imputation", ImputationCommand.Run);
app.Run(args);
