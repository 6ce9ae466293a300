using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Descriptions, written by ourselves, of libraries that are often used and not there: the analyzers look for types by name, and what has no type
/// they pass over in silence. A description is used only where the real library is missing and the project names its namespace.
/// </summary>
internal sealed class LibraryStubs
{
    private const string Prefix = "stubs/";

    private static readonly Lazy<LibraryStubs> Loaded = new(() => new LibraryStubs());

    private readonly List<Stub> _stubs;

    private LibraryStubs()
    {
        var assembly = typeof(LibraryStubs).Assembly;
        _stubs = [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
            return Stub.Parse(n[Prefix.Length..], reader.ReadToEnd());
        })];
    }

    public static LibraryStubs Own => Loaded.Value;

    public IReadOnlyList<string> Names => [.. _stubs.Select(s => s.Name)];

    /// <summary>All of them as one compilation, to see that they are sound.</summary>
    public CSharpCompilation All(IReadOnlyList<MetadataReference> references) => Compile(_stubs, references);

    /// <param name="compilation">The project without them.</param>
    /// <param name="texts">Its files.</param>
    /// <returns>The stubs that were added; a null reference where none is needed.</returns>
    public (IReadOnlyList<string> Names, MetadataReference? Reference) For(CSharpCompilation compilation, IEnumerable<string> texts)
    {
        var named = _stubs.Where(s => compilation.GetTypeByMetadataName(s.Marker) is null).ToList();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            wanted.UnionWith(named.Where(s => !wanted.Contains(s.Name) && s.Namespaces.Any(n => text.Contains(n, StringComparison.Ordinal))).Select(s => s.Name));
            if (wanted.Count == named.Count)
            {
                break;
            }
        }

        var chosen = named.Where(s => wanted.Contains(s.Name) || named.Exists(o => wanted.Contains(o.Name) && o.Needs.Contains(s.Name, StringComparer.Ordinal))).ToList();
        return chosen.Count == 0 ? ([], null) : ([.. chosen.Select(s => s.Name)], Compile(chosen, compilation.References.OfType<PortableExecutableReference>()).ToMetadataReference());
    }

    private static CSharpCompilation Compile(IEnumerable<Stub> stubs, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create("LibraryStubs", stubs.Select(s => s.Tree), references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <param name="Name">For people.</param>
    /// <param name="Marker">A type that only the library has.</param>
    /// <param name="Namespaces">A project that uses it names one of these.</param>
    /// <param name="Needs">Other stubs it builds on.</param>
    /// <param name="Tree">The description.</param>
    private sealed record Stub(string Name, string Marker, IReadOnlyList<string> Namespaces, IReadOnlyList<string> Needs, SyntaxTree Tree)
    {
        public static Stub Parse(string name, string text)
        {
            var head = text.Split('\n').TakeWhile(l => l.StartsWith("// ", StringComparison.Ordinal)).Select(l => l[3..].Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
            IReadOnlyList<string> Words(string key) => head.TryGetValue(key, out var words) ? words.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
            return new Stub(name, head["marker"], Words("namespaces"), Words("needs"), CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest)));
        }
    }
}
