using System.ComponentModel;
using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One user of 达梦 with the limits of its resources; in each of them 0 is without limit, and what is empty or negative is missing: nobody here knows what the product means by it.</summary>
public sealed record DamengUser
{
    [Description("")]
    public required string Name { get; init; }

    [Description("失败次数")]
    public Fact<long> FailedLogins { get; init; }

    /// <summary>Minutes.</summary>
    [Description("锁定分钟")]
    public Fact<long> LockMinutes { get; init; }

    [Description("口令天数")]
    public Fact<long> LifeDays { get; init; }

    /// <summary>Minutes.</summary>
    [Description("空闲分钟")]
    public Fact<long> IdleMinutes { get; init; }
}

/// <summary>What 达梦 says of itself. Names of views and columns are from public material, not checked on a real instance.</summary>
public sealed record DamengSettings
{
    [Description("版本")]
    public required string Version { get; init; }

    [Description("实例")]
    public required string Instance { get; init; }

    /// <summary>From the day of the script's output to that of the run.</summary>
    [Description("输出距今天数")]
    public Fact<long> OutputAgeDays { get; init; }

    /// <summary>PWD_POLICY bit by bit: not-user-name (1), length (2), capital (4), digit (8), punctuation (16); none where COMPATIBLE_MODE is 1, which puts the policy out of force.</summary>
    [Description("PWD_POLICY 的要求")]
    public Fact<IReadOnlyList<string>> PasswordDemands { get; init; }

    /// <summary>PWD_MIN_LEN; null where the version has none.</summary>
    [Description("PWD_MIN_LEN")]
    public Fact<long?> MinimalLength { get; init; }

    /// <summary>ENABLE_AUDIT: 0 off, 1 ordinary, 2 ordinary and in real time.</summary>
    [Description("ENABLE_AUDIT")]
    public Fact<long?> EnableAudit { get; init; }

    /// <summary>Rules of what is audited; only SYSAUDITOR sees them.</summary>
    [Description("审计规则条数")]
    public Fact<long> AuditRules { get; init; }

    /// <summary>ENABLE_ENCRYPT: 1 is TLS with encryption.</summary>
    [Description("ENABLE_ENCRYPT")]
    public Fact<long?> EnableEncrypt { get; init; }

    /// <summary>COMM_ENCRYPT_NAME; empty is none.</summary>
    [Description("COMM_ENCRYPT_NAME")]
    public Fact<string?> MessageCipher { get; init; }

    /// <summary>SYS is left out: nobody logs in as it.</summary>
    [Description("用户")]
    public Fact<IReadOnlyList<DamengUser>> Users { get; init; }
}

/// <summary>达梦: parameters in force and limits of each user.</summary>
public sealed class DamengProbe : DatabaseProbe<DamengSettings>
{
    private static readonly (long Bit, string Word)[] Demands = [(1, "not-user-name"), (2, "length"), (4, "capital"), (8, "digit"), (16, "punctuation")];
    private static readonly string[] Places = ["/opt/dmdbms", "/dm8", "/home/dmdba/dmdbms", "/opt/dm8"];

    public override ProbeManifest Manifest { get; } = About("dameng", "达梦 参数与用户", "达梦的口令策略、锁定、审计与通信加密怎样设置？");

    internal override IReadOnlyList<DatabaseProduct> Products => [DatabaseProduct.Dameng];

    internal override bool MayBeOn(HostSnapshot snapshot) => DatabaseSigns.Runs(snapshot, "dmserver") || snapshot.Among(Places).Count > 0;

    internal override DamengSettings Read(IReadOnlyList<DatabaseOutput> outputs)
    {
        var parameters = Whole(outputs, "parameter")?.Where(f => f.Values.Count == 2).GroupBy(f => f.Values[0].ToUpperInvariant(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Values[1], StringComparer.Ordinal);
        Fact<long?> Number(string name) => parameters is null ? default(Fact<long?>) : new(parameters.TryGetValue(name, out var text) ? Whole(text, "parameter") : (long?)null);
        var audits = outputs.Select(o => o.Single("audit")).OfType<DatabaseFact>().Select(f => Whole(f.Values.ElementAtOrDefault(0), "audit")).ToList();
        return new DamengSettings
        {
            Version = outputs[0].Version,
            Instance = outputs[0].Instance,
            OutputAgeDays = Age(outputs),
            PasswordDemands = parameters is null || !parameters.TryGetValue("PWD_POLICY", out var policy) ? default(Fact<IReadOnlyList<string>>)
                : new(parameters.GetValueOrDefault("COMPATIBLE_MODE") == "1" ? [] : [.. Demands.Where(d => (Whole(policy, "parameter") & d.Bit) != 0).Select(d => d.Word)]),
            MinimalLength = Number("PWD_MIN_LEN"),
            EnableAudit = Number("ENABLE_AUDIT"),
            AuditRules = audits.Count == 0 ? default(Fact<long>) : audits.Max(),
            EnableEncrypt = Number("ENABLE_ENCRYPT"),
            MessageCipher = parameters is null ? default(Fact<string?>) : new(parameters.GetValueOrDefault("COMM_ENCRYPT_NAME")),
            Users = Whole(outputs, "user") is { Count: > 0 } users ? new([.. users.Select(User).Where(u => u.Name != "SYS")]) : default(Fact<IReadOnlyList<DamengUser>>),
        };
    }

    private static DamengUser User(DatabaseFact fact) => fact.Values is [var name, var failed, var locked, var life, var idle]
        ? new DamengUser { Name = name, FailedLogins = Limit(failed), LockMinutes = Limit(locked), LifeDays = Limit(life), IdleMinutes = Limit(idle) }
        : throw DatabaseSigns.Odd("user");

    private static Fact<long> Limit(string text) => text.Length == 0 || text == "-1" ? default(Fact<long>) : Whole(text, "user");

    private static long Whole(string? text, string kind) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw DatabaseSigns.Odd(kind);
}
