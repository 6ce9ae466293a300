using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Sources that a build compiles for its own tests and leaves out of what it delivers: <c>src/test</c> beside the file of a Maven or Gradle module, as both have it by convention.
/// Where a build says anything of its own about source folders they count as the program's.
/// </summary>
internal sealed partial class UnitTests
{
    /// <summary>A tree with more is read as a whole.</summary>
    private const int MostBuilds = 5_000;

    private const int BuildCap = 1024 * 1024;

    private readonly List<string> _folders;

    private UnitTests(List<string> folders) => _folders = folders;

    /// <param name="files">Of the tree.</param>
    /// <param name="reader">Of the same.</param>
    /// <param name="stop">Ends it.</param>
    public static UnitTests Of(IReadOnlyList<SourceEntry> files, SourceReader reader, CancellationToken stop)
    {
        var builds = files.Where(f => BuildFile().IsMatch(f.Path)).ToList();
        var (modules, others) = (new List<string>(), new List<string>());
        if (builds.Count > MostBuilds || files.Any(f => BuildCode().IsMatch(f.Path)))
        {
            return new UnitTests([]);
        }

        foreach (var build in builds)
        {
            stop.ThrowIfCancellationRequested();
            var folder = build.Path[..(build.Path.LastIndexOf('/') + 1)];
            if (build.Bytes > BuildCap || reader.Fetch(build).Bytes is not { } bytes || SourceReader.Read(build, bytes) is not SourceReading.Taken(var file))
            {
                return new UnitTests([]);
            }

            var isModule = ModuleFile().IsMatch(build.Path);
            if (isModule)
            {
                modules.Add(folder);
            }

            if (OwnFolders().IsMatch(file.Text))
            {
                // Others inherit from a parent and from scripts wherever these lie.
                others.Add(isModule && !IsParent(build.Path, file.Text) ? folder : string.Empty);
            }
        }

        return new UnitTests([.. modules.Where(m => !others.Exists(o => m.StartsWith(o, StringComparison.Ordinal))).Select(m => $"{m}src/test/").Distinct(StringComparer.Ordinal)]);
    }

    public bool Has(string path) => _folders.Exists(f => path.StartsWith(f, StringComparison.Ordinal));

    private static bool IsParent(string path, string text) => path.EndsWith(".xml", StringComparison.Ordinal) && Packaging().IsMatch(text);

    [GeneratedRegex(@"(^|/)(pom\.xml|build\.xml|[^/]+\.gradle(\.kts)?)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex BuildFile();

    /// <summary>Plug-ins of a build itself, which may set anything.</summary>
    [GeneratedRegex(@"(^|/)buildSrc/.*\.(groovy|kt|java)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex BuildCode();

    [GeneratedRegex(@"(^|/)(pom\.xml|build\.gradle(\.kts)?)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ModuleFile();

    [GeneratedRegex(@"<packaging>\s*pom\s*<", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Packaging();

    [GeneratedRegex(@"src[/\\]test([^/\\\w]|[/\\](java|[*$])|$)|[sS]ourceDirectory|[sS]ourceRoots?|source-?[sS]ets?|src-?[dD]irs?|add-(test-)?source|test-jar|testClassesDirectory|testFixtures", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex OwnFolders();
}
