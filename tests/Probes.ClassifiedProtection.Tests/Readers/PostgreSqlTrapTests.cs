using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What a weak pg_hba.conf hides behind, and settings that say much and do nothing.</summary>
public sealed class PostgreSqlTrapTests
{
    private const string Pg = "/etc/postgresql/16/main/";

    private static MadeHost Cluster(string conf, string hba) => new MadeHost().File(Pg + "postgresql.conf", conf).File(Pg + "pg_hba.conf", hba).File("/var/lib/postgresql/16/main/postgresql.auto.conf", "");

    private static PostgreSqlSettings Read(MadeHost host) => new PostgreSqlProbe().Read(host).Record!;

    [Theory]
    [InlineData("hostssl all all 10.0.0.0/8 \"trust\"\n", "PG-02")]
    [InlineData("hostssl all, postgres all 10.0.0.0/8 trust\n", "PG-02")]
    [InlineData("hostssl all all 0/0 scram-sha-256\n", "PG-03")]
    [InlineData("hostssl all all 1.2.3.4/0 scram-sha-256\n", "PG-03")]
    [InlineData("hostssl all all 128.0.0.0/1 scram-sha-256\nhostssl all all 0.0.0.0/1 scram-sha-256\n", "PG-03")]
    [InlineData("hostssl all all 10.0.0.0 0.0.0.0 scram-sha-256\n", "PG-03")]
    [InlineData("host all all 127.0.0.1/0 scram-sha-256\n", "PG-04")]
    [InlineData("host all all 127.0.0.1 0.0.0.0 scram-sha-256\n", "PG-04")]
    [InlineData("host all all samenet scram-sha-256\n", "PG-04")]
    [InlineData("hostnogssenc all all 10.0.0.0/8 scram-sha-256\n", "PG-04")]
    [InlineData("include_dir more\n", "PG-02")]
    [InlineData("include \"more/a.conf\"\n", "PG-02")]
    public void Weak_rules_are_found_in_whatever_dress(string hba, string rule) =>
        Assert.Equal("不符合", Verdicts.Of(rule, Read(Cluster("ssl = on\n", "local all all peer\n" + hba).File(Pg + "more/a.conf", "local all all trust\n"))));

    [Fact]
    public void What_debian_installs_earns_what_it_did()
    {
        var read = Read(Cluster("ssl = on\n", "local all postgres peer\nlocal all all peer\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\nlocal replication all peer\nhost replication all 127.0.0.1/32 scram-sha-256\n"));
        Assert.Equal(["符合", "符合", "符合"], new[] { "PG-02", "PG-03", "PG-04" }.Select(r => Verdicts.Of(r, read)));
    }

    [Theory]
    [InlineData("host all all @nets scram-sha-256\n", ":1")]
    [InlineData("host all all 10.0.0.0/8 @how\n", ":1")]
    [InlineData("\nhost all all 0.0.0.0/0\n", ":2")]
    public void What_cannot_be_read_is_named_with_its_line(string hba, string place) =>
        Assert.Contains($"pg_hba.conf{place}", Assert.Throws<UnableException>(() => Read(Cluster("ssl = on\n", hba))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ops /^.*$ postgres\n", "pg_ident.conf:1")]
    [InlineData("ops root all\n", "pg_ident.conf:1")]
    [InlineData("other x y\nops \\\n \"/(.*)\" postgres\n", "pg_ident.conf:2")]
    public void A_map_that_lets_everybody_be_somebody_is_left_to_people(string ident, string place) =>
        Assert.Contains(place, Assert.Throws<UnableException>(() => Read(Cluster("ssl = on\n", "local all all peer map=ops\n").File(Pg + "pg_ident.conf", ident))).Message, StringComparison.Ordinal);

    /// <summary>A file of maps lies where its setting says, and is blackened as one.</summary>
    [Theory]
    [InlineData("/opt/maps.txt", "ops /^.*$ postgres\n")]
    [InlineData("/opt/maps.txt", "ops \"/(.*)\" postgres\n")]
    [InlineData("maps.txt", "ops root all\n")]
    [InlineData("maps.txt", "ops \\\n /x postgres\n")]
    public void A_map_elsewhere_is_read_there(string place, string ident)
    {
        var host = Cluster($"ssl = on\nident_file = '{place}'\n", "local all all peer map=ops\n").File(place[0] == '/' ? place : "/var/lib/postgresql/16/main/" + place, ident);
        Assert.Contains("maps.txt:1", Assert.Throws<UnableException>(() => Read(host)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_names_elsewhere_is_fine() =>
        Assert.Equal("符合", Verdicts.Of("PG-02", Read(Cluster("ssl = on\nident_file = '/opt/maps.txt'\n", "local all all peer map=ops\n").File("/opt/maps.txt", "ops deploy postgres\n"))));

    [Fact]
    public void A_map_of_names_is_fine() =>
        Assert.Equal("符合", Verdicts.Of("PG-02", Read(Cluster("ssl = on\n", "local all all peer map=ops\n").File(Pg + "pg_ident.conf", "ops deploy postgres\nother /.* postgres\n"))));

    [Fact]
    public void Every_cluster_is_looked_at()
    {
        var host = Cluster("ssl = on\n", "local all all peer\n").File("/etc/postgresql/16/old/postgresql.conf", "ssl = off\n").File("/etc/postgresql/16/old/pg_hba.conf", "host all all all trust\n").File("/var/lib/postgresql/16/old/postgresql.auto.conf", "");
        Assert.Equal(["符合", "不符合"], new PostgreSqlProbe().ReadAll(host).Select(s => Verdicts.Of("PG-02", s.Record!)));
    }

    [Theory]
    [InlineData("shared_preload_libraries = 'auth_delay'\n", "PG-05", "不符合")]
    [InlineData("shared_preload_libraries = 'auth_delay'\nauth_delay.milliseconds = '1s'\n", "PG-05", "符合")]
    [InlineData("log_connections = f\nlog_disconnections = t\nlogging_collector = y\n", "PG-06", "不符合")]
    [InlineData("log_connections = ''\nlog_disconnections = on\nlogging_collector = on\n", "PG-06", "不符合")]
    [InlineData("log_connections = tru\nlog_disconnections = ye\nlogging_collector = 1\n", "PG-06", "符合")]
    [InlineData("shared_preload_libraries = 'pgaudit'\npgaudit.log = 'all, -all'\n", "PG-07", "不符合")]
    [InlineData("shared_preload_libraries = 'pgaudit'\npgaudit.log = 'all, -misc'\n", "PG-07", "符合")]
    [InlineData("log_line_prefix = '%m %%u %d %h '\n", "PG-08", "不符合")]
    [InlineData("log_line_prefix = '%m %%%u %-10d %h '\n", "PG-08", "符合")]
    public void Settings_that_do_nothing_earn_nothing(string conf, string rule, string verdict) => Assert.Equal(verdict, Verdicts.Of(rule, Read(Cluster(conf, "local all all peer\n"))));

    [Fact]
    public void A_line_the_server_would_refuse_leaves_nothing_certain() =>
        Assert.Contains("postgresql.conf:2", Assert.Throws<UnableException>(() => Read(Cluster("ssl = on\nssl = 'on\n", "local all all peer\n"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("log_min_messages = panic\n", "PG-06")]
    [InlineData("log_statement = ddl\nlog_min_messages = 'FATAL'\n", "PG-07")]
    [InlineData("log_statement = ddl\nlog_directory = '/dev'\nlog_filename = 'null'\n", "PG-07")]
    [InlineData("log_directory = '/var/log'\nlog_filename = '../../dev/null'\n", "PG-06")]
    [InlineData("log_destination = ''\n", "PG-06")]
    [InlineData("ssl_min_protocol_version = 'TLSv1'\n", "PG-04")]
    [InlineData("ssl_ciphers = 'eNULL'\n", "PG-04")]
    [InlineData("ssl_ciphers = 'HIGH:ALL:!MD5'\n", "PG-04")]
    public void Settings_that_undo_the_ones_asked_for_are_found(string conf, string rule)
    {
        const string Good = "ssl = on\nlog_connections = on\nlog_disconnections = on\nlogging_collector = on\nlog_statement = ddl\nssl_ciphers = 'HIGH:MEDIUM:+3DES:!aNULL'\nlog_min_messages = warning\nlog_directory = '/var/log/postgresql'\n";
        Assert.Equal("符合", Verdicts.Of(rule, Read(Cluster(Good, "local all all peer\n"))));
        Assert.Equal("不符合", Verdicts.Of(rule, Read(Cluster(Good + conf, "local all all peer\n"))));
    }

    [Fact]
    public void Methods_other_files_decide_are_left_to_people() => Assert.Equal("待人工", Verdicts.Of("PG-02", Read(Cluster("ssl = on\n", "local all all pam\n"))));

    [Theory]
    [InlineData("hostnossl all all 0.0.0.0/0 reject\nhostnossl all all ::/0 reject\nhost all all 10.0.0.0/24 scram-sha-256\n", "符合")]
    [InlineData("hostnossl all all all reject\nhost all all .gov.example.cn scram-sha-256\n", "符合")]
    [InlineData("hostnossl all all 0.0.0.0/0 reject\nhost all all .gov.example.cn scram-sha-256\n", "不符合")]
    [InlineData("hostnossl all all ::/0 reject\nhost all all 10.0.0.0/24 scram-sha-256\n", "不符合")]
    [InlineData("hostnossl app all all reject\nhost all all 10.0.0.0/24 scram-sha-256\n", "不符合")]
    [InlineData("hostnossl all all all reject\nhost replication all 10.0.0.0/24 scram-sha-256\n", "不符合")]
    [InlineData("host all all 10.0.0.0/24 scram-sha-256\nhostnossl all all all reject\n", "不符合")]
    public void Clear_connections_that_are_rejected_before_are_none(string hba, string verdict) => Assert.Equal(verdict, Verdicts.Of("PG-04", Read(Cluster("ssl = on\n", hba))));
}
