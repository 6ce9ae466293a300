using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using static SmartCity.SecurityCheck.Probes.ClassifiedProtection.PostgreSqlWords;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>PostgreSQL and what is made of it. One observation a cluster: of several the worst counts.</summary>
public sealed class PostgreSqlProbe : HostProbe<PostgreSqlSettings>
{
    private const int Depth = 10;
    private static readonly string[] Places =
        ["/etc/postgresql/*/*/postgresql.conf", "/var/lib/pgsql/data/postgresql.conf", "/var/lib/pgsql/*/data/postgresql.conf"];

    public override ProbeManifest Manifest { get; } = About("postgresql", "PostgreSQL 配置", "PostgreSQL 的口令、访问规则、加密与审计怎样配置？");

    internal override Seen<PostgreSqlSettings> Read(HostSnapshot snapshot) => ReadAll(snapshot)[0];

    internal override IReadOnlyList<Seen<PostgreSqlSettings>> ReadAll(HostSnapshot snapshot) =>
        snapshot.Among(Places) is { Count: > 0 } mains ? [.. mains.Select(m => Cluster(snapshot, m))] : [DatabaseSigns.NoConfiguration<PostgreSqlSettings>(snapshot, "PostgreSQL", "postgres", "postmaster")];

    private static Seen<PostgreSqlSettings> Cluster(HostSnapshot snapshot, string main)
    {
        var values = new Dictionary<string, (string Value, ConfigLine Line)>(StringComparer.Ordinal);
        Collect(snapshot, main, 0, values);
        var data = values.TryGetValue("data_directory", out var named) ? named.Value : main.StartsWith("/etc/postgresql/", StringComparison.Ordinal) ? $"/var/lib{main[4..main.LastIndexOf('/')]}" : main[..main.LastIndexOf('/')];
        Automatic(snapshot, data, values);
        var version = Version(main);
        WordSetting Word(string key, string? standard) => values.TryGetValue(key, out var found) ? WordSetting.At(found.Line, Switch(found.Value)) : WordSetting.ByDefault(standard);
        NumberSetting Number(string key, long standard) => values.TryGetValue(key, out var found) ? NumberSetting.At(found.Line, Milliseconds(found.Value)) : NumberSetting.ByDefault(standard);
        var file = values.TryGetValue("hba_file", out var hba) ? hba.Value : $"{main[..main.LastIndexOf('/')]}/pg_hba.conf";
        var rules = HbaFile.Read(snapshot, file.StartsWith('/') ? file : $"{data}/{file}", version);
        var ident = values.TryGetValue("ident_file", out var maps) ? maps.Value : $"{main[..main.LastIndexOf('/')]}/pg_ident.conf";
        HbaFile.CheckMaps(snapshot, rules, ident.StartsWith('/') ? ident : $"{data}/{ident}");
        return new(
            new PostgreSqlSettings
            {
                Cluster = main,
                PasswordEncryption = values.ContainsKey("password_encryption") || version is not null ? Word("password_encryption", version >= 14 ? "scram-sha-256" : "md5") : default(Fact<WordSetting>),
                Rules = new(rules),
                OpenRules = new([.. rules.Where(r => r.Method != "reject" && r.IsOpen)]),
                ClearRules = new([.. rules.Where(r => r.Method != "reject" && r.Type is "host" or "hostnossl" or "hostnogssenc" && !r.IsLocal)]),
                Ssl = Word("ssl", "off"),
                PreloadLibraries = values.TryGetValue("shared_preload_libraries", out var libraries) ? ListSetting.At(libraries.Line, Names(libraries.Value)) : ListSetting.ByDefault([]),
                AuthDelay = Number("auth_delay.milliseconds", 0),
                CredcheckLength = Number("credcheck.password_min_length", 1),
                CredcheckFailures = Number("credcheck.max_auth_failure", 0),
                LogConnections = values.TryGetValue("log_connections", out var connections) ? WordSetting.At(connections.Line, Connections(connections.Value)) : WordSetting.ByDefault("off"),
                LogDisconnections = Word("log_disconnections", "off"),
                LoggingCollector = Word("logging_collector", "off"),
                LogStatement = Word("log_statement", "none"),
                PgAudit = values.TryGetValue("pgaudit.log", out var audit) ? ListSetting.At(audit.Line, Classes(audit.Value)) : ListSetting.ByDefault([]),
                LogLinePrefix = values.TryGetValue("log_line_prefix", out var prefix) ? WordSetting.At(prefix.Line, prefix.Value) : WordSetting.ByDefault("%m [%p] "),
                IdleSessionSeconds = values.TryGetValue("idle_session_timeout", out var idle) ? NumberSetting.At(idle.Line, (Milliseconds(idle.Value) + 999) / 1000) : NumberSetting.ByDefault(0),
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
            if (Split(line) is not { } pair)
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
    private static void Automatic(HostSnapshot snapshot, string folder, Dictionary<string, (string Value, ConfigLine Line)> values)
    {
        var path = $"{folder}/postgresql.auto.conf";
        if (snapshot.Find(path).State is FileState.Missing or FileState.NotCollected)
        {
            throw new UnableException(FailureKind.AccessDenied, $"没有读到 {path}，它的设置优先于其他文件");
        }

        Collect(snapshot, path, 1, values);
    }
}
