using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>PostgreSQL, MySQL, Redis, nginx and Tomcat: what goes before what.</summary>
public sealed class ServiceTrapTests
{
    private const string Pg = "/etc/postgresql/15/main/";
    private const string Auto = "/var/lib/postgresql/15/main/postgresql.auto.conf";

    private static MadeHost Cluster(string conf, string hba = "local all all peer\n", string auto = "") => new MadeHost().File(Pg + "postgresql.conf", conf).File(Pg + "pg_hba.conf", hba).File(Auto, auto);

    private static PostgreSqlSettings PostgreSql(MadeHost host) => new PostgreSqlProbe().Read(host).Record!;

    [Fact]
    public void What_alter_system_wrote_goes_before_includes_and_these_before_what_stood_earlier()
    {
        var host = Cluster("log_statement = 'ddl'\ninclude_dir = 'conf.d'\n", auto: "ssl = 'on'\n").File(Pg + "conf.d/10.conf", "log_statement = none\nssl = off\n");
        Assert.Equal((Pg + "conf.d/10.conf:1", "none", "on"), PostgreSql(host) is var s ? (s.LogStatement.Value.Origin!, s.LogStatement.Value.Value!, s.Ssl.Value.Value!) : default);
    }

    [Fact]
    public void Without_the_automatic_file_nothing_is_said() =>
        Assert.Throws<UnableException>(() => PostgreSql(new MadeHost().File(Pg + "postgresql.conf", "ssl = on\n").File(Pg + "pg_hba.conf", "")));

    [Fact]
    public void Host_rules_take_clear_connections_even_where_ssl_is_on_and_local_trust_counts()
    {
        var read = PostgreSql(Cluster("ssl = on\n", "local all all trust\nhost all all 10.0.0.0 255.0.0.0 scram-sha-256\nhostssl all all 0.0.0.0/0 scram-sha-256\nhost all all 127.0.0.1/32 md5\n"));
        Assert.Equal(("10.0.0.0 255.0.0.0", "scram-sha-256"), Assert.Single(read.ClearRules.Value) is var r ? (r.Address!, r.Method) : default);
        Assert.Single(read.OpenRules.Value);
        Assert.Equal(["不符合", "不符合", "不符合"], new[] { "PG-02", "PG-03", "PG-04" }.Select(r => Verdicts.Of(r, read)));
    }

    [Fact]
    public void Of_my_cnf_the_last_line_in_a_server_group_counts_and_persisted_values_go_before()
    {
        var host = new MadeHost().File("/etc/mysql/my.cnf", "[client]\nlocal-infile=ON\n[mysqld]\nlocal_infile = ON\nbind-address=127.0.0.1\n!includedir /etc/mysql/conf.d/\n")
            .File("/etc/mysql/conf.d/z.cnf", "[mysqld]\nlocal-infile = 0\nloose-bind_address = *\n")
            .File("/var/lib/mysql/mysqld-auto.cnf", "{\"Version\":2,\"mysql_server\":{\"mysql_server_static_options\":{\"wait_timeout\":{\"Value\":\"600\",\"Metadata\":{}}}}}");
        var read = new MySqlProbe().Read(host).Record!;
        Assert.Equal(("off", true, 600L), (read.LocalInfile.Value.Value, read.BindsEverywhere.Value, read.WaitTimeout.Value.Value));
    }

    [Theory]
    [InlineData("requirepass foobared\n", "example", false)]
    [InlineData("requirepass Long-and-random-1\nuser default on nopass ~* +@all\n", "none", true)]
    [InlineData("bind 10.0.0.5\n", "none", true)]
    public void Redis_passwords_of_the_example_and_open_default_users_are_seen(string conf, string password, bool open)
    {
        var read = new RedisProbe().Read(new MadeHost().File("/etc/redis/redis.conf", conf)).Record!;
        Assert.Equal((password, open), (read.Password.Value.Value, read.DefaultUserOpen.Value.Value));
        Assert.Equal("不符合", Verdicts.Of("RED-01", read));
    }

    [Fact]
    public void Nginx_inherits_follows_includes_and_an_allow_for_all_before_the_deny_lets_all_in()
    {
        var host = new MadeHost().File("/etc/nginx/nginx.conf", "user root;\nhttp {\n server_tokens off;\n ssl_protocols TLSv1 TLSv1.2;\n include sites-enabled/*;\n}\n")
            .File("/etc/nginx/sites-enabled/a", "server {\n listen 443 ssl;\n location /nginx_status { stub_status; allow 0.0.0.0/0; deny all; }\n location ~ \"^/x{2}\" { autoindex on; }\n}\nserver { listen 80; return 301 https://$host$request_uri; }\nserver { listen 8080; location / { root /x; } }\n");
        var read = new NginxProbe().Read(host).Record!;
        Assert.Equal((0, 1, 1, 1), (read.ShowsVersion.Value.Count, read.OpenStatusPages.Value.Count, read.ListsFolders.Value.Count, read.ClearServers.Value.Count));
        Assert.Equal(["不符合", "不符合", "符合"], new[] { "NGX-03", "NGX-06", "NGX-01" }.Select(r => Verdicts.Of(r, read)));
        Assert.StartsWith("配置无效", Assert.Throws<UnableException>(() => new NginxProbe().Read(new MadeHost().File("/etc/nginx/nginx.conf", "http { server {\n"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" shutdown=\"SHUTDOWN\"", true)]
    [InlineData("", true)]
    [InlineData(" shutdown=\"halt-8821\"", false)]
    [InlineData(" shutdown=\"shutdown\"", false)]
    [InlineData(" shutdown=\"\"", false)]
    public void Of_the_word_that_stops_Tomcat_only_that_it_was_changed_is_known(string attribute, bool isDefault)
    {
        var host = new MadeHost().File("/etc/tomcat9/server.xml", $"<Server port=\"8005\"{attribute}/>");
        Assert.DoesNotContain("8821", host.Text("/etc/tomcat9/server.xml")!, StringComparison.Ordinal);
        Assert.Equal(isDefault, new TomcatProbe().Read(host).Record!.ShutdownIsDefault.Value);
    }

    [Fact]
    public void Comments_of_xml_are_no_configuration_and_realms_without_a_realm_inside_lock_nobody()
    {
        var host = new MadeHost().File("/etc/tomcat9/server.xml", "<Server port=\"8005\" shutdown=\"SHUTDOWN\"><Service name=\"Catalina\"><!-- <Connector protocol=\"AJP/1.3\" port=\"8009\"/> --><Connector port=\"8443\" SSLEnabled=\"true\"><SSLHostConfig protocols=\"TLSv1.2+TLSv1.3\"/></Connector><Engine name=\"Catalina\"><Realm className=\"org.apache.catalina.realm.LockOutRealm\"></Realm></Engine></Service></Server>")
            .File("/etc/tomcat9/tomcat-users.xml", "<tomcat-users><!-- <user username=\"role1\" password=\"tomcat\"/> --><user username=\"ops\" password=\"Long-and-random-1\"/></tomcat-users>")
            .File("/etc/tomcat9/web.xml", "<web-app><session-config><session-timeout>30</session-timeout></session-config></web-app>");
        var read = new TomcatProbe().Read(host).Record!;
        Assert.Equal((0, 0, false, 30L), (read.OpenAjp.Value.Count, read.WeakUsers.Value.Count, read.LocksOut.Value, read.SessionMinutes.Value));
        Assert.Equal(["TLSv1.2", "TLSv1.3"], read.TlsProtocols.Value);
        Assert.Equal(["tomcat"], new TomcatProbe().Read(host.File("/etc/tomcat9/tomcat-users.xml", "<tomcat-users><user username=\"tomcat\" password=\"s3cret\"/></tomcat-users>")).Record!.WeakUsers.Value);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("redis-server")]
    [InlineData("mariadbd")]
    [InlineData("postgres")]
    public void A_program_that_runs_without_a_configuration_we_know_is_not_absent(string program)
    {
        var host = new MadeHost().Says("processes", $"svc {program}\n");
        var readers = new Func<HostSnapshot, string?>[] { s => new NginxProbe().Read(s).WhyNot, s => new RedisProbe().Read(s).WhyNot, s => new MySqlProbe().Read(s).WhyNot, s => new PostgreSqlProbe().Read(s).WhyNot };
        Assert.Contains(program, Assert.Single(readers.Select(r => Record.Exception(() => r(host))).OfType<UnableException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_tomcat_is_looked_at()
    {
        const string server = "<Server port=\"-1\"><Service name=\"Catalina\"><Connector protocol=\"AJP/1.3\" port=\"8009\" secretRequired=\"false\"/></Service></Server>";
        var host = new MadeHost().File("/etc/tomcat9/server.xml", "<Server port=\"-1\"/>").File("/opt/tomcat-b/conf/server.xml", server);
        Assert.Equal([0, 1], new TomcatProbe().ReadAll(host).Select(s => s.Record!.OpenAjp.Value.Count));
    }

    [Fact]
    public void Sudoers_includes_begin_with_a_hash_and_aliases_hide_all()
    {
        var host = new MadeHost().File("/etc/sudoers", "root ALL=(ALL:ALL) ALL\nCmnd_Alias EVERY = ALL\n#includedir /etc/sudoers.d\n").File("/etc/sudoers.d/90-cloud", "ops ALL=(ALL) \\\n NOPASSWD: EVERY\n").File("/etc/sudoers.d/old~", "bad ALL=(ALL) NOPASSWD: ALL\n").File("/etc/sudoers.d/a.bak", "bad ALL=NOPASSWD: ALL\n");
        Assert.Equal(("ops", "/etc/sudoers.d/90-cloud:1"), Assert.Single(new SudoersProbe().Read(host).Record!.UnlimitedWithoutPassword.Value) is var g ? (g.Who, g.Origin) : default);
    }

    [Theory]
    [InlineData("TMOUT=600\nreadonly TMOUT\nTMOUT=0\n", 600L, true)]
    [InlineData("declare -xr TMOUT=300\n", 300L, true)]
    [InlineData("export TMOUT=900\nTMOUT=0 # off\n", 0L, false)]
    [InlineData("# TMOUT=600\n", null, false)]
    public void The_last_timeout_that_takes_effect_counts(string profile, long? seconds, bool isReadonly)
    {
        var read = new SessionsProbe().Read(new MadeHost().File("/etc/profile", profile)).Record!;
        Assert.Equal((seconds, isReadonly), (read.Timeout.Value.Value, read.TimeoutIsReadonly.Value));
    }

    [Fact]
    public void Modes_are_compared_bit_by_bit()
    {
        Assert.Equal("不符合", Verdicts.Of("FIL-02", new FileModesProbe().Read(new MadeHost().File("/etc/shadow", "", "604")).Record!));
        Assert.Equal("符合", Verdicts.Of("FIL-02", new FileModesProbe().Read(new MadeHost().File("/etc/shadow", "", "000")).Record!));
    }

    [Fact]
    public void A_file_of_one_name_in_etc_hides_that_of_the_distribution_and_running_values_count_too()
    {
        var host = new MadeHost().File("/usr/lib/sysctl.d/50-x.conf", "kernel.randomize_va_space = 0\n").File("/etc/sysctl.d/50-x.conf", "kernel/randomize_va_space=2\n").Says("sysctl", "kernel.randomize_va_space = 2\n");
        Assert.Equal("符合", Verdicts.Of("INT-09", new KernelProbe().Read(host).Record!));
        Assert.Equal("不符合", Verdicts.Of("INT-09", new KernelProbe().Read(host.Says("sysctl", "kernel.randomize_va_space = 1\n")).Record!));
    }

    [Theory]
    [InlineData("tcp LISTEN 0 128 0.0.0.0:23 0.0.0.0:*\n", "不符合")]
    [InlineData("tcp LISTEN 0 128 [::]:23 [::]:*\n", "不符合")]
    [InlineData("tcp LISTEN 0 128 127.0.0.1:23 0.0.0.0:*\ntcp LISTEN 0 128 127.0.0.53%lo:21 0.0.0.0:*\n", "符合")]
    public void Ports_of_the_loopback_face_nobody(string ss, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("INT-01", new NetworkProbe().Read(new MadeHost().Says("listening", ss)).Record!));

    [Fact]
    public void Weekly_times_24_is_not_half_a_year()
    {
        var host = new MadeHost().File("/etc/logrotate.conf", "weekly\nrotate 4\ninclude /etc/logrotate.d\n").File("/etc/logrotate.d/rsyslog", "/var/log/syslog\n/var/log/auth.log\n{\n rotate 24\n}\n");
        Assert.Equal((168L, "不符合"), new LoggingProbe().Read(host).Record! is var r ? (Assert.Single(r.Retentions.Value).Days!.Value, Verdicts.Of("AUD-10", r)) : default);
    }
}
