using System.Xml;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The C# files and project files of a tree, as far as they can be read.</summary>
/// <param name="Sources">Decoded text by path, ordinal order.</param>
/// <param name="ProjectFiles">Bytes of csproj and Directory.Build.props, by path.</param>
/// <param name="Libraries">Paths of *.dll in the tree.</param>
/// <param name="Unread">Files left out, with the reason.</param>
/// <param name="IsWhole">The list of files was not cut, and holds no link.</param>
/// <param name="HasWebConfig">Settings of a web application stand in the tree, at any place. No engine is known to read them from a tree that was not built.</param>
internal sealed record CSharpSource(
    SortedDictionary<string, string> Sources,
    SortedDictionary<string, byte[]> ProjectFiles,
    IReadOnlyList<string> Libraries,
    IReadOnlyList<UnreadSource> Unread,
    bool IsWhole,
    bool HasWebConfig)
{
    public const int FileCap = 4 * 1024 * 1024;
    private const long TotalCap = 512L * 1024 * 1024;

    /// <summary>Everything by its name; what is read is bounded below.</summary>
    private static readonly SourceLimits Listed = new() { Files = 1_000_000, FileBytes = int.MaxValue, TotalBytes = long.MaxValue, TakesVendored = true };

    /// <exception cref="UnableException">The folder cannot be read.</exception>
    public static CSharpSource Read(string root, CancellationToken stop)
    {
        var (tree, listing) = (FileTree.Open(root), SourceWalk.List(root, Listed, stop));
        IReadOnlyList<string> paths = [.. listing.Files.Select(f => f.Path)];
        var isWhole = listing.IsWhole && !listing.LeftOutCounts.ContainsKey(LeftOutReason.Link);
        var (sources, projects, unread) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new SortedDictionary<string, byte[]>(StringComparer.Ordinal), new List<UnreadSource>());
        var total = 0L;
        unread.AddRange(listing.LeftOut.Select(e => new UnreadSource(e.Path, $"没有读：{EnumWords.Say(e.Reason)}")));
        unread.AddRange(paths.Where(p => !IsOutput(p) && IsForeign(p)).Select(p => new UnreadSource(p, "页面、脚本和 Visual Basic 文件里的代码不在分析之列")));
        IReadOnlyList<string> configs = [.. paths.Where(p => !IsOutput(p) && IsWebConfig(p))];
        unread.AddRange(configs.Select(p => new UnreadSource(p, "网站配置不在分析之列")));
        var isNamed = new Lazy<Func<string, bool>>(() => Named(projects));

        // Project files first: they may name sources in folders of output.
        foreach (var path in paths.Where(p => IsCode(p) || (!IsOutput(p) && IsWanted(p))).OrderBy(IsCode))
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                var bytes = tree.Read(path, FileCap);
                total += bytes.Length;
                if (total > TotalCap)
                {
                    isWhole = false;
                    unread.Add(new UnreadSource(path, $"C# 源文件合计超过 {TotalCap / 1024 / 1024} MiB，其余未读"));
                    break;
                }

                if (!IsCode(path))
                {
                    projects[path] = bytes;
                }
                else if (IsOutput(path) && !isNamed.Value(path))
                {
                    LeaveOut(path, unread);
                }
                else
                {
                    Take(path, bytes, sources, unread);
                }
            }
            catch (UnableException unable)
            {
                unread.Add(new UnreadSource(path, unable.Message));
            }
        }

        return new CSharpSource(sources, projects, [.. paths.Where(p => p.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))], unread, isWhole, configs.Count > 0);
    }

    /// <summary>Code of the platform that is not analyzed: pages, scripts, Visual Basic.</summary>
    public static bool IsForeign(string path) => Path.GetExtension(path).ToLowerInvariant() is var ending && (ending == ".csx" || OtherLanguages.DotNet.Contains(ending));

    /// <summary>Sources a project names itself, wherever they lie.</summary>
    private static Func<string, bool> Named(IReadOnlyDictionary<string, byte[]> projects)
    {
        var matchers = new List<Func<string, bool>>();
        foreach (var (path, bytes) in projects.Where(p => p.Key.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)))
        {
            try
            {
                var file = ProjectFile.Read(path, bytes);
                matchers.Add(PathGlob.Matcher(file.Folder, file.Included));
            }
            catch (Exception broken) when (broken is XmlException or ArgumentException or NotSupportedException)
            {
                // Said where projects are found.
            }
        }

        return path => matchers.Exists(m => m(path));
    }

    /// <summary>What a build writes there by these names is left out without a word; any other source is not.</summary>
    private static void LeaveOut(string path, List<UnreadSource> unread)
    {
        if (!path.Split('/').AsSpan().ContainsAny([".git", ".vs", "node_modules"]) && !Array.Exists(BuildWritten, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            unread.Add(new UnreadSource(path, "在 bin 或 obj 目录中，没有工程写明它，又看不出是生成的"));
        }
    }

    private static readonly string[] BuildWritten = [".AssemblyInfo.cs", ".AssemblyAttributes.cs", ".g.cs", ".g.i.cs"];

    private static bool IsCode(string path) => path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a build left behind; a folder bin or obj at any depth.</summary>
    public static bool IsOutput(string path)
    {
        var parts = path.Split('/');
        return parts.AsSpan(0, parts.Length - 1).ContainsAny(["bin", "obj", ".git", ".vs", "node_modules"]);
    }

    private static bool IsWanted(string path) =>
        path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(path).Equals("Directory.Build.props", StringComparison.OrdinalIgnoreCase);

    /// <summary>Web.config, and what changes it for one environment: Web.Release.config.</summary>
    private static bool IsWebConfig(string path) => Path.GetFileName(path) is var name && name.StartsWith("Web.", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".config", StringComparison.OrdinalIgnoreCase);

    private static void Take(string path, byte[] bytes, SortedDictionary<string, string> sources, List<UnreadSource> unread)
    {
        if (Decode(bytes) is { } text)
        {
            sources[path] = text;
        }
        else
        {
            unread.Add(new UnreadSource(path, "不是 UTF-8、UTF-16 或 GB18030 的文字"));
        }
    }

    /// <summary>Null where it is no text, or some bytes fit no encoding.</summary>
    public static string? Decode(byte[] bytes) => Charsets.Decode(bytes) is { IsDamaged: false } decoded ? decoded.Text : null;
}
