using System.Text.RegularExpressions;

namespace ElasticNet.Fast.Tests.Architecture;

/// <summary>
/// The architecture in one table: which folder of the library may see which. A file sees a folder by naming its
/// namespace, in a using or in front of a type. Everything may see the files at the top (options, results, views,
/// exceptions); what those and each folder may see stands here, and nothing else is allowed.
/// </summary>
public partial class LayeringTests
{
    private const string Top = "";

    private static readonly Dictionary<string, string[]> s_maySee = new()
    {
        // L0: vectors and numbers, no domain word. A factor is made of dot products, so kernels come first.
        ["Kernels"] = [],
        ["Numerics"] = ["Kernels"],
        // L1: siblings do not see each other.
        ["Designs"] = ["Kernels", "Numerics"],
        ["Datafits"] = ["Kernels", "Numerics", "Data"],
        ["Penalties"] = ["Kernels", "Numerics"],
        ["Preprocessing"] = ["Kernels", "Numerics"],
        ["Data"] = ["Kernels", "Numerics"],
        // Between L1 and L2: what a design and a response come to when they are reduced to moments.
        ["Moments"] = ["Kernels", "Numerics", "Data", "Designs", "Datafits"],
        // The model, its file and its predictor: little enough that a predictor trims to little.
        ["Models"] = ["Kernels", "Preprocessing"],
        // Objects as rows: between a user's type and the model or table at the top.
        ["TypedRows"] = [],
        // L2 … L5: each sees all below.
        ["Solvers"] = ["Kernels", "Numerics", "Data", "Designs", "Datafits", "Penalties", "Moments", "Preprocessing"],
        ["Paths"] = ["Kernels", "Numerics", "Data", "Designs", "Datafits", "Penalties", "Moments", "Preprocessing", "Models", "Solvers"],
        ["Selection"] = ["Kernels", "Numerics", "Data", "Designs", "Datafits", "Penalties", "Moments", "Preprocessing", "Models", "Solvers", "Paths"],
        ["Inference"] = ["Kernels", "Numerics", "Data", "Designs", "Datafits", "Penalties", "Moments", "Preprocessing", "Models", "Solvers", "Paths", "Selection"],
        // The face: it hands over to whoever does the work.
        [Top] = ["Kernels", "Numerics", "Data", "Designs", "Datafits", "Penalties", "Moments", "Preprocessing", "Models", "TypedRows", "Solvers", "Paths", "Selection", "Inference"],
    };

    private static string Source => Path.Combine(SourceTree.Root, "src", "ElasticNet.Fast");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Source, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal));

    [Fact]
    public void Dependencies_point_downwards_only()
    {
        List<string> wrong = [];
        foreach (string file in Files)
        {
            foreach (string seen in References(File.ReadAllText(Path.Combine(Source, file))))
            {
                if (seen != Folder(file) && !s_maySee[Folder(file)].Contains(seen))
                    wrong.Add($"{file} sees {seen}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_is_in_the_table() => Assert.All(Files, file => Assert.Contains(Folder(file), s_maySee.Keys));

    /// <summary>A namespace is its folder; public types that a user meets may live at the top instead.</summary>
    [Fact]
    public void Namespaces_follow_folders() => Assert.All(Files, file =>
    {
        string text = WithoutComments(File.ReadAllText(Path.Combine(Source, file)));
        Match match = NamespacePattern().Match(text);
        if (!match.Success)
            return; // Nothing but attributes or usings.
        string expected = "ElasticNet.Fast" + (Folder(file) == Top ? "" : "." + Folder(file));
        Assert.True(match.Groups[1].Value == expected || match.Groups[1].Value == "ElasticNet.Fast", $"{file} is in {match.Groups[1].Value}");
    });

    /// <summary>The table itself has no cycle: whatever is seen cannot see back.</summary>
    [Fact]
    public void The_table_has_no_cycle() => Assert.All(s_maySee.Keys, from => Assert.DoesNotContain(from, Reachable(from)));

    /// <summary>The test would notice: the ways in which a file can name a namespace.</summary>
    [Theory]
    [InlineData("using ElasticNet.Fast.Solvers;", "Solvers")]
    [InlineData("using static ElasticNet.Fast.Kernels.Kernel;", "Kernels")]
    [InlineData("using K = ElasticNet.Fast.Numerics.Rng;", "Numerics")]
    [InlineData("global using ElasticNet.Fast.Paths;", "Paths")]
    [InlineData("var a = new Designs.Dense();", "Designs")]
    [InlineData("var a = Fast.Moments.Gram.Of(x);", "Moments")]
    [InlineData("var a = global::ElasticNet.Fast.Models.Reader.Read();", "Models")]
    [InlineData("// using ElasticNet.Fast.Solvers;", null)]
    [InlineData("int folds = options.Paths.Count;", null)]
    public void A_reference_is_found(string line, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], References(line));

    private static IEnumerable<string> References(string text)
    {
        string code = NamespacePattern().Replace(WithoutComments(text), "");
        return ReferencePattern().Matches(code).Select(match => match.Groups["folder"].Value).Where(s_maySee.ContainsKey).Distinct();
    }

    private static IEnumerable<string> Reachable(string from) => s_maySee[from].SelectMany(to => Reachable(to).Prepend(to)).Distinct();

    private static string Folder(string file) => file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : Top;

    private static string WithoutComments(string text) => CommentPattern().Replace(text, "");

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""(?:\\.|[^""\\\n])*""", RegexOptions.Singleline)]
    private static partial Regex CommentPattern();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    /// <summary>"ElasticNet.Fast.X", "Fast.X" or "X." that is no member of something else.</summary>
    [GeneratedRegex(@"(?<![\w.])(?:(?:global::)?(?:ElasticNet\.)?Fast\.(?<folder>[A-Z]\w*)\b|(?<folder>[A-Z]\w*)(?=\.[A-Z]))")]
    private static partial Regex ReferencePattern();
}
