using System.ComponentModel;
using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>redis.conf with what it includes.</summary>
public sealed record RedisSettings
{
    /// <summary>none, short (under 8 characters), example (foobared), set; as far as the file says.</summary>
    [Description("口令")]
    public Fact<WordSetting> Password { get; init; }

    /// <summary>The default user of an ACL needs no password.</summary>
    [Description("default 用户免口令")]
    public Fact<FlagSetting> DefaultUserOpen { get; init; }

    [Description("bind")]
    public Fact<ListSetting> Bind { get; init; }

    /// <summary>Listens on addresses of every interface.</summary>
    [Description("监听所有接口")]
    public Fact<bool> BindsEverywhere { get; init; }

    [Description("protected-mode")]
    public Fact<WordSetting> ProtectedMode { get; init; }

    [Description("port")]
    public Fact<NumberSetting> Port { get; init; }

    [Description("tls-port")]
    public Fact<NumberSetting> TlsPort { get; init; }

    [Description("timeout")]
    public Fact<NumberSetting> Timeout { get; init; }

    /// <summary>Commands renamed away, upper case.</summary>
    [Description("改名或停用的命令")]
    public Fact<IReadOnlyList<string>> RenamedCommands { get; init; }

    /// <summary>An ACL takes dangerous commands from every user it names but administrators.</summary>
    [Description("ACL 限制危险命令")]
    public Fact<bool> AclLimitsDangerous { get; init; }

    [Description("loglevel")]
    public Fact<WordSetting> LogLevel { get; init; }

    [Description("logfile")]
    public Fact<WordSetting> LogFile { get; init; }

    /// <summary>Mode of the data folder; null where there is none.</summary>
    [Description("数据目录")]
    public Fact<FileAccess?> DataFolder { get; init; }
}

/// <summary>Redis: of several lines the last one counts.</summary>
public sealed class RedisProbe : HostProbe<RedisSettings>
{
    private const int Depth = 8;
    private static readonly string[] Places = ["/etc/redis/redis.conf", "/etc/redis.conf"];

    public override ProbeManifest Manifest { get; } = About("redis", "Redis 配置", "Redis 的口令、监听、加密与日志怎样配置？");

    internal override Seen<RedisSettings> Read(HostSnapshot snapshot)
    {
        if (snapshot.Among(Places) is not [var main, ..])
        {
            return Seen<RedisSettings>.Nothing("主机上没有 Redis 配置文件");
        }

        var lines = new List<(string Key, string[] Values, ConfigLine Line)>();
        Collect(snapshot, main, 0, lines);
        var acl = Acl(snapshot, lines);
        (string Key, string[] Values, ConfigLine Line)? Last(string key) => lines.Where(l => l.Key == key).Select(l => ((string, string[], ConfigLine)?)l).LastOrDefault();
        WordSetting Word(string key, string? standard) => Last(key) is { } found ? WordSetting.At(found.Line, string.Join(' ', found.Values).Trim('"', '\'').ToLowerInvariant()) : WordSetting.ByDefault(standard);
        NumberSetting Number(string key, long standard) => Last(key) is { Values: [var text, ..] } found
            ? NumberSetting.At(found.Line, long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null) : NumberSetting.ByDefault(standard);
        var bind = Last("bind") is { } bound ? ListSetting.At(bound.Line, bound.Values) : ListSetting.ByDefault([]);
        return new(
            new RedisSettings
            {
                Password = Password(Last("requirepass"), acl),
                DefaultUserOpen = acl.Find(a => a.Values is ["default", ..]) is { Line: { } user, Values: var words } ? FlagSetting.At(user, words.Contains("nopass", StringComparer.OrdinalIgnoreCase)) : FlagSetting.ByDefault(Last("requirepass") is null),
                Bind = bind,
                BindsEverywhere = bind.Value.Count == 0 || bind.Value.Any(b => b.TrimStart('-') is "*" or "0.0.0.0" or "::" or "::*"),
                ProtectedMode = Word("protected-mode", "yes"),
                Port = Number("port", 6379),
                TlsPort = Number("tls-port", 0),
                Timeout = Number("timeout", 0),
                RenamedCommands = new([.. lines.Where(l => l.Key == "rename-command" && l.Values.Length > 1).Select(l => l.Values[0].ToUpperInvariant()).Distinct(StringComparer.Ordinal)]),
                AclLimitsDangerous = acl.Count > 0 && acl.TrueForAll(a => a.Values.Contains("-@dangerous", StringComparer.OrdinalIgnoreCase) || a.Values.Contains("off", StringComparer.OrdinalIgnoreCase) || a.Values.Contains("-@all", StringComparer.OrdinalIgnoreCase)),
                LogLevel = Word("loglevel", "notice"),
                LogFile = Word("logfile", ""),
                DataFolder = snapshot.Find(Last("dir") is { Values: [['/', ..] folder, ..] } ? folder : "/var/lib/redis") is var data && data.State == FileState.Missing ? new(null) : FileAccess.Of(data) is { } access ? new(access) : default(Fact<FileAccess?>),
            },
            [.. lines.Concat(acl).Select(l => l.Line)]);
    }

    private static WordSetting Password((string Key, string[] Values, ConfigLine Line)? written, List<(string Key, string[] Values, ConfigLine Line)> acl)
    {
        if (written is { Values: [var text, ..] } found)
        {
            return WordSetting.At(found.Line, text switch { "\"\"" or "''" => "none", "***example" => "example", "***short" => "short", _ => "set" });
        }

        return acl.Find(a => a.Values is ["default", ..] && a.Values.Any(v => v[0] is '>' or '#')) is { Line: { } line } ? WordSetting.At(line, "set") : WordSetting.ByDefault("none");
    }

    private static void Collect(HostSnapshot snapshot, string path, int depth, List<(string, string[], ConfigLine)> into)
    {
        if (depth > Depth)
        {
            throw new UnableException(FailureKind.BadInput, $"{path} 的 include 超过 {Depth} 层");
        }

        foreach (var line in snapshot.Lines(path) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：引用的 {path} 不存在"))
        {
            var words = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0][0] == '#')
            {
                continue;
            }

            if (words[0].Equals("include", StringComparison.OrdinalIgnoreCase))
            {
                var named = words[1].Trim('"');
                var full = named.StartsWith('/') ? named : $"{path[..path.LastIndexOf('/')]}/{named}";
                foreach (var file in GlobPattern.HasWildcard(full) ? snapshot.Glob(full) : [full])
                {
                    Collect(snapshot, file, depth + 1, into);
                }
            }
            else
            {
                into.Add((words[0].ToLowerInvariant(), words[1..], line));
            }
        }
    }

    /// <summary>user lines of redis.conf and of the ACL file.</summary>
    private static List<(string Key, string[] Values, ConfigLine Line)> Acl(HostSnapshot snapshot, List<(string Key, string[] Values, ConfigLine Line)> lines)
    {
        var users = lines.Where(l => l.Key == "user").ToList();
        if (lines.FindLast(l => l.Key == "aclfile") is { Values: [var file, ..] })
        {
            foreach (var line in snapshot.Lines(file.Trim('"')) ?? [])
            {
                var words = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (words is ["user", _, ..])
                {
                    users.Add(("user", words[1..], line));
                }
            }
        }

        return users;
    }
}
