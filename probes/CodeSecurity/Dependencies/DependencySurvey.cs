using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Everything the manifests of a tree say.</summary>
/// <param name="Manifests">Files that were read.</param>
/// <param name="Components">One for each package, version and file, in ordinal order.</param>
/// <param name="Gaps">What could not be read or is left open.</param>
/// <param name="WithoutTransitive">Manifests that do not name what their packages need in turn.</param>
internal sealed record DependencySurvey(IReadOnlyList<string> Manifests, IReadOnlyList<CodeComponent> Components, IReadOnlyList<DependencyGap> Gaps, IReadOnlyList<string> WithoutTransitive)
{
    private const int MostFiles = 500_000;
    private const int MostManifests = 5_000;
    private const int LargestManifest = 32 * 1024 * 1024;
    private const long LargestTogether = 512L * 1024 * 1024;

    private static readonly IManifestFormat[] Formats = [new MavenPoms(), new GradleBuilds(), new NpmManifests(), new YarnAndPnpmLocks(), new NuGetManifests(), new GoModules(), new PythonManifests()];

    /// <summary>Folders that tools fill: what lies there was asked for elsewhere.</summary>
    private static readonly string[] Filled = ["node_modules", ".git", ".svn", "bin", "obj", ".gradle", ".venv", "venv", "site-packages", "bower_components"];

    /// <summary>Packages and manifests of kinds that are not read, so that their absence in the list is no surprise.</summary>
    private static readonly string[] Unread = ["composer.lock", "composer.json", "Cargo.lock", "Gemfile.lock", "build.sbt", "conanfile.txt", "conanfile.py", "vcpkg.json", "Podfile.lock", "pubspec.lock", "uv.lock", "bun.lock", "environment.yml", "ivy.xml"];

    /// <summary>Reads all manifests of a tree.</summary>
    /// <exception cref="UnableException">The tree is not there.</exception>
    public static DependencySurvey Of(FileTree tree, CancellationToken stop)
    {
        var gaps = new List<DependencyGap>();
        var paths = tree.List(MostFiles, out var isWhole);
        if (!isWhole)
        {
            gaps.Add(new DependencyGap(".", $"目录没有看全：多于 {MostFiles} 个文件，或有读不了的目录"));
        }

        var own = paths.Where(p => !p.Split('/').SkipLast(1).Any(f => Filled.Contains(f, StringComparer.Ordinal))).ToList();
        gaps.AddRange(own.Where(p => Unread.Contains(Path.GetFileName(p), StringComparer.Ordinal)).Select(p => new DependencyGap(p, "这种清单本工具不读")));
        gaps.AddRange(Bundled(own));
        var manifests = own.Where(p => Array.Exists(Formats, f => f.Reads(p))).ToList();
        if (manifests.Count > MostManifests)
        {
            gaps.Add(new DependencyGap(".", $"依赖清单多于 {MostManifests} 个，只读了前面的"));
        }

        return Of(Load(tree, manifests.Take(MostManifests), gaps, stop), gaps, stop);
    }

    /// <summary>Reads manifests that are loaded.</summary>
    public static DependencySurvey Of(IReadOnlyList<ManifestFile> files, List<DependencyGap> gaps, CancellationToken stop)
    {
        var all = new ManifestFiles(files);
        var findings = new ManifestFindings();
        foreach (var file in files)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                Formats.First(f => f.Reads(file.Path)).Read(file, all, findings);
            }
            catch (Exception fault) when (fault is ManifestFaultException or RegexMatchTimeoutException)
            {
                gaps.Add(new DependencyGap(file.Path, fault is ManifestFaultException ? fault.Message : "读得太久，放弃了"));
            }
        }

        gaps.AddRange(findings.Gaps);
        return new DependencySurvey(
            [.. files.Select(f => f.Path)],
            [.. findings.Components.DistinctBy(c => (c.Ecosystem, c.Name, c.Version, c.Range, c.File)).OrderBy(c => c.Ecosystem, StringComparer.Ordinal).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Version, StringComparer.Ordinal).ThenBy(c => c.File, StringComparer.Ordinal).ThenBy(c => c.Line)],
            [.. gaps.Distinct().OrderBy(g => g.File, StringComparer.Ordinal).ThenBy(g => g.Reason, StringComparer.Ordinal)],
            [.. findings.WithoutTransitive.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Libraries that lie in the tree as files: no manifest speaks of them.</summary>
    private static IEnumerable<DependencyGap> Bundled(IReadOnlyList<string> paths) =>
        paths.Where(p => (p.EndsWith(".jar", StringComparison.OrdinalIgnoreCase) && !p.EndsWith("-wrapper.jar", StringComparison.Ordinal)) || (p.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && p.Contains("lib", StringComparison.OrdinalIgnoreCase)))
            .GroupBy(p => p.LastIndexOf('/') is var at and > 0 ? p[..at] : ".", StringComparer.Ordinal)
            .Select(g => new DependencyGap(g.Key, $"目录里放着 {g.Count()} 个程序包文件（如 {Path.GetFileName(g.First())}），不在任何清单里，没有识别"));

    private static List<ManifestFile> Load(FileTree tree, IEnumerable<string> paths, List<DependencyGap> gaps, CancellationToken stop)
    {
        var files = new List<ManifestFile>();
        var total = 0L;
        foreach (var path in paths)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                var bytes = tree.Read(path, LargestManifest);
                total += bytes.Length;
                if (total > LargestTogether)
                {
                    gaps.Add(new DependencyGap(path, "依赖清单总量过大，从这里起没有读"));
                    break;
                }

                files.Add(new ManifestFile(path, new UTF8Encoding(false).GetString(bytes).TrimStart('\ufeff')));
            }
            catch (UnableException unable)
            {
                gaps.Add(new DependencyGap(path, unable.Message));
            }
        }

        return files;
    }
}
