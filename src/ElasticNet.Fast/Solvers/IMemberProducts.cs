namespace ElasticNet.Fast.Solvers;

/// <summary>A working set's Gram matrix, element by element.</summary>
internal unsafe interface IMemberProducts
{
    /// <summary>products[k] ← G between a position and each of some others.</summary>
    void Products(int position, int* others, int count, double* products);

    /// <summary>The diagonal element of G.</summary>
    double Square(int position);
}
