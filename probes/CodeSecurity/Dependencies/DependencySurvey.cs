using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
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

    /// <summary>Sizes matter only where a file is read.</summary>
    private static readonly SourceLimits Walk = new() { Files = MostFiles, FileBytes = int.MaxValue, TotalBytes = long.MaxValue };

    private static readonly IManifestFormat[] Formats = [new MavenPoms(), new GradleBuilds(), new NpmManifests(), new YarnAndPnpmLocks(), new NuGetManifests(), new GoModules(), new PythonManifests(), new ComposerManifests()];

    /// <summary>Packages and manifests of kinds that are not read, so that their absence in the list is no surprise.</summary>
    private static readonly string[] Unread =
    [
        "Cargo.lock", "Cargo.toml", "Gemfile", "Gemfile.lock", "gems.rb", "build.sbt", "build.sc", "project.clj", "deps.edn", "conanfile.txt", "conanfile.py", "vcpkg.json",
        "Podfile", "Podfile.lock", "Cartfile", "Package.swift", "Package.resolved", "pubspec.yaml", "pubspec.lock", "uv.lock", "pdm.lock", "pylock.toml", "pixi.lock", "environment.yml", "environment.yaml",
        "bun.lock", "bun.lockb", "deno.json", "deno.lock", "bower.json", "libman.json", "oh-package.json5", "ivy.xml", "paket.dependencies", "paket.lock", "Gopkg.toml", "Gopkg.lock", "glide.yaml", "Godeps.json",
        "mix.exs", "mix.lock", "rebar.config", "cpanfile", "renv.lock", "stack.yaml", "requirements.in",
    ];

    /// <summary>Programs of these languages are built from a manifest; scripts of a page need none, and name what they take by address.</summary>
    private static readonly (string Name, SourceLanguage[] Languages, Type[] Readers)[] Built =
    [
        ("Java", [SourceLanguage.Java, SourceLanguage.Kotlin, SourceLanguage.Jsp], [typeof(MavenPoms), typeof(GradleBuilds)]),
        ("C#", [SourceLanguage.CSharp], [typeof(NuGetManifests)]),
        ("TypeScript", [SourceLanguage.TypeScript, SourceLanguage.Vue], [typeof(NpmManifests)]),
        ("Go", [SourceLanguage.Go], [typeof(GoModules)]),
        ("Python", [SourceLanguage.Python], [typeof(PythonManifests)]),
        ("C/C++", [SourceLanguage.C, SourceLanguage.Cpp], []),
        ("PHP", [SourceLanguage.Php], [typeof(ComposerManifests)]),
    ];

    private static readonly string[] Packed = [".jar", ".aar", ".nupkg", ".dll", ".so", ".dylib", ".gem", ".min.js"];
    private static readonly string[] Wrappers = ["gradle-wrapper.jar", "maven-wrapper.jar"];

    /// <summary>Programs are in the tree, of whatever language; without a manifest that is a gap.</summary>
    public bool HasPrograms { get; init; }

    /// <summary>Files of packages in the tree that may say a licence and were not looked at.</summary>
    public int UnreadLicences { get; init; }

    /// <summary>Reads all manifests of a tree.</summary>
    /// <param name="root">Of the tree.</param>
    /// <param name="stop">Between two files.</param>
    /// <exception cref="UnableException">The tree is not there.</exception>
    public static DependencySurvey Of(string root, CancellationToken stop)
    {
        var gaps = new List<DependencyGap>();
        var listing = SourceWalk.List(root, Walk, stop);
        gaps.AddRange(LeftOutReasons.Unseen.Where(listing.LeftOutCounts.ContainsKey).Select(r => new DependencyGap(FirstOf(listing, r), $"{listing.LeftOutCounts[r]} 处没有看（{EnumWords.Say(r)}），其中的依赖不知道")));
        gaps.AddRange(BuiltManifests.Gaps(root, listing, Walk, p => IsUnread(p) || IsManifest(p), stop));
        List<string> own = [.. listing.Files.Select(f => f.Path), .. listing.LeftOut.Where(l => l.Reason == LeftOutReason.TooLarge).Select(l => l.Path)];
        gaps.AddRange(own.Where(IsUnread).Select(p => new DependencyGap(p, "这种清单本工具不读")));
        var tree = FileTree.Open(root);
        var jars = BundledJars.Of(tree, own, stop);
        gaps.AddRange(Bundled(own, jars.Components.ToLookup(c => c.File, c => c.Name, StringComparer.Ordinal)));
        var manifests = own.Where(IsManifest).ToList();
        var hasPrograms = own.Exists(PatternCoverage.IsProgram) || listing.LeftOut.Any(IsOfOthers);
        if (manifests.Count == 0 && hasPrograms)
        {
            gaps.Add(new DependencyGap(".", "有程序，而没有认得的依赖清单"));
        }

        gaps.AddRange(WithoutManifest(own, manifests));
        if (manifests.Count > MostManifests)
        {
            gaps.Add(new DependencyGap(".", $"依赖清单多于 {MostManifests} 个，只读了前面的"));
        }

        var loaded = Load(tree, manifests.Take(MostManifests), gaps, stop);
        return Of(loaded, gaps, stop, jars.Components, UndeclaredUse.In(tree, own, loaded, stop)) with { HasPrograms = hasPrograms };
    }

    private static bool IsUnread(string path) => Unread.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsManifest(string path) => Array.Exists(Formats, f => f.Reads(path));

    /// <summary>A folder of other people's code, and not one that a tool keeps to itself.</summary>
    private static bool IsOfOthers(LeftOutEntry entry) => entry.Reason is LeftOutReason.Vendored or LeftOutReason.UnprovenVendored && Path.GetFileName(entry.Path.TrimEnd('/')) is not ['.', ..];

    /// <summary>Where another part of the tree has a manifest, it says nothing of the programs that have none.</summary>
    private static IEnumerable<DependencyGap> WithoutManifest(List<string> own, List<string> manifests)
    {
        var firsts = new Dictionary<SourceLanguage, string>();
        own.ForEach(p => firsts.TryAdd(LanguageNames.Of(p, string.Empty), p));
        var readers = manifests.Select(m => Formats.First(f => f.Reads(m)).GetType()).ToHashSet();
        return from built in Built
               where !Array.Exists(built.Readers, readers.Contains)
               let language = Array.Find(built.Languages, firsts.ContainsKey)
               where firsts.ContainsKey(language) && built.Languages.Contains(language)
               select new DependencyGap(firsts[language], $"有 {built.Name} 程序，而没有认得的依赖清单说它们用了什么");
    }

    private static string FirstOf(SourceListing listing, LeftOutReason reason) => listing.LeftOut.FirstOrDefault(l => l.Reason == reason)?.Path.TrimEnd('/') ?? ".";

    /// <summary>Reads manifests that are loaded.</summary>
    /// <param name="files">In the order of their paths.</param>
    /// <param name="gaps">Known so far; grows.</param>
    /// <param name="stop">Between two files.</param>
    /// <param name="bundled">Components that lie in the tree as files.</param>
    /// <param name="whereNone">What speaks against a list that names no package at all; null where nobody looked.</param>
    public static DependencySurvey Of(
        IReadOnlyList<ManifestFile> files, List<DependencyGap> gaps, CancellationToken stop, IReadOnlyList<CodeComponent>? bundled = null, IEnumerable<DependencyGap>? whereNone = null)
    {
        var all = new ManifestFiles(files);
        var findings = new ManifestFindings();
        foreach (var file in files)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                Read(file, all, findings);
            }
            catch (Exception fault) when (fault is ManifestFaultException or RegexMatchTimeoutException)
            {
                gaps.Add(new DependencyGap(file.Path, fault is ManifestFaultException ? fault.Message : "读得太久，放弃了"));
            }
        }

        AddBundled(bundled ?? [], findings, gaps);
        gaps.AddRange(findings.Gaps);
        if (files.Count > 0 && findings.Components.Count == 0)
        {
            gaps.AddRange(whereNone ?? [UndeclaredUse.NothingNamed]);
        }

        return new DependencySurvey(
            [.. files.Select(f => f.Path)],
            [.. findings.Components.DistinctBy(c => (c.Ecosystem, c.Name, c.Version, c.Range, c.File)).OrderBy(c => c.Ecosystem, StringComparer.Ordinal).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Version, StringComparer.Ordinal).ThenBy(c => c.File, StringComparer.Ordinal).ThenBy(c => c.Line)],
            [.. gaps.Distinct().OrderBy(g => g.File, StringComparer.Ordinal).ThenBy(g => g.Reason, StringComparer.Ordinal)],
            [.. findings.WithoutTransitive.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Behind the manifests, which know more: where both are too many, it is jars that are left out.</summary>
    private static void AddBundled(IReadOnlyList<CodeComponent> bundled, ManifestFindings findings, List<DependencyGap> gaps)
    {
        foreach (var jar in bundled)
        {
            try
            {
                findings.Add(jar);
            }
            catch (ManifestFaultException full)
            {
                gaps.Add(new DependencyGap(jar.File, full.Message));
                return;
            }

            findings.WithoutTransitive.Add(jar.File); // what it needs in turn should lie beside it, and nobody says so
        }
    }

    private static void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        var format = Formats.First(f => f.Reads(file.Path));
        var (components, left) = (findings.Components.Count, findings.Gaps.Count);
        format.Read(file, all, findings);
        if (findings.Components.Count == components && findings.Gaps.Count == left && !format.MayNameNone(file, all))
        {
            findings.Leave(file.Path, "没有认出任何包");
        }
    }

    /// <summary>Libraries and archives that lie in the tree as files: no manifest speaks of them, and what they say of themselves need not be all.</summary>
    private static IEnumerable<DependencyGap> Bundled(IReadOnlyList<string> paths, ILookup<string, string> named) =>
        paths.Where(p => (Archives.IsNamed(p) || Array.Exists(Packed, e => p.EndsWith(e, StringComparison.OrdinalIgnoreCase))) && !Wrappers.Contains(Path.GetFileName(p), StringComparer.Ordinal))
            .GroupBy(p => p.LastIndexOf('/') is var at and > 0 ? p[..at] : ".", StringComparer.Ordinal)
            .Select(g => new DependencyGap(g.Key, $"目录里放着 {g.Count()} 个程序包文件（如 {Path.GetFileName(g.First())}），不在任何清单里，{Known([.. g.Where(named.Contains)], named)}没有识别"));

    private static string Known(IReadOnlyList<string> jars, ILookup<string, string> named)
    {
        const int MostNames = 5;
        List<string> names = [.. jars.SelectMany(j => named[j]).Distinct(StringComparer.Ordinal).Take(MostNames + 1)];
        return jars.Count == 0 ? "" : $"{jars.Count} 个自称是某个组件（{string.Join("、", names.Take(MostNames).Select(n => ShownVersion.Of(n)))}{(names.Count > MostNames ? " 等" : "")}），此外还有什么";
    }

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
