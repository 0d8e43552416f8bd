namespace ElasticNet.Fast.Numerics;

/// <summary>Work in numbered items that do not depend on each other and may run on any thread.</summary>
internal interface IWorkItems
{
    /// <summary>Does one item. What it writes depends on the number alone, never on the thread or the order.</summary>
    void Run(int item);
}
