using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>redis.conf with what it includes.</summary>
public sealed record RedisSettings
{
    /// <summary>Path of the instance's file; of several instances each has its own observation.</summary>
    [Description("配置")]
    public Fact<string> Instance { get; init; }

    /// <summary>Of the default user, the weakest: none, short (under 8 characters), weak (one of the best known), example (foobared), set, or off where nobody can be that user.</summary>
    [Description("口令")]
    public Fact<WordSetting> Password { get; init; }

    /// <summary>The default user of an ACL needs no password.</summary>
    [Description("default 用户免口令")]
    public Fact<FlagSetting> DefaultUserOpen { get; init; }

    /// <summary>Users that need no password, whatever they are called.</summary>
    [Description("免口令的用户")]
    public Fact<IReadOnlyList<Sighting>> OpenUsers { get; init; }

    /// <summary>Users with a password that is short or well known.</summary>
    [Description("弱口令的用户")]
    public Fact<IReadOnlyList<Sighting>> WeakUsers { get; init; }

    [Description("bind")]
    public Fact<ListSetting> Bind { get; init; }

    /// <summary>Listens on addresses of every interface.</summary>
    [Description("监听所有接口")]
    public Fact<bool> BindsEverywhere { get; init; }

    /// <summary>Listens on an address that is not the host's own loopback.</summary>
    [Description("监听本机以外")]
    public Fact<bool> ListensBeyondHost { get; init; }

    [Description("protected-mode")]
    public Fact<WordSetting> ProtectedMode { get; init; }

    [Description("port")]
    public Fact<NumberSetting> Port { get; init; }

    [Description("tls-port")]
    public Fact<NumberSetting> TlsPort { get; init; }

    [Description("timeout")]
    public Fact<NumberSetting> Timeout { get; init; }

    /// <summary>Commands renamed away, upper case; one that got its name back is none.</summary>
    [Description("改名或停用的命令")]
    public Fact<IReadOnlyList<string>> RenamedCommands { get; init; }

    /// <summary>No user anybody can be, the default one included, has a dangerous command after all of its rules.</summary>
    [Description("ACL 限制危险命令")]
    public Fact<bool> AclLimitsDangerous { get; init; }

    [Description("有危险命令的用户")]
    public Fact<IReadOnlyList<Sighting>> DangerousUsers { get; init; }

    [Description("loglevel")]
    public Fact<WordSetting> LogLevel { get; init; }

    [Description("logfile")]
    public Fact<WordSetting> LogFile { get; init; }

    /// <summary>Mode of the data folder; null where there is none.</summary>
    [Description("数据目录")]
    public Fact<FileAccess?> DataFolder { get; init; }
}
