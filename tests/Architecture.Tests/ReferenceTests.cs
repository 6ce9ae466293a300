using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Architecture.Tests;

/// <summary>The table of architecture: who may reference whom, and which packages live where.</summary>
public sealed partial class ReferenceTests
{
    private const string AspNet = "Microsoft.AspNetCore.App";
    private const string Logging = "Microsoft.Extensions.Logging.Abstractions";

    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new(StringComparer.Ordinal)
    {
        ["src/Model"] = ([], []),
        ["src/Cryptography"] = (["src/Model"], ["Portable.BouncyCastle"]),
        ["src/Probing"] = (["src/Model", "src/Cryptography"], [Logging]),
        ["src/Judging"] = (["src/Model"], ["YamlDotNet"]),
        ["src/Reporting"] = (["src/Model"], []),
        ["src/Pipeline"] = (["src/Model", "src/Cryptography", "src/Probing", "src/Judging", "src/Reporting"], [Logging]),
        ["src/Demo"] = (["src/Model", "src/Cryptography"], [AspNet]),
        ["src/Workbench"] = (["src/Model", "src/Judging", "src/Reporting", "src/Pipeline"], [AspNet]),
        ["reports/Html"] = (["src/Model", "src/Reporting"], [AspNet]),
        ["reports/Pdf"] = (["src/Model", "src/Reporting", "reports/Html"], []), // drives the browser that is installed, without a package
        ["reports/Word"] = (["src/Model", "src/Reporting"], ["DocumentFormat.OpenXml"]),
        ["reports/Workbook"] = (["src/Model", "src/Reporting"], ["DocumentFormat.OpenXml"]),
        ["reports/*"] = (["src/Model", "src/Reporting"], []),
        // The compiler is called; the two analyzers are only copied beside the tool (ExcludeAssets=all) and loaded from there.
        ["probes/CodeSecurity"] = (["src/Model", "src/Cryptography", "src/Probing"], ["Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.NetAnalyzers", "SecurityCodeScan.VS2019", "YamlDotNet"]),
        ["probes/Exposure"] = (["src/Model", "src/Cryptography", "src/Probing"], ["Microsoft.Playwright"]),
        ["probes/ElectronicArchives"] = (["src/Model", "src/Cryptography", "src/Probing"], ["Microsoft.Playwright"]),
        ["probes/Materials"] = (["src/Model", "src/Cryptography", "src/Probing"], ["PdfPig"]),
        ["probes/*"] = (["src/Model", "src/Cryptography", "src/Probing"], []),
    };

    public static TheoryData<string> Products => new(Repository.Projects.Where(p => !p.Folder.StartsWith("tests/", StringComparison.Ordinal)).Select(p => p.Folder));

    [Theory]
    [MemberData(nameof(Products))]
    public void A_project_references_what_the_table_allows(string folder)
    {
        var project = Repository.Projects.Single(p => p.Folder == folder);
        if (folder == "src/Cli")
        {
            Assert.All(project.References, r => Assert.DoesNotContain("tests/", r, StringComparison.Ordinal));
            Assert.All(project.Packages, p => Assert.Contains(p, new[] { "System.CommandLine", "Spectre.Console", "Microsoft.Extensions.Hosting" }));
            return;
        }

        var (projects, packages) = Allowed.TryGetValue(folder, out var own) ? own : Allowed[folder[..folder.IndexOf('/', StringComparison.Ordinal)] + "/*"];
        Assert.Empty(project.References.Except(projects));
        Assert.Empty(project.Packages.Except(packages));
    }

    [Fact]
    public void BouncyCastle_is_referenced_and_named_in_the_cryptography_room_alone()
    {
        var rooms = new[] { "src/Cryptography", "tests/Cryptography.Tests", "tests/Benchmarks" };
        Assert.Empty(Repository.Projects.Where(p => p.Packages.Any(IsBouncyCastle)).Select(p => p.Folder).Except(rooms));
        var naming = Repository.ProductSources.Concat(Repository.TestSources).Where(f => BouncyCastleUse().IsMatch(Repository.Read(f)));
        Assert.All(naming, f => Assert.Contains(rooms, r => f.StartsWith(r + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_type_of_BouncyCastle_leaves_the_cryptography_assembly()
    {
        const System.Reflection.BindingFlags every = System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly;
        var assembly = System.Reflection.Assembly.Load("SmartCity.SecurityCheck.Cryptography");
        Assert.True(assembly.GetExportedTypes().Length > 5);
        foreach (var type in assembly.GetExportedTypes())
        {
            var shown = type.GetMethods(every).Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
                .Concat(type.GetConstructors(every).Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly).SelectMany(m => m.GetParameters().Select(p => p.ParameterType)))
                .Concat(type.GetFields(every).Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly).Select(f => f.FieldType))
                .Concat(type.GetInterfaces()).Append(type.BaseType ?? typeof(object));
            Assert.All(shown.SelectMany(Parts), t => Assert.False(t.Namespace?.StartsWith("Org.BouncyCastle", StringComparison.Ordinal) == true, $"{type} shows {t}"));
        }
    }

    [Fact]
    public void Probes_name_neither_each_other_nor_the_judge_nor_the_reports()
    {
        foreach (var file in Repository.ProductSources.Where(f => f.StartsWith("probes/", StringComparison.Ordinal)))
        {
            var own = "SmartCity.SecurityCheck.Probes." + file.Split('/')[1];
            Assert.All(Namespaces().Matches(Repository.Read(file)).Select(m => m.Value), n =>
                Assert.True(n == own || n.StartsWith("SmartCity.SecurityCheck.", StringComparison.Ordinal) && n.Split('.')[2] is "Model" or "Cryptography" or "Probing", $"{file}: {n}"));
        }
    }

    [Fact]
    public void Tests_may_use_the_test_kit_and_the_product_never_does()
    {
        Assert.All(Repository.Projects.Where(p => !p.Folder.StartsWith("tests/", StringComparison.Ordinal)), p => Assert.DoesNotContain(p.References, r => r.StartsWith("tests/", StringComparison.Ordinal)));
        Assert.All(Repository.Projects.Where(p => p.Folder.StartsWith("tests/", StringComparison.Ordinal)), p => Assert.All(p.References.Where(r => r.StartsWith("tests/", StringComparison.Ordinal)), r => Assert.Equal("tests/TestKit", r)));
    }

    private static bool IsBouncyCastle(string package) => package.Contains("BouncyCastle", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Type> Parts(Type type) =>
        [type, .. type.GetGenericArguments().SelectMany(Parts), .. type.GetElementType() is { } element ? Parts(element) : []];

    [GeneratedRegex(@"Org\.BouncyCastle\.\w|using Org\.BouncyCastle", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BouncyCastleUse();

    [GeneratedRegex(@"SmartCity\.SecurityCheck\.[A-Z]\w*(\.[A-Z]\w*)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespaces();
}
