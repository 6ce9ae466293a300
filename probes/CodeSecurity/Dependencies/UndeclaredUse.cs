using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Manifests that name no package at all are right only where the programs take in nothing but their framework and themselves. Asked of C# and of
/// scripts; other languages leave it open.
/// </summary>
internal sealed class UndeclaredUse
{
    private const int MostFiles = 20_000;
    private const int MostShown = 20;
    private const int LargestFile = 4 * 1024 * 1024;
    private const long LargestTogether = 256L * 1024 * 1024;

    private static readonly HashSet<SourceLanguage> Asked = [SourceLanguage.CSharp, SourceLanguage.JavaScript, SourceLanguage.TypeScript, SourceLanguage.Vue];

    private static readonly HashSet<string> OfNode = new(StringComparer.Ordinal)
    {
        "assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram", "diagnostics_channel", "dns", "domain", "events", "fs", "http", "http2", "https",
        "inspector", "module", "net", "os", "path", "perf_hooks", "process", "punycode", "querystring", "readline", "repl", "stream", "string_decoder", "sys", "timers", "tls", "trace_events", "tty",
        "url", "util", "v8", "vm", "wasi", "worker_threads", "zlib",
    };

    private static readonly Lazy<FrameworkNames> OfFramework = new(FrameworkNames.Read);

    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly CSharpNames _names = new();
    private readonly Dictionary<string, string> _used = new(StringComparer.Ordinal);

    /// <summary>Where nobody could look whether programs take in what the manifests do not name.</summary>
    public static DependencyGap NothingNamed { get; } = new(".", "所有清单里没有认出任何包");

    /// <summary>Looked at when it is asked for, and only then.</summary>
    /// <param name="tree">Opened.</param>
    /// <param name="own">Paths of its files.</param>
    /// <param name="manifests">That were read.</param>
    /// <param name="stop">Between two files.</param>
    public static IEnumerable<DependencyGap> In(FileTree tree, IReadOnlyList<string> own, IReadOnlyList<ManifestFile> manifests, CancellationToken stop)
    {
        List<(string Path, SourceLanguage Language)> programs = [.. own.Where(PatternCoverage.IsProgram).Select(p => (p, LanguageNames.Of(p, string.Empty)))];
        if (programs.Count > MostFiles || !programs.TrueForAll(p => Asked.Contains(p.Language)))
        {
            return [NothingNamed];
        }

        try
        {
            return new UndeclaredUse().Look(tree, programs, manifests, stop);
        }
        catch (UnableException)
        {
            return [NothingNamed];
        }
    }

    private List<DependencyGap> Look(FileTree tree, List<(string Path, SourceLanguage Language)> programs, IReadOnlyList<ManifestFile> manifests, CancellationToken stop)
    {
        var total = 0L;
        foreach (var (path, language) in programs)
        {
            stop.ThrowIfCancellationRequested();
            var bytes = tree.Read(path, LargestFile);
            if ((total += bytes.Length) > LargestTogether || Charsets.Decode(bytes) is not { } decoded)
            {
                return [NothingNamed];
            }

            var tokens = Tokenizer.Tokenize(new SourceFile(path, language, decoded.Text, decoded.Charset, 0));
            if (tokens.Doubt is not null)
            {
                return [new DependencyGap(path, $"{NothingNamed.Reason}，这个程序也没有读懂，不知道它引入了什么")];
            }

            var isRead = language == SourceLanguage.CSharp ? _names.Take(path, tokens, _declared, _used) : ScriptImports.Take(path, tokens, _used);
            tokens.Close();
            if (!isRead)
            {
                return [new DependencyGap(path, $"{NothingNamed.Reason}，这个程序引入的名称又是算出来的，不知道是什么")];
            }
        }

        var isOld = manifests.Any(m => m.Text.Contains("TargetFrameworkVersion", StringComparison.Ordinal) || m.Text.Contains("<TargetFramework>net4", StringComparison.Ordinal));
        var written = _used.Where(u => !IsKnown(u.Key, isOld)).Concat(_names.Unexplained(OfFramework.Value, _declared, isOld));
        return [.. written.OrderBy(u => u.Key, StringComparer.Ordinal).Take(MostShown).Select(u => new DependencyGap(u.Value, $"程序引入了 {u.Key.TrimStart('=')}，而没有清单写它"))];
    }

    private bool IsKnown(string used, bool isOld)
    {
        if (used[0] == '“')
        {
            var name = used[1..^1];
            return name.Length == 0 || name[0] is '.' or '/' or '#' or '~' or '$' || name == "@" || name.Contains(':', StringComparison.Ordinal) || OfNode.Contains(name);
        }

        // A type stands behind the namespace where it is given another name.
        var most = used[0] == '=' ? 1 : 0;
        used = used.TrimStart('=');
        for (var (name, cut) = (used, 0); cut <= most; cut++)
        {
            if (OfFramework.Value.Namespaces.Contains(name) || _declared.Any(d => d == name || d.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                return true;
            }

            if (name.LastIndexOf('.') is not (> 0 and var dot))
            {
                break;
            }

            name = name[..dot];
        }

        return isOld && (used.StartsWith("System.", StringComparison.Ordinal) || used is "System" || used.StartsWith("Microsoft.VisualBasic", StringComparison.Ordinal) || used.StartsWith("Microsoft.Win32", StringComparison.Ordinal));
    }
}
