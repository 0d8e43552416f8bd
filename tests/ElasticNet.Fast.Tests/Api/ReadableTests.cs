using System.Reflection;
using System.Runtime.CompilerServices;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Api;

/// <summary>Every result says what it is when it is printed, in the same words and digits everywhere.</summary>
public class ReadableTests
{
    /// <summary>What is put together or works, and is no result.</summary>
    private static readonly Type[] s_silent =
    [
        typeof(Workspace), typeof(ScalerAccumulator), typeof(SparseMatrixBuilder<>), typeof(ElasticNetInference), typeof(TypedPredictor<>), typeof(FoldPlan),
        typeof(CsvFeatureReader), typeof(SvmLightReader),
    ];

    [Fact]
    public void Every_result_has_words_of_its_own()
    {
        IEnumerable<Type> results = new[] { typeof(ElasticNetModel), typeof(CsvTable) }.SelectMany(type => type.Assembly.GetExportedTypes()).Where(type =>
            !type.IsInterface && !type.IsEnum && !(type.IsAbstract && type.IsSealed) && !type.IsByRefLike && !type.IsAssignableTo(typeof(Exception)) && !type.IsAssignableTo(typeof(Attribute))
            && !s_silent.Contains(type) && !IsSetting(type));
        Assert.All(results, type =>
        {
            MethodInfo words = type.GetMethod(nameof(ToString), [])!;
            Assert.True(words.DeclaringType!.Assembly == type.Assembly, $"{type} has no words of its own.");
            Assert.True(words.GetCustomAttribute<CompilerGeneratedAttribute>() is null || !HasFractions(type), $"{type} prints its numbers as the culture wants.");
        });

        // What is asked for, and says so by its name; and enumerations of text.
        static bool IsSetting(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal) || type == typeof(SearchSpace) || type == typeof(TextFormat);
        static bool HasFractions(Type type) => type.GetProperties().Any(property => property.PropertyType == typeof(double) || property.PropertyType.Name.StartsWith("ReadOnlyMemory", StringComparison.Ordinal));
    }

    private static readonly double[,] s_x = { { 3, 1.5 }, { 5, 0 }, { 2, 2 }, { 8, 1 }, { 6, 3 }, { 7, 0 }, { 4, 1 }, { 9, 2 }, { 1, 1 }, { 2.5, 0.5 } };
    private static readonly double[] s_y = [160, 250.5, 110, 390, 280, 340, 200, 430, 55, 120];

    private static IEnumerable<object> Results()
    {
        ElasticNetOptions options = new() { FeatureNames = ["area", "rooms"], Folds = 4, Seed = 1, LambdaCount = 20, L1Ratios = [0.5, 1], TargetName = "price" };
        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(s_x, s_y, options);
        FeatureSelection selection = ElasticNetEstimator.Select(s_x, s_y, options);
        ModelExplanation explanation = ModelExplanation.Of(cv.Model, s_x, s_y, options);
        InferenceResult inference = new ElasticNetInference(s_x, s_y, options).Refit(cv.Model);
        NestedCrossValidationResult nested = ElasticNetEstimator.NestedCrossValidate(s_x, s_y, 3, options);
        StabilityResult stability = ElasticNetEstimator.Stability(s_x, s_y, new() { Pairs = 5, SelectedPerHalf = 1 }, options);
        ModelAssessment classes = ModelAssessment.Of(Family.Binomial, [-1, 0.5, 0.25, 1.5], [0, 1, 0, 1]);
        CsvTable table = CsvTable.Read(new StringReader("area,district,price\n60.5,north,220\n,south,310\n"));
        return
        [
            cv, cv.Best, cv.Best.Points[3], cv.Model, cv.Model.Fit, cv.Model.Coefficients, cv.Model.Coefficients.First(), cv.Model.Provenance, cv.Model.Problem!, cv.Model.Fit.Trace,
            cv.Best.Path, cv.Best.Path[3], cv.Model.Score(s_x, s_y), classes.Classes!, classes.Classes!.Confusion, classes.Classes!.Calibration, classes.Classes!.Calibration.Bins[0], classes.DevianceSummary, selection, selection.Sets[0], selection.Criteria, selection.Criteria.Points[3], explanation, explanation.Features[0],
            inference, inference.Coefficients[0], nested, nested.Folds[0], stability, RubinRules.Pool([1.5, 2.25], [0.5, 0.25]), new PenaltyStrength(0.5, 0.25),
            new CorrelatedGroup(new[] { 0, 1 }, new[] { 0.25, 0.75 }), new ImputationConvergence(3, true, 0.25, 0.5), table, table.Table, table.Table.Columns[1],
            Preparation.Learn(table.Table, new() { Imputation = ImputationMethod.Mean, Scaling = ScalingMethod.Standard }),
        ];
    }

    [Fact]
    public void Words_do_not_depend_on_the_culture()
    {
        object[] results = [.. Results()];
        string[] words = Array.ConvertAll(results, result => result.ToString()!);
        using CultureScope german = new("de-DE");
        for (int k = 0; k < results.Length; k++)
        {
            Assert.Equal(words[k], results[k].ToString());
            Assert.True(words[k].Trim().Length > 5 && !words[k].Contains("ElasticNet.Fast.", StringComparison.Ordinal), $"{results[k].GetType()}: {words[k]}");
        }
    }

    [Fact]
    public void What_is_chosen_can_be_read()
    {
        CrossValidationResult cv = (CrossValidationResult)Results().First();
        string[] lines = cv.ToString().Split('\n');
        Assert.Equal("cross-validation, 4 folds, mean squared error for 2 ρ", lines[0]);
        Assert.Matches(@"^λ\.min [\d.e-]+, ρ (0\.5|1): error [\d.]+ ± [\d.]+, R² 0\.9\d+, [12] coefficients not 0$", lines[1]);
        Assert.StartsWith("λ.1se ", lines[2], StringComparison.Ordinal);
        Assert.Matches(@"errors +mean squared [\d.]+, root [\d.]+, mean absolute [\d.]+; R² 0\.9\d+\n", cv.Model.Score(s_x, s_y).ToString());
        Assert.Matches(@"^path of ρ (0\.5|1): 20 λ from [\d.]+ to [\d.e-]+, 2 of 2 features selected, deviance ratio up to 0\.\d{4}, largest relative gap [\d.e-]+$", cv.Best.Path.ToString());
    }
}
