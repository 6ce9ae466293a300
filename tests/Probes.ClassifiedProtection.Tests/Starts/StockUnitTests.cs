namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Units of the shapes that distributions and vendors ship: each start is understood, and what the files earn stays earned.</summary>
public sealed class StockUnitTests
{
    private const string Oom = "OOMScoreAdjust=-1000\nEnvironment=PG_OOM_ADJUST_FILE=/proc/self/oom_score_adj\nEnvironment=PG_OOM_ADJUST_VALUE=0\n";
    private const string Lib = "/usr/lib/systemd/system/";

    public static TheoryData<string, string, string> PostgreSql => new()
    {
        { Lib + "postgresql-16.service", "/var/lib/pgsql/16/data/", $"[Unit]\nDescription=PostgreSQL 16 database server\n[Service]\nType=notify\nUser=postgres\nGroup=postgres\n# Location of the cluster\nEnvironment=PGDATA=/var/lib/pgsql/16/data/\n{Oom}ExecStartPre=/usr/pgsql-16/bin/postgresql-16-check-db-dir ${{PGDATA}}\nExecStart=/usr/pgsql-16/bin/postgres -D ${{PGDATA}}\nExecReload=/bin/kill -HUP $MAINPID\nKillMode=mixed\n[Install]\nWantedBy=multi-user.target\n" },
        { Lib + "postgresql-11.service", "/var/lib/pgsql/11/data/", $"[Service]\nType=notify\nUser=postgres\nEnvironment=PGDATA=/var/lib/pgsql/11/data/\n{Oom}ExecStart=/usr/pgsql-11/bin/postmaster -D ${{PGDATA}}\nTimeoutSec=0\n" },
        { Lib + "postgresql.service", "/var/lib/pgsql/data/", $"[Service]\nType=notify\nUser=postgres\nGroup=postgres\nEnvironment=PGDATA=/var/lib/pgsql/data\n{Oom}ExecStartPre=/usr/libexec/postgresql-check-db-dir %N\nExecStart=/usr/bin/postmaster -D ${{PGDATA}}\nTimeoutSec=0\n" },
        { Lib + "postgresql.service", "/var/lib/pgsql/data/", "[Service]\nType=forking\nUser=postgres\nEnvironment=PGPORT=5432\nEnvironment=PGDATA=/var/lib/pgsql/data\nOOMScoreAdjust=-1000\nExecStartPre=/usr/libexec/postgresql-check-db-dir %N\nExecStart=/usr/bin/pg_ctl start -D ${PGDATA} -s -o \"-p ${PGPORT}\" -w -t 300\nExecStop=/usr/bin/pg_ctl stop -D ${PGDATA} -s -m fast\n" },
    };

    /// <summary>A unit that is looked for in one folder may stand in each.</summary>
    [Fact]
    public void Of_every_unit_the_collector_takes_file_and_drop_ins_from_every_folder()
    {
        var taken = Collector.Files.Select(f => f.Pattern).ToList();
        var units = taken.SelectMany(p => UnitFiles.Folders.Where(f => p.StartsWith(f + "/", StringComparison.Ordinal)).Select(f => p[(f.Length + 1)..].Replace(".d/*.conf", "", StringComparison.Ordinal))).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["ssh.service", "sshd@.service", "auditd.service", "rsyslog.service", "*redis*.service", "postgres*.service", "mariadb*.service", "nginx*.service", "tengine*.service"], StringComparer.Ordinal), units);
        Assert.Empty(UnitFiles.Folders.SelectMany(f => units.SelectMany(u => u is "service" or "*-.service" or "*-@*.service" ? [$"{f}/{u}.d/*.conf"] : new[] { $"{f}/{u}", $"{f}/{u}.d/*.conf" })).Except(taken, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PostgreSql))]
    public void PostgreSQL_of_packages(string unit, string folder, string text)
    {
        MadeHost Host(string own) => new MadeHost().File(folder + "postgresql.conf", "ssl = on\nlog_connections = on\nlog_disconnections = on\nlogging_collector = on\n").File(folder + "pg_hba.conf", "local all all peer\n").File(folder + "postgresql.auto.conf", "")
            .File(unit, text).File(Lib + "postgresql@.service", text).File($"/etc/systemd/system/{unit[Lib.Length..]}.d/o.conf", own);
        foreach (var own in new[] { "# none\n", "[Service]\nEnvironment=LD_LIBRARY_PATH=/opt/lib \"TZ=Asia/Shanghai\"\nLimitNOFILE=65536\n" })
        {
            Assert.Equal(["符合", "符合", "符合"], new[] { "PG-02", "PG-04", "PG-06" }.Select(r => Verdicts.Of(r, new PostgreSqlProbe().Read(Host(own)).Record!)));
        }

        var other = Host("[Service]\nEnvironment=PG_OOM_ADJUST_VALUE=1 PGDATA=/srv/other\n");
        Assert.Contains("/srv/other", Assert.ThrowsAny<Exception>(() => new PostgreSqlProbe().Read(other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis-server", "/etc/redis/redis.conf", "Type=notify\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf --supervised systemd --daemonize no\nPIDFile=/run/redis/redis-server.pid\n")]
    [InlineData("redis", "/etc/redis/redis.conf", "ExecStart=/usr/bin/redis-server /etc/redis/redis.conf --daemonize no --supervised systemd\nExecStop=/usr/libexec/redis-shutdown\nType=notify\nUser=redis\nGroup=redis\n")]
    [InlineData("redis", "/etc/redis.conf", "Type=notify\nExecStart=/usr/bin/redis-server /etc/redis.conf --supervised systemd\nExecStop=/usr/libexec/redis-shutdown\n")]
    public void Redis_of_packages(string unit, string file, string text)
    {
        var host = new MadeHost().File(file, "bind 127.0.0.1\nport 0\ntls-port 6379\nrequirepass Long-and-random-77\n").File($"{Lib}{unit}.service", $"[Unit]\nDescription=Redis\n[Service]\n{text}").File($"/etc/systemd/system/{unit}.service.d/limit.conf", "# limits\n[Service]\nLimitNOFILE=10240\nEnvironment=MALLOC_ARENA_MAX=2\n");
        Assert.Equal(["符合", "符合"], new[] { "RED-01", "RED-02" }.Select(r => Verdicts.Of(r, new RedisProbe().Read(host).Record!)));
    }

    [Theory]
    [InlineData("mysqld", "Type=notify\nUser=mysql\nPIDFile=/run/mysqld/mysqld.pid\nExecStartPre=/usr/bin/mysqld_pre_systemd\nExecStart=/usr/sbin/mysqld $MYSQLD_OPTS\nEnvironmentFile=-/etc/sysconfig/mysql\nRestart=on-failure\nEnvironment=MYSQLD_PARENT_PID=1\n")]
    [InlineData("mysql", "Type=notify\nUser=mysql\nExecStartPre=+/usr/share/mysql/mysql-systemd-start pre\nExecStart=/usr/sbin/mysqld\nEnvironment=MYSQLD_PARENT_PID=1\nRuntimeDirectory=mysqld\n")]
    [InlineData("mysqld", "Type=notify\nExecStartPre=/usr/libexec/mysql-check-socket\nExecStartPre=/usr/libexec/mysql-prepare-db-dir %n\nExecStart=/usr/libexec/mysqld --basedir=/usr\nExecStopPost=/usr/libexec/mysql-wait-stop\nEnvironment=MYSQLD_PARENT_PID=1\n")]
    [InlineData("mariadb", "Type=notify\nExecStartPre=/usr/libexec/mysql-check-socket\n# MYSQLD_OPTS here is for users to set\nExecStart=/usr/libexec/mysqld --basedir=/usr $MYSQLD_OPTS $_WSREP_NEW_CLUSTER\nExecStartPost=/usr/libexec/mysql-check-upgrade\n")]
    [InlineData("mariadb", "Type=notify\nUser=mysql\nExecStartPre=/bin/sh -c \"systemctl unset-environment _WSREP_START_POSITION\"\nExecStart=/usr/sbin/mariadbd $MYSQLD_OPTS $_WSREP_NEW_CLUSTER $_WSREP_START_POSITION\nEnvironment=LD_PRELOAD=/usr/lib64/libjemalloc.so\n")]
    public void MySQL_and_MariaDB_of_packages(string unit, string text)
    {
        var host = new MadeHost().File("/etc/my.cnf", "[mysqld]\nrequire_secure_transport=ON\nbind-address=127.0.0.1\nlocal_infile=OFF\n").File("/etc/sysconfig/mysql", "# options\nLD_PRELOAD=/usr/lib64/libjemalloc.so.2\n").File($"{Lib}{unit}.service", $"[Service]\n{text}")
            .Says("mysql-version", unit == "mariadb" ? "mysqld  Ver 10.11.6-MariaDB for Linux" : "mysqld  Ver 8.0.36 for Linux on x86_64");
        Assert.Equal(["符合", "符合", "符合"], new[] { "MY-06", "MY-08", "MY-09" }.Select(r => Verdicts.Of(r, new MySqlProbe().Read(host).Record!)));
    }

    [Theory]
    [InlineData("Type=forking\nPIDFile=/run/nginx.pid\nExecStartPre=/usr/sbin/nginx -t -q -g 'daemon on; master_process on;'\nExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\nExecStop=-/sbin/start-stop-daemon --quiet --stop --retry QUIT/5 --pidfile /run/nginx.pid\n")]
    [InlineData("Type=forking\nPIDFile=/run/nginx.pid\nExecStartPre=/usr/bin/rm -f /run/nginx.pid\nExecStartPre=/usr/sbin/nginx -t\nExecStart=/usr/sbin/nginx\nExecReload=/usr/sbin/nginx -s reload\n")]
    [InlineData("Type=forking\nPIDFile=/var/run/nginx.pid\nExecStart=/usr/sbin/nginx -c /etc/nginx/nginx.conf\nExecReload=/bin/sh -c \"/bin/kill -s HUP $(/bin/cat /var/run/nginx.pid)\"\n")]
    [InlineData("Type=forking\nEnvironment=\"CONFFILE=/etc/nginx/nginx.conf\"\nEnvironment=LD_LIBRARY_PATH=/opt/lib\nEnvironmentFile=-/etc/default/nginx\nExecStart=/usr/sbin/nginx -c ${CONFFILE}\n")]
    public void Nginx_of_packages(string text) => Assert.Equal("符合", Verdicts.Of("NGX-06", new NginxProbe().Read(new MadeHost()
        .File("/etc/nginx/nginx.conf", "user www-data;\nevents { }\nhttp { server { listen 127.0.0.1:80; } }\n").File("/etc/default/nginx", "# Additional options\n#DAEMON_OPTS=\"\"\n").File(Lib + "nginx.service", $"[Service]\n{text}")).Record!));

    [Theory]
    [InlineData("ssh", "EnvironmentFile=-/etc/default/ssh\nExecStartPre=/usr/sbin/sshd -t\nExecStart=/usr/sbin/sshd -D $SSHD_OPTS\nExecReload=/bin/kill -HUP $MAINPID\nRestart=on-failure\nRestartPreventExitStatus=255\nType=notify\nRuntimeDirectory=sshd\n")]
    [InlineData("sshd", "Type=notify\nEnvironmentFile=-/etc/sysconfig/sshd\nExecStart=/usr/sbin/sshd -D $OPTIONS\nKillMode=process\nRestart=on-failure\n")]
    [InlineData("sshd", "Type=notify\nEnvironmentFile=-/etc/crypto-policies/back-ends/opensshserver.config\nEnvironmentFile=-/etc/sysconfig/sshd\nExecStart=/usr/sbin/sshd -D $OPTIONS $CRYPTO_POLICY\n")]
    [InlineData("sshd", "Type=notify\nEnvironmentFile=-/etc/sysconfig/sshd\nEnvironment=TMPDIR=/run/sshd\nExecStart=/usr/sbin/sshd -D $OPTIONS\n")]
    public void Sshd_of_packages(string unit, string text) => Assert.Equal("符合", Verdicts.Of("SSH-01", new SshdProbe().Read(new MadeHost().Ssh("PermitRootLogin no\n")
        .File("/etc/default/ssh", "# Default settings for openssh-server. This file is sourced by /bin/sh from\n# /etc/init.d/ssh.\n\n# Options to pass to sshd\nSSHD_OPTS=\n")
        .File("/etc/sysconfig/sshd", "# Configuration file for the sshd service.\n\n# The server's keys are made at its first start.\n# AUTOCREATE_SERVER_KEYS=\"\"\nSSH_USE_STRONG_RNG=0\nOPTIONS=\"-u0\"\n")
        .File("/etc/crypto-policies/back-ends/opensshserver.config", "CRYPTO_POLICY='-oCiphers=aes256-gcm@openssh.com,aes256-ctr -oMACs=hmac-sha2-256'\n").File($"{Lib}{unit}.service", $"[Unit]\nDescription=OpenSSH\n[Service]\n{text}")).Record!));

    [Theory]
    [InlineData("Type=notify\nExecStart=/usr/sbin/rsyslogd -n -iNONE\nStandardOutput=null\nStandardError=journal\nLimitNOFILE=16384\nCapabilityBoundingSet=CAP_BLOCK_SUSPEND CAP_CHOWN \\\n  CAP_LEASE CAP_NET_ADMIN\n")]
    [InlineData("Type=notify\nEnvironmentFile=-/etc/sysconfig/rsyslog\nExecStart=/usr/sbin/rsyslogd -n $SYSLOGD_OPTIONS\nUMask=0066\nStandardOutput=null\nRestart=on-failure\n")]
    [InlineData("Type=notify\nExecStartPre=+/usr/lib/rsyslog/reload-apparmor-profile\nExecStart=/usr/sbin/rsyslogd -n -iNONE\nEnvironment=LANG=C\n")]
    public void Rsyslog_of_packages(string text) => Assert.Equal("符合", Verdicts.Of("AUD-06", new LoggingProbe().Read(new MadeHost().File("/etc/rsyslog.conf", "module(load=\"imuxsock\")\nauthpriv.* /var/log/secure\n")
        .File("/etc/sysconfig/rsyslog", "# Options for rsyslogd\n# Syslogd options are deprecated since rsyslog v3.\nSYSLOGD_OPTIONS=\"\"\n").File(Lib + "rsyslog.service", $"[Service]\n{text}").Says("units", "rsyslog.service enabled\n").Says("units-active", "rsyslog.service loaded active running x\n")).Record!));

    [Theory]
    [InlineData("Type=forking\nPIDFile=/run/auditd.pid\nExecStart=/sbin/auditd\nExecStartPost=-/sbin/augenrules --load\nExecStopPost=/sbin/auditctl -R /etc/audit/audit-stop.rules\nMemoryDenyWriteExecute=true\n")]
    [InlineData("Type=forking\nPIDFile=/run/auditd.pid\nExecStart=/sbin/auditd\n## To not use augenrules, copy this file to /etc/systemd/system/auditd.service \\\nExecStartPost=-/sbin/augenrules --load\n#ExecStartPost=-/sbin/auditctl -R /etc/audit/audit.rules\nEnvironment=LANG=C\n")]
    public void Auditd_of_packages(string text)
    {
        var host = new MadeHost().File("/etc/audit/rules.d/a.rules", "-w /etc/passwd -p wa\n-w /etc/shadow -p wa\n-w /etc/group -p wa\n-w /etc/sudoers -p wa\n-w /etc/ssh/sshd_config -p wa\n").File("/etc/audit/auditd.conf", "")
            .File(Lib + "auditd.service", $"[Unit]\nDescription=Security Auditing Service\nConditionKernelCommandLine=!audit=0\n; see auditd(8)\nRefuseManualStop=yes\n[Service]\n{text}");
        Assert.Equal("符合", Verdicts.Of("AUD-02", new AuditProbe().Read(host).Record!));
    }
}
