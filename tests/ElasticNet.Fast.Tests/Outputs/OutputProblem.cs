namespace ElasticNet.Fast.Tests.Outputs;

/// <summary>A random problem of several classes or responses, and plain code that knows its objective.</summary>
internal sealed record OutputProblem
{
    private readonly int _seed;

    private OutputProblem(int seed) => _seed = seed;

    public required double[,] X { get; init; }

    /// <summary>Of classes 1 in a row's own; of responses the values: rows × outputs.</summary>
    public required double[,] Y { get; init; }

    public required double[] Weights { get; init; }

    public required double[,] Offsets { get; init; }

    public required bool HasClasses { get; init; }

    public required double L1Ratio { get; init; }

    public required ElasticNetOptions Options { get; init; }

    public bool HasOffset { get; init; } = true;

    public int Rows => X.GetLength(0);

    public int Columns => X.GetLength(1);

    public int Outputs => Y.GetLength(1);

    public Target Target => TargetOf(i => Enumerable.Range(0, Outputs).First(k => Y[i, k] == 1)) with { Weights = Weights, Offsets = HasOffset ? Offsets : default(MatrixView<double>) };

    /// <summary>The classes counted from the other end.</summary>
    public Target Turned => TargetOf(i => Outputs - 1 - Enumerable.Range(0, Outputs).First(k => Y[i, k] == 1)) with { Weights = Weights };

    /// <summary>Of two classes the second as an event.</summary>
    public Target Events => Target.Create(Response(1)) with { Weights = Weights };

    public static OutputProblem Random(int seed, int? outputs = null, bool? isGrouped = null, bool? hasBounds = null)
    {
        Random random = new(seed);
        bool hasClasses = random.Next(3) > 0, grouped = isGrouped ?? random.Next(2) == 0;
        int count = outputs ?? random.Next(2, 6), rows = random.Next(count + 8, 60), columns = random.Next(1, 25);
        double l1Ratio = random.Next(3) switch { 0 => 1, 1 => 0.5, _ => 0.1 + 0.8 * random.NextDouble() };
        double[,] x = new double[rows, columns], y = new double[rows, count], offsets = new double[rows, count];
        for (int j = 0; j < columns; j++)
        {
            double center = random.Next(3) == 0 ? 10 * random.NextDouble() : 0, scale = Math.Pow(10, random.NextDouble() - 0.5);
            // The lasso would not know which of two copies to take.
            int copied = l1Ratio < 1 && j > 0 && random.Next(8) == 0 ? random.Next(j) : -1;
            for (int i = 0; i < rows; i++)
                x[i, j] = copied >= 0 ? x[i, copied] : random.Next(5) == 0 ? 0 : center + scale * Normal(random);
        }

        for (int i = 0; i < rows; i++)
        {
            double best = double.NegativeInfinity;
            int own = 0;
            for (int k = 0; k < count; k++)
            {
                offsets[i, k] = 0.3 * Normal(random);
                double signal = 1.5 * x[i, k % columns] - x[i, (k + 1) % columns] + Normal(random);
                y[i, k] = hasClasses ? 0 : 3 + (k + 1) * signal;
                if (signal > best)
                    (best, own) = (signal, k);
            }

            if (hasClasses)
                y[i, i < count ? i : random.Next(3) == 0 ? random.Next(count) : own] = 1;
        }

        // A column without a penalty must not tell classes apart: it is one that says nothing of them, and many rows do.
        bool hasFree = columns > count + 2 && rows > 12 * count;
        double[] factors = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, columns).Select(j => j == columns - 2 && hasFree ? 0 : 0.5 + random.NextDouble())];
        bool bounded = hasBounds ?? (!grouped && random.Next(3) == 0);
        return new(seed)
        {
            X = x,
            Y = y,
            Weights = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, rows).Select(i => i >= count && random.Next(8) == 0 ? 0 : 0.2 + random.NextDouble())],
            Offsets = offsets,
            HasClasses = hasClasses,
            HasOffset = random.Next(2) == 0,
            L1Ratio = l1Ratio,
            Options = new()
            {
                Family = hasClasses ? Family.Multinomial : Family.MultiGaussian,
                GroupOutputs = grouped,
                Standardize = random.Next(2) == 0,
                Intercept = random.Next(4) > 0,
                PenaltyFactors = factors,
                LowerBounds = bounded ? [-0.3] : [],
                UpperBounds = bounded ? [0.2] : [],
                ExcludedFeatures = columns > 3 && random.Next(3) == 0 ? [columns - 1] : [],
                LambdaCount = 8,
                LambdaMinRatio = 0.01,
                MaxDegreeOfParallelism = 1,
            },
        };
    }

    /// <summary>Many features in groups of four outputs, of noise but for a few.</summary>
    public static OutputProblem Wide(bool hasClasses, int rows, int columns, double l1Ratio)
    {
        const int Four = 4;
        Random random = new(rows);
        double[,] x = new double[rows, columns], y = new double[rows, Four];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                x[i, j] = Normal(random);
            double[] signal = [.. Enumerable.Range(0, Four).Select(k => x[i, k] - x[i, k + 3] + Normal(random))];
            for (int k = 0; k < Four; k++)
                y[i, k] = hasClasses ? k == Array.IndexOf(signal, signal.Max()) ? 1 : 0 : signal[k];
        }

        return new(rows)
        {
            X = x,
            Y = y,
            Weights = [],
            Offsets = new double[rows, Four],
            HasClasses = hasClasses,
            HasOffset = false,
            L1Ratio = l1Ratio,
            Options = new()
            {
                Family = hasClasses ? Family.Multinomial : Family.MultiGaussian,
                GroupOutputs = true,
                LambdaCount = 25,
                LambdaMinRatio = hasClasses ? 0.1 : 0.03,
                MaxDegreeOfParallelism = 1,
            },
        };
    }

    public double[] Response(int output) => [.. Enumerable.Range(0, Rows).Select(i => Y[i, output])];

    /// <summary>The same with values that float and sparse tables hold exactly.</summary>
    public OutputProblem Rounded()
    {
        double[,] x = new double[Rows, Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                x[i, j] = (float)X[i, j];
        }

        return this with { X = x };
    }

    public SparseMatrix<float> Sparse(float[] columns)
    {
        List<int> rows = [], places = [];
        List<float> values = [];
        for (int at = 0; at < columns.Length; at++)
        {
            if (columns[at] == 0)
                continue;
            rows.Add(at % Rows);
            places.Add(at / Rows);
            values.Add(columns[at]);
        }

        return SparseMatrix.FromTriplets<float>(Rows, Columns, rows.ToArray(), places.ToArray(), values.ToArray());
    }

    /// <summary>Every row so many times.</summary>
    public OutputProblem Repeat(int[] counts)
    {
        int[] from = [.. Enumerable.Range(0, Rows).SelectMany(i => Enumerable.Repeat(i, counts[i]))];
        double[,] x = new double[from.Length, Columns], y = new double[from.Length, Outputs];
        for (int i = 0; i < from.Length; i++)
        {
            for (int j = 0; j < Columns; j++)
                x[i, j] = X[from[i], j];
            for (int k = 0; k < Outputs; k++)
                y[i, k] = Y[from[i], k];
        }

        return this with { X = x, Y = y, Weights = [] };
    }

    /// <summary>For each output the intercept, then the coefficients.</summary>
    public double[,] Numbers(PathPoint point)
    {
        double[,] numbers = new double[Outputs, Columns + 1];
        for (int k = 0; k < Outputs; k++)
        {
            numbers[k, 0] = point.Intercepts.Span[k];
            for (int j = 0; j < Columns; j++)
                numbers[k, j + 1] = point.Coefficients[j, k];
        }

        return numbers;
    }

    /// <summary>Whether a number may be another one, so far as it would not leave its bounds.</summary>
    public bool MayMove(int output, int number, double value)
    {
        if (number == 0)
            return Options.Intercept;
        int j = number - 1;
        return !Options.ExcludedFeatures.Span.Contains(j) && Deviation(j) > 0
            && (Options.LowerBounds.IsEmpty || (value > Options.LowerBounds[0] + 0.05 && value < Options.UpperBounds[0] - 0.05));
    }

    /// <summary>Loss and penalty.</summary>
    public double Objective(double[,] numbers, double lambda)
    {
        double[] weights = Normalized();
        double value = 0;
        for (int i = 0; i < Rows; i++)
            value += weights[i] > 0 ? weights[i] * Loss(i, Eta(numbers, i)) : 0;
        for (int j = 0; j < Columns; j++)
        {
            double factor = Factor(j), scale = Scale(j), sum = 0, square = 0;
            for (int k = 0; k < Outputs; k++)
            {
                double beta = scale * numbers[k, j + 1];
                sum += Math.Abs(beta);
                square += beta * beta;
            }

            value += lambda * factor * (L1Ratio * (Options.GroupOutputs ? Math.Sqrt(square) : sum) + (1 - L1Ratio) / 2 * square);
        }

        return value;
    }

    /// <summary>Weighted means over the rows: of classes twice the loss; of each response its squared error.</summary>
    public double[] Errors(PathPoint point)
    {
        double[] weights = Normalized(), errors = new double[HasClasses ? 1 : Outputs];
        double[,] numbers = Numbers(point);
        for (int i = 0; i < Rows; i++)
        {
            double[] eta = Eta(numbers, i);
            for (int k = 0; k < errors.Length && weights[i] > 0; k++)
                errors[k] += weights[i] * (HasClasses ? 2 * Loss(i, eta) : (Y[i, k] - eta[k]) * (Y[i, k] - eta[k]));
        }

        return errors;
    }

    /// <summary>The largest distance of a gradient, in the units of λ, from where it may be.</summary>
    public double Violation(PathPoint point)
    {
        double[,] numbers = Numbers(point);
        double[] weights = Normalized();
        double[,] slopes = new double[Rows, Outputs];
        for (int i = 0; i < Rows; i++)
        {
            double[] eta = Eta(numbers, i), mean = HasClasses ? Softmax(eta) : eta;
            for (int k = 0; k < Outputs && weights[i] > 0; k++)
                slopes[i, k] = weights[i] * (Y[i, k] - mean[k]);
        }

        double worst = 0;
        for (int k = 0; k < Outputs && Options.Intercept; k++)
            worst = Math.Max(worst, Math.Abs(Enumerable.Range(0, Rows).Sum(i => slopes[i, k])));
        for (int j = 0; j < Columns; j++)
        {
            if (Options.ExcludedFeatures.Span.Contains(j) || IsConstant(j))
                continue;
            double scale = Scale(j), l1 = point.Lambda * L1Ratio * Factor(j), l2 = point.Lambda * (1 - L1Ratio) * Factor(j), square = 0, norm = 0;
            double[] gradients = new double[Outputs];
            for (int k = 0; k < Outputs; k++)
            {
                double beta = numbers[k, j + 1];
                gradients[k] = Enumerable.Range(0, Rows).Sum(i => slopes[i, k] * X[i, j]) / scale - l2 * scale * beta;
                square += gradients[k] * gradients[k];
                norm += scale * beta * scale * beta;
            }

            for (int k = 0; k < Outputs; k++)
            {
                double beta = numbers[k, j + 1], own = scale * beta, left;
                if (Options.GroupOutputs)
                    left = norm > 0 ? gradients[k] - l1 * own / Math.Sqrt(norm) : Math.Max(Math.Sqrt(square) - l1, 0);
                else
                    left = beta != 0 ? gradients[k] - l1 * Math.Sign(beta) : Math.Sign(gradients[k]) * Math.Max(Math.Abs(gradients[k]) - l1, 0);
                // At a bound it may push outwards.
                if (!Options.UpperBounds.IsEmpty && ((beta == Options.UpperBounds[0] && left > 0) || (beta == Options.LowerBounds[0] && left < 0)))
                    continue;
                worst = Math.Max(worst, Math.Abs(left));
            }
        }

        return worst;
    }

    /// <summary>tr[(H + P)⁺H] over the coefficients that are free to move and the intercepts: H and P the second derivatives of loss and penalty, written out.</summary>
    public double Freedom(PathPoint point)
    {
        double[,] numbers = Numbers(point);
        double[] weights = Normalized();
        List<(int Output, int Number)> free = [];
        for (int j = 0; j <= Columns; j++)
        {
            for (int k = 0; k < Outputs; k++)
            {
                double value = numbers[k, j];
                bool isAtBound = j > 0 && !Options.UpperBounds.IsEmpty && (value == Options.UpperBounds[0] || value == Options.LowerBounds[0]);
                if (j == 0 ? Options.Intercept : value != 0 && !isAtBound)
                    free.Add((k, j));
            }
        }

        double[,] loss = new double[free.Count, free.Count], all = new double[free.Count, free.Count];
        for (int i = 0; i < Rows; i++)
        {
            double[] eta = Eta(numbers, i), p = HasClasses ? Softmax(eta) : eta;
            for (int a = 0; a < free.Count && weights[i] > 0; a++)
            {
                for (int b = 0; b < free.Count; b++)
                {
                    (int k, int m) = (free[a].Output, free[b].Output);
                    double curvature = HasClasses ? (k == m ? p[k] : 0) - p[k] * p[m] : k == m ? 1 : 0;
                    loss[a, b] += weights[i] * curvature * Unit(i, free[a].Number) * Unit(i, free[b].Number);
                }
            }
        }

        for (int a = 0; a < free.Count; a++)
        {
            for (int b = 0; b < free.Count; b++)
                all[a, b] = loss[a, b] + (free[a].Number == free[b].Number && free[a].Number > 0 ? Bend(numbers, point.Lambda, free[a].Number - 1, free[a].Output, free[b].Output) : 0);
        }

        SymmetricEigen eigen = new(all);
        double trace = 0, largest = eigen.Values.Length == 0 ? 0 : eigen.Values.Max();
        for (int e = 0; e < eigen.Values.Length; e++)
        {
            double square = 0;
            for (int a = 0; a < free.Count; a++)
            {
                for (int b = 0; b < free.Count; b++)
                    square += eigen.Vectors[a, e] * loss[a, b] * eigen.Vectors[b, e];
            }

            trace += eigen.Values[e] > 1e-9 * largest ? square / eigen.Values[e] : 0;
        }

        return trace;
    }

    /// <summary>A feature about its mean, in units of its deviation, so that eigenvalues are of one size; 1 for an intercept.</summary>
    private double Unit(int row, int number)
    {
        if (number == 0)
            return 1;
        double[] weights = Normalized();
        double mean = Options.Intercept ? Enumerable.Range(0, Rows).Sum(i => weights[i] * X[i, number - 1]) : 0;
        return (X[row, number - 1] - mean) / Deviation(number - 1);
    }

    /// <summary>The second derivative of the penalty in those units.</summary>
    private double Bend(double[,] numbers, double lambda, int column, int k, int m)
    {
        double scale = Scale(column) / Deviation(column), factor = lambda * Factor(column), norm = 0, bend = k == m ? factor * (1 - L1Ratio) * scale * scale : 0;
        if (!Options.GroupOutputs)
            return bend;
        for (int output = 0; output < Outputs; output++)
            norm += Math.Pow(Scale(column) * numbers[output, column + 1], 2);
        double own = Scale(column) * numbers[k, column + 1], other = Scale(column) * numbers[m, column + 1];
        return bend + factor * L1Ratio * scale * scale * ((k == m ? 1 : 0) / Math.Sqrt(norm) - own * other / Math.Pow(norm, 1.5));
    }

    public override string ToString() =>
        $"seed {_seed}: {(HasClasses ? "classes" : "responses")}, {Rows} × {Columns}, {Outputs} outputs, ρ {L1Ratio}, {(Options.GroupOutputs ? "grouped" : "single")}, standardised {Options.Standardize}, intercept {Options.Intercept}, factors {!Options.PenaltyFactors.IsEmpty}, bounds {!Options.LowerBounds.IsEmpty}, offset {HasOffset}, weights {Weights.Length > 0}";

    private Target TargetOf(Func<int, int> codeOf)
    {
        if (!HasClasses)
            return Target.Columns(Y);
        return Target.Classes([.. Enumerable.Range(0, Rows).Select(codeOf)], [.. Enumerable.Range(0, Outputs).Select(k => $"class {k}")]);
    }

    private double Loss(int row, double[] eta)
    {
        double loss = 0;
        if (!HasClasses)
        {
            for (int k = 0; k < Outputs; k++)
                loss += 0.5 * (Y[row, k] - eta[k]) * (Y[row, k] - eta[k]);
            return loss;
        }

        double top = eta.Max(), sum = eta.Sum(one => Math.Exp(one - top));
        for (int k = 0; k < Outputs; k++)
            loss += Y[row, k] * (top + Math.Log(sum) - eta[k]);
        return loss;
    }

    private double[] Eta(double[,] numbers, int row)
    {
        double[] eta = new double[Outputs];
        for (int k = 0; k < Outputs; k++)
        {
            eta[k] = numbers[k, 0] + (HasOffset ? Offsets[row, k] : 0);
            for (int j = 0; j < Columns; j++)
                eta[k] += numbers[k, j + 1] * X[row, j];
        }

        return eta;
    }

    private static double[] Softmax(double[] eta)
    {
        double top = eta.Max(), sum = eta.Sum(one => Math.Exp(one - top));
        return Array.ConvertAll(eta, one => Math.Exp(one - top) / sum);
    }

    private double Factor(int column) => Options.PenaltyFactors.IsEmpty ? 1 : Options.PenaltyFactors[column];

    private double Scale(int column) => Options.Standardize && !IsConstant(column) ? Deviation(column) : 1;

    private bool IsConstant(int column) => Deviation(column) <= 1e-12;

    private double Deviation(int column)
    {
        double[] weights = Normalized();
        double mean = 0, square = 0;
        for (int i = 0; i < Rows; i++)
            mean += weights[i] * X[i, column];
        for (int i = 0; i < Rows; i++)
            square += weights[i] * (X[i, column] - mean) * (X[i, column] - mean);
        return Math.Sqrt(square);
    }

    private double[] Normalized()
    {
        double[] weights = Weights.Length == 0 ? [.. Enumerable.Repeat(1.0, Rows)] : Weights;
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
