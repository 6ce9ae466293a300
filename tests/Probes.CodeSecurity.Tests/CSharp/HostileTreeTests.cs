using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Trees that are broken, odd, or meant to hurt.</summary>
public sealed class HostileTreeTests
{
    private static readonly AnalysisSettings NoEngines = new() { EngineFolder = Path.Combine(Path.GetTempPath(), "no-engines-here") };

    [Fact]
    public async Task Without_engines_there_is_no_list_of_defects_and_nothing_to_call_clean()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", "class A { int B() => 1; }");
        var seen = await Analyzing.RunAsync(folder, NoEngines);
        Assert.False(seen!.IsComplete);
        Assert.False(seen.Defects.IsKnown || seen.HasSevereInjection.IsKnown || seen.HasWebFlaw.IsKnown);
        Assert.All(seen.Engines, e => Assert.Contains("没有找到", e.Trouble, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tree_without_CSharp_is_not_asked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A {}");
        var outcome = await new CSharpProbe().ObserveAsync(new SourceTree { Id = "src", Path = folder.Path }, ProbeContexts.For(new KeptEvidence()), CancellationToken.None);
        Assert.IsType<NotNeeded>(outcome);
    }

    [SkippableFact]
    public async Task A_link_may_hide_CSharp_from_a_tree_that_shows_none()
    {
        Skip.If(OperatingSystem.IsWindows());
        using var folder = new TemporaryFolder();
        folder.Write("a.java", "class A {}");
        Directory.CreateSymbolicLink(folder.File("shared"), "/usr");
        Assert.Equal(FailureKind.BadInput, (await Assert.ThrowsAsync<UnableException>(() => Analyzing.RunAsync(folder, NoEngines))).Kind);
    }

    [Fact]
    public async Task Without_a_table_of_their_numbers_the_engines_are_not_asked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", "class A { }");
        Assert.Equal(FailureKind.BadInput, (await Assert.ThrowsAsync<UnableException>(() => Analyzing.RunAsync(folder, NoEngines, []))).Kind);
    }

    [Fact]
    public async Task A_project_file_with_a_document_type_is_left_unread_and_its_sources_are_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.csproj", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Project Sdk=\"Microsoft.NET.Sdk\">&x;</Project>");
        folder.Write("B/B.csproj", "<Project Sdk='Microsoft.NET.Sdk'>" + string.Concat(Enumerable.Repeat("<a>", 200)) + string.Concat(Enumerable.Repeat("</a>", 200)) + "</Project>");
        folder.Write("A.cs", "class A { }");
        var seen = await Analyzing.RunAsync(folder, NoEngines);
        Assert.Equal(["A.csproj", "B/B.csproj"], seen!.Unread.Select(u => u.File));
        Assert.Equal(1, Assert.Single(seen.Projects).Files);
    }

    [Fact]
    public async Task References_in_a_circle_are_cut_and_said()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, other) in new[] { ("A", "B"), ("B", "C"), ("C", "A"), ("D", "D") })
        {
            folder.Write($"{name}/{name}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><ProjectReference Include=\"..\\{other}\\{other}.csproj\" /></ItemGroup></Project>");
            folder.Write($"{name}/{name}.cs", $"public class {name} {{ public static void Go() => {other}.Go(); }}");
        }

        var seen = await Analyzing.RunAsync(folder, NoEngines);
        Assert.Equal(["C/C.csproj → A/A.csproj", "D/D.csproj → D/D.csproj"], seen!.CutReferences);
        Assert.Equal([("A/A.csproj", 100), ("B/B.csproj", 100), ("C/C.csproj", 0), ("D/D.csproj", 100)], seen.Projects.Select(p => (p.Path, p.ResolutionPercent.Value ?? -1)));
    }

    [Fact]
    public async Task A_long_chain_of_references_needs_no_stack()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 400; i++)
        {
            folder.Write($"P{i}/P{i}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><ProjectReference Include=\"../P{i + 1}/P{i + 1}.csproj\" /></ItemGroup></Project>");
            folder.Write($"P{i}/P.cs", $"class P{i} {{ }}");
        }

        var source = CSharpSource.Read(folder.Path, CancellationToken.None);
        var set = ProjectDiscovery.Find(source);
        Assert.Equal("P399/P399.csproj", set.Projects[0].Path);
        Assert.Equal(400, set.Projects.Count);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Deep_nesting_is_left_out_and_said_and_the_rest_is_analyzed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("deep.cs", $"class D {{ object A() => {string.Concat(Enumerable.Repeat("new object[] { ", 3000))}1{string.Concat(Enumerable.Repeat(" }", 3000))}; }}");
        folder.Write("open.cs", "class E { int B() => " + new string('(', 200_000));
        folder.Write("blocks.cs", "class F { void B() " + new string('{', 50_000));
        folder.Write("sum.cs", $"class G {{ int B(int a) => {string.Join(" + ", Enumerable.Repeat("a", 20_000))}; }}");
        folder.Write("types.cs", "class T { object B = " + string.Concat(Enumerable.Repeat("A<", 100_000)));
        folder.Write("holes.cs", "class S { string B = $\"" + string.Concat(Enumerable.Repeat("{(", 50_000)));
        folder.Write("unary.cs", "class N { int B(int a) => " + string.Concat(Enumerable.Repeat("- ", 100_000)) + "a; }");
        folder.Write("casts.cs", "class C { int B(int a) => " + string.Concat(Enumerable.Repeat("(int)", 50_000)) + "a; }");
        folder.Write("lambdas.cs", "class L { object B = " + string.Concat(Enumerable.Repeat("x => ", 50_000)) + "1; }");
        folder.Write("choices.cs", "class Q { int B(bool a) => " + string.Concat(Enumerable.Repeat("a ? 1 : ", 50_000)) + "1; }");
        folder.Write("branches.cs", "class R { void B(bool a) { " + string.Concat(Enumerable.Repeat("if (a) { } else ", 50_000)) + "{ } } }");
        folder.Write("texts.cs", "class X { string B = " + string.Concat(Enumerable.Repeat("$\"{", 5_000)));
        folder.Write("good.cs", "class H { string B() => 1.ToString(); }");
        var seen = await Analyzing.RunAsync(folder);
        Assert.Contains("deep.cs", seen!.Unread.Select(u => u.File), StringComparer.Ordinal);
        Assert.DoesNotContain("good.cs", seen.Unread.Select(u => u.File), StringComparer.Ordinal);
        Assert.False(seen.IsComplete);
        Assert.False(seen.Defects.IsKnown);
    }

    [Fact]
    public async Task Nesting_just_below_the_cap_is_survived_by_every_engine()
    {
        using var folder = new TemporaryFolder();
        const int deep = 230;
        string Times(string text, int times = deep) => string.Concat(Enumerable.Repeat(text, times));
        folder.Write("a.cs", $"class A {{ object B() => {Times("new object[] { ")}1{Times(" }")}; }}");
        folder.Write("b.cs", $"class B {{ int C(int a) => {string.Join(" + ", Enumerable.Repeat("a", 2 * deep))}; }}");
        folder.Write("c.cs", $"class C {{ void D(bool a) {{ {Times("if (a) { ")}{Times("} ")} }} }}");
        folder.Write("d.cs", $"class D {{ string E(string a) => a{Times(".Trim()")}; }}");
        folder.Write("e.cs", $"class E {{ void F(bool a) {{ {Times("if (a) { } else ")}{{ }} }} }}");
        folder.Write("f.cs", $"class F {{ int G(int a) => {Times("(")}a{Times(")")}; }}");
        var seen = await Analyzing.RunAsync(folder, new AnalysisSettings { ProjectCap = TimeSpan.FromMinutes(5) });
        Assert.Empty(seen!.Unread);
        Assert.All(seen.Engines, e => Assert.True(e.HasRun));
    }

    [Fact]
    public async Task What_is_too_large_or_no_text_is_said_and_Chinese_encodings_are_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write("huge.cs", "// " + new string('x', CSharpSource.FileCap));
        File.WriteAllBytes(folder.File("binary.cs"), [1, 2, 0, 3, 0xFF]);
        File.WriteAllBytes(folder.File("gbk.cs"), CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("class 名 { string 字() => \"政务服务\"; }"));
        File.WriteAllBytes(folder.File("utf16.cs"), [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("class U { }")]);
        var seen = await Analyzing.RunAsync(folder, NoEngines);
        Assert.Equal(["binary.cs", "huge.cs"], seen!.Unread.Select(u => u.File));
        Assert.Equal(2, seen.Files);
    }

    [Fact]
    public async Task A_project_that_takes_too_long_is_cut_and_nothing_is_called_clean()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", string.Concat(Enumerable.Range(0, 3000).Select(i => string.Create(CultureInfo.InvariantCulture, $"class A{i} {{ string B(string c) => c.Trim().ToLower().Replace(\"a\", \"b\"); }}\n"))));
        var seen = await Analyzing.RunAsync(folder, new AnalysisSettings { ProjectCap = TimeSpan.FromMilliseconds(1) });
        Assert.Contains("时限", Assert.Single(seen!.Projects).CutBecause, StringComparison.Ordinal);
        Assert.False(seen.Defects.IsKnown || seen.HasSevereInjection.IsKnown);
    }

    [Fact]
    public async Task Code_that_does_not_compile_is_analyzed_and_its_resolution_is_low()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><Compile Remove=\"old/**\" /></ItemGroup></Project>");
        folder.Write("A.cs", "using Company.Missing; class A { Thing b = new Thing(); void C(string d) { b.Go(d); b.Stay(d); b.Leave(); Nothing.At(all; } ");
        folder.Write("old/B.cs", "class B { }");
        folder.Write("obj/C.cs", "class C { }");
        var seen = await Analyzing.RunAsync(folder, NoEngines);
        Assert.Equal(["", "A.csproj"], seen!.Projects.Select(p => p.Path));
        Assert.Equal(2, seen.Files);
        Assert.True(seen.LowestResolutionPercent.Value < 30);
    }

    [Fact]
    public async Task The_source_cannot_silence_the_analyzers()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".editorconfig", "root = true\n[*.cs]\ngenerated_code = true\ndotnet_diagnostic.CA5351.severity = none\n");
        folder.Write("A.g.cs", "// <auto-generated/>\n#pragma warning disable\nusing System.Security.Cryptography;\nclass A { object B() => DES.Create(); }\n");
        folder.Write("B.cs", "class B { [System.Diagnostics.CodeAnalysis.SuppressMessage(\"Security\", \"CA5351\")] object C() => System.Security.Cryptography.DES.Create(); }\n");
        var seen = await Analyzing.RunAsync(folder, new AnalysisSettings { ProjectCap = TimeSpan.FromMinutes(5) });
        Assert.Equal(["A.g.cs", "B.cs"], seen!.Defects.Value.Where(d => d.Cwe == 327).Select(d => d.File));
        Assert.All(seen.Defects.Value.Where(d => d.Cwe == 327), d => Assert.Contains("要求分析器不报", d.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Types_of_the_framework_are_found_with_an_SDK_with_a_runtime_and_with_neither(bool withPacks, bool withShared)
    {
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("a", references: ReferenceAssemblySet.Find(withPacks, withShared).References);
        Assert.All(["System.Object", "System.Data.IDbCommand", "System.Security.Cryptography.Aes", "System.Net.Http.HttpClient", "System.Xml.XmlDocument"], n => Assert.NotNull(compilation.GetTypeByMetadataName(n)));
    }

    [Fact]
    public void The_stubs_are_sound()
    {
        var errors = LibraryStubs.Own.All(ReferenceAssemblySet.Find().References).GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        Assert.Empty(errors.Select(e => e.ToString()));
    }

    [Fact]
    public void No_mutant_of_a_project_file_escapes()
    {
        var seed = new SeededBytes(11);
        var read = 0;
        for (var i = 0; i < 2000; i++)
        {
            try
            {
                _ = ProjectFile.Read("a/A.csproj", seed.Mutate(Encoding.UTF8.GetBytes(Analyzing.OldProject)));
                read++;
            }
            catch (System.Xml.XmlException)
            {
                // The one way out there is.
            }
        }

        Assert.InRange(read, 10, 1950);
    }
}
