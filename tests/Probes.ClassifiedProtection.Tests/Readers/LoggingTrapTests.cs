using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Lines of rsyslog and logrotate that keep nothing.</summary>
public sealed class LoggingTrapTests
{
    private const string Debian = "module(load=\"imuxsock\") # provides support for local system logging\nmodule(load=\"imklog\")\n$FileOwner root\n$FileCreateMode 0640\n$WorkDirectory /var/spool/rsyslog\n$IncludeConfig /etc/rsyslog.d/*.conf\nauth,authpriv.*\t\t\t/var/log/auth.log\n*.*;auth,authpriv.none\t\t-/var/log/syslog\ncron.* -/var/log/cron.log\n*.emerg\t\t\t\t:omusrmsg:*\n";
    private const string RedHat = "global(workDirectory=\"/var/lib/rsyslog\")\nmodule(load=\"builtin:omfile\" Template=\"RSYSLOG_FileFormat\")\nmodule(load=\"imuxsock\"\n  SysSock.Use=\"off\")\nmodule(load=\"imjournal\" StateFile=\"imjournal.state\")\ninclude(file=\"/etc/rsyslog.d/*.conf\" mode=\"optional\")\n*.info;mail.none;authpriv.none;cron.none                /var/log/messages\nauthpriv.*                                              /var/log/secure\nmail.*                                                  -/var/log/maillog\n*.emerg                                                 :omusrmsg:*\nuucp,news.crit                                          /var/log/spooler\nlocal7.*                                                /var/log/boot.log\n";

    private static MadeHost Host(string rsyslog, string dropIn = "# none\n") => new MadeHost().File("/etc/rsyslog.conf", rsyslog.Contains("im", StringComparison.Ordinal) && rsyslog.Contains("module(load=\"i", StringComparison.Ordinal) ? rsyslog : rsyslog + "\n$ModLoad imuxsock\n").File("/etc/rsyslog.d/a.conf", dropIn).Says("units", "rsyslog.service enabled\n").Says("units-active", "rsyslog.service loaded active running x\nsystemd-journald.service loaded active running x\n");

    private static LoggingSettings Read(MadeHost host) => new LoggingProbe().Read(host).Record!;

    [Theory]
    [InlineData(Debian, "符合")]
    [InlineData(RedHat, "符合")]
    [InlineData("if $syslogfacility-text == 'authpriv' then /var/log/secure\n", "符合")]
    [InlineData("if ($syslogfacility-text == \"auth\" or $syslogfacility-text == \"authpriv\") then {\n action(type=\"omfile\"\n file=\"/var/log/auth.log\")\n stop\n}\n", "符合")]
    [InlineData("auth.* { action(type=\"omfile\" file=\"/var/log/a\") }\n", "符合")]
    [InlineData(":programname, isequal, \"haproxy\" /var/log/haproxy.log\n& stop\nauthpriv.* /var/log/secure\n", "符合")]
    [InlineData("if $programname == 'nginx' then { /var/log/n.log\n stop\n }\nauthpriv.* /var/log/secure\n", "符合")]
    [InlineData("if $programname startswith 'nginx' then stop\nauthpriv.* /var/log/secure\n", "符合")]
    [InlineData(":programname, isequal, \"sshd\" stop\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData(":programname, isequal, \"dropbear\" stop\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData(":programname, startswith, \"ss\" stop\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData(":syslogtag, isequal, \"sshd[1]:\" stop\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData("if $programname startswith 'ssh' then stop\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData("if $syslogtag == 'sshd[' then stop\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData("module(load=\"imuxsock\" SysSock.Use=\"off\")\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData("/*\nauthpriv.* /var/log/secure\n*/\n", "不符合")]
    [InlineData("authpriv.* stop\nauthpriv.* /var/log/secure\n", "不符合")]
    [InlineData("*.* ~\nauthpriv.* /var/log/secure\n", "不符合")]
    [InlineData("stop\nauthpriv.* /var/log/secure\n", "不符合")]
    [InlineData("authpriv.* /dev/null\n", "不符合")]
    [InlineData("authpriv.* /var/../dev/null\n", "不符合")]
    [InlineData("authpriv.emerg /var/log/secure\n", "不符合")]
    [InlineData("authpriv.*;authpriv.none /var/log/secure\n", "不符合")]
    [InlineData("*.*;auth,authpriv.!debug /var/log/secure\n", "不符合")]
    [InlineData("ruleset(name=\"x\") {\n authpriv.* /var/log/secure\n}\n", "不符合")]
    [InlineData("authpriv.* action(type=\"omfile\" file=\"/dev/null\")\n", "不符合")]
    [InlineData("if $msg contains \"x\" then stop\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData(":msg, contains, \"Accepted\" ~\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData("if $programname == 'sshd' then stop\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData("$RuleSet other\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData("+otherhost\nauthpriv.* /var/log/secure\n", "待人工")]
    [InlineData("if $msg contains 'x' then /var/log/secure\n", "待人工")]
    public void Messages_about_logins_are_followed_to_a_file(string rsyslog, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-06", Read(Host(rsyslog))));

    [Theory]
    [InlineData("USER COMMAND\nroot bash\nroot systemd-journal\n", "0", "符合")]
    [InlineData("USER COMMAND\nroot bash\nroot sshd\n", "0", "不符合")]
    [InlineData("USER COMMAND\nroot sshd\nmonitor bash\n", "1000", "不符合")]
    [InlineData("USER COMMAND\nmonitor bash\n", "1000", "待人工")]
    public void A_service_that_does_not_run_writes_nothing_whatever_is_configured(string processes, string user, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-05", Read(
        new MadeHost().File("/etc/systemd/journald.conf", "[Journal]\nStorage=persistent\n").File("/etc/rsyslog.conf", Debian)
            .Says("units", "rsyslog.service enabled enabled\nsystemd-journald.service static -\n").Says("units-active", "System has not been booted with systemd\n", 1).Says("processes", processes).Says("user", user))));

    /// <summary>Configuration stays where the package is removed.</summary>
    [Fact]
    public void Rules_of_a_service_that_does_not_run_write_no_logins() => Assert.Equal("不符合", Verdicts.Of("AUD-06", Read(
        new MadeHost().File("/etc/rsyslog.conf", Debian).Says("units", "cron.service enabled\n").Says("units-active", "cron.service loaded active running x\n"))));

    [Fact]
    public void A_folder_nobody_includes_is_not_read_and_one_that_is_included_counts_where_it_stands()
    {
        Assert.Equal("不符合", Verdicts.Of("AUD-06", Read(Host("kern.* /var/log/kern\n", "authpriv.* /var/log/secure\n"))));
        Assert.Equal("不符合", Verdicts.Of("AUD-06", Read(Host(Debian, "*.* stop\n"))));
    }

    /// <summary>
    /// What Ubuntu's images bring. Texts of messages are written by whoever logs in: a name with "[UFW " in it would hide its own failed logins
    /// where they are thrown away, so that this stays a doubt; that they are written to one more file takes nothing away.
    /// </summary>
    [Theory]
    [InlineData(":syslogtag, isequal, \"[CLOUDINIT]\" /var/log/cloud-init.log\n& stop\n", "符合")]
    [InlineData(":msg,contains,\"[UFW \" /var/log/ufw.log\n#& stop\n", "符合")]
    [InlineData(":msg,contains,\"[UFW \" /var/log/ufw.log\n& stop\n", "待人工")]
    [InlineData("if $syslogtag == '[CLOUDINIT]' then {\n /var/log/cloud-init.log\n stop\n}\n", "符合")]
    [InlineData(":syslogtag, isequal, \"sshd[1]:\" /var/log/x\n& stop\n", "待人工")]
    [InlineData(":syslogtag, isequal, \"/usr/sbin/sshd:\" stop\n", "待人工")]
    [InlineData(":syslogtag, startswith, \"/usr/\" stop\n", "待人工")]
    [InlineData(":syslogtag, startswith, \"/usr/s\" stop\n", "待人工")]
    [InlineData(":syslogtag, isequal, \"a b\" stop\n", "待人工")]
    public void What_comes_before_the_standard_file_takes_away_what_it_names(string first, string verdict)
    {
        const string standard = "auth,authpriv.*\t\t\t/var/log/auth.log\n*.*;auth,authpriv.none\t\t-/var/log/syslog\nkern.*\t\t\t\t-/var/log/kern.log\nmail.*\t\t\t\t-/var/log/mail.log\nmail.err\t\t\t/var/log/mail.err\n*.emerg\t\t\t\t:omusrmsg:*\n";
        var host = new MadeHost().File("/etc/rsyslog.conf", "module(load=\"imuxsock\")\nmodule(load=\"imklog\" permitnonkernelfacility=\"on\")\n$RepeatedMsgReduction on\n$FileOwner syslog\n$FileGroup adm\n$FileCreateMode 0640\n$DirCreateMode 0755\n$Umask 0022\n$PrivDropToUser syslog\n$PrivDropToGroup syslog\n$WorkDirectory /var/spool/rsyslog\n$IncludeConfig /etc/rsyslog.d/*.conf\n")
            .File("/etc/rsyslog.d/20-first.conf", first).File("/etc/rsyslog.d/50-default.conf", standard).Says("units", "rsyslog.service enabled\n").Says("units-active", "rsyslog.service loaded active running x\n");
        Assert.Equal(verdict, Verdicts.Of("AUD-06", Read(host)));
    }

    [Theory]
    [InlineData("*.* @@log.example.cn:514\n", "符合")]
    [InlineData("*.* @(z5)[2001:db8::1]:514;RSYSLOG_ForwardFormat\n", "符合")]
    [InlineData("*.* action(type=\"omfwd\" target=\"10.0.0.9\" port=\"514\" protocol=\"tcp\")\n", "符合")]
    [InlineData("action(type=\"omfwd\" target=\"10.0.0.9\")\n", "符合")]
    [InlineData("*.* @127.0.0.2\n", "不符合")]
    [InlineData("*.* @@localhost.localdomain\n", "不符合")]
    [InlineData("*.* @[::ffff:127.0.0.1]\n", "不符合")]
    [InlineData("*.* @0.0.0.0\n", "不符合")]
    [InlineData("*.* @2130706433\n", "不符合")]
    [InlineData("*.* action(type=\"omfwd\" target=\"127.1\")\n", "不符合")]
    [InlineData("*.* action(type=\"omfwd\" target=\"10.0.0.9\" config.enabled=\"off\")\n", "不符合")]
    [InlineData("*.* action(type=\"omfwd\" target=\"10.0.0.9\" config.enabled=\"on\")\n", "符合")]
    [InlineData("*.* action(type=\"omfwd\" target=\"10.0.0.9\" config.enabled=`echo $FWD`)\n", "待人工")]
    [InlineData("*.* @@loghost\n", "不符合")]
    [InlineData("*.* @@web01:514\n", "不符合")]
    [InlineData("*.* @@10.0.0.3\n", "不符合")]
    [InlineData("*.* @@central\n", "符合")]
    [InlineData(":msg,contains,\"UFW\" /var/log/ufw.log\n& stop\n*.* @@10.0.0.9\n", "待人工")]
    [InlineData("kern.* @@10.0.0.9\n", "不符合")]
    [InlineData("*.* stop\n*.* @@10.0.0.9\n", "不符合")]
    [InlineData("/* *.* @@10.0.0.9 */\n", "不符合")]
    [InlineData("if $msg contains 'x' then @@10.0.0.9\n", "待人工")]
    [InlineData("*.* action(type=\"omkafka\" topic=\"t\")\n", "待人工")]
    public void Only_another_host_is_another_host(string rsyslog, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-09",
        Read(Host(rsyslog).File("/etc/hostname", "web01\n").File("/etc/hosts", "127.0.0.1 localhost loghost # own\n10.0.0.3 web01.example.cn web01\n10.0.0.9 central\n"))));

    [Theory]
    [InlineData("-n -iNONE", "符合")]
    [InlineData("-n $SYSLOGD_OPTIONS", "符合")]
    [InlineData("-n -f /etc/rsyslog-other.conf", "不符合")]
    [InlineData("-n -f/etc/rsyslog-other.conf", "不符合")]
    [InlineData("-n $OTHER", "待人工")]
    [InlineData("-n -N1", "待人工")]
    [InlineData("-n --odd", "待人工")]
    public void The_file_rsyslogd_is_started_with_is_the_one_that_counts(string options, string verdict)
    {
        var read = Read(Host(Debian, "*.* @@10.0.0.9\n").File("/lib/systemd/system/rsyslog.service", $"[Service]\nEnvironmentFile=-/etc/sysconfig/rsyslog\nExecStart=/usr/sbin/rsyslogd {options}\n")
            .File("/etc/sysconfig/rsyslog", "SYSLOGD_OPTIONS=\"\"\nOTHER=\"-f /etc/rsyslog-other.conf\"\n").File("/etc/rsyslog-other.conf", "*.* /dev/null\n"));
        Assert.Equal(verdict, Verdicts.Of("AUD-06", read));
        Assert.Equal(verdict, Verdicts.Of("AUD-09", read));
    }

    [Theory]
    [InlineData("SYSLOGD_OPTIONS=\"-f /etc/other.conf\"\nFOO=\"\nSYSLOGD_OPTIONS=\n\"\n", "待人工")]
    [InlineData("FOO=\"\nSYSLOGD_OPTIONS=\n\"\n", "待人工")]
    [InlineData("FOO=\"a b\"\nSYSLOGD_OPTIONS=\n", "符合")]
    public void A_quote_left_open_in_a_file_of_variables_is_no_good_verdict(string variables, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-06",
        Read(Host(Debian).File("/lib/systemd/system/rsyslog.service", "[Service]\nEnvironmentFile=-/etc/sysconfig/rsyslog\nEnvironment=LD_LIBRARY_PATH=/opt/lib\nExecStart=/usr/sbin/rsyslogd -n $SYSLOGD_OPTIONS\n").File("/etc/sysconfig/rsyslog", variables))));

    [Fact]
    public void An_include_that_is_switched_off_brings_nothing()
    {
        Assert.Equal("不符合", Verdicts.Of("AUD-09", Read(Host("include(file=\"/etc/rsyslog.d/*.conf\" config.enabled=\"off\")\n", "*.* @@10.0.0.9\n"))));
        Assert.Equal("不符合", Verdicts.Of("AUD-06", Read(Host("authpriv.* /run/secure\n"))));
        Assert.Equal("待人工", Verdicts.Of("AUD-06", Read(new MadeHost().File("/etc/rsyslog.conf", "$ModLoad imuxsock\n$OmitLocalLogging on\nauthpriv.* /var/log/secure\n"))));
        Assert.Equal("待人工", Verdicts.Of("AUD-06", Read(Host("module(load=\"imuxsock\" SysSock.Name=\"/run/other\")\nauthpriv.* /var/log/secure\n"))));
        Assert.Equal("待人工", Verdicts.Of("AUD-06", Read(Host(Debian).File("/etc/systemd/journald.conf", "[Journal]\nForwardToSyslog=no\nStorage=none\n"))));
        Assert.Equal("符合", Verdicts.Of("AUD-06", Read(Host(RedHat).File("/etc/systemd/journald.conf", "[Journal]\nForwardToSyslog=no\nStorage=none\n"))));
        Assert.Equal("待人工", Verdicts.Of("AUD-06", Read(Host("module(load=\"imuxsock\" config.enabled=\"off\")\nauthpriv.* /var/log/secure\n"))));
    }

    [Theory]
    [InlineData(Debian, "符合")]
    [InlineData("$ActionFileDefaultTemplate RSYSLOG_TraditionalFileFormat\n" + Debian, "不符合")]
    [InlineData("authpriv.* /var/log/secure;RSYSLOG_TraditionalFileFormat\n", "不符合")]
    [InlineData("$template Own,\"%timestamp% %msg%\\n\"\nauthpriv.* /var/log/secure;Own\n", "不符合")]
    [InlineData("$template Own,\"%timereported:::date-rfc3339% %msg%\\n\"\nauthpriv.* /var/log/secure;Own\n", "符合")]
    [InlineData("authpriv.* /var/log/secure;Elsewhere\n", "待人工")]
    public void The_template_of_each_file_counts(string rsyslog, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-07", Read(Host(rsyslog))));

    [Fact]
    public void A_service_that_keeps_nothing_is_no_writer()
    {
        Assert.Equal("不符合", Verdicts.Of("AUD-05", Read(Host("*.* /dev/null\n"))));
        Assert.Equal("符合", Verdicts.Of("AUD-05", Read(Host("*.* /var/log/all\n"))));
        Assert.Equal("不符合", Verdicts.Of("AUD-05", Read(Host("*.* /dev/null\n").File("/etc/systemd/journald.conf", "[Journal]\nStorage=persistent\nMaxLevelStore=emerg\n"))));
        Assert.Equal("符合", Verdicts.Of("AUD-05", Read(Host("*.* /dev/null\n").File("/etc/systemd/journald.conf", "[Journal]\nStorage = persistent\n"))));
        Assert.Equal("不符合", Verdicts.Of("AUD-05", Read(Host("*.* /dev/null\n").File("/etc/systemd/journald.conf", "[Journal]\nStorage=persistent\n").File("/usr/lib/systemd/journald.conf.d/a.conf", "[Journal]\nStorage=volatile\n"))));
    }

    [Theory]
    [InlineData("/var/log/syslog\n{\n rotate 26\n weekly\n postrotate\n  /usr/lib/rsyslog/rsyslog-rotate > /dev/null\n endscript\n}\n", "符合")]
    [InlineData("/var/log/*.log /var/log/syslog {\n rotate 200\n daily\n compress\n create 0640 root adm\n}\n", "符合")]
    [InlineData("/var/log/syslog {\n rotate -1\n weekly\n}\n", "符合")]
    [InlineData("/var/log/syslog {\n rotate 0\n weekly\n}\n", "不符合")]
    [InlineData("/var/log/syslog {\n rotate 300\n daily\n maxsize 1k\n}\n", "不符合")]
    [InlineData("/var/log/syslog {\n rotate 300\n daily\n size=1k\n}\n", "不符合")]
    [InlineData("/var/log/syslog {\n rotate 300\n daily\n maxage 7\n}\n", "不符合")]
    [InlineData("/var/log/sys* {\n rotate 4\n weekly\n}\n", "不符合")]
    [InlineData("/var/log/syslog {\n rotate 300\n daily\n postrotate\n rm -f /var/log/syslog.*\n endscript\n}\n", "不符合")]
    [InlineData("/var/log/syslog {\n rotate 300\n daily\n oddword\n}\n", "待人工")]
    [InlineData("maxage 7\n/var/log/syslog {\n rotate 300\n daily\n}\n", "不符合")]
    [InlineData("include /etc/other\n/var/log/syslog {\n rotate 300\n daily\n}\n", "不符合")]
    [InlineData("include /etc/nowhere\n/var/log/syslog {\n rotate 300\n daily\n}\n", "待人工")]
    public void Logs_stay_as_long_as_logrotate_lets_them(string conf, string verdict)
    {
        var read = Read(Host(Debian).File("/etc/logrotate.conf", conf).File("/etc/other/x", "/var/log/auth.log {\n weekly\n rotate 4\n}\n").File("/etc/other/x.dpkg-old", "oddword\n"));
        Assert.Equal(verdict, Verdicts.Of("AUD-10", read));
    }

    [Theory]
    [InlineData("/etc/logrotate.d/l", "/var/log/logins.log {\n daily\n rotate 1\n}\n", "不符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/logins.log {\n weekly\n rotate 30\n}\n", "符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  cp /dev/null /var/log/secure.1; /usr/local/bin/clean-old-logs 7\n endscript\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  /bin/kill -HUP `cat /var/run/syslogd.pid 2> /dev/null` 2> /dev/null || true\n endscript\n}\n", "符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  if [ -f /run/x.pid ]; then\n  systemctl kill -s HUP rsyslog.service >/dev/null 2>&1 || true\n fi\n endscript\n}\n", "符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  kill -HUP $(cat /run/x.pid) >/dev/null 2>&1||true\n endscript\n}\n", "符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  systemctl reload rsyslog; /opt/clean.sh\n endscript\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  systemctl reload rsyslog&&/opt/clean.sh\n endscript\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  kill -HUP `/opt/clean.sh`\n endscript\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  touch x > /var/log/secure\n endscript\n}\n", "不符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  touch x >/srv/logs/secure\n endscript\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "'/var/log/secure' {\n daily\n rotate 1\n}\n", "不符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/\"secure\" {\n daily\n rotate 1\n}\n", "不符合")]
    [InlineData("/etc/logrotate.d/l", "/var//log/./secure {\n daily\n rotate 1\n}\n", "不符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/sec\\ure {\n daily\n rotate 1\n}\n", "不符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  true; `cat /opt/x`\n endscript\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  true; `\n cat /opt/x`\n endscript\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  logger x >> /var/log/messages\n endscript\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n postrotate\n  logger x >| /var/log/secure\n endscript\n}\n", "不符合")]
    [InlineData("/etc/logrotate.d/l", "$DIR/secure {\n daily\n rotate 1\n}\n", "待人工")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n olddir /dev/shm/old\n}\n", "不符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n olddir /var/log/old\n}\n", "符合")]
    [InlineData("/etc/logrotate.d/l", "/var/log/secure {\n weekly\n rotate 30\n compresscmd /usr/local/bin/eat\n}\n", "待人工")]
    [InlineData("/etc/tmpfiles.d/l.conf", "d /var/log 0755 root root 7d\n", "不符合")]
    [InlineData("/etc/tmpfiles.d/l.conf", "d /var/log 0755 root root 26w\n", "符合")]
    [InlineData("/etc/tmpfiles.d/l.conf", "d /var/log 0755 root root -\nf /var/log/wtmp 0664 root utmp -\n", "符合")]
    [InlineData("/etc/tmpfiles.d/l.conf", "r! /var/log/*.log\n", "待人工")]
    [InlineData("/etc/tmpfiles.d/l.conf", "e /var/log - - - soon\n", "待人工")]
    public void Logs_go_by_other_ways_than_logrotate_too(string path, string text, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-10",
        Read(Host("authpriv.* /var/log/logins.log\n").File("/etc/logrotate.conf", "/var/log/syslog {\n weekly\n rotate 30\n}\ninclude /etc/logrotate.d\n").File("/etc/logrotate.d/keep", "# none\n").File(path, text))));

    [Theory]
    [InlineData(FileState.Denied)]
    [InlineData(FileState.TooLarge)]
    [InlineData(FileState.PrivateKey)]
    public void A_cleaning_nobody_could_read_is_a_doubt(FileState state) => Assert.Equal("待人工", Verdicts.Of("AUD-10",
        Read(Host("authpriv.* /var/log/logins.log\n").File("/etc/logrotate.conf", "/var/log/logins.log {\n weekly\n rotate 30\n}\n").State("/etc/tmpfiles.d/l.conf", state))));

    [Theory]
    [InlineData("MaxRetentionSec=7day", "不符合")]
    [InlineData("MaxRetentionSec=1month 2w", "不符合")]
    [InlineData("MaxRetentionSec=ever", "待人工")]
    [InlineData("SystemMaxUse=50M", "待人工")]
    public void A_journal_alone_is_not_kept_because_wtmp_is(string setting, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-10",
        Read(new MadeHost().File("/etc/systemd/journald.conf", $"[Journal]\nStorage=persistent\n{setting}\n").File("/etc/logrotate.conf", "/var/log/wtmp {\n monthly\n rotate 12\n}\n"))));

    [Fact]
    public void Noise_ends()
    {
        var random = new SeededBytes(6);
        const string letters = "auth.*;none /var@{}()\"'\n\\#$:if then&stop~ action(type=\"omfile\") else";
        for (var i = 0; i < 300; i++)
        {
            var text = new string([.. Enumerable.Range(0, 400).Select(_ => letters[random.Below(letters.Length)])]);
            var trouble = Record.Exception(() => Read(Host(text).File("/etc/logrotate.conf", text)));
            Assert.True(trouble is null or Probing.UnableException, $"{trouble}\n{text}");
        }
    }
}
