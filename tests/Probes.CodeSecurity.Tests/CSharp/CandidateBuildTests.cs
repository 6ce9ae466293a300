using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Building a copy of the tree, with the SDK of this machine and nothing from the network.</summary>
public sealed class CandidateBuildTests
{
    private const string Library = """
        <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>
        """;

    private const string User = """
        <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
          <ItemGroup><ProjectReference Include="../lib/Lib.csproj" /></ItemGroup>
          <Target Name="Made" BeforeTargets="CoreCompile"><WriteLinesToFile File="$(MSBuildProjectDirectory)/made.txt" Lines="$(SECRET_OF_USER)" Overwrite="true" /></Target></Project>
        """;

    [Fact]
    public async Task A_build_gives_real_references_and_the_log_of_the_compiler()
    {
        using var folder = new TemporaryFolder();
        folder.Write("lib/Lib.csproj", Library);
        folder.Write("lib/Lib.cs", "namespace Lib; public static class Weak { public static object Make() => System.Security.Cryptography.DES.Create(); }\n");
        folder.Write("app/App.csproj", User);
        folder.Write("app/App.cs", "namespace App; public static class Start { public static object Go() => Lib.Weak.Make(); public static int Unused() { int a; return 1; } }\n");
        var seen = await LookAsync(folder);
        Assert.Equal(["app/App.csproj", "lib/Lib.csproj"], seen.Build!.Projects.Select(p => p.Path).Order(StringComparer.Ordinal));
        Assert.All(seen.Build.Projects, p => Assert.True(p.IsBuilt, p.Trouble));
        Assert.All(seen.Build.Projects, p => Assert.InRange(p.References, 100, 500));
        Assert.NotEqual(0, seen.Build.Results);
        Assert.NotEqual(0, seen.Build.OtherResults);
        Assert.Empty(seen.Build.Doubts);
        var defect = Assert.Single(seen.Defects.Value, d => d.Cwe == 327);
        Assert.Equal("lib/Lib.cs", defect.File);
        Assert.Equal(100, seen.LowestResolutionPercent.Value);
        Assert.Equal(["app/App.cs", "app/App.csproj", "lib/Lib.cs", "lib/Lib.csproj"], Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.Path, f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_does_not_build_is_analyzed_as_it_is_and_said()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.csproj", Library);
        folder.Write("A.cs", "class A { object B() => System.Security.Cryptography.DES.Create(); void C() => Missing.Call(); }\n");
        var seen = await LookAsync(folder);
        var project = Assert.Single(seen.Build!.Projects);
        Assert.False(project.IsBuilt);
        Assert.Contains("CS0103", project.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("builds", project.Trouble, StringComparison.Ordinal);
        Assert.Contains("没有构建成功", Assert.Single(seen.Build.Doubts), StringComparison.Ordinal);
        Assert.True(seen.HasSevereCrypto.Value);
        Assert.InRange(seen.LowestResolutionPercent.Value!.Value, 0, 99);
    }

    [Fact]
    public async Task A_log_that_the_project_forges_takes_nothing_away()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.csproj", """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Target Name="Forge" AfterTargets="CoreCompile"><WriteLinesToFile File="$(MSBuildProjectDirectory)/securitycheck-logs/A.net10.0.sarif" Lines="{&quot;version&quot;:&quot;2.1.0&quot;,&quot;runs&quot;:[]}" Overwrite="true" />
              <WriteLinesToFile File="$(MSBuildProjectDirectory)/securitycheck-logs/A.net10.0.references" Lines="/etc/passwd" Overwrite="true" /></Target></Project>
            """);
        folder.Write("A.cs", "class A { object B() => System.Security.Cryptography.DES.Create(); }\n");
        var seen = await LookAsync(folder);
        Assert.True(Assert.Single(seen.Build!.Projects).IsBuilt);
        Assert.True(seen.HasSevereCrypto.Value);
    }

    [Fact]
    public void A_copy_stands_where_nothing_above_it_counts_and_without_what_a_build_left()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.csproj", Library);
        folder.Write("securitycheck-logs/A.net10.0.sarif", "{}");
        folder.Write("obj/project.assets.json", "{}");
        byte[] chinese = [.. "// "u8, 0xD3, 0xC3, 0xBB, 0xA7, .. "\nclass A;\n"u8];
        File.WriteAllBytes(folder.File("A.cs"), chinese);
        File.WriteAllBytes(folder.File("A.txt"), chinese);
        string above;
        using (var copy = WorkCopy.Of(folder.Path, CancellationToken.None))
        {
            Assert.Equal("// 用户\nclass A;\n", File.ReadAllText(Path.Combine(copy.Tree, "A.cs")));
            Assert.Equal(chinese, File.ReadAllBytes(Path.Combine(copy.Tree, "A.txt")));
            Assert.Equal(["A.cs", "A.csproj", "A.txt"], Directory.EnumerateFileSystemEntries(copy.Tree).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal));
            above = Path.GetDirectoryName(copy.Tree)!;
            Assert.All(new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "Directory.Build.rsp", "global.json" }, n => Assert.True(File.Exists(Path.Combine(above, n)), n));
            Assert.False(above.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetTempPath()) + Path.DirectorySeparatorChar, StringComparison.Ordinal), above);
        }

        Assert.False(Directory.Exists(above));
    }

    [Fact]
    public async Task Nothing_is_built_that_nobody_asked_for()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.csproj", Library);
        folder.Write("A.cs", "class A { }\n");
        Assert.Null((await Analyzing.RunAsync(folder))!.Build);
    }

    private static async Task<CSharpAnalysis> LookAsync(TemporaryFolder folder) =>
        (await new TreeAnalysis(new AnalysisSettings(), Analyzing.Tables, TimeProvider.System, new CandidateBuild(new ProcessToolRunner(), TimeProvider.System, NullLogger.Instance)).RunAsync(folder.Path, CancellationToken.None))!;
}
