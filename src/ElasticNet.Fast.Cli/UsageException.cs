namespace ElasticNet.Fast.Cli;

/// <summary>The command line is wrong in a way that shows without reading any data.</summary>
internal sealed class UsageException(string message) : Exception(message);
