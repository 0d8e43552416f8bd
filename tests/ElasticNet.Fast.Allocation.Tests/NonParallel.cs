// What one test allocates must not be counted in another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
