using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What a service is started with goes before its files, or is said not to be understood.</summary>
public sealed class ServiceStartTests
{
    private const string Redis = "bind 127.0.0.1\nport 0\ntls-port 6379\nrequirepass Long-and-random-77\n";
    private const string RedisUnit = "[Service]\nType=notify\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf --supervised systemd --daemonize no\n";
    private const string My = "[mysqld]\nrequire_secure_transport=ON\nbind-address=127.0.0.1\nlocal_infile=OFF\n";

    private const string MariaUnit = """
        [Service]
        EnvironmentFile=-/run/mariadb-wsrep-new-cluster
        ExecStart=/bin/sh -c "set -f; [ ! -e /usr/bin/galera_recovery ] && VAR= || \
         VAR=`/usr/bin/galera_recovery`; [ $? -eq 0 ] || exit 1; \
         exec /usr/sbin/mariadbd $MYSQLD_OPTS $_WSREP_NEW_CLUSTER $VAR"

        """;

    private const string PgUnit = "[Service]\nType=forking\nExecStart=-/usr/bin/pg_ctlcluster --skip-systemctl-redirect %i start\n";
    private const string Pg = "/etc/postgresql/15/main/";

    private static MadeHost RedisHost(string dropIn) => new MadeHost().File("/etc/redis/redis.conf", Redis).File("/lib/systemd/system/redis-server.service", RedisUnit).File("/etc/systemd/system/redis-server.service.d/o.conf", dropIn);

    private static MadeHost MyHost() => new MadeHost().File("/etc/mysql/my.cnf", My).File("/lib/systemd/system/mariadb.service", MariaUnit).Says("mysql-version", "mysqld  Ver 10.11.6-MariaDB for debian-linux-gnu");

    private static MadeHost PgHost() => new MadeHost().File(Pg + "postgresql.conf", "ssl = on\nlog_connections = on\nlog_disconnections = on\nlogging_collector = on\n").File(Pg + "pg_hba.conf", "local all all peer\n")
        .File("/var/lib/postgresql/15/main/postgresql.auto.conf", "").File("/lib/systemd/system/postgresql@.service", PgUnit).File("/lib/systemd/system/postgresql.service", "[Service]\nType=oneshot\nExecStart=/bin/true\n");

    private static MadeHost NginxHost(string dropIn) => new MadeHost().File("/etc/nginx/nginx.conf", "user www-data;\nevents { }\nhttp { server { listen 127.0.0.1:80; } }\n")
        .File("/lib/systemd/system/nginx.service", "[Service]\nExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\n").File("/etc/systemd/system/nginx.service.d/o.conf", dropIn);

    [Theory]
    [InlineData("[Service]\nLimitNOFILE=1\n", "符合")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf --protected-mode no --requirepass \"\" --port 6379 --bind 0.0.0.0\n", "不符合")]
    [InlineData("[Service]\nEnvironment=FOO=1 \"X_ARGS=--protected-mode no --requirepass '' --port 6379 --tls-port 0\" \"BAR=a b\"\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf $X_ARGS\n", "不符合")]
    [InlineData("[Service]\nEnvironment=\"X_ARGS=--protected-mode no --requirepass '' --port 6379 --tls-port 0\"\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf $X_ARGS\n", "不符合")]
    public void Redis_is_what_it_is_started_as(string dropIn, string verdict)
    {
        var read = new RedisProbe().Read(RedisHost(dropIn)).Record!;
        Assert.Equal([verdict, verdict], new[] { "RED-01", "RED-02" }.Select(r => Verdicts.Of(r, read)));
        Assert.Equal(verdict == "符合", Verdicts.Of("RED-03", read) == "符合");
    }

    [Theory]
    [InlineData("[Service]\nExecStart=\nExecStart=/opt/start-redis.sh\n", "o.conf:3")]
    [InlineData("[Service]\nEnvironment=\"X=--protected-mode no\"\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf $X\n", "o.conf:2")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/bin/redis-server /opt/r.conf\n", "/opt/r.conf")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/bin/redis-server -\n", "o.conf:3")]
    [InlineData("[Service]\nRootDirectory=/srv/other\n", "o.conf:2")]
    [InlineData("[Service]\n[X 1]\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf\n", "o.conf:2")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf --user \"default on \\\n nopass ~* +@all\"\n", "o.conf:3")]
    [InlineData("[Service]\nEnvironment=X_ARGS=--port\nEnvironment=\"X_ARGS=--protected-mode no\" \"FOO=1\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf $X_ARGS\n", "o.conf:3")]
    public void A_start_of_redis_nobody_understands_is_no_good_verdict(string dropIn, string place) =>
        Assert.Contains(place, Assert.Throws<UnableException>(() => new RedisProbe().Read(RedisHost(dropIn))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("redis_exporter", "ExecStart=/usr/local/bin/redis_exporter -redis.password Hunter2 -redis.addr /usr/bin/redis-server", true)]
    [InlineData("redis_exporter@a", "ExecStart=/usr/local/bin/redis_exporter -redis.password Hunter2", true)]
    [InlineData("redis-watch", "ExecStart=/opt/watch Hunter2", true)]
    [InlineData("redis-own", "ExecStart=/bin/sh -c \"export A=Hunter2; exec /usr/bin/redis-server /etc/redis/redis.conf\"", false)]
    [InlineData("redis-own", "ExecStart=/bin/sh -c \"export A=Hunter2; \\\n exec /usr/bin/redis-server /etc/redis/redis.conf\"", false)]
    [InlineData("redis-own", "ExecStart=$SERVER Hunter2 /usr/bin/redis-server", false)]
    [InlineData("redis-own", "ExecStart=\\\n  /usr/bin/redis-server /etc/redis/redis.conf Hunter2", false)]
    [InlineData("redis_cache", "ExecStart=/opt/start Hunter2", false)]
    [InlineData("redis_6380", "ExecStart=/opt/start Hunter2", false)]
    public void Of_other_programs_no_argument_stays_and_only_what_may_start_the_server_is_a_doubt(string unit, string start, bool isRead)
    {
        var (path, host) = ($"/etc/systemd/system/{unit}.service", RedisHost("[Service]\n"));
        host.File(path, $"[Service]\n{start}\n");
        Assert.DoesNotContain("Hunter2", host.Text(path)!, StringComparison.Ordinal);
        var trouble = Record.Exception(() => new RedisProbe().Read(host));
        Assert.Equal(isRead, trouble is null);
        Assert.True(isRead || trouble!.Message.Contains($"{path}:2", StringComparison.Ordinal), trouble?.Message);
    }

    [Fact]
    public void A_program_without_its_folder_is_started_all_the_same()
    {
        var host = RedisHost("[Service]\n").File("/etc/systemd/system/redis-6379.service", "[Service]\nExecStart=redis-server /etc/redis/redis.conf --protected-mode no --port 6379 --tls-port 0 --bind 0.0.0.0 --requirepass \"\"\n");
        Assert.Equal(["不符合", "不符合"], new[] { "RED-01", "RED-02" }.Select(r => Verdicts.Of(r, new RedisProbe().Read(host).Record!)));
    }

    [Fact]
    public void A_word_whose_name_is_none_sets_nothing()
    {
        var (variables, line) = (new StartVariables(new MadeHost(), new StartedServer("x", [], Units: null, [], []), new EnvironmentBudget()), new ConfigLine("/x", 1, ""));
        variables.Add("X=-a", line);
        variables.Add("\"X =\" X-Y=1 X \" X=\" 1X=", line);
        Assert.Equal("-a", variables.Find("X")!.Text);
        Assert.Null(variables.Find("X-Y"));
    }

    /// <summary>As systemd reads them (systemd-analyze verify names the lines it does not know): sorted by name, of one name the first folder's, there the nearest to the unit.</summary>
    [Fact]
    public void Drop_ins_of_instance_template_beginning_and_all_services_are_one_list()
    {
        const string etc = "/etc/systemd/system/";
        var host = new MadeHost().File("/lib/systemd/system/a-redis@.service", "[Service]\nType=0\n").File("/lib/systemd/system/a-redis@x.service.d/10.conf", "[Service]\nType=10\n");
        foreach (var (folder, name) in new[] { (etc + "a-redis@", "20"), (etc + "a-redis@", "30"), (etc + "a-redis@x", "30"), ("/lib/systemd/system/a-redis@x", "20"), (etc + "a-", "30"), (etc + "a-", "40"), (etc + "a-@", "50"), (etc + "a-@x", "60"), (etc + "a-redis", "70"), (etc + "b-", "80") })
        {
            host.File($"{folder}.service.d/{name}.conf", $"[Service]\nType={folder}\n");
        }

        host.File("/etc/systemd/system/service.d/10.conf", "[Service]\nType=all\n").File("/lib/systemd/system/service.d/90.conf", "[Service]\nType=90\n");
        var units = UnitFiles.Of(host);
        Assert.Equal(["0", "10", etc + "a-redis@", etc + "a-redis@x", etc + "a-", etc + "a-@", etc + "a-@x", "90"], units["a-redis@x"].Select(l => l.Text[5..]));
        Assert.Equal(["a-redis", "a-redis@", "a-redis@x"], units.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(units["a-redis@x"].Skip(1), UnitFiles.Named(host, "a-redis@x.service", "[Service]"));
    }

    [Theory]
    [InlineData("/etc/systemd/system/service.d/z.conf")]
    [InlineData("/etc/systemd/system/redis-.service.d/z.conf")]
    public void What_is_said_to_many_services_is_said_to_each(string path) => Assert.Equal("不符合", Verdicts.Of("RED-01", new RedisProbe().Read(RedisHost("[Service]\nType=notify\n")
        .File(path, "[Service]\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf --protected-mode no --requirepass \"\" --port 6379 --bind 0.0.0.0\n")).Record!));

    [Theory]
    [InlineData("--rename-command CONFIG Hunter2 --port 1", "--rename-command CONFIG *** --port 1")]
    [InlineData("\"--RENAME-command\" \"CONFIG\" 'Hunter2'", "\"CONFIG\" '***'")]
    [InlineData("--rename-command \"CONFIG Hunter2\"", "\"CONFIG ***\"")]
    [InlineData("--rename-command CONFIG \"\" --port 1", "--rename-command CONFIG \"\" --port 1")]
    public void What_a_command_is_called_now_stays_nowhere_and_is_not_known(string arguments, string shown)
    {
        var dropIn = $"[Service]\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf {arguments}\n";
        Assert.Contains(shown, HostRedaction.Apply("start", dropIn), StringComparison.Ordinal);
        Assert.DoesNotContain("Hunter2", HostRedaction.Apply("start", dropIn), StringComparison.Ordinal);
        Assert.Equal(shown.Contains("***", StringComparison.Ordinal), Record.Exception(() => new RedisProbe().Read(RedisHost(dropIn))) is UnableException);
    }

    [Theory]
    [InlineData("/etc/systemd/system/postgresql@15-main.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main -c \"ssl_passphrase_command=echo Hunter2\" -c ssl=off\n")]
    [InlineData("/etc/systemd/system/postgresql@15-main.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main --SSL-passphrase-command=\\\n'echo Hunter2' -c ssl=off\n")]
    [InlineData(Pg + "pg_ctl.conf", "pg_ctl_options = '-o \"-c ssl_passphrase_command=\\'echo Hunter2\\' -c ssl=off\"'\n")]
    [InlineData(Pg + "pg_ctl.conf", "pg_ctl_options = -cssl_passphrase_command=Hunter2\n")]
    public void A_command_that_says_a_passphrase_stays_nowhere_and_nothing_behind_it_is_known(string path, string text)
    {
        var host = PgHost().File(path, text);
        Assert.DoesNotContain("Hunter2", host.Find(path).Text, StringComparison.Ordinal);
        Assert.Throws<UnableException>(() => new PostgreSqlProbe().Read(host));
    }

    [Fact]
    public void A_shell_that_only_gives_way_to_the_server_is_read()
    {
        var host = RedisHost("[Service]\nExecStart=\nExecStart=/bin/sh -c 'exec /usr/bin/redis-server /etc/redis/redis.conf --protected-mode no --port 6379 --tls-port 0 --bind 0.0.0.0'\n");
        Assert.NotEqual("符合", Verdicts.Of("RED-03", new RedisProbe().Read(host).Record!));
    }

    [Fact]
    public void Passwords_of_command_lines_stay_nowhere()
    {
        var host = RedisHost("[Service]\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf --requirepass Hunter2 --masterauth=OtherSecret --user \"default on >ThirdSecret ~* +@all\"\n");
        var text = host.Text("/etc/systemd/system/redis-server.service.d/o.conf")!;
        Assert.DoesNotContain("Hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
        Assert.Contains("--requirepass ***short ", text, StringComparison.Ordinal);
    }

    /// <summary>Where a line ends with the option, its value is the first word of the next that is no remark.</summary>
    [Theory]
    [InlineData("--requirepass \\\n  Hunter2 --loglevel notice", "  ***short --loglevel")]
    [InlineData("--requirepass \\\n# Hunter2 \\\n  \\\n  \"Hunter2Hunter2\" \\\n --loglevel notice", "\n  \"***\" \\\n --loglevel notice")]
    [InlineData("--requirepass=\"\\\nHunter2Hunter2\" --masterauth\\\n Hunter2", "\n***\" --masterauth\\\n ***\n")]
    [InlineData("--masterauth \\\n --user \"a on >Hunter2 \\\n >Hunter2 \\\n ~*\" --loglevel notice", "\n --user \"a on >*** \\\n<已遮盖>\\\n<已遮盖>\n")]
    public void Passwords_on_the_next_line_stay_nowhere(string arguments, string shown)
    {
        var text = HostRedaction.Apply("start", $"[Service]\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf {arguments}\nRestart=no\n");
        Assert.DoesNotContain("Hunter2", text, StringComparison.Ordinal);
        Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.Equal(text, HostRedaction.Apply("start", text));
    }

    [Theory]
    [InlineData("postgres-exporter")]
    [InlineData("postgres_exporter")]
    [InlineData("postgresql-exporter")]
    [InlineData("postgres_exporter@main")]
    public void A_program_that_watches_postgresql_takes_nothing_from_it(string unit) =>
        Assert.Equal("符合", Verdicts.Of("PG-04", new PostgreSqlProbe().Read(PgHost().File($"/etc/systemd/system/{unit}.service", "[Service]\nEnvironment=DATA_SOURCE_NAME=x\nExecStart=/usr/local/bin/postgres_exporter --web.listen-address=:9187\n")).Record!));

    [Fact]
    public void Programs_that_watch_mysql_and_nginx_take_nothing_from_them()
    {
        Assert.Equal("符合", Verdicts.Of("MY-08", new MySqlProbe().Read(MyHost().File("/etc/systemd/system/mysqld_exporter.service", "[Service]\nExecStart=/usr/local/bin/mysqld_exporter\n").File("/etc/systemd/system/mysqld-exporter.service", "[Service]\nExecStart=/opt/x\n")).Record!));
        Assert.Equal("符合", Verdicts.Of("NGX-06", new NginxProbe().Read(NginxHost("[Service]\n").File("/etc/systemd/system/nginx-exporter.service", "[Service]\nExecStart=/usr/bin/nginx-exporter\n")).Record!));
    }

    [Fact]
    public void What_debian_starts_mariadb_with_earns_what_it_did() =>
        Assert.Equal(["符合", "符合", "符合"], new[] { "MY-06", "MY-08", "MY-09" }.Select(r => Verdicts.Of(r, new MySqlProbe().Read(MyHost()).Record!)));

    [Fact]
    public void Options_mariadb_is_started_with_go_before_its_files()
    {
        var read = new MySqlProbe().Read(MyHost().File("/etc/systemd/system/mariadb.service.d/o.conf", "[Service]\nEnvironment=\"MYSQLD_OPTS=--skip-grant-tables --require-secure-transport=OFF --bind-address=0.0.0.0\"\n")).Record!;
        Assert.Equal(["不符合", "不符合", "不符合"], new[] { "MY-06", "MY-08", "MY-09" }.Select(r => Verdicts.Of(r, read)));
    }

    [Theory]
    [InlineData("-h /data/mysql")]
    [InlineData("-h/data/mysql -u mysql")]
    public void The_folder_mysql_is_started_with_is_where_settings_were_persisted(string options)
    {
        var host = new MadeHost().File("/etc/my.cnf", My).Says("mysql-version", "mysqld  Ver 8.0.36 for Linux on x86_64").File("/usr/lib/systemd/system/mysqld.service", $"[Service]\nExecStart=/usr/sbin/mysqld {options}\n")
            .File("/data/mysql/mysqld-auto.cnf", "{\"Version\":1,\"mysql_server\":{\"require_secure_transport\":{\"Value\":\"OFF\"}}}");
        Assert.Equal("不符合", Verdicts.Of("MY-06", new MySqlProbe().Read(host).Record!));
    }

    [Theory]
    [InlineData("/var/lib/mysql/.my.cnf")]
    [InlineData("/home/mysql/.my.cnf")]
    public void A_file_mysql_may_read_and_nobody_collected_leaves_its_options_open(string path)
    {
        var host = MyHost().File("/etc/passwd", "root:x:0:0::/root:/bin/sh\nmysql:x:101:101::/home/mysql/:/bin/false\n");
        Assert.Equal("符合", Verdicts.Of("MY-06", new MySqlProbe().Read(host).Record!));
        var read = new MySqlProbe().Read(host.State(path, FileState.NotCollected)).Record!;
        Assert.Equal(("待人工", $"{path}:1"), (Verdicts.Of("MY-06", read), Assert.Single(read.NotUnderstood.Value).Origin));
    }

    [Theory]
    [InlineData("/etc/default/mariadb", "")]
    [InlineData("/etc/sysconfig/mysql", "[Service]\nEnvironmentFile=-/etc/sysconfig/mysql\n")]
    public void A_file_of_variables_nobody_collected_is_not_empty(string path, string dropIn)
    {
        var host = dropIn.Length == 0 ? new MadeHost().File("/etc/mysql/my.cnf", My) : MyHost().File("/etc/systemd/system/mariadb.service.d/o.conf", dropIn);
        Assert.Contains(path, Assert.Throws<UnableException>(() => new MySqlProbe().Read(host.State(path, FileState.NotCollected))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_unit_is_known_variables_of_the_start_script_count() =>
        Assert.Equal("不符合", Verdicts.Of("MY-08", new MySqlProbe().Read(new MadeHost().File("/etc/mysql/my.cnf", My).File("/etc/default/mariadb", "MYSQLD_OPTS='--skip-grant-tables'\n")).Record!));

    [Theory]
    [InlineData("/etc/systemd/system/mariadb.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/usr/sbin/mariadbd --no-defaults\n")]
    [InlineData("/etc/systemd/system/mariadb.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/bin/sh -c \"export MYSQLD_OPTS=--skip-grant-tables; exec /usr/sbin/mariadbd $MYSQLD_OPTS\"\n")]
    [InlineData("/etc/systemd/system/mariadb.service.d/o.conf", "[Service]\nEnvironment=MYSQLD_OPTS=skip-grant-tables\n")]
    [InlineData("/etc/systemd/system/mariadb.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/usr/sbin/mariadbd --skip\\x2dgrant-tables\n")]
    [InlineData("/etc/systemd/system/mariadb.service.d/o.conf", "[Service]\nType=oneshot\nExecStart=\nExecStart=/bin/true ; /usr/sbin/mariadbd --skip-grant-tables\n")]
    [InlineData("/etc/systemd/system/mariadb.service.d/o.conf", "[Service]\nType=oneshot\nExecStart=\nExecStart=/bin/echo a ; \\\n mariadbd --skip-grant-tables\n")]
    [InlineData("/etc/systemd/system/mysql-own.service", "[Service]\nExecStart=/usr/bin/numactl --interleave=all /usr/sbin/mysqld --skip-grant-tables\n")]
    [InlineData("/etc/systemd/system/mysql-own.service", "[Service]\nExecStart=env A=1 mysqld --skip-grant-tables\n")]
    [InlineData("/etc/systemd/system/mysql-own.service", "[Service]\nExecStart=-/sbin/runuser -u mysql \\\n -- /usr/sbin/mysqld --skip-grant-tables\n")]
    [InlineData("/etc/systemd/system/mariadb.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/usr/sbin/mariadbd -r /srv\n")]
    public void A_start_of_mariadb_nobody_understands_is_no_good_verdict(string path, string text) => Assert.Throws<UnableException>(() => new MySqlProbe().Read(MyHost().File(path, text)));

    [Fact]
    public void What_debian_starts_postgresql_with_earns_what_it_did() =>
        Assert.Equal(["符合", "符合", "符合"], new[] { "PG-02", "PG-04", "PG-06" }.Select(r => Verdicts.Of(r, new PostgreSqlProbe().Read(PgHost().File(Pg + "pg_ctl.conf", "pg_ctl_options = ''\n")).Record!)));

    [Theory]
    [InlineData(Pg + "pg_ctl.conf", "pg_ctl_options = '-o \"-c ssl=off -c log_connections=off\"'\n")]
    [InlineData("/etc/systemd/system/postgresql@15-main.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main -c ssl=off --log-connections=off\n")]
    [InlineData("/etc/systemd/system/postgresql@.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/usr/lib/postgresql/15/bin/pg_ctl start -D /var/lib/postgresql/15/main -o '-c ssl=off -c log_connections=no'\n")]
    public void Options_postgresql_is_started_with_go_before_its_files(string path, string text)
    {
        var read = new PostgreSqlProbe().Read(PgHost().File(path, text)).Record!;
        Assert.Equal(["不符合", "不符合"], new[] { "PG-04", "PG-06" }.Select(r => Verdicts.Of(r, read)));
        Assert.Contains(path, read.Ssl.Value.Origin, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/lib/postgresql/15/bin/postgres -D /data/pg -c ssl=off\n", "/data/pg")]
    [InlineData("[Service]\nEnvironment=PGDATA=/data/pg\nExecStart=\nExecStart=/usr/pgsql-15/bin/postmaster -D ${PGDATA}\n", "/data/pg")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main -c hba_file=/data/x\n", "/data/x")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main --single\n", "o.conf:3")]
    public void A_folder_or_file_nobody_collected_is_no_good_verdict(string dropIn, string place) =>
        Assert.Contains(place, Assert.Throws<UnableException>(() => new PostgreSqlProbe().Read(PgHost().File("/etc/systemd/system/postgresql@15-main.service.d/o.conf", dropIn))).Message, StringComparison.Ordinal);

    [Fact]
    public void Directives_nginx_is_started_with_count()
    {
        Assert.Equal("符合", Verdicts.Of("NGX-06", new NginxProbe().Read(NginxHost("[Service]\n")).Record!));
        var host = NginxHost("[Service]\nExecStart=\nExecStart=/usr/sbin/nginx -g 'user root; daemon on;'\n");
        Assert.Equal("不符合", Verdicts.Of("NGX-06", new NginxProbe().Read(host).Record!));
        Assert.Contains("/etc/nginx/n.conf", Assert.Throws<UnableException>(() => new NginxProbe().Read(NginxHost("[Service]\nExecStart=\nExecStart=/usr/sbin/nginx -c /etc/nginx/n.conf\n"))).Message, StringComparison.Ordinal);
        var other = NginxHost("[Service]\nExecStart=\nExecStart=/usr/sbin/nginx -c /etc/nginx/n.conf\n").File("/etc/nginx/n.conf", "events { }\nhttp { autoindex on; server { listen 80; } }\n");
        Assert.Equal(["符合", "不符合"], new NginxProbe().ReadAll(other).Select(s => Verdicts.Of("NGX-02", s.Record!)));
    }
}
