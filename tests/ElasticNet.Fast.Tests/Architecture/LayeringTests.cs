using System.Reflection;

namespace ElasticNet.Fast.Tests.Architecture;

/// <summary>
/// The architecture in one table: which folder of the library may see which. What a file sees is read from the compiled code, and a type
/// is where the file lies that declares it, whatever its namespace. No folder sees the root.
/// </summary>
public class LayeringTests
{
    private const string Top = "";

    private static readonly string[] s_floor = ["Messages", "Kernels", "Numerics"];
    private static readonly string[] s_problem = [.. s_floor, "Families", "Options", "Data", "Designs", "Datafits", "Penalties", "Results", "Preprocessing", "Moments", "Models"];

    private static readonly Dictionary<string, string[]> s_maySee = new()
    {
        // L0: words of refusals and names; vectors and numbers, no domain word. A factor is made of dot products, so kernels come first.
        ["Messages"] = [],
        ["Kernels"] = ["Messages"],
        // What files, predictors and words need to know of a loss.
        ["Families"] = ["Messages", "Numerics"],
        ["Numerics"] = ["Messages", "Kernels"],
        // What comes in, and how it is to be treated: settings, no behaviour.
        ["Data"] = [.. s_floor],
        ["Options"] = ["Messages", "Families", "Data"],
        // L1: siblings do not see each other.
        ["Designs"] = [.. s_floor],
        ["Datafits"] = ["Families", .. s_floor, "Data"],
        ["Penalties"] = [.. s_floor],
        ["Preprocessing"] = [.. s_floor, "Options", "Data"],
        // What goes out.
        ["Results"] = ["Messages", "Families", "Options", "Preprocessing"],
        // Between L1 and L2: what a design and a response come to when they are reduced to moments.
        ["Moments"] = [.. s_floor, "Data", "Designs", "Datafits"],
        // The model, its file and its predictor: little enough that a predictor trims to little.
        ["Models"] = ["Messages", "Kernels", "Families", "Options", "Data", "Results", "Preprocessing"],
        // Objects as rows: between a user's type and the model or table.
        ["TypedRows"] = ["Messages", "Options", "Data", "Preprocessing", "Models"],
        // L2 … L5: each sees all below.
        ["Solvers"] = [.. s_floor, "Data", "Designs", "Datafits", "Penalties", "Results", "Moments"],
        ["Paths"] = [.. s_problem, "Solvers"],
        ["Problems"] = [.. s_problem, "Solvers", "Paths"],
        ["Selection"] = [.. s_problem, "Solvers", "Paths", "Problems"],
        ["Explanation"] = [.. s_problem, "Solvers", "Paths", "Problems"],
        ["Assessment"] = [.. s_problem, "Solvers", "Paths", "Problems", "Selection"],
        ["Inference"] = [.. s_problem, "Solvers", "Paths", "Problems", "Selection", "Assessment"],
        // The verbs: they hand over to whoever does the work.
        [Top] = [.. s_problem, "TypedRows", "Solvers", "Paths", "Problems", "Selection", "Explanation", "Inference"],
    };

    private static readonly SourceMap s_sources = SourceMap.Of("src/ElasticNet.Fast");

    [Fact]
    public void Dependencies_point_downwards_only()
    {
        string[] wrong = Wrong(typeof(ElasticNetEstimator).Assembly, s_sources, s_maySee);
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_folder_is_in_the_table() =>
        Assert.Equal(s_maySee.Keys.Order(StringComparer.Ordinal), s_sources.Files.Select(SourceMap.Folder).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_root_is_the_verbs_only() => Assert.All(
        s_sources.Files.Where(file => SourceMap.Folder(file) == Top),
        file => Assert.True(file == "Workspace.cs" || file.StartsWith("ElasticNetEstimator.", StringComparison.Ordinal), file));

    /// <summary>Of internal types the namespace is the folder, but for the words of refusals, which are at hand everywhere.</summary>
    [Fact]
    public void Namespaces_follow_folders() => Assert.All(
        typeof(ElasticNetEstimator).Assembly.GetTypes().Where(type => !type.IsNested && !type.IsPublic && type.Namespace is { } space && space.StartsWith("ElasticNet.Fast", StringComparison.Ordinal)),
        type =>
        {
            string? file = s_sources.FileOf(type.FullName!.Split('`')[0]);
            string folder = file is null ? Top : SourceMap.Folder(file);
            Assert.Equal("ElasticNet.Fast" + (folder is Top or "Messages" ? "" : "." + folder), type.Namespace);
        });

    /// <summary>Public types are in the namespace of a first program or in one of four.</summary>
    [Fact]
    public void Public_namespaces_are_five() => Assert.Equal(
        ["ElasticNet.Fast", "ElasticNet.Fast.Inference", "ElasticNet.Fast.Preprocessing", "ElasticNet.Fast.Selection", "ElasticNet.Fast.TypedRows"],
        typeof(ElasticNetEstimator).Assembly.GetExportedTypes().Select(type => type.Namespace).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The table itself has no cycle: whatever is seen cannot see back.</summary>
    [Fact]
    public void The_table_has_no_cycle() => Assert.All(s_maySee.Keys, from => Assert.DoesNotContain(from, Reachable(from)));

    /// <summary>The test would notice: public types that look upwards within one namespace, one for each way to do so.</summary>
    [Fact]
    public void An_upward_reference_is_found()
    {
        SourceMap planted = SourceMap.Of("tests/ElasticNet.Fast.Tests/Architecture/Planted");
        string[] wrong = Wrong(typeof(Planted.LowPlant).Assembly, planted, new() { ["Low"] = [], ["High"] = ["Low"] });
        string[] expected = [.. planted.Files.Where(file => file.StartsWith("Low/LowPlantBy", StringComparison.Ordinal)).Select(file => file + " sees High/HighPlantAttribute.cs")];
        Assert.Equal(9, expected.Length);
        Assert.Equal(expected.Order(StringComparer.Ordinal), wrong.Order(StringComparer.Ordinal));
    }

    /// <summary>And so it would if a public type of the library moved up: everything that sees it would be named.</summary>
    [Fact]
    public void A_public_type_that_moves_to_the_root_is_missed()
    {
        HashSet<(string From, string To)> found = References.Of(typeof(ElasticNetEstimator).Assembly, s_sources);
        foreach (string type in new[] { "Options/ElasticNetOptions.cs", "Models/ElasticNetModel.cs", "Results/RegularizationPath.cs", "Data/MatrixView.cs", "Messages/Throw.cs" })
            Assert.Contains(found, pair => pair.To == type && SourceMap.Folder(pair.From) is not Top);
    }

    private static string[] Wrong(Assembly assembly, SourceMap sources, Dictionary<string, string[]> maySee) =>
    [
        .. References.Of(assembly, sources)
            .Where(pair => SourceMap.Folder(pair.From) != SourceMap.Folder(pair.To) && !maySee[SourceMap.Folder(pair.From)].Contains(SourceMap.Folder(pair.To)))
            .Select(pair => $"{pair.From} sees {pair.To}").Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Reachable(string from) => s_maySee[from].SelectMany(to => Reachable(to).Prepend(to)).Distinct();
}
