using System.Text.RegularExpressions;

namespace ElasticNet.Fast.Tests.Architecture;

/// <summary>Which file declares which type, by reading the sources: a namespace says nothing about it.</summary>
internal sealed partial class SourceMap
{
    private readonly Dictionary<string, List<string>> _files = [];

    private SourceMap(string root) => Root = root;

    /// <summary>The folder of all sources, with slashes, relative to the repository.</summary>
    public string Root { get; }

    /// <summary>The files, relative to <see cref="Root"/>.</summary>
    public IEnumerable<string> Files => _files.Values.SelectMany(files => files).Distinct();

    /// <summary>Reads all sources below a folder of the repository.</summary>
    public static SourceMap Of(string root)
    {
        SourceMap map = new(root);
        string folder = Path.Combine(SourceTree.Root, root);
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (name.StartsWith("bin/", StringComparison.Ordinal) || name.StartsWith("obj/", StringComparison.Ordinal))
                continue;
            string text = File.ReadAllText(file), space = NamespacePattern().Match(text).Groups[1].Value;
            foreach (Match type in TypePattern().Matches(text))
            {
                string full = space + "." + type.Groups["name"].Value;
                if (!map._files.TryGetValue(full, out List<string>? files))
                    map._files.Add(full, files = []);
                files.Add(name);
            }
        }

        return map;
    }

    /// <summary>
    /// Where a type is at home: the file that is named after it, else the first that declares it. What a generator wrote is at home in the
    /// folder of its namespace; null for anything else that no source declares.
    /// </summary>
    /// <param name="fullName">Namespace and name, without arity.</param>
    public string? FileOf(string fullName)
    {
        string name = fullName[(fullName.LastIndexOf('.') + 1)..];
        if (!_files.TryGetValue(fullName, out List<string>? files))
        {
            string folder = fullName.Split('.')[^2..][0];
            return folder.Length > 0 && Files.Any(file => Folder(file) == folder) ? folder + "/" + name + ".g.cs" : null;
        }

        return files.Find(file => Path.GetFileNameWithoutExtension(file).Split('{')[0] == name) ?? files[0];
    }

    /// <summary>The part of a path of a compiled document below <see cref="Root"/>; null if it lies elsewhere.</summary>
    public string? Relative(string document)
    {
        document = document.Replace('\\', '/');
        int at = document.LastIndexOf("/" + Root + "/", StringComparison.Ordinal);
        string? file = at < 0 ? null : document[(at + Root.Length + 2)..];
        return file is null || file.StartsWith("obj/", StringComparison.Ordinal) ? null : file;
    }

    /// <summary>The folder of a file: "" for one at the root.</summary>
    public static string Folder(string file) => file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : "";

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    /// <summary>A type that is not nested stands at the beginning of a line, since namespaces have no braces.</summary>
    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|unsafe|partial)\s+)+(?:(?:record\s+struct|record\s+class|record|class|struct|interface|enum)\s+|delegate\s+[\w<>\[\]?.]+\s+)(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypePattern();
}
