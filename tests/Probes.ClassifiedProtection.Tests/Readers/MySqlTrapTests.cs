using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Options that are another server's, say the opposite, or write into nothing.</summary>
public sealed class MySqlTrapTests
{
    private const string Eight = "/usr/sbin/mysqld  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)";

    private static MySqlSettings Read(string conf, string version = Eight) => new MySqlProbe().Read(new MadeHost().File("/etc/my.cnf", conf).Says("mysql-version", version)).Record!;

    [Theory]
    [InlineData("[mysqld-5.7]\nrequire_secure_transport = ON\n", "MY-06", "不符合")]
    [InlineData("[mariadb]\nrequire_secure_transport = ON\n", "MY-06", "不符合")]
    [InlineData("[mysqld]\nrequire_secure_transport = yes\n", "MY-06", "不符合")]
    [InlineData("[mysqld]\nrequire_secure_transport = ON\ndisable-require-secure-transport\n", "MY-06", "不符合")]
    [InlineData("[mysqld]\nrequire_secure_transport = ON\nskip_require_secure_transport=1\n", "MY-06", "不符合")]
    [InlineData("[mysqld]\nrequire_secure_transport = ON\nrequire-secure=0\n", "MY-06", "待人工")]
    [InlineData("[mysqld]\nrequire_secure_transport = ON\n[mysqld@replica]\nrequire_secure_transport = OFF\n", "MY-06", "待人工")]
    [InlineData("[mysqld] # x\nrequire-secure_transport = \"1\" # x\n", "MY-06", "符合")]
    [InlineData("[MYSQLD-8.0]\nenable-require-secure-transport\n", "MY-06", "符合")]
    [InlineData("[mysqld]\nlocal_infile=0\nloose-enable-local-infile\n", "MY-08", "不符合")]
    [InlineData("[mysqld]\nlocal_infile=0\nlocal-inf=1\n", "MY-08", "待人工")]
    [InlineData("[mysqld]\nlocal_infile=0\nskip-grant\n", "MY-08", "待人工")]
    [InlineData("[mysqld]\nlocal_infile=0\nskip-grant-tables=0\n", "MY-08", "符合")]
    [InlineData("[mysqld]\nmaximum-wait-timeout=600\nmaximum-interactive-timeout=600\n", "MY-10", "不符合")]
    [InlineData("[mysqld]\nwait-timeout=600\ninteractive-timeout=600\n", "MY-10", "符合")]
    [InlineData("[mysqld]\ngeneral_log=1\nlog_output=NONE\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\ngeneral_log=1\nlog_output=FILE,NONE\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\ngeneral_log=1\ngeneral_log_file=/dev/null\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\nplugin-load-add=audit_null.so\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\nplugin-load=server_audit=server_audit.so\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\nplugin-load=server_audit=server_audit.so\nserver_audit_logging=ON\nserver_audit=OFF\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\nloose-server_audit_logging=ON\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\nplugin-load-add=audit_log.so\naudit_log_policy=NONE\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\nplugin-load-add=audit_log.so\nplugin-load=x.so\n", "MY-07", "不符合")]
    [InlineData("[mysqld]\nplugin-load-add=my_audit.so\n", "MY-07", "待人工")]
    [InlineData("[mysqld]\nplugin-load-add=server_audit.so\nplugin-load-add=x.so\nserver_audit_logging=1\n", "MY-07", "符合")]
    [InlineData("[mysqld]\nplugin-load-add=audit_log.so\n", "MY-07", "符合")]
    [InlineData("[mysqld]\ngeneral_log\n", "MY-07", "符合")]
    [InlineData("[mysqld]\nbind-address=::0\n", "MY-09", "不符合")]
    [InlineData("[mysqld]\nbind-address=10.0.0.5, *\n", "MY-09", "不符合")]
    [InlineData("[mysqld]\nbind-address=0.0.0.0/red\n", "MY-09", "不符合")]
    [InlineData("[mysqld]\nbind-address=::ffff:0.0.0.0\n", "MY-09", "不符合")]
    [InlineData("[mysqld]\nbind-address=10.0.0.5,127.0.0.1\n", "MY-09", "符合")]
    [InlineData("[mysqld]\nskip-networking\n", "MY-09", "符合")]
    [InlineData("[mysqld]\nskip-networking=0\n", "MY-09", "不符合")]
    public void Options_are_taken_as_this_server_takes_them(string conf, string rule, string verdict) => Assert.Equal(verdict, Verdicts.Of(rule, Read(conf)));

    [Fact]
    public void Of_a_server_nobody_knows_a_group_of_one_product_decides_nothing_and_is_named()
    {
        var read = new MySqlProbe().Read(new MadeHost().File("/etc/my.cnf", "[mysqld]\nrequire_secure_transport=1\n[mysqld-5.7]\nrequire_secure_transport=0\n")).Record!;
        Assert.Equal("待人工", Verdicts.Of("MY-06", read));
        Assert.Equal("/etc/my.cnf:4", Assert.Single(read.NotUnderstood.Value).Origin);
        Assert.Equal("on", Read("[mysqld]\n", "mysqld  Ver 5.7.44 for Linux").LocalInfile.Value.Value);
    }

    [Fact]
    public void What_was_persisted_and_nobody_read_leaves_nothing_certain()
    {
        var host = new MadeHost().File("/etc/my.cnf", "[mysqld]\nrequire_secure_transport=1\ndatadir=/data/mysql/\n").Says("mysql-version", Eight).State("/data/mysql/mysqld-auto.cnf", FileState.NotCollected);
        Assert.Contains("SET PERSIST", Assert.Throws<UnableException>(() => new MySqlProbe().Read(host)).Message, StringComparison.Ordinal);
        var persisted = host.File("/data/mysql/mysqld-auto.cnf", "{\"Version\":1,\"mysql_server\":{\"require_secure_transport\":{\"Value\":\"OFF\"}}}");
        Assert.Equal("不符合", Verdicts.Of("MY-06", new MySqlProbe().Read(persisted).Record!));
        Assert.Equal("符合", Verdicts.Of("MY-06", new MySqlProbe().Read(persisted.File("/etc/my.cnf", "[mysqld]\nrequire_secure_transport=1\ndatadir=/data/mysql\npersisted_globals_load=OFF\n")).Record!));
    }

    /// <summary>What the server says it would do with the same lines; where we decide nothing it may be either.</summary>
    [SkippableFact]
    public async Task A_real_server_takes_the_lines_so()
    {
        Skip.If(RequiredTool.IsMissing("mariadbd"));
        using var folder = new TemporaryFolder();
        var tools = new ProcessToolRunner();
        var version = (await tools.RunAsync(new ToolCall("mariadbd", ["--version"]), CancellationToken.None)).OutputText;
        foreach (var lines in new[]
        {
            "[MYSQLD] # x\nlocal_infile=0", "[ mysqld]\nlocal_infile=0", "[mysqld]\nrequire-secure-transport=yes\nlocal-inf=0", "[mysqld]\nrequire-secure-transport=\"1\" # x\nskip-local-infile", "[mysqld]\nloose-skip-local-infile\nmaximum-wait-timeout=5",
            "[mysqld]\nskip-local-infile=0", "[mysqld]\ndisable-local-infile=1", "[mysqld]\nenable-local-infile=0\nskip-require-secure-transport=0", "[mysqld]\nskip-local-infile=off", "[mysqld]\nenable-require-secure-transport\nlocal_infile = OFFF", "[mysqld]\nloose-local-infile=0\nrequire_secure_transport = TRUE", "[mysqld-5.7]\nlocal-infile=0\n[mariadb-10]\nrequire_secure_transport=1",
            "[client-server]\nlocal-infile=0\n[client]\nrequire_secure_transport=1", "[mariadbd]\nrequire_secure_transport\nlocal_infile=on\nlocal-infile=off", "[mysqld]\nlocal_infile = '0'\nskip-grant=1\n", "[server]\nskip-grant-tables\nLocal-Infile=0",
        })
        {
            var path = folder.Write("my.cnf", lines + "\n");
            var said = (await tools.RunAsync(new ToolCall("mariadbd", [$"--defaults-file={path}", "--verbose", "--help"]), CancellationToken.None)).OutputText.Split('\n');
            bool On(string name) => said.First(l => l.StartsWith(name + " ", StringComparison.Ordinal)).EndsWith("TRUE", StringComparison.Ordinal);
            var read = Read(lines, version);
            var ours = (read.LocalInfile, read.RequireSecureTransport, read.SkipsGrants);
            Assert.True(!ours.LocalInfile.IsKnown || ours.LocalInfile.Value.Value == "on" == On("local-infile"), lines);
            Assert.True(!ours.RequireSecureTransport.IsKnown || ours.RequireSecureTransport.Value.Value == "on" == On("require-secure-transport"), lines);
            Assert.True(!ours.SkipsGrants.IsKnown || ours.SkipsGrants.Value.Value == On("skip-grant-tables"), lines);
            Assert.Equal((!lines.Contains("local-inf=", StringComparison.Ordinal), true, !lines.Contains("skip-grant=", StringComparison.Ordinal)), (ours.LocalInfile.IsKnown, ours.RequireSecureTransport.IsKnown, ours.SkipsGrants.IsKnown));
        }

        Assert.Contains("MariaDB", version, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server_audit_incl_users=nobody\n", "待人工")]
    [InlineData("server_audit_excl_users=root,app\n", "待人工")]
    [InlineData("server_audit_events=CONNECT\n", "待人工")]
    [InlineData("server_audit_events=CONNECT,QUERY\n", "符合")]
    [InlineData("server_audit_file_path=/dev/./null\n", "不符合")]
    [InlineData("server_audit_logging=OFF\ngeneral_log=1\ngeneral_log_file=/dev/./null\n", "不符合")]
    [InlineData("init_file=/etc/mysql/i.sql\n", "待人工")]
    public void Audits_that_leave_out_what_they_like_are_no_audits(string more, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("MY-07", new MySqlProbe().Read(new MadeHost().File("/etc/my.cnf", "[mysqld]\nplugin_load_add=server_audit\nserver_audit_logging=ON\n" + more)).Record!));

    [Fact]
    public void Statements_at_the_start_may_change_what_the_files_say() =>
        Assert.Equal("待人工", Verdicts.Of("MY-06", new MySqlProbe().Read(new MadeHost().File("/etc/my.cnf", "[mysqld]\nrequire_secure_transport=ON\ninit_file=/etc/mysql/i.sql\n")).Record!));

    [Fact]
    public void A_file_in_the_home_of_the_server_may_be_read() =>
        Assert.Equal("待人工", Verdicts.Of("MY-08", new MySqlProbe().Read(new MadeHost().File("/etc/my.cnf", "[mysqld]\nlocal_infile=OFF\n").File("/var/lib/mysql/.my.cnf", "[mysqld]\nskip-grant-tables\n")).Record!));
}
