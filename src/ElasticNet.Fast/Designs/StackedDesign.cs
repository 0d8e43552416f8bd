namespace ElasticNet.Fast.Designs;

/// <summary>
/// X as a model of K outputs sees it: n rows for each output, one output after another, and a column for each feature and output, those of a
/// feature together. Column (j, k) is feature j in the rows of output k and 0 in all others, nothing of which is stored. Behind
/// them lies a column of ones for each output: the intercepts, which no solver moves (the loss knows them) but every reader of a solution sees.
/// </summary>
/// <param name="features">X.</param>
/// <param name="outputs">K.</param>
internal sealed unsafe class StackedDesign(Design features, int outputs) : Design
{
    /// <summary>Products kept on the stack until they are where they belong.</summary>
    private const int MostProducts = 4096;

    /// <summary>X of one output.</summary>
    public Design Features => features;

    /// <summary>K.</summary>
    public int Outputs => outputs;

    public override int Rows { get; } = Times(features.Rows, outputs, "rows");

    public override int Columns { get; } = Times(features.Columns + 1, outputs, "columns");

    public override double Density => features.Density / outputs;

    public override bool PrefersCopies => false;

    public override int PassColumns => (int)Math.Min((long)features.PassColumns * outputs, int.MaxValue / 2);

    /// <summary>Where the intercept of an output stands among the columns.</summary>
    public int InterceptOf(int output) => features.Columns * outputs + output;

    /// <summary>Which feature and output a column is about; the feature after the last is the intercept.</summary>
    public (int Feature, int Output) At(int column) => Math.DivRem(column, outputs);

    public override WorkingColumns CreateWorkingColumns() => new StackedColumns();

    public override double RoundingFactor(ColumnScaling scaling)
    {
        // Dense columns do not ask where they lie.
        if (features.PrefersCopies)
            return features.RoundingFactor(scaling);
        using ColumnScaling single = new();
        single.TakeEach(scaling, outputs, features.Columns);
        return features.RoundingFactor(single);
    }

    public override (double High, double Low) TotalWeight(double* weights) => features.TotalWeight(weights);

    public override void Moments(int column, double shift, double* weights, (double High, double Low) total, double* result)
    {
        (int feature, int output) = At(column);
        double* own = weights + (nint)output * features.Rows;
        if (feature < features.Columns)
        {
            features.Moments(feature, shift, own, total, result);
            return;
        }

        double sum = 0;
        for (int i = 0; i < features.Rows; i++)
            sum += own[i];
        (result[0], result[1]) = ((1 - shift) * sum, (1 - shift) * (1 - shift) * sum);
    }

    public override void Read(int column, nint start, nint count, double* destination)
    {
        (int feature, int output) = At(column);
        (nint first, nint length) = Own(output, start, count);
        new Span<double>(destination, (int)count).Clear();
        if (length == 0)
            return;
        double* own = destination + (first + (nint)output * features.Rows - start);
        if (feature < features.Columns)
            features.Read(feature, first, length, own);
        else
            new Span<double>(own, (int)length).Fill(1);
    }

    public override void Standardize(
        int column, double shift, double scale, double* rootWeights, nint start, nint count, double* destination)
    {
        (int feature, int output) = At(column);
        (nint first, nint length) = Own(output, start, count);
        new Span<double>(destination, (int)count).Clear();
        if (length == 0)
            return;
        nint block = (nint)output * features.Rows;
        double* own = destination + (first + block - start);
        if (feature < features.Columns)
        {
            features.Standardize(feature, shift, scale, rootWeights + block, first, length, own);
            return;
        }

        for (nint i = 0; i < length; i++)
            own[i] = (1 - shift) * scale * rootWeights[block + first + i];
    }

    public override void Gradients(int start, int count, double* shift, double* u, double* result)
    {
        int most = Math.Max(MostProducts / outputs, 1);
        double* shifts = stackalloc double[most], products = stackalloc double[most * outputs];
        int* single = stackalloc int[1];
        for (int at = 0; at < count;)
        {
            (int feature, int output) = At(start + at);
            int run = Math.Min(Math.Min((count - at) / outputs, features.Columns - feature), most);
            if (output != 0 || run <= 0)
            {
                *single = start + at;
                Gradients(single, 1, shift - start, u, result - start);
                at++;
                continue;
            }

            // All outputs of a feature, which are shifted alike, in one reading of it.
            for (int j = 0; j < run; j++)
                shifts[j] = shift[at + j * outputs];
            features.Gradients(feature, run, shifts, u, features.Rows, outputs, products, run);
            for (int j = 0; j < run; j++)
            {
                for (int k = 0; k < outputs; k++)
                    result[at++] = products[k * run + j];
            }
        }
    }

    public override void Gradients(int start, int count, double* shift, double* u, nint strideU, int vectors, double* result, nint strideResult)
    {
        for (int k = 0; k < vectors; k++)
            Gradients(start, count, shift, u + k * strideU, result + k * strideResult);
    }

    public override void Gradients(int* columns, int count, double* shift, double* u, double* result)
    {
        for (int c = 0; c < count; c++)
        {
            int column = columns[c];
            (int feature, int output) = At(column);
            double* own = u + (nint)output * features.Rows;
            if (feature < features.Columns)
            {
                features.Gradients(feature, 1, shift + column, own, result + column);
                continue;
            }

            double sum = 0;
            for (int i = 0; i < features.Rows; i++)
                sum += own[i];
            result[column] = (1 - shift[column]) * sum;
        }
    }

    public override void AddRows(int column, double coefficient, int* rows, int count, double* eta)
    {
        (int feature, int output) = At(column);
        int first = output * features.Rows, last = first + features.Rows;
        ReadOnlySpan<int> all = new(rows, count);
        int from = LowerBound(all, first), until = LowerBound(all, last);
        if (feature == features.Columns)
        {
            for (int k = from; k < until; k++)
                eta[k] += coefficient;
            return;
        }

        const int Most = 512;
        int* own = stackalloc int[Most];
        for (int at = from; at < until; at += Most)
        {
            int length = Math.Min(Most, until - at);
            for (int k = 0; k < length; k++)
                own[k] = rows[at + k] - first;
            features.AddRows(feature, coefficient, own, length, eta + at);
        }
    }

    public override double Sweep(
        int* columns, int count, double* shift, double* scale, double* weights, double* residual,
        double* beta, double* l1, double* l2, double* lower, double* upper)
    {
        double largest = 0;
        for (int c = 0; c < count; c++)
        {
            (int feature, int output) = At(columns[c]);
            if (feature == features.Columns)
                continue;
            // The arrays by column, moved by what lies between a column and its feature, are arrays by feature.
            nint move = columns[c] - feature, block = (nint)output * features.Rows;
            largest = Math.Max(largest, features.Sweep(
                &feature, 1, shift + move, scale + move, weights + block, residual + block,
                beta + move, l1 + move, l2 + move, lower + move, upper + move));
        }

        return largest;
    }

    /// <summary>n·K or p·K.</summary>
    /// <exception cref="ArgumentException">It is more than a table may have.</exception>
    public static int Times(int size, int outputs, string what)
    {
        long product = (long)size * outputs;
        if (product > int.MaxValue / 2)
            Throw.Data("y", Throw.Invariant($"'y' ({outputs} outputs) and 'x' make a problem of {product} {what}, more than {int.MaxValue / 2}."));
        return (int)product;
    }

    /// <summary>What of some rows belongs to an output, counted from its first.</summary>
    private (nint First, nint Length) Own(int output, nint start, nint count)
    {
        nint block = (nint)output * features.Rows, first = Math.Max(start, block), last = Math.Min(start + count, block + features.Rows);
        return (first - block, Math.Max(last - first, 0));
    }

    /// <summary>How many of the rows, which ascend, lie before <paramref name="row"/>.</summary>
    private static int LowerBound(ReadOnlySpan<int> rows, int row)
    {
        int low = 0, high = rows.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = rows[middle] < row ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
