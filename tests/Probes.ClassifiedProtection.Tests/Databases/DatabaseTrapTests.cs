using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What is easily misread of accounts and parameters kept inside databases.</summary>
public sealed class DatabaseTrapTests
{
    private static DatabaseOutput Output(string product, string version, params IReadOnlyList<string> facts)
    {
        var counts = facts.Select(f => f.Split('|')[0]).Where(k => k != "audit").Distinct(StringComparer.Ordinal).Select(k => $"count|{k}|{facts.Count(f => f.StartsWith(k + "|", StringComparison.Ordinal))}");
        return DatabaseOutput.Read(Encoding.UTF8.GetBytes(string.Concat(new[] { $"begin|1|{product}|{version}|one|2026-01-01T00:00:00Z" }.Concat(facts).Concat(counts).Append("end").Select(f => $"SCFACT|{f}|END\n"))), new DateOnly(2026, 1, 31));
    }

    private static MySqlAccounts MySql(string version, params IReadOnlyList<string> facts) => new MySqlAccountsProbe().Read([Output("mysql", version, facts)]);

    private static PostgreSqlRoles Roles(string product, params IReadOnlyList<string> facts) => new PostgreSqlRolesProbe().Read([Output(product, "15", facts)]);

    [Fact]
    public void An_empty_string_of_a_socket_plugin_or_a_locked_account_is_no_empty_password() =>
        Assert.Equal("符合", Verdicts.Of("MY-04", MySql("8.0.36", "account|root|localhost|auth_socket|empty|N|Y|none", "account|mariadb.sys|localhost|mysql_native_password|empty|Y|N|none")));

    [Theory]
    [InlineData("account|x|%|caching_sha2_password|empty|N|N|none", "不符合")]
    [InlineData("account|x|%|unix_socket|empty|N|N|empty", "不符合")]
    [InlineData("account||localhost|auth_socket|empty|N|N|none", "不符合")]
    [InlineData("account|x|%|some_vendor_plugin|empty|N|N|none", "待人工")]
    public void Empty_passwords_hide_behind_alternatives_and_unknown_plugins_decide_nothing(string account, string verdict) => Assert.Equal(verdict, Verdicts.Of("MY-04", MySql("8.0.36", account)));

    [Fact]
    public void A_renamed_root_is_found_by_its_powers() => Assert.Equal("不符合", Verdicts.Of("MY-05", MySql("8.0.36", "account|dba|%|caching_sha2_password|set|N|Y|none")));

    [Theory]
    [InlineData("account|dba||mysql_native_password|empty|Y|Y|none", "待人工")]
    [InlineData("account|dba|%|caching_sha2_password|empty|Y|Y|none", "待人工")]
    [InlineData("account|dba|%|caching_sha2_password|set|Y|Y|none", "待人工")]
    [InlineData("account|mysql.session|localhost|caching_sha2_password|empty|Y|Y|none", "符合")]
    public void Power_that_lies_in_a_role_may_be_anybodys(string role, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("MY-05", MySql("8.0.36", role, "account|root|localhost|auth_socket|empty|N|Y|none", "account|app|%|caching_sha2_password|set|N|N|none")));

    [Theory]
    [InlineData("5.7.44", "validate_password_policy|MEDIUM", "validate_password_length|8", "符合")]
    [InlineData("8.0.36", "validate_password.policy|1", "validate_password.length|12", "符合")]
    [InlineData("8.0.36", "validate_password.policy|LOW", "validate_password.length|12", "不符合")]
    [InlineData("10.11-MariaDB", "simple_password_check_minimal_length|8", "simple_password_check_digits|1", "符合")]
    [InlineData("10.11-MariaDB", "simple_password_check_minimal_length|8", "simple_password_check_other_characters|0", "不符合")]
    public void The_plug_in_of_5_7_the_component_of_8_and_that_of_mariadb_have_names_of_their_own(string version, string one, string two, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("MY-01", MySql(version, $"variable|{one}", $"variable|{two}")));

    [Fact]
    public void Delay_is_no_lock_and_locks_are_kept_for_each_account()
    {
        const string account = "account|p|%|caching_sha2_password|set|N|N|none";
        Assert.Equal("部分符合", Verdicts.Of("MY-03", MySql("8.0.36", account, "variable|connection_control_failed_connections_threshold|3", "lock|p|%|0|0")));
        Assert.Equal("符合", Verdicts.Of("MY-03", MySql("8.0.36", account, "variable|x|1", "lock|p|%|5|-1")));
        Assert.Equal("不符合", Verdicts.Of("MY-03", MySql("8.0.36", account, "account|q|%|sha256_password|set|N|N|none", "variable|x|1", "lock|p|%|5|2", "lock|q|%|0|0")));
        Assert.Equal("不符合", Verdicts.Of("MY-03", MySql("10.11.1-MariaDB", account, "variable|max_password_errors|4294967295")));
    }

    [Fact]
    public void No_date_is_for_ever_and_whoever_has_no_password_is_not_asked_for_one()
    {
        string[] kinds = ["secret|postgres|none", "secret|app|scram"];
        Assert.Equal("不符合", Verdicts.Of("PG-10", Roles("postgresql", [.. kinds, "role|postgres|t|t|t|never", "role|app|f|t|f|never"])));
        Assert.Equal("符合", Verdicts.Of("PG-10", Roles("postgresql", [.. kinds, "role|postgres|t|t|t|never", "role|app|f|t|f|-3"])));
        Assert.Equal("待人工", Verdicts.Of("PG-10", Roles("postgresql", "role|postgres|t|t|t|never")));
    }

    [Fact]
    public void Kingbase_follows_and_its_first_superuser_has_another_name()
    {
        Assert.Equal("符合", Verdicts.Of("PG-09", Roles("kingbase", "role|system|true|true|true|never", "role|sso|false|true|false|never")));
        Assert.Equal("不符合", Verdicts.Of("PG-09", Roles("kingbase", "role|system|true|true|true|never", "role|portal|true|true|false|never")));
    }

    /// <summary>A NULL of one user takes away that user's limit, not the whole output.</summary>
    [Theory]
    [InlineData("user|APP||10|90|10", "待人工", "符合")]
    [InlineData("user|APP|-1|10|90|10", "待人工", "符合")]
    [InlineData("user|APP|0|10||10", "不符合", "待人工")]
    public void A_limit_of_dameng_that_is_not_there_is_for_people(string user, string locked, string aged)
    {
        var read = new DamengProbe().Read([Output("dameng", "8", "user|SYSDBA|5|10|90|10", user)]);
        Assert.Equal((locked, aged), (Verdicts.Of("DM-02", read), Verdicts.Of("DM-03", read)));
    }

    [Theory]
    [InlineData("31", "0", "符合")]
    [InlineData("15", "0", "符合")]
    [InlineData("2", "0", "不符合")]
    [InlineData("16", "0", "不符合")]
    [InlineData("31", "1", "不符合")]
    public void The_policy_of_dameng_is_read_bit_by_bit_and_one_mode_puts_it_out_of_force(string policy, string mode, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("DM-01", new DamengProbe().Read([Output("dameng", "8", $"parameter|PWD_POLICY|{policy}", $"parameter|COMPATIBLE_MODE|{mode}")])));

    [Fact]
    public void An_audit_switched_on_without_rules_records_nothing_and_the_auditor_hands_in_his_part_alone()
    {
        var ours = Output("dameng", "8", "parameter|ENABLE_AUDIT|1");
        Assert.Equal("待人工", Verdicts.Of("DM-04", new DamengProbe().Read([ours])));
        Assert.Equal("部分符合", Verdicts.Of("DM-04", new DamengProbe().Read([ours, Output("dameng", "8", "audit|0")])));
        Assert.Equal("符合", Verdicts.Of("DM-04", new DamengProbe().Read([Output("dameng", "8", "audit|7"), ours])));
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00Z", "符合")]
    [InlineData("2025-12-31 23:59:59", "待人工")]
    [InlineData("2026-02-02", "待人工")]
    [InlineData("now", "待人工")]
    public void What_an_old_output_says_is_not_how_it_is_and_what_is_bad_stays_bad(string at, string verdict)
    {
        DatabaseOutput Dated(string account) => DatabaseOutput.Read(Encoding.UTF8.GetBytes($"SCFACT|begin|1|mysql|8.0.36|one|{at}|END\nSCFACT|account|{account}|END\nSCFACT|count|account|1|END\nSCFACT|end|END\n"), new DateOnly(2026, 1, 31));
        Assert.Equal(verdict, Verdicts.Of("MY-05", new MySqlAccountsProbe().Read([Dated("root|localhost|auth_socket|empty|N|Y|none")])));
        Assert.Equal("不符合", Verdicts.Of("MY-05", new MySqlAccountsProbe().Read([Dated("root|%|auth_socket|empty|N|Y|none")])));
    }

    [Fact]
    public void No_accounts_at_all_are_none_that_were_seen_and_outputs_that_contradict_each_other_are_none()
    {
        var none = new MySqlAccountsProbe().Read([DatabaseOutput.Read("SCFACT|begin|1|mysql|8.0.36|one|2026-01-01|END\nSCFACT|count|account|0|END\nSCFACT|end|END\n"u8.ToArray(), new DateOnly(2026, 1, 1))]);
        Assert.Equal(["待人工", "待人工"], new[] { "MY-04", "MY-05" }.Select(r => Verdicts.Of(r, none)));
        var (good, bad) = (Output("mysql", "8.0.36", "account|root|localhost|auth_socket|set|N|Y|none"), Output("mysql", "8.0.36", "account|root|localhost|auth_socket|empty|N|N|none"));
        Assert.Contains("互相矛盾", Assert.Throws<UnableException>(() => new MySqlAccountsProbe().Read([good, bad])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_output_a_host_that_runs_the_database_stays_open_and_one_that_does_not_is_not_asked()
    {
        var probe = new PostgreSqlRolesProbe();
        using var folder = new TemporaryFolder();
        folder.Write("root/etc/postgresql/15/main/postgresql.conf", "ssl = on\n");
        folder.Write("root/etc/passwd", "root:x:0:0::/root:/bin/bash\n");
        folder.Write("root/var/lib/dpkg/status", "\n");
        var running = await probe.ObserveAsync(new Host { Id = "h", Root = folder.File("root") }, ProbeContexts.For(new KeptEvidence()), CancellationToken.None);
        Assert.Contains("collect --sql", Assert.IsType<Unable>(running).Message, StringComparison.Ordinal);
        Assert.IsType<NotNeeded>(await new DamengProbe().ObserveAsync(new Host { Id = "h", Root = folder.File("root") }, ProbeContexts.For(new KeptEvidence()), CancellationToken.None));

        var file = folder.Write("d.txt", "SCFACT|begin|1|dameng|8|one|now|END\nSCFACT|audit|0|END\nSCFACT|end|END\n");
        var alone = new Host { Id = "h", Databases = [file] };
        Assert.IsType<NotNeeded>(await probe.ObserveAsync(alone, ProbeContexts.For(new KeptEvidence()), CancellationToken.None));
        Assert.IsType<Observed>(await new DamengProbe().ObserveAsync(alone, ProbeContexts.For(new KeptEvidence()), CancellationToken.None));
        Assert.Contains("只交来数据库脚本", Assert.IsType<Unable>(await new KernelProbe().ObserveAsync(alone, ProbeContexts.For(new KeptEvidence()), CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_granted_a_role_with_power_has_it()
    {
        string[] accounts = ["account|root|localhost|auth_socket|empty|N|Y|none", "account|dba|%|caching_sha2_password|set|Y|Y|none", "account|mid|%|caching_sha2_password|empty|Y|N|none", "account|app|%|caching_sha2_password|set|N|N|none"];
        Assert.Equal("待人工", Verdicts.Of("MY-05", MySql("8.0.36", accounts)));
        Assert.Equal("不符合", Verdicts.Of("MY-05", MySql("8.0.36", [.. accounts, "edge|dba|%|mid|%", "edge|mid|%|app|%"])));
        Assert.Equal("符合", Verdicts.Of("MY-05", MySql("8.0.36", [.. accounts, "edge|mid|%|app|%"])));
    }

    [Theory]
    [InlineData("ON", "符合")]
    [InlineData("OFF", "不符合")]
    public void Hashes_that_nobody_can_check_pass_no_check(string strict, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("MY-01", MySql("10.11.6-MariaDB", "variable|simple_password_check_minimal_length|12", "variable|simple_password_check_digits|1", "variable|simple_password_check_letters_same_case|1", "variable|simple_password_check_other_characters|1", $"variable|strict_password_validation|{strict}")));
}
