using System.Globalization;
using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Compare.Reports;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare;

/// <summary>Classes, several responses and survival beside glmnet.</summary>
internal static class OutputsCommand
{
    /// <summary>Every so many solutions of a path are held against the objective.</summary>
    private const int JudgedEvery = 10;

    /// <summary>Runs that take longer are not repeated.</summary>
    private const double LongRun = 60;

    /// <summary>
    /// Solves paths of 100 λ of the lasso, or ten-fold cross-validations of them, of classes, responses and survival with this library and with glmnet
    /// at its default tolerance, in turns, and prints CPU seconds, how far each stays above the least objective found, and ratios.
    /// </summary>
    /// <param name="problems">Any of multinomial-wide, multinomial-grouped-wide, responses-grouped-wide, cox-wide, cox-tall-10k. Default: all.</param>
    /// <param name="tasks">Any of path, cv. Default: path.</param>
    /// <param name="repeats">Alternating runs that count, after one warm-up.</param>
    /// <param name="seed">Of the problems.</param>
    /// <param name="cap">Seconds after which a run of glmnet is given up; ten times that for a cross-validation.</param>
    /// <param name="noPeers">Run ours alone.</param>
    public static void Outputs(string[]? problems = null, string[]? tasks = null, int repeats = 5, ulong seed = 1, double cap = 300, bool noPeers = false)
    {
        CompareCommand.Started = true;
        using OutputPeer glmnet = new(TimeSpan.FromSeconds(cap));
        OutputPeer? peer = !noPeers && glmnet.TryStart() ? glmnet : null;
        Console.WriteLine($"{MachineInfo.Processor}, one thread, {repeats} alternating runs after a warm-up; {peer?.Description ?? "without glmnet"}\n");
        Console.WriteLine("| problem | task | who | CPU s, least | CPU s, median | × ours | above the least objective | proves |\n|---|---|---|--:|--:|--:|--:|--:|");
        foreach (string name in problems ?? OutputProblems.Names)
        {
            Problem problem = OutputProblems.Make(name, seed);
            using ProblemFiles files = new(problem);
            peer?.Use(files);
            foreach (string task in tasks ?? ["path"])
                Run(problem, task, repeats, peer);
        }
    }

    private static void Run(Problem problem, string task, int repeats, OutputPeer? peer)
    {
        using Workspace workspace = new();
        bool isPath = task == "path";
        RegularizationPath path = Path(problem, workspace, []);
        double[] grid = [.. path.Select(point => point.Lambda)];
        SolveTask asked = new(problem, 1, grid);
        List<double> own = [], others = [];
        double[]? answer = null;
        string? failure = null;
        for (int run = 0; run <= repeats; run++)
        {
            Keep(own, run, Measurement.Of(() => _ = isPath ? path = Path(problem, workspace, grid) : CrossValidate(problem, workspace, grid)));
            if (peer is null || failure is not null || (run > 1 && others[0] > LongRun))
                continue;
            try
            {
                Solution? solution = isPath ? peer.Solve(asked, peer.ToleranceLadder[0]) : null;
                answer = solution?.Coefficients;
                Keep(others, run, solution?.Cost ?? peer.CrossValidate(asked).Cost);
            }
            catch (SolveFailedException refused)
            {
                failure = refused.Message;
            }

            Console.Error.WriteLine($"{problem.Name}, {task}: run {run} of {repeats}");
        }

        OutputObjective objective = new(problem);
        double[] ours = Judge(objective, grid, k => Numbers(problem, path[k])), theirs = answer is null ? [] : Judge(objective, grid, k => Slice(problem, answer, k));
        double unit = objective.Null();
        double[] least = [.. ours.Select((value, k) => theirs.Length == 0 ? value : Math.Min(value, theirs[k]))];
        Print(problem, task, "ours", own, own.Min(), isPath ? Above(ours, least, unit) : "–", Text(path.Max(point => point.RelativeGap)));
        if (others.Count > 0)
            Print(problem, task, "glmnet", others, own.Min(), isPath ? Above(theirs, least, unit) : "–", "–");
        else if (failure is not null)
            Console.WriteLine($"| {problem.Name} | {task} | glmnet | {failure} | | | | |");
    }

    private static void Keep(List<double> seconds, int run, Measurement cost)
    {
        if (run > 0)
            seconds.Add(cost.CpuSeconds);
    }

    private static RegularizationPath Path(Problem problem, Workspace workspace, double[] grid) =>
        ElasticNetEstimator.Path(problem.X.View, TargetOf(problem), 1, Options(problem, grid), workspace);

    private static RegularizationPath CrossValidate(Problem problem, Workspace workspace, double[] grid) =>
        ElasticNetEstimator.CrossValidate(problem.X.View, TargetOf(problem) with { Folds = FoldPlan.Given(problem.FoldIds) }, Options(problem, grid), workspace).Best.Path;

    private static ElasticNetOptions Options(Problem problem, double[] grid) => new()
    {
        Family = problem.Family,
        GroupOutputs = problem.IsGrouped,
        Standardize = false,
        Lambdas = grid,
        LambdaMinRatio = problem.LambdaRatio,
        MaxDegreeOfParallelism = 1,
    };

    private static Target TargetOf(Problem problem)
    {
        int n = problem.Rows;
        ReadOnlySpan<double> y = problem.Y;
        if (problem.Family.IsSurvival)
            return Target.Survival(y[..n], Array.ConvertAll(y[n..].ToArray(), one => one == 1));
        return problem.Family.HasClasses
            ? Target.Classes(Array.ConvertAll(problem.Y, code => (int)code), ["a", "b", "c", "d"])
            : Target.Columns(MatrixView.ColumnMajor(y, n, OutputProblems.Outputs));
    }

    /// <summary>For each output b and then β.</summary>
    private static double[] Numbers(Problem problem, PathPoint point)
    {
        int each = problem.Columns + 1, outputs = point.Coefficients.Outputs;
        double[] numbers = new double[outputs * each];
        for (int k = 0; k < outputs; k++)
        {
            numbers[k * each] = outputs == 1 ? point.Intercept : point.Intercepts.Span[k];
            for (int i = 0; i < point.Coefficients.Indices.Length; i++)
                numbers[k * each + 1 + point.Coefficients.Indices[i]] = point.Coefficients.Values[i * outputs + k];
        }

        return numbers;
    }

    private static double[] Slice(Problem problem, double[] answer, int k)
    {
        int each = (problem.Family.IsSurvival ? 1 : OutputProblems.Outputs) * (problem.Columns + 1);
        return answer[(k / JudgedEvery * each)..((k / JudgedEvery + 1) * each)];
    }

    private static double[] Judge(OutputObjective objective, double[] grid, Func<int, double[]> numbers) =>
        [.. Enumerable.Range(1, grid.Length / JudgedEvery).Select(tenth => objective.At(grid[tenth * JudgedEvery - 1], numbers(tenth * JudgedEvery - 1)))];

    private static string Above(double[] values, double[] least, double unit) => Text(values.Zip(least, (value, best) => (value - best) / unit).Max());

    private static void Print(Problem problem, string task, string who, List<double> seconds, double least, string above, string proof)
    {
        double[] sorted = [.. seconds.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {problem.Name} | {task} | {who} | {sorted[0]:G3} | {sorted[sorted.Length / 2]:G3} | {sorted[0] / least:G3} | {above} | {proof} |"));
    }

    private static string Text(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
