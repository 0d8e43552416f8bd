using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Problems;

/// <summary>
/// The rows of a target of K outputs as the engine takes them: all rows of the first class or response, then all of the second, and so on. Of
/// classes a row is 1 in its own and 0 in the others. Weights are the same in each.
/// </summary>
internal sealed class OutputRows
{
    private OutputRows(int outputs, double[] response, double[]? weights, double[]? offset) =>
        (Outputs, Response, Weights, Offset) = (outputs, response, weights, offset);

    /// <summary>K.</summary>
    public int Outputs { get; }

    /// <summary>n·K values.</summary>
    public double[] Response { get; }

    /// <summary>n·K weights, or null for equal ones.</summary>
    public double[]? Weights { get; }

    /// <summary>n·K offsets, or null.</summary>
    public double[]? Offset { get; }

    /// <summary>Those of a target on its way; null where there is one output.</summary>
    /// <param name="values">The codes of classes, or responses one after another.</param>
    /// <param name="options">Know the outputs, and their offsets.</param>
    /// <param name="weights">One for each row, or empty.</param>
    public static OutputRows? Of(ReadOnlySpan<double> values, ElasticNetOptions options, ReadOnlySpan<double> weights)
    {
        if (options.OutputNames is not { } names)
            return null;
        if (options.Family.HasClasses)
            ClassLabels.Check(values, names, weights);
        int outputs = names.Count, n = options.Family.HasClasses ? values.Length : values.Length / outputs;
        double[] response = new double[StackedDesign.Times(n, outputs, "rows")];
        if (!options.Family.HasClasses)
            values.CopyTo(response);
        for (int i = 0; i < n && options.Family.HasClasses; i++)
        {
            // Rows that do not count may have no class.
            if (values[i] >= 0)
                response[(int)values[i] * n + i] = 1;
        }

        double[]? all = weights.IsEmpty ? null : new double[response.Length];
        for (int k = 0; k < outputs && all is not null; k++)
            weights.CopyTo(all.AsSpan(k * n));
        return new(outputs, response, all, options.OutputOffsets.IsEmpty ? null : options.OutputOffsets.ToArray());
    }
}
