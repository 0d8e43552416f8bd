using System.Reflection;
using System.Text.RegularExpressions;

namespace ElasticNet.Fast.Tests.Architecture;

/// <summary>
/// The layering of the core: an architecture that is not checked is not kept. A type belongs to the folder of the file that declares
/// it, whatever its namespace; what it needs is read from the compiled assembly. Of the folders only explanations and inference see the files at the top.
/// </summary>
public partial class LayeringTests
{
    private const string Top = "";

    private static readonly string[][] s_floors =
    [
        // What everybody may use: messages, vectors, numbers.
        ["Messages"],
        ["Kernels"],
        ["Numerics"],
        // What comes in and what is asked for.
        ["Data"],
        ["Options"],
        // X, y and the penalty; what makes features of raw columns.
        ["Designs", "Datafits", "Penalties", "Preprocessing"],
        // What goes out, as far as it carries no model.
        ["Results", "Moments"],
        // The model, its file and its predictor.
        ["Models"],
        ["TypedRows"],
        ["Solvers"],
        ["Paths"],
        ["Problems"],
        ["Selection"],
        // The verbs; explanations and inference fit by them.
        [Top],
        ["Explanation", "Inference"],
    ];

    /// <summary>Where a type is declared: partial ones in more than one folder at the lowest, as far as others see them.</summary>
    private static readonly Dictionary<string, List<string>> s_foldersOf = Declarations();

    private static string Source => Path.Combine(SourceTree.Root, "src", "ElasticNet.Fast");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Source, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal));

    [Fact]
    public void Dependencies_point_downwards_only()
    {
        List<string> wrong = Upward(typeof(ElasticNetEstimator).Assembly, FoldersOf);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_folder_is_in_the_table() => Assert.All(Files, file => Assert.Contains(Folder(file), s_floors.SelectMany(floor => floor)));

    /// <summary>An internal type is in the namespace of its folder; public ones are where a user looks for them.</summary>
    [Fact]
    public void Namespaces_follow_folders() => Assert.All(Files, file =>
    {
        string text = WithoutComments(File.ReadAllText(Path.Combine(Source, file)));
        Match match = NamespacePattern().Match(text);
        if (!match.Success)
            return; // Nothing but attributes or usings.
        string[] allowed = text.Contains("\npublic ", StringComparison.Ordinal)
            ? ["ElasticNet.Fast", "ElasticNet.Fast.Preprocessing", "ElasticNet.Fast.Selection", "ElasticNet.Fast.Inference", "ElasticNet.Fast.TypedRows"]
            : ["ElasticNet.Fast", "ElasticNet.Fast." + Folder(file)];
        Assert.Contains(match.Groups[1].Value, allowed);
    });

    [Fact]
    public void The_top_holds_a_dozen_files_at_most() => Assert.InRange(Files.Count(file => Folder(file) == Top), 1, 12);

    /// <summary>The test would notice, also where both types are public: a path that knew the verbs.</summary>
    [Fact]
    public void A_reference_upward_is_found()
    {
        string[] of(Type type) => type == typeof(Planted) ? ["Paths"] : FoldersOf(type);
        Assert.Empty(Upward(typeof(LayeringTests).Assembly, type => type == typeof(Planted) ? [Top] : type == typeof(PlantedVerb) ? [Top] : []));
        Assert.Equal(["Paths/Planted sees /PlantedVerb"], Upward(typeof(LayeringTests).Assembly, type => type == typeof(PlantedVerb) ? [Top] : of(type)));
    }

    private static string[] FoldersOf(Type type)
    {
        string name = type.Name.Split('`')[0];
        return s_foldersOf.TryGetValue(name, out List<string>? folders) ? [.. folders] : [];
    }

    private static List<string> Upward(Assembly assembly, Func<Type, string[]> foldersOf)
    {
        List<string> wrong = [];
        foreach ((Type type, HashSet<Type> needed) in TypeReferences.Of(assembly))
        {
            string[] own = foldersOf(type);
            if (own.Length == 0)
                continue; // Made by a generator.
            string from = own.MaxBy(Floor)!;
            foreach (Type seen in needed)
            {
                string[] theirs = foldersOf(seen);
                if (theirs.Length == 0)
                    continue;
                string to = theirs.MinBy(Floor)!;
                if (to != from && Floor(to) >= Floor(from))
                    wrong.Add($"{from}/{type.Name} sees {to}/{seen.Name}");
            }
        }

        return wrong;
    }

    private static int Floor(string folder) => Array.FindIndex(s_floors, floor => floor.Contains(folder));

    private static Dictionary<string, List<string>> Declarations()
    {
        Dictionary<string, List<string>> all = [];
        foreach (string file in Files)
        {
            foreach (Match match in DeclarationPattern().Matches(WithoutComments(File.ReadAllText(Path.Combine(Source, file)))))
            {
                if (!all.TryGetValue(match.Groups[1].Value, out List<string>? folders))
                    all.Add(match.Groups[1].Value, folders = []);
                folders.Add(Folder(file));
            }
        }

        return all;
    }

    private static string Folder(string file) => file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : Top;

    private static string WithoutComments(string text) => CommentPattern().Replace(text, "");

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""(?:\\.|[^""\\\n])*""", RegexOptions.Singleline)]
    private static partial Regex CommentPattern();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    /// <summary>A type that is not nested begins its line.</summary>
    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|unsafe|partial)\s+)+(?:record\s+struct|record\s+class|class|struct|interface|enum|record|delegate\s+\w+)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex DeclarationPattern();

}

/// <summary>A type at the top, planted.</summary>
public static class PlantedVerb
{
    public static int Fit() => 1;
}

/// <summary>A type below that knows it, planted.</summary>
public static class Planted
{
    public static int Path() => PlantedVerb.Fit();
}
