using Xunit;

// Another test's garbage must not be counted here, nor its tiering disturb the measurement.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
