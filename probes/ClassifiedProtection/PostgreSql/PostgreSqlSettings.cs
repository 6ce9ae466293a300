using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

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

    /// <summary>Names a map of pg_ident.conf.</summary>
    [Description("映射")]
    public string? Map { get; init; }

    /// <summary>The address lets in everybody, or so many that it is no limit.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Of the host itself alone.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Who comes in clear was rejected by a rule before.</summary>
    [Description("明文连接已被前面的规则拒绝")]
    public bool IsClearRefused { get; init; }

    [Description("出处")]
    public required string Origin { get; init; }
}

/// <summary>postgresql.conf with what it includes, postgresql.auto.conf, and pg_hba.conf.</summary>
public sealed record PostgreSqlSettings
{
    /// <summary>Path of the cluster's postgresql.conf; of several clusters each has its own observation.</summary>
    [Description("配置")]
    public Fact<string> Cluster { get; init; }

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

    /// <summary>Settings that let old TLS or ciphers that encrypt nothing in.</summary>
    [Description("放宽 TLS 的设置")]
    public Fact<IReadOnlyList<Sighting>> WeakTls { get; init; }

    /// <summary>Settings that let no log of what ordinary users do come to lie anywhere.</summary>
    [Description("使日志落空的设置")]
    public Fact<IReadOnlyList<Sighting>> LostLogs { get; init; }

    /// <summary>What could not be told, and where; what hangs on it is left out.</summary>
    [Description("须人看的写法")]
    public Fact<IReadOnlyList<Sighting>> NotUnderstood { get; init; }

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

    /// <summary>Classes pgaudit.log records, <c>all</c> spelled out and those behind a minus taken away.</summary>
    [Description("pgaudit.log")]
    public Fact<ListSetting> PgAudit { get; init; }

    /// <summary>auth_delay.milliseconds; 0, as it is by itself, delays nothing.</summary>
    [Description("auth_delay（毫秒）")]
    public Fact<NumberSetting> AuthDelay { get; init; }

    [Description("credcheck.password_min_length")]
    public Fact<NumberSetting> CredcheckLength { get; init; }

    /// <summary>credcheck.max_auth_failure; 0 locks nobody.</summary>
    [Description("credcheck.max_auth_failure")]
    public Fact<NumberSetting> CredcheckFailures { get; init; }

    [Description("log_line_prefix")]
    public Fact<WordSetting> LogLinePrefix { get; init; }

    /// <summary>Seconds; 0 is without end.</summary>
    [Description("idle_session_timeout（秒）")]
    public Fact<NumberSetting> IdleSessionSeconds { get; init; }
}
