using System.Text;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>No secret of a host is in a snapshot, whichever way it came.</summary>
public sealed class RedactionTests
{
    private const string Secret = "Zw7-geheim-Qp";

    public static TheoryData<string, string> Files => new()
    {
        { "/etc/shadow", $"root:$6${Secret}$abc{Secret}:19000:0:90:7:::\nold:aaZw7geheimQp:1::::::\nops:!!$y$j9T${Secret}:1::::::\nx:{Secret}:1::::::\n" },
        { "/etc/passwd", $"root:{Secret}:0:0:Name {Secret}:/root:/bin/bash\n" },
        { "/etc/snmp/snmpd.conf", $"rocommunity {Secret} 10.0.0.0/8\ncom2sec local default {Secret}\ncreateUser u SHA {Secret} AES {Secret}\ntrapsink 10.0.0.1 {Secret}\n" },
        { "/etc/redis/redis.conf", $"requirepass {Secret}\nmasterauth {Secret}\nrename-command CONFIG {Secret}\nuser app on >{Secret} ~* +@all\nuser b on #{Secret}\nuser c on \">{Secret} x\" ~* +@all\nrename-command KEYS keys\nrename-command x FLUSHALL\nrequirepass 12345678\nuser d on >Passw0rd >abc\nrequirepass \"aaaaaaaaaa\"\n\"requirepass\" \"\"\ntls-key-file-pass {Secret}\n" },
        { "/etc/my.cnf", $"[client]\npassword = {Secret}\n; {Secret}\n[mysqld]\nreport-password={Secret}\nloose-x_password = '{Secret} and more'\n" },
        { "/etc/tomcat9/tomcat-users.xml", $"<user username=\"a\" password=\"{Secret}\"/>\n<user password\n=\n'{Secret}' />\n<!-- <user password=\"{Secret}\"/> -->\n<Connector keystorePass=\"{Secret}\" secret='{Secret}'/>\n" },
        { "/etc/profile", $"export DB_PASSWORD={Secret}\nexport TMOUT=600 # {Secret}\n" },
        { "/etc/rsyslog.conf", $"# {Secret}\n*.* action(type=\"ommysql\" pwd=\"{Secret}\")\n" },
        { "/etc/nginx/nginx.conf", $"proxy_set_header Authorization \"Basic {Secret}\";\nproxy_pass http://u:{Secret}@127.0.0.1/;\nsecure_link_md5 \"$uri{Secret}\";\n" },
        { "/etc/postgresql/15/main/postgresql.conf", $"primary_conninfo = 'host=a user=b password={Secret}'\n" },
        { "/etc/pam.d/sshd", $"auth required pam_ldap.so bindpw={Secret}\n#{Secret}\n" },
        { "/etc/apt/x.conf", $"deb https://u:{Secret}@mirror.example.cn/\n-----BEGIN OPENSSH PRIVATE KEY-----\n{Secret}\n-----END OPENSSH PRIVATE KEY-----\n" },
    };

    /// <summary>Words are hidden; what shells and servers do with the signs between them is not.</summary>
    private static IReadOnlyDictionary<string, string> Signs { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/etc/logrotate.conf"] = "'/var/log/a b' {\n daily\n postrotate\n  systemctl reload rsyslog; /opt/x && y||z|w &\n  touch x>/var/log/secure 2>&1 </dev/null >>/srv/x <<<已遮盖>>> ;;<已遮盖>\n  kill -HUP `cat /run/x` $(pidof x) (a;b)\n endscript\n}\n$X/y {\n}\n",
        ["/etc/rsyslog.conf"] = ":programname, isequal, \"sshd\" stop\n:syslogtag,startswith,\"a b\" ~\n:syslogtag, !startswith, \"ab-c.d\" ~\n:programname, regex, \"sshd\" stop\n:syslogtag, isequal, \"[a/b]:\" ~\n:programname, isequal, \"a[\" ~\nif $syslogtag == '[a]' then stop\nif ($syslogtag startswith \"a[\") then stop\nif $syslogtag contains '[a]' then stop\nif $programname == '[a]' then stop\n:msg, isequal, \"sshd\" stop\nif $programname startswith 'x' then stop\nif $msg startswith 'x' then stop\n",
        ["/etc/nginx/nginx.conf"] = "auth_basic \"${x}\";\nauth_basic \"a\n $y b\";\nauth_basic '$<已遮盖>';\nfancyindex on;\n",
        ["/etc/default/ssh"] = "FOO=1; OPTIONS=2 X_OPTS=3;export X_OPTS OPTIONS(SSHD_ARGS\nFOO=OPTIONS\nif X_OPTS= Y_OPTS X_OPTS\nFOO=\"<已遮盖> OPTIONS\"\nTOKEN=SECRETARGS xSECRETARGS OPTIONSx\n",
        ["/lib/systemd/system/nginx.service"] = "[Service]\nEnvironment = LD_LIBRARY_PATH=/opt/lib CONFFILE=/etc/nginx/nginx.conf\t\"A=b c\"  \nEnvironment=\nEnvironment=\\\n A=1 \\\n X_OPTS=\"a b\" \n[X 1]\n [Odd\n[\"<已遮盖>\\\nA=\"<已遮盖>\n\"<已遮盖> X_OPTS\n\r\n a\\\\\\\nb\n#\\\n;\\\nc\nExecStart=/usr/sbin/nginx \\ \nc\nExecStart=/usr/sbin/nginx -c a\\\\\n d\n",
        ["/lib/systemd/system/ssh.service"] = "[Service]\nEnvironment = A=b OPTIONS=-4  'A=b c'\t\nEnvironment A=1\nEnvironment=OPTIONS=\"-4\nRestart=no \\ \nRestart=no \\\\\nA\n#\\\n;\\\nB=1\n[\"<已遮盖>\n",
        ["/etc/profile"] = $":{new string(' ', 16_383)}\n:{new string(' ', 16_384)}\n:{new string(' ', 16_384)}\\\n:{string.Concat(Enumerable.Repeat("遮", 6000))}\n<行过长，已遮盖>\n",
        ["/etc/pam.d/sshd"] = $"auth required x.so \\\n{new string('x', 16_385)}\\\nnullok\n<行过长，已遮盖>\\\nnullok\n",
    };

    /// <summary>Pieces of units in any order: lines that go on, remarks, quotes, headings.</summary>
    private static IReadOnlyDictionary<string, string> Pieces { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/lib/systemd/system/redis.service"] = Shuffled(11),
        ["/lib/systemd/system/sshd.service"] = Shuffled(12),
        ["/etc/default/redis-server"] = Shuffled(13),
    };

    private static string Shuffled(ulong seed)
    {
        string[] pieces = ["Environment=", "ExecStart=", "/usr/bin/redis-server", "/bin/sh -c ", "--requirepass", "--masterauth", "X_OPTS=", "FOO=", "export ", "[Service]", "[", "]", "\"", "'", "\\", "\\\n", "\n", "\n", "\n", " ", " ", "\t", "#", ";", "ab", "-4", "=", ">", "Restart=", "$A", "<已遮盖>"];
        return string.Concat(new SeededBytes(seed).Take(6000).Select(b => pieces[b % pieces.Length])) + "\n";
    }

    [Fact]
    public void Pieces_of_units_in_any_order_are_blackened_once()
    {
        foreach (var (path, text) in Pieces)
        {
            var once = HostRedaction.Apply(HostRedaction.KindOf(path), text);
            Assert.Equal(once, HostRedaction.Apply(HostRedaction.KindOf(path), once));
        }
    }

    [Fact]
    public void Signs_between_hidden_words_stay_and_twice_is_once()
    {
        foreach (var (path, text) in Signs)
        {
            var kind = HostRedaction.KindOf(path);
            var once = HostRedaction.Apply(kind, text);
            Assert.Equal(text.Count(c => c == '\n'), once.Count(c => c == '\n'));
            Assert.Equal(once, HostRedaction.Apply(kind, once));
        }

        Assert.Contains("  systemctl <已遮盖>; <已遮盖> && <已遮盖>||<已遮盖>|<已遮盖> &\n  touch <已遮盖>>/var/log/secure 2>&1 </dev/null >><已遮盖>", HostRedaction.Apply("rotate", Signs["/etc/logrotate.conf"]), StringComparison.Ordinal);
        Assert.StartsWith("FOO=<已遮盖> OPTIONS X_OPTS SSHD_ARGS\nFOO=<已遮盖>\n<已遮盖> X_OPTS Y_OPTS\n", HostRedaction.Apply("start", Signs["/etc/default/ssh"]), StringComparison.Ordinal);
        Assert.StartsWith("auth_basic $<已遮盖>;\n", HostRedaction.Apply("nginx", Signs["/etc/nginx/nginx.conf"]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Secrets_go_lines_stay_and_twice_is_once(string path, string text)
    {
        var kind = HostRedaction.KindOf(path);
        var once = HostRedaction.Apply(kind, text);
        Assert.DoesNotContain("geheim", once, StringComparison.Ordinal);
        Assert.Equal(text.Count(c => c == '\n'), once.Count(c => c == '\n'));
        Assert.Equal(once, HostRedaction.Apply(kind, once));
    }

    /// <summary>What the script on the host does not know as a secret is blackened where its bundle is read, before anything is kept.</summary>
    [Theory]
    [InlineData("/etc/mysql/my.cnf", "wsrep_sst_auth=u:{0}\ninit-connect = SET PASSWORD; CREATE USER x IDENTIFIED BY '{0}'\n")]
    [InlineData("/etc/postgresql/15/main/postgresql.conf", "ssl_passphrase_command = 'echo {0}'\narchive_command = 'sshpass -p {0} scp %p b:'\nrestore_command 'curl -u u:{0} x'\nprimary_conninfo = 'host=a password=\\'{0}\\' user=b'\n")]
    [InlineData("/etc/redis/users.acl", "user a on \">{0}\" ~* +@all\nuser b on '#{0}'\n\"masterauth\" \"{0}\"\n")]
    [InlineData("/etc/rsyslog.conf", "*.* :ommysql:h,db,u,{0}\nauth.* >h,db,u,{0};tpl\n")]
    [InlineData("/etc/sudoers", "ops ALL=(root) /usr/bin/mysqldump -uroot -p{0} x, /bin/ls\n")]
    [InlineData("/etc/pam.d/radius", "secret {0}\nbindpw {0}\n")]
    [InlineData("/etc/nginx/nginx.conf", "location / { return 301 https://a.example.cn/?k={0}; }\nreturn 200 \"{0}\";\n")]
    [InlineData("/etc/profile", "TMOUT=600; export API=\"{0}\"; export TMOUT\n")]
    public void Secrets_within_commands_and_lists_go_too(string path, string text)
    {
        var kind = HostRedaction.KindOf(path);
        var once = HostRedaction.Apply(kind, text.Replace("{0}", Secret, StringComparison.Ordinal));
        Assert.DoesNotContain("geheim", once, StringComparison.Ordinal);
        Assert.Equal(text.Count(c => c == '\n'), once.Count(c => c == '\n'));
        Assert.Equal(once, HostRedaction.Apply(kind, once));
    }

    public static TheoryData<string> Paths => [.. CanaryFiles.All.Keys.Where(p => HostRedaction.KindOf(p) != HostRedaction.AttributesOnly)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Whatever_stands_where_a_value_may_stand_is_gone(string path)
    {
        var (kind, text) = (HostRedaction.KindOf(path), CanaryFiles.All[path]);
        var once = HostRedaction.Apply(kind, text);
        Assert.DoesNotContain(CanaryFiles.Word, once, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(text.Count(c => c == '\n'), once.Count(c => c == '\n'));
        Assert.Equal(once, HostRedaction.Apply(kind, once));
    }

    /// <summary>The script blackens before anything leaves the host; under every shell and awk there is.</summary>
    [SkippableTheory]
    [InlineData("dash", "mawk")]
    [InlineData("bash", "gawk")]
    [InlineData("busybox", "busybox")]
    public async Task The_collector_blackens_the_same(string shell, string awk)
    {
        Skip.If(RequiredTool.IsMissing(shell) || RequiredTool.IsMissing(awk));
        using var folder = new TemporaryFolder();
        var start = Collector.Script.IndexOf("kept() {", StringComparison.Ordinal);
        var functions = Collector.Script[start..Collector.Script.IndexOf("described() {", StringComparison.Ordinal)];
        var script = folder.Write("mask.sh", $"LC_ALL=C; export LC_ALL\nawk() {{ {(awk == "busybox" ? "busybox awk" : awk)} \"$@\"; }}\n{functions}\nmask \"$1\" <\"$2\"\n");
        foreach (var (path, text) in CanaryFiles.All.Concat(Signs).Concat(Pieces).Concat(Files.Select(r => KeyValuePair.Create((string)r[0], (string)r[1]))))
        {
            var kind = HostRedaction.KindOf(path);
            string[] call = [script, kind, folder.Write("in", text)];
            var said = await new ProcessToolRunner().RunAsync(new ToolCall(shell, shell == "busybox" ? ["ash", .. call] : call), CancellationToken.None);
            Assert.True(said.ExitCode == 0 && said.ErrorText.Length == 0, said.ErrorText);
            Assert.DoesNotContain(CanaryFiles.Word, said.OutputText, StringComparison.OrdinalIgnoreCase);
            Assert.Equal($"{path}\n{HostRedaction.Apply(kind, text).TrimEnd('\n')}", $"{path}\n{said.OutputText.TrimEnd('\n')}");
        }
    }

    [Fact]
    public void What_the_rules_ask_for_survives()
    {
        Assert.Equal("rocommunity public 10.0.0.0/8", HostRedaction.Apply("snmp", "rocommunity public 10.0.0.0/8"));
        Assert.Equal("requirepass ***example", HostRedaction.Apply("redis", "requirepass foobared"));
        Assert.Equal("requirepass ***short", HostRedaction.Apply("redis", "requirepass abc"));
        Assert.Equal("requirepass ***weak", HostRedaction.Apply("redis", "requirepass '12345678'"));
        Assert.Equal("user a on >***weak -@all", HostRedaction.Apply("redis", "user a on \">password123\" -@all"));
        Assert.Equal("rename-command CONFIG config", HostRedaction.Apply("redis", "rename-command CONFIG \"config\""));
        Assert.Equal("default_password_lifetime = 90", HostRedaction.Apply("mysql", "default_password_lifetime = 90"));
        Assert.Equal("password requisite pam_pwquality.so minlen=8", HostRedaction.Apply("pam", "password requisite pam_pwquality.so minlen=8"));
        Assert.Equal("PasswordAuthentication=no", HostRedaction.Apply("sshd", "PasswordAuthentication=no"));
        Assert.Equal("password_encryption = scram-sha-256", HostRedaction.Apply("pg", "password_encryption = scram-sha-256"));
        Assert.Equal("return 301 https://$host$request_uri;", HostRedaction.Apply("nginx", "return 301 https://$host$request_uri;"));
        Assert.Equal("export TMOUT=600", HostRedaction.Apply("lines", "export TMOUT=600"));
        Assert.Equal("umask 027", HostRedaction.Apply("lines", "umask 027"));
        Assert.Equal("#includedir /etc/sudoers.d", HostRedaction.Apply("sudo", "#includedir /etc/sudoers.d"));
    }

    /// <summary>A reader must not take a mark for a value that is harmless.</summary>
    [Fact]
    public void What_has_no_kind_is_not_read_for_its_values()
    {
        var host = new MadeHost().File("/opt/odd", "key value\n").File("/opt/remarks", "# nothing\n");
        Assert.Contains("/opt/odd", Assert.Throws<UnableException>(() => host.Lines("/opt/odd")).Message, StringComparison.Ordinal);
        Assert.NotEmpty(host.Lines("/opt/remarks")!);
    }

    /// <summary>What is too long to be looked into may hide whatever stands behind the padding.</summary>
    [Fact]
    public void A_file_with_a_line_too_long_to_be_looked_into_is_not_read()
    {
        var padding = new string(' ', 16_384);
        var host = new MadeHost().File("/etc/profile", $"TMOUT=600\n:{padding}; TMOUT=0\nexport TMOUT\n").File("/etc/bashrc", $":{padding}\\\nTMOUT=0\n").File("/etc/my.cnf", $"[mysqld]{padding[9..]}\n");
        Assert.All(new[] { "/etc/profile", "/etc/bashrc" }, p => Assert.Contains(p, Assert.Throws<UnableException>(() => host.Lines(p)).Message, StringComparison.Ordinal));
        Assert.NotEmpty(host.Lines("/etc/my.cnf")!);
        var once = host.Find("/etc/bashrc").Text;
        Assert.Equal(once, HostRedaction.Apply("lines", once));
        Assert.Throws<UnableException>(() => new SshdProbe().Read(new MadeHost().Ssh("PermitRootLogin no\n").File("/lib/systemd/system/ssh.service", $"[Service]\nExecStart={padding}/usr/sbin/sshd -D -o PermitRootLogin=yes\n")));
    }

    [Fact]
    public void Noise_is_redacted_in_time()
    {
        var random = new SeededBytes(3);
        foreach (var kind in Collector.Files.Select(f => f.Kind).Distinct(StringComparer.Ordinal))
        {
            HostRedaction.Apply(kind, Encoding.Latin1.GetString(random.Take(64 * 1024)));
            HostRedaction.Apply(kind, new string('=', 64 * 1024));
            HostRedaction.Apply(kind, string.Concat(Enumerable.Repeat("password=\"", 6000)));
        }
    }
}
