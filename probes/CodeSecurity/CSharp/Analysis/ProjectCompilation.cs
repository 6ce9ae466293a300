using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A project as the compiler sees it. No generator and no analyzer of the candidate's is ever loaded: its libraries are read as data.</summary>
/// <param name="Project">What is compiled.</param>
/// <param name="Compilation">With stubs of libraries that are not there.</param>
/// <param name="Stubs">Their names.</param>
/// <param name="Lines">Of its files.</param>
/// <param name="Unread">Files left out.</param>
internal sealed record ProjectCompilation(CSharpProject Project, CSharpCompilation Compilation, IReadOnlyList<string> Stubs, int Lines, IReadOnlyList<UnreadSource> Unread)
{
    private const int DepthCap = 500;

    /// <summary>The parser watched its stack, stopped, and threw away what it had.</summary>
    private const string GaveUp = "CS8078";
    private const int LineCap = 1_000_000;
    public const int LibraryCap = 64 * 1024 * 1024;
    private const int LibrariesAtMost = 300;

    /// <param name="project">What to compile.</param>
    /// <param name="source">Its files.</param>
    /// <param name="libraries">Reads a library of the tree; null where it cannot be read.</param>
    /// <param name="references">Types of the framework.</param>
    /// <param name="others">Projects compiled before.</param>
    /// <param name="numbers">What analyzers may say.</param>
    /// <param name="stop">The probe's clock.</param>
    public static ProjectCompilation Create(
        CSharpProject project,
        CSharpSource source,
        Func<string, int, byte[]?> libraries,
        ReferenceAssemblySet references,
        IReadOnlyDictionary<string, ProjectCompilation> others,
        ImmutableDictionary<string, ReportDiagnostic> numbers,
        CancellationToken stop)
    {
        var parse = new CSharpParseOptions(Version(project.LanguageVersion), DocumentationMode.None, SourceCodeKind.Regular, project.Symbols);
        var (trees, unread, lines) = Parse(project, source, parse, stop);
        if (project.GlobalUsings.Count > 0)
        {
            trees.Add(CSharpSyntaxTree.ParseText(string.Concat(project.GlobalUsings.Select(u => $"global using global::{u};\n")), parse, path: "", cancellationToken: stop));
        }

        var own = project.Libraries.Take(LibrariesAtMost).Select(l => libraries(l, LibraryCap)).OfType<byte[]>().Where(IsLibrary).Select(b => (MetadataReference)MetadataReference.CreateFromImage(b));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, specificDiagnosticOptions: numbers, concurrentBuild: true)
            .WithSyntaxTreeOptionsProvider(NothingIsGenerated.Instance);
        var compilation = CSharpCompilation.Create(
            project.Path.Length == 0 ? "files" : Path.GetFileNameWithoutExtension(project.Path),
            trees,
            [.. references.References, .. own, .. project.References.Where(others.ContainsKey).Select(r => others[r].Compilation.ToMetadataReference())],
            options);
        var (stubs, reference) = LibraryStubs.Own.For(compilation, project.Files.Select(f => source.Sources[f]));
        return new ProjectCompilation(project, reference is null ? compilation : compilation.AddReferences(reference), stubs, lines, unread);
    }

    /// <summary>Calls and constructions of each file, and those of them whose target is known.</summary>
    public IReadOnlyList<(string File, int Calls, int Bound)> Resolve(CancellationToken stop)
    {
        var files = new List<(string File, int Calls, int Bound)>();
        foreach (var tree in Compilation.SyntaxTrees)
        {
            var (calls, bound) = (0, 0);
            var model = Compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot(stop).DescendantNodes().Where(n => n is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.Text: "nameof" } }))
            {
                var symbol = model.GetSymbolInfo(node, stop);
                calls++;
                bound += symbol.Symbol is not null || symbol.CandidateReason == CandidateReason.LateBound ? 1 : 0;
            }

            files.Add((tree.FilePath, calls, bound));
        }

        return files;
    }

    private static (List<SyntaxTree> Trees, List<UnreadSource> Unread, int Lines) Parse(CSharpProject project, CSharpSource source, CSharpParseOptions options, CancellationToken stop)
    {
        var (trees, unread, lines) = (new List<SyntaxTree>(), new List<UnreadSource>(), 0);
        foreach (var file in project.Files)
        {
            stop.ThrowIfCancellationRequested();
            var text = source.Sources[file];
            var length = LineEnds.CountLines(text);
            if (lines + length > LineCap)
            {
                unread.Add(new UnreadSource(file, $"一个工程超过 {LineCap} 行，其余未分析"));
                continue;
            }

            var (tree, trouble) = ParseFile(text, options, file, stop);
            if (tree is null)
            {
                unread.Add(new UnreadSource(file, trouble));
                continue;
            }

            lines += length;
            trees.Add(tree);
            unread.AddRange(Hidden(tree, file, stop));
        }

        return (trees, unread, lines);
    }

    /// <summary>Code behind a condition that does not hold here, and may in the build that is delivered.</summary>
    private static IEnumerable<UnreadSource> Hidden(SyntaxTree tree, string file, CancellationToken stop) =>
        tree.GetRoot(stop).DescendantTrivia().Where(t => t.IsKind(SyntaxKind.DisabledTextTrivia) && !string.IsNullOrWhiteSpace(t.ToString())).Take(1)
            .Select(t => new UnreadSource(file, string.Create(CultureInfo.InvariantCulture, $"第 {tree.GetLineSpan(t.Span, stop).StartLinePosition.Line + 1} 行起有条件编译（#if）略去的代码，这部分未分析")));

    private static (SyntaxTree? Tree, string Trouble) ParseFile(string text, CSharpParseOptions options, string file, CancellationToken stop)
    {
        var tooDeep = $"语法嵌套超过 {DepthCap} 层，未分析";
        if (BracketDepth.Exceeds(text, DepthCap))
        {
            return (null, tooDeep);
        }

        if (PrefixRuns.Trouble(text) is { } trouble)
        {
            return (null, trouble);
        }

        var tree = DeepStack.Run(() => CSharpSyntaxTree.ParseText(text, options, file, cancellationToken: stop));
        if (GeneratedMarks.Without(tree, text, stop) is { } plain)
        {
            tree = DeepStack.Run(() => CSharpSyntaxTree.ParseText(plain, options, file, cancellationToken: stop));
        }

        return tree.GetDiagnostics(stop).Any(d => d.Id == GaveUp) || IsTooDeep(tree.GetRoot(stop)) ? (null, tooDeep) : (tree, "");
    }

    /// <summary>Analyzers walk a tree by recursion, and a stack that ends takes the process with it. Counted without recursion.</summary>
    private static bool IsTooDeep(SyntaxNode root)
    {
        var open = new Stack<(SyntaxNode Node, int Depth)>([(root, 0)]);
        while (open.TryPop(out var at))
        {
            if (at.Depth > DepthCap)
            {
                return true;
            }

            foreach (var child in at.Node.ChildNodes())
            {
                open.Push((child, at.Depth + 1));
            }
        }

        return false;
    }

    private static bool IsLibrary(byte[] bytes)
    {
        try
        {
            using var reader = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(bytes, writable: false));
            return reader.HasMetadata;
        }
        catch (Exception broken) when (broken is BadImageFormatException or InvalidOperationException or IOException or OverflowException)
        {
            return false;
        }
    }

    private static LanguageVersion Version(string? said) => said is not null && LanguageVersionFacts.TryParse(said, out var version) ? version : LanguageVersion.Latest;

    /// <summary>A header that calls a file generated must not keep the analyzers away from it.</summary>
    private sealed class NothingIsGenerated : SyntaxTreeOptionsProvider
    {
        public static NothingIsGenerated Instance { get; } = new();

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }
    }
}
