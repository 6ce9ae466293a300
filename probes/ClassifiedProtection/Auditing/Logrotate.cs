using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>logrotate.conf with what it includes: how long the system's logs stay. What stands in a block goes before what stands outside.</summary>
internal sealed partial class Logrotate
{
    private const string Main = "/etc/logrotate.conf";

    private static readonly string[] SystemLogs =
        ["/var/log/messages", "/var/log/syslog", "/var/log/secure", "/var/log/auth.log", "/var/log/audit/audit.log", "/var/log/wtmp", "/var/log/btmp"];

    /// <summary>They change neither when a log goes nor whether.</summary>
    private static readonly HashSet<string> Idle =
    [
        "create", "nocreate", "createolddir", "nocreateolddir", "copy", "nocopy", "copytruncate", "nocopytruncate", "renamecopy", "norenamecopy", "compress", "nocompress", "delaycompress",
        "nodelaycompress", "uncompresscmd", "compressext", "compressoptions", "dateext", "nodateext", "dateformat", "dateyesterday", "datehourago", "extension", "addextension",
        "missingok", "nomissingok", "ifempty", "notifempty", "ignoreduplicates", "mail", "nomail", "mailfirst", "maillast", "minsize", "minage", "noolddir", "sharedscripts",
        "nosharedscripts", "su", "start", "tabooext", "taboopat", "allowhardlink", "noallowhardlink", "noshred", "shredcycles",
    ];

    private static readonly string[] Scripts = ["postrotate", "prerotate", "firstaction", "lastaction", "preremove"];
    private static readonly string[] Fleeting = ["/tmp", "/var/tmp", "/dev", "/run", "/var/run"];
    private static readonly string[] Compressing = ["gzip", "pigz", "bzip2", "pbzip2", "xz", "lzma", "zstd", "lz4"];
    private static readonly string[] Removing = ["rm", "unlink", "truncate", "shred", "-delete", "tmpwatch", "tmpreaper", "find", "logrotate"];
    private static readonly string[] Taboo = [",v", ".bak", ".cfsaved", ".disabled", ".dpkg-bak", ".dpkg-del", ".dpkg-dist", ".dpkg-new", ".dpkg-old", ".dpkg-tmp", ".new", ".old", ".orig", ".rhn-cfg-tmp-", ".rpmnew", ".rpmorig", ".rpmsave", ".swp", ".ucf-dist", ".ucf-new", ".ucf-old", "~"];
    private readonly IncludeBudget _budget = new(4, files: 1500);
    private readonly HostSnapshot _snapshot;
    private readonly List<LogRetention> _found = [];
    private readonly List<Sighting> _faults = [];
    private readonly List<ConfigLine> _lines = [];
    private Policy _global = new(null, 0, null, null);

    private readonly string[] _logs;

    private Logrotate(HostSnapshot snapshot, IEnumerable<string> logs)
    {
        _snapshot = snapshot;
        _logs = [.. SystemLogs, .. logs];
    }

    public IReadOnlyList<LogRetention> Retentions => _found;

    public IReadOnlyList<Sighting> Faults => _faults;

    public IReadOnlyList<ConfigLine> Lines => _lines;

    /// <param name="snapshot">Of the host.</param>
    /// <param name="logs">Files messages about logins go to, beside those every system has.</param>
    public static Logrotate Of(HostSnapshot snapshot, IEnumerable<string> logs)
    {
        var read = new Logrotate(snapshot, logs);
        read.File(Main, 0);
        return read;
    }

    private void File(string path, int depth)
    {
        var lines = (_budget.Lines(_snapshot, path, depth) ?? []).Select(l => l with { Text = Uncommented(l.Text) }).Where(l => l.Text.Length > 0).ToList();
        _lines.AddRange(lines);
        var (block, files, begun, script) = ((Policy?)null, new List<string>(), default(ConfigLine), default(string));
        foreach (var line in lines)
        {
            var text = line.Text;
            if (script is not null)
            {
                block = block is null ? null : Removes(text) ? block with { Odd = $"{script} 里的命令可能删除日志（{line.Place}）" } : text != "endscript" && !LogStays.IsHarmless(text) ? block with { Doubt = line } : block;
                script = text == "endscript" ? null : script;
            }
            else if (Scripts.Any(s => text == s))
            {
                script = text;
            }
            else if (block is null && IsNames(text))
            {
                begun ??= line;
                files.AddRange(Names(line));
                block = text.EndsWith('{') ? _global : null;
            }
            else if (text == "}" && block is { } whole)
            {
                Close(whole, files, begun!);
                (block, begun) = (null, null);
                files.Clear();
            }
            else if (block is not null)
            {
                block = With(block, line);
            }
            else if (Words(text) is ["include", var target])
            {
                Include(target, line, depth);
            }
            else
            {
                _global = With(_global, line);
            }
        }

        if (block is not null || script is not null)
        {
            _faults.Add(new Sighting("logrotate 的块没有闭合", lines[^1].Place));
        }
    }

    private static bool IsNames(string text) => text.StartsWith('/') || text.StartsWith('"') || text.StartsWith('\'') || text.EndsWith('{');

    public static bool Removes(string text) => text.Split([' ', '\t', ';', '|', '&', '(', ')', '`'], StringSplitOptions.RemoveEmptyEntries).Any(w => Removing.Any(r => r == w[(w.LastIndexOf('/') + 1)..]))
        || Emptied().IsMatch(text);

    /// <summary>Names of logs, quoted or not; what is none leaves open which log its block is of.</summary>
    private IEnumerable<string> Names(ConfigLine line)
    {
        var text = line.Text.TrimEnd('{').TrimEnd();
        if (text.Length > 0 && (text[0] is not ('/' or '"' or '\'') || text.Contains('\\', StringComparison.Ordinal) || text.Contains("..", StringComparison.Ordinal) || text.Contains(Kept.Mark, StringComparison.Ordinal)))
        {
            _faults.Add(new Sighting("logrotate 的这一行说的是哪些日志，读不懂", line.Place));
        }

        return ServiceStart.Quoted(text).Select(n => Slashes().Replace(n, "/"));
    }

    private void Close(Policy policy, List<string> files, ConfigLine begun)
    {
        if (_logs.Any(l => files.Exists(f => f == l || (GlobPattern.HasWildcard(f) && GlobPattern.MatchesPath(f, l)))))
        {
            _found.Add(new LogRetention { Files = string.Join(' ', files), Days = policy.Kept, Because = policy.Why, Origin = begun.Place });
            if (policy.Doubt is { } doubt)
            {
                _faults.Add(new Sighting("轮转时执行的命令会不会删除日志，读不懂", doubt.Place));
            }
        }
    }

    private void Include(string target, ConfigLine line, int depth)
    {
        try
        {
            IEnumerable<string> paths = _snapshot.Find(target).State switch
            {
                FileState.Read => [target],
                FileState.Missing when _snapshot.Glob($"{target}/*").Count == 0 => throw new UnableException(FailureKind.BadInput, "没有这个文件或目录"),
                _ => _snapshot.Glob($"{target}/*").Where(p => !Taboo.Any(t => p.EndsWith(t, StringComparison.Ordinal)) && _snapshot.Find(p).State != FileState.Directory),
            };
            foreach (var path in paths)
            {
                File(path, depth + 1);
            }
        }
        catch (UnableException unable) when (!_budget.IsSpent)
        {
            _faults.Add(new Sighting($"logrotate 的 include {target} 没有读到：{unable.Message}", line.Place));
        }
    }

    private Policy With(Policy policy, ConfigLine line)
    {
        var words = Words(line.Text);
        switch (words)
        {
            case ["hourly"]:
                return policy with { Period = 0, At = line };
            case ["daily"]:
                return policy with { Period = 1, At = line };
            case ["weekly", ..]:
                return policy with { Period = 7, At = line };
            case ["monthly"]:
                return policy with { Period = 30, At = line };
            case ["yearly"]:
                return policy with { Period = 365, At = line };
            case ["size" or "maxsize", ..]:
                return policy with { Odd = $"{words[0]} 使日志按大小轮转（{line.Place}）" };
            case ["rotate", var count] when int.TryParse(count, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n):
                return policy with { Count = n, At = line };
            case ["maxage", var days] when int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var n):
                return policy with { MaxAge = n };
            case ["olddir", var folder]:
                return Fleeting.Any(f => folder.StartsWith(f, StringComparison.Ordinal)) ? policy with { Odd = $"olddir {folder} 里的文件不会留下（{line.Place}）" } : policy;
            case ["compresscmd", var command, ..]:
                return Compressing.Any(c => c == command[(command.LastIndexOf('/') + 1)..]) ? policy : policy with { Doubt = line };
            case ["shred"]:
                return policy;
            case [var word, ..] when Idle.Contains(word):
                return policy;
            default:
                _faults.Add(new Sighting("logrotate 的这一行读不懂", line.Place));
                return policy;
        }
    }

    private static string[] Words(string text) => text.Split([' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries);

    private static string Uncommented(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith('#') ? "" : trimmed;
    }

    [GeneratedRegex("(^|[^>])>[|]?[ \t]*/var/log", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Emptied();

    [GeneratedRegex("/+([.]/+)*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Slashes();

    /// <param name="Period">Days between two rotations.</param>
    /// <param name="Count">Old logs that are kept.</param>
    /// <param name="MaxAge">Days after which they go whatever their number.</param>
    /// <param name="Odd">Why nobody can say.</param>
    private sealed record Policy(int? Period, int Count, int? MaxAge, string? Odd)
    {
        private const int Forever = 36_500;

        public ConfigLine? At { get; init; }

        /// <summary>A command nobody knows.</summary>
        public ConfigLine? Doubt { get; init; }

        public long? Kept => Odd is not null || Period is not { } days ? null : Math.Min(Count < 0 ? Forever : (long)days * Count, MaxAge is > 0 and var most ? most : Forever);

        public string? Why => Odd ?? (Period is null ? "没有写轮转周期" : At is null ? null : $"每 {Period} 天轮转，留 {Count} 份（{At.Place}）");
    }
}
