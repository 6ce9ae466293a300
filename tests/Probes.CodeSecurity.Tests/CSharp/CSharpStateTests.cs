using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Suppressions, flows and the cache of the C# analysis.</summary>
public sealed class CSharpStateTests
{
    private const string Weak = "class A { object B() => System.Security.Cryptography.DES.Create(); }";
    private const string Written = "reason=旧接口 reviewer=评审组 until=2099-12-31";

    [Theory]
    [InlineData("CWE-327", true)]
    [InlineData("CA5351", true)]
    [InlineData("SCS9999", false)]
    public async Task A_suppressed_defect_leaves_its_class_to_people(string rule, bool isMet)
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", $"// securitycheck:ignore {rule} {Written}\n{Weak}\n");
        var seen = await LookAsync(folder);
        Assert.True(seen.IsComplete, JsonSerializer.Serialize(seen.Unread));
        Assert.Equal(isMet, !seen.HasSevereCrypto.IsKnown);
        Assert.Equal(isMet ? ["crypto"] : [], seen.AwaitsAcceptance);
        Assert.False(seen.HasSevereInjection.Value);
        Assert.All(seen.Defects.Value.Where(d => d.Cwe == 327), d => Assert.Equal(isMet, d.IsSuppressed));
    }

    [Fact]
    public async Task One_that_is_not_suppressed_is_enough()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.cs", $"// securitycheck:ignore CWE-327 {Written}\n{Weak}\n{Weak.Replace("class A", "class C", StringComparison.Ordinal)}\n");
        var seen = await LookAsync(folder);
        Assert.True(seen.HasSevereCrypto.Value);
        Assert.Empty(seen.AwaitsAcceptance);
        Assert.Equal(1, seen.Suppressed);
    }

    [Fact]
    public async Task Where_tainted_data_comes_from_is_told()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.csproj", Analyzing.WebProject);
        folder.Write("A.cs", """
            using System.Diagnostics;
            using Microsoft.AspNetCore.Mvc;
            public class A : Controller
            {
                public void B()
                {
                    var name = Request.Query["name"];
                    var command = "-c " + name;
                    Process.Start("/bin/sh", command);
                }
            }
            """);
        var seen = await Analyzing.RunAsync(folder);
        var defect = Assert.Single(seen!.Defects.IsKnown ? seen.Defects.Value : seen.SeenSoFar, d => d.Flow.Count > 0);
        Assert.Equal([("A.cs", 7), ("A.cs", 9)], defect.Flow.Select(s => (s.File, s.Line)).Append((defect.File, defect.Line)));
    }

    [Fact]
    public async Task A_cached_analysis_is_the_same_and_any_change_makes_a_new_one()
    {
        using var folder = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        folder.Write("A.csproj", Analyzing.WebProject);
        folder.Write("A.cs", Weak);
        var settings = new AnalysisSettings { CacheFolder = cache.Path };
        var first = Said(await Analyzing.RunAsync(folder, settings));
        var path = Assert.Single(Directory.GetFiles(cache.Path));
        var bytes = await File.ReadAllBytesAsync(path);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.Equal(first, Said(await Analyzing.RunAsync(folder, settings)));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
        folder.Write("A.cs", "class A { }");
        var other = await Analyzing.RunAsync(folder, settings);
        Assert.False(other!.HasSevereCrypto.Value);
        await File.WriteAllBytesAsync(path, bytes);
        Assert.False((await Analyzing.RunAsync(folder, settings))!.HasSevereCrypto.Value);
        Assert.Equal(Said(other), Said(await Analyzing.RunAsync(folder, settings)));
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        folder.Write("A.csproj", Analyzing.WebProject.Replace("net8.0", "net6.0", StringComparison.Ordinal));
        Assert.Equal(Said(other), Said(await Analyzing.RunAsync(folder, settings)));
        Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
    }

    [SkippableFact]
    public async Task A_name_that_looks_like_two_files_is_one()
    {
        Skip.If(OperatingSystem.IsWindows());
        using var folder = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        var settings = new AnalysisSettings { CacheFolder = cache.Path };
        const string evil = "class B { object C() => System.Security.Cryptography.DES.Create(); }";
        var digest = Convert.ToHexStringLower(SmartCity.SecurityCheck.Cryptography.Sm3.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(evil.AsSpan())));
        folder.Write($"Evil.cs {digest}\nZ.cs", "class A { }");
        await Analyzing.RunAsync(folder, settings);
        File.Delete(folder.File($"Evil.cs {digest}\nZ.cs"));
        folder.Write("Evil.cs", evil);
        folder.Write("Z.cs", "class A { }");
        Assert.True((await Analyzing.RunAsync(folder, settings))!.HasSevereCrypto.Value);
    }

    private static string Said(CSharpAnalysis? analysis) => JsonSerializer.Serialize(ObservationJson.ToElement(analysis!));

    private static async Task<CSharpAnalysis> LookAsync(TemporaryFolder folder)
    {
        var tree = new SourceTree { Id = "src", Path = folder.Path };
        var plain = ProbeContexts.For(new KeptEvidence(), tree);
        var context = new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = plain.Tools, Shells = plain.Shells, Evidence = plain.Evidence, Redactor = plain.Redactor,
            Clock = TimeProvider.System, Log = plain.Log, Shared = new SharedWork(), Tables = new ProbeTables { Engines = Analyzing.Tables },
        };
        return Assert.Single(Assert.IsType<Observed>(await new CSharpProbe().ObserveAsync(tree, context, CancellationToken.None)).Observations).Data.Deserialize<CSharpAnalysis>(ObservationJson.Compact)!;
    }
}
