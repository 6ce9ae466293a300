using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The C# files and project files of a tree, as far as they can be read.</summary>
/// <param name="Sources">Decoded text by path, ordinal order.</param>
/// <param name="ProjectFiles">Bytes of csproj, Directory.Build.props and Web.config, by path.</param>
/// <param name="Libraries">Paths of *.dll in the tree.</param>
/// <param name="Unread">Files left out, with the reason.</param>
/// <param name="IsWhole">The list of files was not cut.</param>
internal sealed record CSharpSource(
    SortedDictionary<string, string> Sources,
    SortedDictionary<string, byte[]> ProjectFiles,
    IReadOnlyList<string> Libraries,
    IReadOnlyList<UnreadSource> Unread,
    bool IsWhole)
{
    public const int FileCap = 4 * 1024 * 1024;
    public const int FilesCap = 1_000_000;
    private const long TotalCap = 512L * 1024 * 1024;

    /// <exception cref="UnableException">The folder cannot be read.</exception>
    public static CSharpSource Read(FileTree tree, CancellationToken stop)
    {
        var paths = tree.List(FilesCap, out var isWhole);
        var (sources, projects, unread) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new SortedDictionary<string, byte[]>(StringComparer.Ordinal), new List<UnreadSource>());
        var total = 0L;
        foreach (var path in paths.Where(p => !IsOutput(p) && IsWanted(p)))
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                var bytes = tree.Read(path, FileCap);
                total += bytes.Length;
                if (total > TotalCap)
                {
                    unread.Add(new UnreadSource(path, $"C# 源文件合计超过 {TotalCap / 1024 / 1024} MiB，其余未读"));
                    break;
                }

                if (path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
                {
                    Take(path, bytes, sources, unread);
                }
                else
                {
                    projects[path] = bytes;
                }
            }
            catch (UnableException unable)
            {
                unread.Add(new UnreadSource(path, unable.Message));
            }
        }

        return new CSharpSource(sources, projects, [.. paths.Where(p => p.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))], unread, isWhole);
    }

    /// <summary>What a build left behind; a folder bin or obj at any depth.</summary>
    public static bool IsOutput(string path)
    {
        var parts = path.Split('/');
        return parts.AsSpan(0, parts.Length - 1).ContainsAny(["bin", "obj", ".git", ".vs", "node_modules"]);
    }

    private static bool IsWanted(string path) =>
        path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(path).Equals("Directory.Build.props", StringComparison.OrdinalIgnoreCase) || IsWebConfig(path);

    public static bool IsWebConfig(string path) => Path.GetFileName(path).Equals("Web.config", StringComparison.OrdinalIgnoreCase);

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
