using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Architecture.Tests;

/// <summary>Rules about files, names and sizes.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] FixedNames =
    [
        "src", "probes", "rulesets", "reports", "tests", "SmartCity.SecurityCheck.sln", "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
        "global.json", "nuget.config", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", ".gitignore", ".gitattributes",
        ".config", ".ci", "securitycheck", "securitycheck.cmd", "test.sh",
    ];

    /// <summary>Files whose one long method is the text it writes.</summary>
    private static readonly string[] Templates = ["src/Cli/CandidateTemplate.cs"];

    /// <summary>What git and builds leave beside them; none of it is in the repository.</summary>
    private static readonly string[] LeftBehind = [".git", ".vs", ".idea", ".vscode", "artifacts", "packs", "TestResults"];

    [Fact]
    public void The_top_folder_holds_the_fixed_names_alone() =>
        Assert.Empty(Directory.EnumerateFileSystemEntries(Repository.Root).Select(Path.GetFileName).Except([.. FixedNames, .. LeftBehind]));

    [Fact]
    public void Every_project_is_in_the_solution_under_its_full_name_in_its_short_folder()
    {
        var solution = Repository.Read("SmartCity.SecurityCheck.sln").Replace('\\', '/');
        Assert.All(Repository.Projects, p => Assert.Contains($"\"{p.File}\"", solution, StringComparison.Ordinal));
        Assert.All(SolutionProjects().Matches(solution).Select(m => m.Groups[1].Value), f => Assert.Contains(Repository.Projects, p => p.File == f));
        Assert.All(Repository.Projects, p =>
        {
            var room = p.Folder.Split('/');
            Assert.Equal(room[0] switch { "probes" => "Probes." + room[1], "reports" => "Reports." + room[1], _ => room[1] }, p.Name);
        });
    }

    [Fact]
    public void A_namespace_is_the_name_of_its_project_and_stops_there() =>
        Assert.All(Repository.ProductSources.Concat(Repository.TestSources), file =>
        {
            var project = Repository.Projects.Single(p => file.StartsWith(p.Folder + "/", StringComparison.Ordinal));
            Assert.All(NamespaceOf().Matches(Repository.Read(file)).Select(m => m.Groups[1].Value), n => Assert.Equal($"{file}: SmartCity.SecurityCheck.{project.Name}", $"{file}: {n}"));
        });

    [Fact]
    public void A_product_file_stays_under_320_lines() =>
        Assert.Empty(Repository.ProductSources.Select(f => (File: f, Lines: Lines(f).Length)).Where(f => f.Lines > 320));

    /// <summary>From the line after a member's signature to the closing brace in the same column: how our files are laid out.</summary>
    [Fact]
    public void A_product_method_stays_under_60_lines() =>
        Assert.Empty(Repository.ProductSources.Except(Templates).SelectMany(f => MethodLengths(Lines(f)).Select(m => (File: f, m.Line, m.Length))).Where(m => m.Length > 60));

    [Fact]
    public void No_type_is_named_after_a_catch_all() =>
        Assert.Empty(Declarations().Where(d => CatchAll().IsMatch(d.Name)));

    [Fact]
    public void No_method_is_async_void() =>
        Assert.Empty(Repository.ProductSources.Concat(Repository.TestSources).Where(f => Lines(f).Any(l => AsyncVoid().IsMatch(l))));

    [Fact]
    public void The_analyzers_are_pinned()
    {
        var props = Repository.Read("Directory.Build.props");
        Assert.Contains("<GlobalPackageReference Include=\"SonarAnalyzer.CSharp\" Version=\"8.33.0.40503\" />", props, StringComparison.Ordinal);
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", props, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Projects, p => VersionInProject().IsMatch(Repository.Read(p.File)));
    }

    [Fact]
    public void The_checks_above_see_what_they_look_for()
    {
        Assert.True(Repository.ProductSources.Count > 100 && Repository.Projects.Count > 20);
        Assert.Equal([(3, 4)], MethodLengths(["class A", "{", "    void B()", "    {", "        C();", "    }", "}"]));
        Assert.Contains(Declarations(), d => d.Name == "VerdictCombination");
        Assert.Matches(CatchAll(), "DateHelper");
        Assert.Matches(AsyncVoid(), "    private static " + "async " + "void Go()");
    }

    private static IEnumerable<(int Line, int Length)> MethodLengths(string[] lines)
    {
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            var indent = lines[i].Length - lines[i].TrimStart().Length;
            if (indent is 4 or 8 && lines[i].TrimEnd().EndsWith(')') && lines[i + 1] == new string(' ', indent) + "{" && !Statement().IsMatch(lines[i]) && !Initializer().IsMatch(lines[i]))
            {
                var end = Array.IndexOf(lines, new string(' ', indent) + "}", i + 1);
                yield return (i + 1, (end < 0 ? lines.Length : end) - i + 1);
            }
        }
    }

    private static IEnumerable<(string File, string Name)> Declarations() =>
        Repository.ProductSources.Concat(Repository.TestSources).SelectMany(f => TypeName().Matches(Repository.Read(f)).Select(m => (f, m.Groups[1].Value)));

    private static string[] Lines(string file) => Repository.Read(file).TrimEnd('\n').Split('\n');

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceOf();

    [GeneratedRegex(@"""(?<file>[^""]+\.csproj)""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SolutionProjects();

    [GeneratedRegex(@"^\s*(?:public |internal |private |protected |file |static |sealed |abstract |partial |readonly |ref )*(?:class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeName();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utility|Utilities|Common|Processor)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"^\s*(?:\w+ )*async void \w+\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"^\s*(if|for|foreach|while|switch|using|lock|catch|else|fixed)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Statement();

    [GeneratedRegex(@"=>?\s*new\b|\bnew\(|\bnew \w+\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Initializer();

    [GeneratedRegex(@"<PackageReference[^>]*Version=", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionInProject();
}
