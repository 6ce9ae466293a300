using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Engines that are there in part.</summary>
public sealed class BrokenEngineTests
{
    private const string Analyzers = """
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.Diagnostics;
        [DiagnosticAnalyzer("C#")] public sealed class Throws : Whole { public Throws() { throw new System.InvalidOperationException(); } }
        [DiagnosticAnalyzer("C#")] public class Whole : DiagnosticAnalyzer
        {
            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(new DiagnosticDescriptor("CA5351", "a", "a", "Security", DiagnosticSeverity.Warning, true));
            public override void Initialize(AnalysisContext context) { }
        }
        public sealed class Absent : Missing { }
        """;

    [Fact]
    public void What_could_not_be_loaded_is_counted()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Broken/a", "");
        IReadOnlyList<MetadataReference> references = [.. ReferenceAssemblySet.Find().References, .. new[] { typeof(Diagnostic), typeof(CSharpCompilation) }.Select(t => MetadataReference.CreateFromFile(t.Assembly.Location))];
        var missing = Compile("Missing", "public class Missing { }", references);
        Assert.True(Compile("Broken", Analyzers, [.. references, missing.ToMetadataReference()]).Emit(folder.File("Broken/Broken.dll")).Success);
        var engine = AnalyzerEngine.Open(folder.Path, "Broken", ["Broken.dll"], Analyzing.Tables);
        Assert.Equal((2, null), (engine.NotLoaded, engine.Trouble));
        Assert.Single(engine.Analyzers);
    }

    [Fact]
    public void Nothing_is_missing_of_the_engines_beside_the_tool() =>
        Assert.All(AnalyzerEngine.Known, e => Assert.Equal(0, AnalyzerEngine.Open(new AnalysisSettings().EngineFolder, e.Folder, e.Libraries, Analyzing.Tables).NotLoaded));

    private static CSharpCompilation Compile(string name, string text, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(text)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
