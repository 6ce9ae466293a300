using System.ComponentModel;
using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One role that is not a predefined one.</summary>
public sealed record DatabaseRole
{
    [Description("")]
    public required string Name { get; init; }

    [Description("超级用户")]
    public bool IsSuperuser { get; init; }

    [Description("可登录")]
    public bool CanLogin { get; init; }

    /// <summary>Made by initdb (object id 10), whatever its name is today.</summary>
    [Description("初始化时建立")]
    public bool IsBootstrap { get; init; }

    /// <summary>From the day of the script; negative where it has run out, null without end.</summary>
    [Description("有效期剩余天数")]
    public long? ExpiresInDays { get; init; }

    /// <summary>scram, md5, none (no password can be used) or other; left out where the script could not see it.</summary>
    [Description("口令种类")]
    public Fact<string> PasswordKind { get; init; }
}

/// <summary>Who is in a PostgreSQL or Kingbase instance.</summary>
public sealed record PostgreSqlRoles
{
    /// <summary>postgresql or kingbase.</summary>
    [Description("产品")]
    public required string Product { get; init; }

    [Description("版本")]
    public required string Version { get; init; }

    [Description("实例")]
    public required string Instance { get; init; }

    /// <summary>From the day of the script's output to that of the run.</summary>
    [Description("输出距今天数")]
    public Fact<long> OutputAgeDays { get; init; }

    [Description("超级用户")]
    public Fact<IReadOnlyList<DatabaseRole>> Superusers { get; init; }

    [Description("可登录的角色")]
    public Fact<IReadOnlyList<DatabaseRole>> LoginRoles { get; init; }
}

/// <summary>Roles of PostgreSQL, and of Kingbase, which follows it.</summary>
public sealed class PostgreSqlRolesProbe : DatabaseProbe<PostgreSqlRoles>
{
    private static readonly string[] Places =
        ["/etc/postgresql/*/*/postgresql.conf", "/var/lib/pgsql/data/postgresql.conf", "/var/lib/pgsql/*/data/postgresql.conf"];

    public override ProbeManifest Manifest { get; } = About("postgresql-roles", "PostgreSQL/金仓 角色", "库里有哪些超级用户，登录角色的有效期到哪天？");

    internal override IReadOnlyList<DatabaseProduct> Products => [DatabaseProduct.PostgreSql, DatabaseProduct.Kingbase];

    internal override bool MayBeOn(HostSnapshot snapshot) =>
        DatabaseSigns.Runs(snapshot, "postgres", "kingbase") || snapshot.Among(Places).Count > 0;

    internal override PostgreSqlRoles Read(IReadOnlyList<DatabaseOutput> outputs)
    {
        var kinds = Whole(outputs, "secret")?.Where(f => f.Values.Count == 2).GroupBy(f => f.Values[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Values[1], StringComparer.Ordinal);
        var roles = Whole(outputs, "role") is { Count: > 0 } some ? some.Select(f => Role(f, kinds)).ToList() : null;
        return new PostgreSqlRoles
        {
            Product = DatabaseScripts.All.First(a => a.Product == outputs[0].Product).Word,
            Version = outputs[0].Version,
            Instance = outputs[0].Instance,
            OutputAgeDays = Age(outputs),
            Superusers = roles is null ? default(Fact<IReadOnlyList<DatabaseRole>>) : new(roles.FindAll(r => r.IsSuperuser)),
            LoginRoles = roles is null ? default(Fact<IReadOnlyList<DatabaseRole>>) : new(roles.FindAll(r => r.CanLogin)),
        };
    }

    private static DatabaseRole Role(DatabaseFact fact, Dictionary<string, string>? kinds) => fact.Values is [var name, var super, var login, var bootstrap, var days]
        ? new DatabaseRole
        {
            Name = name,
            IsSuperuser = Flag(super),
            CanLogin = Flag(login),
            IsBootstrap = Flag(bootstrap),
            ExpiresInDays = days == "never" ? null : Days(days),
            PasswordKind = kinds is not null && kinds.TryGetValue(name, out var kind) ? kind : default(Fact<string>),
        }
        : throw DatabaseSigns.Odd("role");

    private static bool Flag(string word) => word switch { "true" or "t" => true, "false" or "f" => false, _ => throw DatabaseSigns.Odd("role") };

    private static long Days(string word) =>
        double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && Math.Abs(days) < 10_000_000 ? (long)days : throw DatabaseSigns.Odd("role");
}
