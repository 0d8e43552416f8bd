using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ElasticNet.Fast.Generators.Tests;

/// <summary>A generator, run on source text the way the compiler runs it, with what it remembers from run to run.</summary>
internal sealed class GeneratorRun
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp12);
    private static readonly MetadataReference[] s_framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly GeneratorDriver _driver;
    private readonly CSharpCompilation _compilation;

    private GeneratorRun(GeneratorDriver driver, CSharpCompilation compilation)
    {
        _driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        _compilation = compilation;
        Output = output;
        Diagnostics = diagnostics;
    }

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    private GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>A first run.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="files">The source files.</param>
    /// <param name="references">What the sources refer to besides the framework.</param>
    public static GeneratorRun Of(IIncrementalGenerator generator, IEnumerable<(string Name, string Text)> files, params MetadataReference[] references)
    {
        var compilation = CSharpCompilation.Create("Sources",
            files.Select(file => Parse(file.Name, file.Text)),
            [.. s_framework, .. references],
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            parseOptions: s_parseOptions,
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new(driver, compilation);
    }

    /// <summary>Runs again after a file was changed, or added.</summary>
    public GeneratorRun Edit(string name, string text)
    {
        SyntaxTree changed = Parse(name, text);
        SyntaxTree? old = _compilation.SyntaxTrees.SingleOrDefault(tree => tree.FilePath == name);
        return new(_driver, old is null ? _compilation.AddSyntaxTrees(changed) : _compilation.ReplaceSyntaxTree(old, changed));
    }

    public string[] FileNames() => [.. Result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal)];

    public string Text(string name) => Result.GeneratedSources.Single(source => source.HintName == name).SourceText.ToString();

    /// <summary>Why a step of the pipeline did or did not do anything in this run, one reason per output.</summary>
    public IncrementalStepRunReason[] Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>Why each generated file was or was not written again.</summary>
    public IncrementalStepRunReason[] OutputReasons() =>
        [.. Result.TrackedOutputSteps.SelectMany(entry => entry.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    private static SyntaxTree Parse(string name, string text) => CSharpSyntaxTree.ParseText(text, s_parseOptions, name);
}
