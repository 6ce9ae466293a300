using System.Reflection;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Source trees of the tests, and what the engine says of them.</summary>
internal static partial class Analyzing
{
    public const string WebProject = """
        <Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>
        """;

    public const string OldProject = """
        <?xml version="1.0" encoding="utf-8"?>
        <Project ToolsVersion="15.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <PropertyGroup><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup>
          <ItemGroup><Reference Include="System.Web" /><Compile Include="Pages\OldPage.aspx.cs" /></ItemGroup>
        </Project>
        """;

    public static string RepositoryRoot { get; } = typeof(Analyzing).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<EngineRuleTable> Tables { get; } = ReadTables();

    public static string Sample(string name) => File.ReadAllText(Path.Combine(RepositoryRoot, "tests", "Probes.CodeSecurity.Tests", "CSharp", "Samples", name + ".sample"));

    /// <summary>Lines of a sample that say what is wrong with them.</summary>
    public static IReadOnlyList<(int Line, int Cwe)> Expected(string text) => [.. text.Split('\n').Select((l, i) => (Match: Label().Match(l), Line: i + 1)).Where(l => l.Match.Success).Select(l => (l.Line, int.Parse(l.Match.Groups["cwe"].Value, System.Globalization.CultureInfo.InvariantCulture)))];

    /// <summary>First and last line of every method whose name begins with Good.</summary>
    public static bool IsGood(string text, int line)
    {
        var lines = text.Split('\n');
        for (var i = line - 1; i >= 0; i--)
        {
            if (Method().Match(lines[i]) is { Success: true } method)
            {
                return method.Groups["name"].Value == "Good";
            }
        }

        return false;
    }

    public static Task<CSharpAnalysis?> RunAsync(TemporaryFolder folder, AnalysisSettings? settings = null, IReadOnlyList<EngineRuleTable>? tables = null) =>
        new TreeAnalysis(settings ?? new AnalysisSettings(), tables ?? Tables, TimeProvider.System).RunAsync(folder.Path, CancellationToken.None);

    private static IReadOnlyList<EngineRuleTable> ReadTables()
    {
        var faults = new FaultList();
        var table = new EngineRuleReader(faults).Read("engines/csharp.yaml", File.ReadAllBytes(Path.Combine(RepositoryRoot, "rulesets", "code-security", "engines", "csharp.yaml")));
        faults.ThrowIfAny();
        return [table!];
    }

    [GeneratedRegex(@"// CWE-(?<cwe>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    [GeneratedRegex(@"(public|protected) .*\b(?<name>Good|Bad)\w*\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Method();
}
