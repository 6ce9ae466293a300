using System.ComponentModel;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>How long one set of logs is kept.</summary>
public sealed record LogRetention
{
    [Description("")]
    public required string Files { get; init; }

    /// <summary>Days; null where size alone decides and nobody can say.</summary>
    [Description("保留天数")]
    public long? Days { get; init; }

    [Description("出处")]
    public required string Origin { get; init; }
}

/// <summary>System logs: who writes them, where they go and how long they stay.</summary>
public sealed record LoggingSettings
{
    /// <summary>rsyslog, syslog-ng or a journal on disk.</summary>
    [Description("落盘的日志服务")]
    public Fact<IReadOnlyList<string>> Writers { get; init; }

    /// <summary>Rules that take auth and authpriv messages to a file or another host.</summary>
    [Description("登录认证日志去向")]
    public Fact<IReadOnlyList<Sighting>> AuthenticationLogs { get; init; }

    /// <summary>Other hosts that logs are sent to; this host itself left out.</summary>
    [Description("远程日志服务器")]
    public Fact<IReadOnlyList<Sighting>> RemoteTargets { get; init; }

    /// <summary>Times without year and zone (RFC 3164).</summary>
    [Description("传统时间格式")]
    public Fact<FlagSetting> TraditionalTimes { get; init; }

    /// <summary>Rotation of the system logs.</summary>
    [Description("日志轮转")]
    public Fact<IReadOnlyList<LogRetention>> Retentions { get; init; }
}

/// <summary>rsyslog, journald and logrotate.</summary>
public sealed partial class LoggingProbe : HostProbe<LoggingSettings>
{
    private static readonly string[] SystemLogs = ["messages", "syslog", "secure", "auth.log", "audit.log", "wtmp", "btmp"];
    private static readonly string[] OwnNames = ["127.0.0.1", "localhost", "::1", "[::1]"];

    public override ProbeManifest Manifest { get; } = About("logging", "系统日志", "日志由谁写、送到哪里、保留多久？");

    internal override Seen<LoggingSettings> Read(HostSnapshot snapshot)
    {
        var rsyslog = snapshot.LinesOf("/etc/rsyslog.conf", "/etc/rsyslog.d/*.conf").Where(IsDirective).ToList();
        var journal = snapshot.LinesOf("/etc/systemd/journald.conf", "/etc/systemd/journald.conf.d/*.conf").Where(IsDirective).ToList();
        var rotate = snapshot.LinesOf("/etc/logrotate.conf").Concat(snapshot.LinesOf("/etc/logrotate.d/*")).ToList();
        var settings = new LoggingSettings
        {
            Writers = Writers(snapshot, rsyslog.Count > 0, journal),
            AuthenticationLogs = new([.. rsyslog.Where(IsAuthentication).Select(l => new Sighting(Target(l.Text), l.Place))]),
            RemoteTargets = new([.. rsyslog.SelectMany(Remote), .. Plugins(snapshot)]),
            TraditionalTimes = rsyslog.Find(l => l.Text.Contains("RSYSLOG_TraditionalFileFormat", StringComparison.Ordinal)) is { } line ? FlagSetting.At(line, true) : FlagSetting.ByDefault(false),
            Retentions = new(Rotation.Of(rotate)),
        };
        return new(settings, [.. rsyslog, .. journal, .. rotate.Where(l => l.Text.Trim().Length > 0)]);
    }

    private static bool IsDirective(ConfigLine line) => line.Text.Trim() is { Length: > 0 } text && text[0] is not ('#' or '[');

    /// <summary>A journal is on disk where it is told to be, or where its folder exists and it is left to decide.</summary>
    private static Fact<IReadOnlyList<string>> Writers(HostSnapshot snapshot, bool hasRsyslog, List<ConfigLine> journal)
    {
        var units = Units.Of(snapshot);
        if (units is null)
        {
            return default;
        }

        var storage = journal.FindLast(l => l.Text.StartsWith("Storage=", StringComparison.Ordinal))?.Text[8..].Trim().ToLowerInvariant() ?? "auto";
        List<string> writers = [];
        foreach (var name in new[] { "rsyslog", "syslog-ng" })
        {
            var active = units.IsActive($"{name}.service");
            if (active.IsKnown ? active.Value : units.IsEnabled($"{name}.service").Value && (name != "rsyslog" || hasRsyslog))
            {
                writers.Add(name);
            }
        }

        if (storage == "persistent" || (storage == "auto" && snapshot.Find("/var/log/journal").State == FileState.Directory))
        {
            writers.Add("journald");
        }

        return new(writers);
    }

    private static bool IsAuthentication(ConfigLine line)
    {
        var selector = Selector().Match(line.Text);
        return selector.Success && selector.Groups["facilities"].Value is var f && (f.Contains("auth", StringComparison.OrdinalIgnoreCase) || f.Contains('*', StringComparison.Ordinal))
            && !AuthNone().IsMatch(selector.Groups["selector"].Value) && Target(line.Text) is { Length: > 0 } target && (target[0] is '/' or '-' or '@' or '?' || target.StartsWith("action", StringComparison.Ordinal));
    }

    private static string Target(string text) => text.Trim().Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries) is [_, var target] ? target.Trim() : "";

    private static IEnumerable<Sighting> Remote(ConfigLine line)
    {
        var old = OldForward().Match(line.Text);
        var host = old.Success ? old.Groups["host"].Value : line.Text.Contains("omfwd", StringComparison.OrdinalIgnoreCase) && NewTarget().Match(line.Text) is { Success: true } named ? named.Groups["host"].Value : null;
        return host is null || OwnNames.Any(n => n == host) ? [] : [new Sighting(host, line.Place)];
    }

    private static IEnumerable<Sighting> Plugins(HostSnapshot snapshot)
    {
        foreach (var folder in new[] { "/etc/audit", "/etc/audisp" })
        {
            var plugin = snapshot.LinesOf($"{folder}/plugins.d/*.conf").Where(l => l.Path.EndsWith("au-remote.conf", StringComparison.Ordinal) && l.Text.Replace(" ", "", StringComparison.Ordinal) == "active=yes");
            if (plugin.Any() && (snapshot.Lines($"{folder}/audisp-remote.conf") ?? []).FirstOrDefault(l => l.Text.StartsWith("remote_server", StringComparison.Ordinal)) is { } line)
            {
                yield return new Sighting(line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(), line.Place);
            }
        }
    }

    [GeneratedRegex(@"^\s*(?<selector>(?<facilities>[a-zA-Z0-9,*]+)\.\S+)\s", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Selector();

    [GeneratedRegex(@"(^|[;,])\s*(auth|authpriv)[a-z,]*\.none", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AuthNone();

    [GeneratedRegex(@"\s@{1,2}(\([^)]*\))?(?<host>\[[^\]]+\]|[^\s:;]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OldForward();

    [GeneratedRegex(@"target\s*=\s*""(?<host>[^""]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NewTarget();

    /// <summary>logrotate(8): what stands in a block goes before what stands outside.</summary>
    private static class Rotation
    {
        public static List<LogRetention> Of(IReadOnlyList<ConfigLine> lines)
        {
            var found = new List<LogRetention>();
            var (global, block) = (new Policy(null, 0, null), (Policy?)null);
            var (files, begun) = (new List<string>(), (ConfigLine?)null);
            foreach (var line in lines)
            {
                var text = line.Text.Trim();
                if (block is null && (text.StartsWith('/') || text.StartsWith('"') || text.EndsWith('{')))
                {
                    begun ??= line;
                    files.AddRange(text.TrimEnd('{').Split([' ', '\t', '"'], StringSplitOptions.RemoveEmptyEntries));
                    block = text.EndsWith('{') ? global : null;
                }
                else if (text == "}" && block is { } whole)
                {
                    if (files.Exists(f => SystemLogs.Any(l => f.EndsWith($"/{l}", StringComparison.Ordinal))))
                    {
                        found.Add(new LogRetention { Files = string.Join(' ', files), Days = whole.Kept, Origin = begun!.Place });
                    }

                    (block, begun) = (null, null);
                    files.Clear();
                }
                else if (block is not null)
                {
                    block = block.With(text);
                }
                else
                {
                    global = global.With(text);
                }
            }

            return found;
        }

        private sealed record Policy(int? Period, int Count, int? MaxAge)
        {
            private const int Forever = 36_500;

            public long? Kept => Period is not { } days ? null : Math.Min(Count < 0 ? Forever : (long)days * Count, MaxAge ?? Forever);

            public Policy With(string text)
            {
                var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                return words switch
                {
                    ["hourly"] => this with { Period = 0 },
                    ["daily"] => this with { Period = 1 },
                    ["weekly", ..] => this with { Period = 7 },
                    ["monthly"] => this with { Period = 30 },
                    ["yearly"] => this with { Period = 365 },
                    ["size", ..] => this with { Period = null },
                    ["rotate", var count] when int.TryParse(count, out var n) => this with { Count = n },
                    ["maxage", var days] when int.TryParse(days, out var n) => this with { MaxAge = n },
                    _ => this,
                };
            }
        }
    }
}
