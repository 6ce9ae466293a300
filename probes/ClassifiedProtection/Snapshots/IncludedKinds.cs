using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Which kind a file is that another one includes, wherever it lies: it is blackened as that one is. Many probes may ask and tell at once.</summary>
internal sealed partial class IncludedKinds
{
    private const int Cap = 2000;
    private const int Most = 20;
    private static readonly string[] Including = ["sshd", "nginx", "sudo", "pg", "mysql", "redis", "rsyslog", "rotate", "hba", "pam"];
    private readonly List<(string Kind, string Pattern)> _known = [];
    private readonly HashSet<(string Kind, string Pattern)> _told = [];
    private readonly Lock _gate = new();

    public string Of(string path)
    {
        var own = HostRedaction.KindOf(path);
        if (own != HostRedaction.Unknown && !IsGuess(path))
        {
            return own;
        }

        lock (_gate)
        {
            return _known.Find(k => GlobPattern.MatchesPath(k.Pattern, path)).Kind ?? own;
        }
    }

    /// <param name="path">Of the file.</param>
    /// <param name="kind">Of the file.</param>
    /// <param name="text">As it was read, before anything is blackened.</param>
    public void Learn(string path, string kind, string text)
    {
        if (!Array.Exists(Including, k => k == kind))
        {
            return;
        }

        var folder = path[..Math.Max(0, path.LastIndexOf('/'))];
        foreach (Match found in Include().Matches(text))
        {
            var word = found.Groups["word"].Value.ToLowerInvariant();
            var named = found.Groups["path"].Value.TrimEnd('/');
            if (word == "conf" && kind != "pam")
            {
                continue;
            }

            var target = word switch { "hba_file" => "hba", "ident_file" => "inet", "conf" => "policy", _ => kind };
            foreach (var full in named.StartsWith('/') ? [named] : target == kind ? [$"{folder}/{named}", $"/etc/{(kind == "sshd" ? "ssh" : kind)}/{named}"] : DataFolders(folder, text).Select(f => $"{f}/{named}"))
            {
                Add((target, full + Below(kind, word)));
            }
        }
    }

    private void Add((string Kind, string Pattern) named)
    {
        lock (_gate)
        {
            if (_known.Count < Cap && _told.Add(named))
            {
                _known.Add(named);
            }
        }
    }

    /// <summary>Where the server lives, and its files that are named without a folder.</summary>
    private static IEnumerable<string> DataFolders(string folder, string text) =>
    [
        folder, .. folder.StartsWith("/etc/postgresql/", StringComparison.Ordinal) ? [$"/var/lib{folder[4..]}"] : Array.Empty<string>(),
        .. DataDirectory().Matches(text).Take(Most).Select(d => d.Groups["path"].Value.TrimEnd('/')),
    ];

    /// <summary>What a program takes of a folder it is told to include.</summary>
    private static string Below(string kind, string word) => word switch
    {
        "include" when kind == "rotate" => "/*",
        "includedir" or "include_dir" => kind switch { "mysql" => "/*.cnf", "pg" => "/*.conf", _ => "/*" },
        _ => "",
    };

    private static bool IsGuess(string path) => !Collector.Files.Any(f => f.Pattern == path || (GlobPattern.HasWildcard(f.Pattern) && GlobPattern.MatchesPath(f.Pattern, path)));

    [GeneratedRegex(@"(^|[\s;{(])[!#@$]?(?<word>include(dir|_dir|_if_exists|config)?|aclfile|hba_file|ident_file|conf)\b[ \t=(]*(file[ \t]*=[ \t]*)?[""']?(?<path>[^\s""';)]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Include();

    [GeneratedRegex(@"(^|\n)[ \t]*data_directory[ \t=]+['""]?(?<path>/[^\s'""]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex DataDirectory();
}
