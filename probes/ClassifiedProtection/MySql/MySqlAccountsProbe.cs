using System.ComponentModel;
using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One account that can log in.</summary>
public sealed record DatabaseAccount
{
    /// <summary>Empty for an anonymous one.</summary>
    [Description("")]
    public required string Name { get; init; }

    [Description("来源")]
    public required string Host { get; init; }

    [Description("认证插件")]
    public required string Plugin { get; init; }

    /// <summary>FAILED_LOGIN_ATTEMPTS; 0 is without limit, null where the product has no such thing.</summary>
    [Description("失败次数限制")]
    public Fact<long?> FailedLoginAttempts { get; init; }

    /// <summary>PASSWORD_LOCK_TIME; 0 is none, −1 until somebody unlocks.</summary>
    [Description("锁定天数")]
    public Fact<long?> LockDays { get; init; }
}

/// <summary>Who is in a MySQL or MariaDB, and what passwords have to be like there. Locked accounts and roles are left out: nobody logs in as one.</summary>
public sealed record MySqlAccounts
{
    [Description("版本")]
    public required string Version { get; init; }

    [Description("实例")]
    public required string Instance { get; init; }

    /// <summary>From the day of the script's output to that of the run.</summary>
    [Description("输出距今天数")]
    public Fact<long> OutputAgeDays { get; init; }

    /// <summary>validate_password.policy (component) or validate_password_policy (plug-in): LOW, MEDIUM, STRONG; null where neither is loaded.</summary>
    [Description("validate_password 策略")]
    public Fact<string?> ValidatePolicy { get; init; }

    [Description("validate_password 长度")]
    public Fact<long?> ValidateLength { get; init; }

    /// <summary>MariaDB: simple_password_check_minimal_length; null where the plug-in is not loaded.</summary>
    [Description("simple_password_check 长度")]
    public Fact<long?> SimpleLength { get; init; }

    /// <summary>The smallest of its demands for digits, letters of each case and other characters.</summary>
    [Description("simple_password_check 各类字符的最少个数")]
    public Fact<long?> SimpleClasses { get; init; }

    /// <summary>MariaDB: strict_password_validation; off lets whoever sets a password hand in its hash, which no plug-in can check. On where there is no such variable.</summary>
    [Description("strict_password_validation")]
    public Fact<bool> StrictValidation { get; init; }

    /// <summary>MariaDB: after so many wrong passwords an account without CONNECTION ADMIN is shut out until the grants are flushed.</summary>
    [Description("max_password_errors")]
    public Fact<long?> MaxPasswordErrors { get; init; }

    /// <summary>connection_control delays and does not lock; 0 is off, null where it is not loaded.</summary>
    [Description("connection_control 阈值")]
    public Fact<long?> ConnectionControlThreshold { get; init; }

    /// <summary>Accounts that log in with a password.</summary>
    [Description("用口令登录的账户")]
    public Fact<IReadOnlyList<DatabaseAccount>> PasswordAccounts { get; init; }

    /// <summary>Accounts that log in with the empty password; those of the operating system's sockets are none.</summary>
    [Description("空口令账户")]
    public Fact<IReadOnlyList<DatabaseAccount>> Passwordless { get; init; }

    [Description("匿名账户")]
    public Fact<IReadOnlyList<DatabaseAccount>> Anonymous { get; init; }

    /// <summary>Accounts called root or with SUPER, GRANT OPTION or CREATE USER, whatever they are called; left out where a role has these and who was granted it is not known.</summary>
    [Description("管理账户")]
    public Fact<IReadOnlyList<DatabaseAccount>> Administrators { get; init; }
}

/// <summary>Accounts and password demands of MySQL and MariaDB.</summary>
public sealed class MySqlAccountsProbe : DatabaseProbe<MySqlAccounts>
{
    private static readonly string[] Places = ["/etc/my.cnf", "/etc/mysql/my.cnf"];
    private static readonly string[] Servers = ["mysqld", "mariadbd"];
    private static readonly string[] PasswordPlugins = ["", "mysql_native_password", "mysql_old_password", "sha256_password", "caching_sha2_password", "ed25519", "parsec"];
    private static readonly string[] OtherPlugins = ["unix_socket", "auth_socket", "auth_pam", "auth_pam_compat", "pam", "gssapi", "named_pipe", "mysql_no_login", "authentication_windows", "authentication_pam",
        "authentication_ldap_simple", "authentication_ldap_sasl", "authentication_ldap_sasl_client", "authentication_kerberos", "authentication_fido", "authentication_webauthn", "authentication_oci"];

    public override ProbeManifest Manifest { get; } = About("mysql-accounts", "MySQL/MariaDB 账户", "库里有哪些账户，口令要满足什么，失败几次会被挡住？");

    internal override IReadOnlyList<DatabaseProduct> Products => [DatabaseProduct.MySql];

    internal override bool MayBeOn(HostSnapshot snapshot) =>
        DatabaseSigns.Runs(snapshot, Servers) || snapshot.Among(Places).Count > 0;

    internal override MySqlAccounts Read(IReadOnlyList<DatabaseOutput> outputs)
    {
        var variables = Whole(outputs, "variable")?.Where(f => f.Values.Count == 2).GroupBy(f => f.Values[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(f => f.Values[1]).ToList(), StringComparer.Ordinal);
        var locks = Whole(outputs, "lock")?.GroupBy(f => (f.Values[0], f.Values.ElementAtOrDefault(1) ?? "")).ToDictionary(g => g.Key, g => g.First().Values);

        // No instance is without accounts: of an empty list nothing is said.
        var accounts = Whole(outputs, "account") is { Count: > 0 } some ? some : null;
        var every = accounts?.Select(f => Row.Of(f, locks, outputs[0].Version)).ToList();
        var mighty = every is null ? null : Mighty(every, Whole(outputs, "edge"));
        var rows = every?.FindAll(r => !r.IsLocked);
        Fact<long?> Smallest(params IReadOnlyList<string> names) => variables is null ? default(Fact<long?>) : new(Numbers(variables, names));
        Fact<IReadOnlyList<DatabaseAccount>> Those(Func<Row, bool> wanted) => rows is null ? default(Fact<IReadOnlyList<DatabaseAccount>>) : new([.. rows.Where(wanted).Select(r => r.Account)]);
        return new MySqlAccounts
        {
            Version = outputs[0].Version,
            Instance = outputs[0].Instance,
            OutputAgeDays = Age(outputs),
            ValidatePolicy = variables is null ? default(Fact<string?>) : new(Policy(variables)),
            ValidateLength = Smallest("validate_password.length", "validate_password_length"),
            SimpleLength = Smallest("simple_password_check_minimal_length"),
            SimpleClasses = Smallest("simple_password_check_digits", "simple_password_check_letters_same_case", "simple_password_check_other_characters"),
            StrictValidation = variables is null ? default(Fact<bool>) : variables.GetValueOrDefault("strict_password_validation")?.TrueForAll(v => v.ToUpperInvariant() is "ON" or "1") != false,
            MaxPasswordErrors = Smallest("max_password_errors"),
            ConnectionControlThreshold = Smallest("connection_control_failed_connections_threshold"),
            PasswordAccounts = Those(r => r.TakesPassword),
            Passwordless = rows is null || rows.Exists(r => r.IsPasswordless is null) ? default(Fact<IReadOnlyList<DatabaseAccount>>) : Those(r => r.IsPasswordless == true),
            Anonymous = Those(r => r.Account.Name.Length == 0),
            Administrators = mighty is null ? default : Those(r => mighty.Contains((r.Account.Name, r.Account.Host))),
        };
    }

    /// <summary>Administrators and whoever was granted one as a role, by whatever way; null where a role has such power and who was granted it is not known.</summary>
    private static HashSet<(string, string)>? Mighty(List<Row> every, IReadOnlyList<DatabaseFact>? edges)
    {
        if (edges is null && every.Exists(r => r is { MayBeRole: true, IsAdministrator: true }))
        {
            return null;
        }

        var mighty = every.FindAll(r => r.IsAdministrator).Select(r => (r.Account.Name, r.Account.Host)).ToHashSet();
        var pairs = (edges ?? []).Select(e => e.Values is [var role, var roleHost, var user, var host] ? ((role, roleHost), (user, host)) : throw DatabaseSigns.Odd("edge")).ToList();
        for (var before = -1; before != mighty.Count;)
        {
            before = mighty.Count;
            mighty.UnionWith(pairs.Where(p => mighty.Contains(p.Item1)).Select(p => p.Item2).ToList());
        }

        return mighty;
    }

    private static string? Policy(Dictionary<string, List<string>> variables) =>
        (variables.GetValueOrDefault("validate_password.policy") ?? variables.GetValueOrDefault("validate_password_policy"))?[0].ToUpperInvariant() switch { "0" => "LOW", "1" => "MEDIUM", "2" => "STRONG", var word => word };

    /// <summary>The smallest of what is there; of several outputs and names the worst counts.</summary>
    private static long? Numbers(Dictionary<string, List<string>> variables, IReadOnlyList<string> names)
    {
        var numbers = names.SelectMany(n => variables.GetValueOrDefault(n) ?? []).Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw DatabaseSigns.Odd("variable")).ToList();
        return numbers.Count == 0 ? null : numbers.Min();
    }

    private sealed record Row(DatabaseAccount Account, bool IsLocked, bool IsAdministrator, bool TakesPassword, bool? IsPasswordless, bool MayBeRole)
    {
        public static Row Of(DatabaseFact fact, Dictionary<(string, string), IReadOnlyList<string>>? locks, string version)
        {
            if (fact.Values is not [var name, var host, var plugin, "empty" or "set", "Y" or "N", "Y" or "N", "none" or "empty" or "set"])
            {
                throw DatabaseSigns.Odd("account");
            }

            var isEmpty = fact.Values[3] == "empty";
            var isKnown = PasswordPlugins.Contains(plugin, StringComparer.Ordinal);
            var found = locks?.GetValueOrDefault((name, host));
            var account = new DatabaseAccount
            {
                Name = name,
                Host = host,
                Plugin = plugin,
                FailedLoginAttempts = found is null ? Absent(version) : Number(found, 2),
                LockDays = found is null ? Absent(version) : Number(found, 3),
            };
            return new Row(
                account,
                fact.Values[4] == "Y",
                fact.Values[5] == "Y" || name.Equals("root", StringComparison.OrdinalIgnoreCase),
                isKnown || fact.Values[6] != "none",
                fact.Values[6] == "empty" || (isEmpty && isKnown) ? true : isEmpty && !OtherPlugins.Contains(plugin, StringComparer.Ordinal) ? null : false,
                fact.Values[4] == "Y" && !version.StartsWith("5.", StringComparison.Ordinal) && !name.StartsWith("mysql.", StringComparison.Ordinal) && name is not ("mariadb.sys" or "root"));
        }

        /// <summary>MariaDB and MySQL before 8.0.19 lock no account by itself.</summary>
        private static Fact<long?> Absent(string version) =>
            version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) || version.StartsWith("5.", StringComparison.Ordinal) ? new((long?)null) : default;

        private static Fact<long?> Number(IReadOnlyList<string> values, int at) =>
            long.TryParse(values.ElementAtOrDefault(at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw DatabaseSigns.Odd("lock");
    }
}
