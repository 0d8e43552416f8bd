using System.Text.RegularExpressions;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The pages that a reader of the README reaches, link by link, and what is on them.</summary>
internal static partial class Pages
{
    /// <summary>Run by tests of their own, which also look at what is printed.</summary>
    public static readonly string[] Walkthroughs = ["src/ElasticNet.Fast.Cli/WALKTHROUGH.md", "src/ElasticNet.Fast.Cli/CLASSES.md", "src/ElasticNet.Fast.Cli/SURVIVAL.md", "src/ElasticNet.Fast.Cli/MANY-CLASSES.md"];

    /// <summary>Paths below the root of the repository, with slashes.</summary>
    public static IReadOnlyList<string> All { get; } = Find();

    public static string Read(string page) => File.ReadAllText(Path.Combine(SourceTree.Root, page)).ReplaceLineEndings("\n");

    /// <summary>The fenced blocks of a language, "" for those that name none.</summary>
    public static IEnumerable<string> Blocks(string page, string language) =>
        Block().Matches(Read(page)).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["body"].Value);

    /// <summary>Where the page's links and pictures point to, as written; not the web, and not what stands in a block of code.</summary>
    public static IEnumerable<string> Links(string page) =>
        Link().Matches(Block().Replace(Read(page), "")).Select(link => link.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>The file that a link of a page means, below the root of the repository.</summary>
    public static string Target(string page, string link)
    {
        string file = link.Split('#')[0];
        string path = file.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, file);
        return Path.GetRelativePath(SourceTree.Root, Path.GetFullPath(path, SourceTree.Root)).Replace('\\', '/');
    }

    /// <summary>The anchors of a page's headings, as the usual renderers make them.</summary>
    public static IEnumerable<string> Anchors(string page) =>
        Heading().Matches(Block().Replace(Read(page), "")).Select(heading => NotInAnchors().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    private static List<string> Find()
    {
        List<string> pages = ["README.md"];
        for (int i = 0; i < pages.Count; i++)
        {
            pages.AddRange(Links(pages[i]).Select(link => Target(pages[i], link)).Distinct()
                .Where(page => page.EndsWith(".md", StringComparison.Ordinal) && !pages.Contains(page) && File.Exists(Path.Combine(SourceTree.Root, page))));
        }

        return pages;
    }

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<body>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|\b(?:src|srcset)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
