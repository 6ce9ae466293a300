using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>my.cnf with what it includes, and what SET PERSIST wrote. What is kept inside the database is not here.</summary>
public sealed record MySqlSettings
{
    /// <summary>Days; 0 is without end.</summary>
    [Description("default_password_lifetime")]
    public Fact<NumberSetting> PasswordLifetime { get; init; }

    [Description("require_secure_transport")]
    public Fact<WordSetting> RequireSecureTransport { get; init; }

    /// <summary>general_log that goes somewhere, or a plug-in that audits and is switched on.</summary>
    [Description("审计")]
    public Fact<IReadOnlyList<Sighting>> Audits { get; init; }

    [Description("skip-grant-tables")]
    public Fact<FlagSetting> SkipsGrants { get; init; }

    [Description("local_infile")]
    public Fact<WordSetting> LocalInfile { get; init; }

    [Description("bind-address")]
    public Fact<WordSetting> BindAddress { get; init; }

    /// <summary>Listens on addresses of every interface.</summary>
    [Description("监听所有接口")]
    public Fact<bool> BindsEverywhere { get; init; }

    [Description("wait_timeout")]
    public Fact<NumberSetting> WaitTimeout { get; init; }

    [Description("interactive_timeout")]
    public Fact<NumberSetting> InteractiveTimeout { get; init; }

    /// <summary>Lines that may or may not hold for this server; what hangs on them is left out.</summary>
    [Description("须人看的写法")]
    public Fact<IReadOnlyList<Sighting>> NotUnderstood { get; init; }
}
