using System.Diagnostics;
using System.Text;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Configurations of services come from strangers: whatever is in them, a reader says something or refuses, and in time.</summary>
public sealed class MangledServiceTests
{
    private static readonly (string Path, string Text, Func<HostSnapshot, object?> Read)[] Readers =
    [
        ("/etc/postgresql/16/main/pg_hba.conf", "local all \"a b\",c peer map=x\nhost all,b all 10.0.0.0 255.0.0.0 md5\ninclude_dir \"d\"\nhostssl all @f ::1/128 \\\n cert # c\n", s => new PostgreSqlProbe().Read(s).Record),
        ("/etc/postgresql/16/main/postgresql.conf", "include_if_exists 'x'\nlog_line_prefix = '%m ''a\\'' %u'\npgaudit.log='all, -misc'\nidle_session_timeout=30min\nhba_file 'pg_hba.conf'\n", s => new PostgreSqlProbe().Read(s).Record),
        ("/etc/nginx/nginx.conf", "http {\n server { listen [::]:80; if ($scheme = http) { return 301 https://$host; } rewrite ^/(.*)$ https://x/$1 permanent; location ~ \"^/x{2}\" { allow 10.0.0.0/8; deny all; stub_status; }\n access_log /x a if=$y; }\n log_format a '$remote_addr';\n}\n", s => new NginxProbe().Read(s).Record),
        ("/etc/redis/redis.conf", "bind \"127.0.0.1\" -::1\nrequirepass 'a\\'b'\nuser a on >x ~* (+@all -@dangerous)\nrename-command CONFIG \"\\x41\"\ninclude /etc/redis/*.x\n", s => new RedisProbe().Read(s).Record),
        ("/etc/my.cnf", "[mysqld] # x\nloose-skip-local-infile = '1' # y\nplugin-load-add=server_audit.so;b=c.so\n!includedir /etc/my.cnf.d\n[mariadb-10.11]\nbind-address=::,10.0.0.1/x\nwait_timeout=1K\n", s => new MySqlProbe().Read(s).Record),
        ("/var/lib/mysql/mysqld-auto.cnf", "{\"Version\": 2, \"mysql_server\": {\"general_log\": {\"Value\": \"ON\", \"Metadata\": {\"User\": \"a\\\"b\"}}}}\n", s => new MySqlProbe().Read(s).Record),
        ("/etc/tomcat9/server.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<Server port='-1' shutdown=\"SHUTDOWN\"><!-- a --><Connector port=\"8443\" SSLEnabled=\"true\"><![CDATA[a]]></Connector></Server>\n", s => new TomcatProbe().Read(s).Record),
        ("/etc/rsyslog.conf", "module(load=\"imuxsock\")\nif $programname == 'sshd' then { auth.* @@10.0.0.1:514\n stop }\n:msg, contains, \"a\" ~\n*.* /var/log/all\n& stop\n/* a */ template(name=\"b\" type=\"string\" string=\"%msg%\")\n", s => new LoggingProbe().Read(s).Record),
        ("/etc/logrotate.conf", "weekly\nrotate 26\ninclude /etc/logrotate.d\n\"/var/log/a\" /var/log/*.log {\n maxage 180\n postrotate\n rm -f /var/log/syslog\n endscript\n}\n", s => new LoggingProbe().Read(s).Record),
        ("/etc/profile", "if [ \"$PS1\" ]; then\n TMOUT=${TMOUT:-600}; export TMOUT\nfi\nf() { case $1 in a) umask 027 ;; esac; }\nfor i in /etc/profile.d/*.sh ; do . \"$i\"; done\ncat <<a\nb\na\n", s => new SessionsProbe().Read(s).Record),
        ("/etc/sudoers", "Defaults env_reset, !requiretty, passwd_tries=3\nUser_Alias A = a, !b\nA ALL=(ALL:ALL) NOPASSWD: /bin/ls \"\", !/bin/sh \\\n , sudoedit /etc/a\n@includedir /etc/sudoers.d\n", s => new SudoersProbe().Read(s).Record),
        ("/etc/pam.d/passwd", "@include common-password\npassword [success=1 default=ignore new_authtok_reqd=done] pam_unix.so remember=5\n-password requisite pam_pwquality.so minlen=8 \\\n ucredit=-1 [a b]\npassword include system-auth\n", s => new PasswordPolicyProbe().Read(s).Record),
    ];

    [Fact]
    public void Noise_is_read_or_refused()
    {
        var random = new SeededBytes(29);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 3000; i++)
        {
            var (path, text, read) = Readers[i % Readers.Length];
            Try(read, path, Encoding.UTF8.GetString(random.Mutate(Encoding.UTF8.GetBytes(text))));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), watch.Elapsed.ToString());
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("{")]
    [InlineData("a,")]
    [InlineData("#\n")]
    [InlineData("user x on >")]
    [InlineData("if ($a) { ")]
    [InlineData("[")]
    [InlineData("skip-")]
    [InlineData("\\\n")]
    [InlineData("<a>")]
    [InlineData("<a b='")]
    [InlineData("{\"a\":")]
    [InlineData("((")]
    [InlineData("if a then ")]
    [InlineData("$(")]
    [InlineData("a b=c ")]
    public void Much_of_one_thing_ends_in_time(string piece)
    {
        var watch = Stopwatch.StartNew();
        foreach (var (path, text, read) in Readers)
        {
            Try(read, path, string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length)));
            Try(read, path, text + string.Concat(Enumerable.Repeat(piece, 20_000)));
            Try(read, path, text + Broken(piece));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    /// <summary>Lines that are short enough to be read at all.</summary>
    private static string Broken(string piece) => string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat(piece, 1000 / piece.Length)) + "\n", 200));

    private static void Try(Func<HostSnapshot, object?> read, string path, string text)
    {
        var host = new MadeHost().File("/etc/postgresql/16/main/postgresql.conf", "ssl = on\n").File("/etc/my.cnf", "[mysqld]\n").File("/etc/postgresql/16/main/pg_hba.conf", "local all all peer\n").File("/var/lib/postgresql/16/main/postgresql.auto.conf", "");
        try
        {
            read(host.File(path, text));
        }
        catch (UnableException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }
}
