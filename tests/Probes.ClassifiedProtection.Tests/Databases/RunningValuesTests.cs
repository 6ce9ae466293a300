namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What the running server says goes before its files.</summary>
public sealed class RunningValuesTests
{
    private const string Pg = "/etc/postgresql/15/main/";
    private static readonly DateOnly Today = new(2026, 11, 26);

    private static MadeHost Hardened() => new MadeHost().File(Pg + "postgresql.conf", "ssl = on\nport = 5432\nlog_connections = on\nlog_disconnections = on\nlogging_collector = on\npassword_encryption = scram-sha-256\n")
        .File(Pg + "pg_hba.conf", "local all all peer\nhostssl all all 10.0.0.0/24 scram-sha-256\n").File("/var/lib/postgresql/15/main/postgresql.auto.conf", "");

    private static RunningValues Said(string day, string product, params IReadOnlyList<string> facts)
    {
        var counts = facts.GroupBy(f => f.Split('|')[0], StringComparer.Ordinal).Select(g => $"SCFACT|count|{g.Key}|{g.Count()}|END\n");
        var text = $"SCFACT|begin|1|{product}|{day}T00:00:00Z|END\n{string.Concat(facts.Select(f => $"SCFACT|{f}|END\n"))}{string.Concat(counts)}SCFACT|end|END\n";
        return RunningValues.Of(DatabaseOutput.Read(System.Text.Encoding.UTF8.GetBytes(text), Today));
    }

    private static RunningValues Weak(string day, string port = "5432") => Said(day, $"postgresql|15.18|port-{port}", "setting|ssl|off|command line", "setting|log_connections|off|command line", "setting|password_encryption|md5|command line", "hba|1|host|0.0.0.0|0.0.0.0|trust|false");

    [Fact]
    public void Running_values_of_postgresql_win_and_say_what_they_contradict()
    {
        var read = new PostgreSqlProbe().ReadAll(Hardened(), [Weak("2026-11-25")]).Single().Record!;
        Assert.Equal(["不符合", "不符合", "不符合", "不符合", "不符合"], new[] { "PG-01", "PG-02", "PG-03", "PG-04", "PG-06" }.Select(r => Verdicts.Of(r, read)));
        Assert.Contains("与 /etc/postgresql/15/main/postgresql.conf:1 写的不同", Verdicts.Explain("PG-04", read), StringComparison.Ordinal);
        Assert.Equal(SettingSource.Running, read.Ssl.Value.Source);
    }

    [Fact]
    public void An_output_of_long_ago_that_contradicts_leaves_nothing_certain()
    {
        var read = new PostgreSqlProbe().ReadAll(Hardened(), [Weak("2026-08-01")]).Single().Record!;
        Assert.Equal(["待人工", "待人工", "待人工", "待人工"], new[] { "PG-01", "PG-02", "PG-03", "PG-04" }.Select(r => Verdicts.Of(r, read)));
    }

    [Fact]
    public void An_output_that_says_the_same_takes_nothing_away()
    {
        var same = Said("2026-11-25", "postgresql|15.18|port-5432", "setting|ssl|on|configuration file", "setting|log_connections|on|configuration file", "hba|1|local|-|-|peer|false", "hba|2|hostssl|10.0.0.0|255.255.255.0|scram-sha-256|false");
        var read = new PostgreSqlProbe().ReadAll(Hardened(), [same]).Single().Record!;
        Assert.Equal(["符合", "符合", "符合", "符合", "符合"], new[] { "PG-01", "PG-02", "PG-03", "PG-04", "PG-06" }.Select(r => Verdicts.Of(r, read)));
    }

    /// <summary>What a map lets in stands in pg_ident.conf, which no output tells of.</summary>
    [Theory]
    [InlineData("all", "待人工")]
    [InlineData("m", "待人工")]
    [InlineData("-", "符合")]
    public void Rules_with_maps_of_an_output_are_left_to_people(string map, string verdict)
    {
        var said = Said("2026-11-25", "postgresql|15.18|port-5432", $"hba|1|local|-|-|peer|false|{map}", "hba|2|hostssl|10.0.0.0|255.255.255.0|scram-sha-256|false|-");
        var refused = Hardened().File(Pg + "pg_hba.conf", $"local all all peer map={map}\nhostssl all all 10.0.0.0/24 scram-sha-256\n").File(Pg + "pg_ident.conf", $"{map} /^.*$ postgres\n");
        Assert.Equal("待人工", Verdicts.Of("PG-02", new PostgreSqlProbe().ReadAll(refused, [Said("2026-11-25", "postgresql|15.18|port-5432", "hba|1|local|-|-|peer|false|x")]).Single().Record!));
        Assert.Equal(verdict, Verdicts.Of("PG-02", new PostgreSqlProbe().ReadAll(refused, [said]).Single().Record!));
        Assert.Equal(verdict, Verdicts.Of("PG-02", new PostgreSqlProbe().ReadAll(Hardened(), [said]).Single().Record!));
        Assert.Equal(verdict, Verdicts.Of("PG-02", new PostgreSqlProbe().ReadAll(Hardened().State(Pg + "pg_hba.conf", FileState.Denied), [said]).Single().Record!));
    }

    [Theory]
    [InlineData("90", "0", "不符合")]
    [InlineData("90", "90", "符合")]
    public void A_number_the_server_does_not_have_is_not_the_written_one(string written, string said, string verdict) => Assert.Equal(verdict, Verdicts.Of("MY-02",
        new MySqlProbe().ReadAll(new MadeHost().File("/etc/my.cnf", $"[mysqld]\ndefault_password_lifetime={written}\n").Says("mysql-version", "mysqld  Ver 8.0.36 for Linux on x86_64"), [Said("2026-11-25", "mysql|8.0.36|db-3306", $"variable|default_password_lifetime|{said}")]).Single().Record!));

    [Fact]
    public void A_server_no_file_is_of_speaks_for_itself()
    {
        var read = new PostgreSqlProbe().ReadAll(Hardened(), [Weak("2026-11-25", "5433")]);
        Assert.Equal(["符合", "不符合"], read.Select(r => Verdicts.Of("PG-02", r.Record!)));
        Assert.Equal(["符合", "待人工"], read.Select(r => Verdicts.Of("PG-08", r.Record!) == "待人工" ? "待人工" : "符合"));
    }

    [Fact]
    public void A_rule_the_server_could_not_read_leaves_the_rules_out() =>
        Assert.Equal("待人工", Verdicts.Of("PG-02", new PostgreSqlProbe().ReadAll(Hardened(), [Said("2026-11-25", "postgresql|15.18|port-5432", "hba|1|-|-|-|-|true")]).Single().Record!));

    [Fact]
    public void Running_values_of_mysql_win()
    {
        var host = new MadeHost().File("/etc/my.cnf", "[mysqld]\nrequire_secure_transport=ON\nbind-address=127.0.0.1\nwait_timeout=600\n").Says("mysql-version", "mysqld  Ver 8.0.36 for Linux on x86_64");
        string[] facts = ["variable|require_secure_transport|OFF", "variable|bind_address|0.0.0.0", "variable|wait_timeout|600"];
        var fresh = new MySqlProbe().ReadAll(host, [Said("2026-11-25", "mysql|8.0.36|db-3306", facts)]).Single().Record!;
        Assert.Equal(["不符合", "不符合"], new[] { "MY-06", "MY-09" }.Select(r => Verdicts.Of(r, fresh)));
        var old = new MySqlProbe().ReadAll(host, [Said("2026-08-01", "mysql|8.0.36|db-3306", facts)]).Single().Record!;
        Assert.Equal(["待人工", "待人工"], new[] { "MY-06", "MY-09" }.Select(r => Verdicts.Of(r, old)));
    }
}
