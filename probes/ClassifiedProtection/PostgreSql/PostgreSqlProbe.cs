using System.ComponentModel;
using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One rule of pg_hba.conf.</summary>
public sealed record HbaRule
{
    /// <summary>local, host, hostssl, hostnossl, hostgssenc, hostnogssenc.</summary>
    [Description("")]
    public required string Type { get; init; }

    /// <summary>Null for local.</summary>
    [Description("来源")]
    public string? Address { get; init; }

    [Description("方法")]
    public required string Method { get; init; }

    [Description("出处")]
    public required string Origin { get; init; }
}

/// <summary>postgresql.conf with what it includes, postgresql.auto.conf, and pg_hba.conf.</summary>
public sealed record PostgreSqlSettings
{
    [Description("password_encryption")]
    public Fact<WordSetting> PasswordEncryption { get; init; }

    [Description("访问规则")]
    public Fact<IReadOnlyList<HbaRule>> Rules { get; init; }

    /// <summary>Rules that let the network in from anywhere.</summary>
    [Description("不限来源的规则")]
    public Fact<IReadOnlyList<HbaRule>> OpenRules { get; init; }

    /// <summary>Rules that let the network in without TLS; reject left out.</summary>
    [Description("允许明文的规则")]
    public Fact<IReadOnlyList<HbaRule>> ClearRules { get; init; }

    [Description("ssl")]
    public Fact<WordSetting> Ssl { get; init; }

    [Description("shared_preload_libraries")]
    public Fact<ListSetting> PreloadLibraries { get; init; }

    [Description("log_connections")]
    public Fact<WordSetting> LogConnections { get; init; }

    [Description("log_disconnections")]
    public Fact<WordSetting> LogDisconnections { get; init; }

    [Description("logging_collector")]
    public Fact<WordSetting> LoggingCollector { get; init; }

    [Description("log_statement")]
    public Fact<WordSetting> LogStatement { get; init; }

    [Description("pgaudit.log")]
    public Fact<WordSetting> PgAudit { get; init; }

    [Description("log_line_prefix")]
    public Fact<WordSetting> LogLinePrefix { get; init; }

    /// <summary>Seconds; 0 is without end.</summary>
    [Description("idle_session_timeout（秒）")]
    public Fact<NumberSetting> IdleSessionSeconds { get; init; }
}

/// <summary>PostgreSQL and what is made of it. Of several clusters the first in the order of names.</summary>
public sealed class PostgreSqlProbe : HostProbe<PostgreSqlSettings>
{
    private const int Depth = 10;
    private static readonly string[] Places =
        ["/etc/postgresql/*/*/postgresql.conf", "/var/lib/pgsql/data/postgresql.conf", "/var/lib/pgsql/*/data/postgresql.conf"];

    public override ProbeManifest Manifest { get; } = About("postgresql", "PostgreSQL 配置", "PostgreSQL 的口令、访问规则、加密与审计怎样配置？");

    internal override Seen<PostgreSqlSettings> Read(HostSnapshot snapshot)
    {
        var main = Places.SelectMany(p => p.Contains('*', StringComparison.Ordinal) ? snapshot.Glob(p) : snapshot.Find(p).Exists ? [p] : []).FirstOrDefault();
        if (main is null)
        {
            return Places.Any(p => !p.Contains('*', StringComparison.Ordinal) && snapshot.Find(p).State == FileState.Denied)
                ? throw new UnableException(FailureKind.AccessDenied, "无权读取 PostgreSQL 的数据目录")
                : Seen<PostgreSqlSettings>.Nothing("主机上没有 PostgreSQL 配置文件");
        }

        var values = new Dictionary<string, (string Value, ConfigLine Line)>(StringComparer.Ordinal);
        Collect(snapshot, main, 0, values);
        Automatic(snapshot, main, values);
        var version = Version(main);
        WordSetting Word(string key, string? standard) => values.TryGetValue(key, out var found) ? WordSetting.At(found.Line, Switch(found.Value)) : WordSetting.ByDefault(standard);
        var rules = Rules(snapshot, values.TryGetValue("hba_file", out var hba) ? hba.Value : $"{main[..main.LastIndexOf('/')]}/pg_hba.conf");
        return new(
            new PostgreSqlSettings
            {
                PasswordEncryption = values.ContainsKey("password_encryption") || version is not null ? Word("password_encryption", version >= 14 ? "scram-sha-256" : "md5") : default(Fact<WordSetting>),
                Rules = new(rules),
                OpenRules = new([.. rules.Where(r => r.Method != "reject" && r.Address is ("all" or "0.0.0.0/0" or "::/0" or "::0/0" or "0.0.0.0 0.0.0.0"))]),
                ClearRules = new([.. rules.Where(r => r.Method != "reject" && r.Type is ("host" or "hostnossl") && !IsLoopback(r.Address))]),
                Ssl = Word("ssl", "off"),
                PreloadLibraries = values.TryGetValue("shared_preload_libraries", out var libraries) ? ListSetting.At(libraries.Line, libraries.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)) : ListSetting.ByDefault([]),
                LogConnections = Word("log_connections", "off"),
                LogDisconnections = Word("log_disconnections", "off"),
                LoggingCollector = Word("logging_collector", "off"),
                LogStatement = Word("log_statement", "none"),
                PgAudit = Word("pgaudit.log", "none"),
                LogLinePrefix = values.TryGetValue("log_line_prefix", out var prefix) ? WordSetting.At(prefix.Line, prefix.Value) : WordSetting.ByDefault("%m [%p] "),
                IdleSessionSeconds = values.TryGetValue("idle_session_timeout", out var idle) ? NumberSetting.At(idle.Line, Seconds(idle.Value)) : NumberSetting.ByDefault(0),
            },
            [.. values.Values.Select(v => v.Line), .. rules.Select(r => new ConfigLine(r.Origin, 0, $"{r.Type} {r.Address} {r.Method}"))]);
    }

    /// <summary>The last line counts, an included file where it stands.</summary>
    private static void Collect(HostSnapshot snapshot, string path, int depth, Dictionary<string, (string Value, ConfigLine Line)> into)
    {
        if (depth > Depth)
        {
            throw new UnableException(FailureKind.BadInput, $"{path} 的 include 超过 {Depth} 层");
        }

        foreach (var line in snapshot.Lines(path) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：引用的 {path} 不存在"))
        {
            if (Split(line.Text) is not { } pair)
            {
                continue;
            }

            var full = pair.Value.StartsWith('/') ? pair.Value : $"{path[..path.LastIndexOf('/')]}/{pair.Value}";
            switch (pair.Key)
            {
                case "include":
                    Collect(snapshot, full, depth + 1, into);
                    break;
                case "include_if_exists":
                    if (snapshot.Find(full).State != FileState.Missing)
                    {
                        Collect(snapshot, full, depth + 1, into);
                    }

                    break;
                case "include_dir":
                    snapshot.Glob($"{full.TrimEnd('/')}/*.conf").ToList().ForEach(f => Collect(snapshot, f, depth + 1, into));
                    break;
                default:
                    into[pair.Key] = (pair.Value, line);
                    break;
            }
        }
    }

    /// <summary>What ALTER SYSTEM wrote lies in the data folder and goes before everything.</summary>
    private static void Automatic(HostSnapshot snapshot, string main, Dictionary<string, (string Value, ConfigLine Line)> values)
    {
        var folder = values.TryGetValue("data_directory", out var named) ? named.Value : main.StartsWith("/etc/postgresql/", StringComparison.Ordinal) ? $"/var/lib{main[4..main.LastIndexOf('/')]}" : main[..main.LastIndexOf('/')];
        var path = $"{folder}/postgresql.auto.conf";
        if (snapshot.Find(path).State is FileState.Missing or FileState.NotCollected)
        {
            throw new UnableException(FailureKind.AccessDenied, $"没有读到 {path}，它的设置优先于其他文件");
        }

        Collect(snapshot, path, 1, values);
    }

    /// <summary>name = value, name value, name 'value with ''quotes'''.</summary>
    private static (string Key, string Value)? Split(string text)
    {
        var line = text.Trim();
        var end = line.AsSpan().IndexOfAny(" \t=");
        if (end <= 0 || line[0] == '#')
        {
            return null;
        }

        var rest = line[end..].TrimStart(' ', '\t').TrimStart('=').TrimStart(' ', '\t');
        if (!rest.StartsWith('\''))
        {
            return (line[..end].ToLowerInvariant(), rest.Split('#')[0].Trim());
        }

        var close = rest.IndexOf('\'', 1);
        while (close > 0 && close + 1 < rest.Length && rest[close + 1] == '\'')
        {
            close = rest.IndexOf('\'', close + 2);
        }

        return (line[..end].ToLowerInvariant(), (close < 0 ? rest[1..] : rest[1..close]).Replace("''", "'", StringComparison.Ordinal));
    }

    private static List<HbaRule> Rules(HostSnapshot snapshot, string path)
    {
        var rules = new List<HbaRule>();
        foreach (var line in snapshot.Lines(path) ?? throw new UnableException(FailureKind.BadInput, $"没有 {path}"))
        {
            var words = line.Text.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            var isLocal = words[0] == "local";
            if (words[0].StartsWith("include", StringComparison.Ordinal) || words.Length < (isLocal ? 4 : 5))
            {
                throw new UnableException(FailureKind.BadInput, words[0].StartsWith("include", StringComparison.Ordinal) ? $"{line.Place} 引用了别的访问规则文件，尚不支持" : $"配置无效：{line.Place} 的访问规则不完整");
            }

            // An address may be followed by a mask of its own.
            var hasMask = !isLocal && words.Length > 5 && words[4].Length > 0 && (char.IsAsciiDigit(words[4][0]) || words[4].Contains(':', StringComparison.Ordinal));
            rules.Add(new HbaRule
            {
                Type = words[0], Address = isLocal ? null : hasMask ? $"{words[3]} {words[4]}" : words[3].Trim('"'), Method = (isLocal ? words[3] : words[hasMask ? 5 : 4]).ToLowerInvariant(), Origin = line.Place,
            });
        }

        return rules;
    }

    private static bool IsLoopback(string? address) => address is not null && (address.StartsWith("127.", StringComparison.Ordinal) || address is "::1/128" or "localhost" or "samehost");

    private static string Switch(string value) => value.ToLowerInvariant() switch { "on" or "true" or "yes" or "1" => "on", "off" or "false" or "no" or "0" => "off", { } other => other };

    /// <summary>Milliseconds where no unit is written.</summary>
    private static long? Seconds(string text)
    {
        var digits = new string([.. text.TakeWhile(char.IsAsciiDigit)]);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue)
        {
            return null;
        }

        return text[digits.Length..].Trim() switch { "" or "ms" => (number + 999) / 1000, "s" => number, "min" => number * 60, "h" => number * 3600, "d" => number * 86_400, _ => null };
    }

    private static int? Version(string path) => path.Split('/').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null).FirstOrDefault(n => n is not null);
}
