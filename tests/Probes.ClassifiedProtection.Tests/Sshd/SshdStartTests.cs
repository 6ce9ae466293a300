using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What goes before sshd_config, and entries that keep nobody out.</summary>
public sealed class SshdStartTests
{
    private const string Unit = "[Service]\nEnvironmentFile=-/etc/default/ssh\nExecStartPre=/usr/sbin/sshd -t\nExecStart=/usr/sbin/sshd -D $SSHD_OPTS\n";
    private const string UnitPath = "/lib/systemd/system/ssh.service";

    private static SshdSettings Read(MadeHost host) => new SshdProbe().Read(host).Record!;

    private static MadeHost Host(string config = "PermitRootLogin no\n") => new MadeHost().Ssh(config);

    [Theory]
    [InlineData("SSHD_OPTS=\n", "符合")]
    [InlineData("SSHD_OPTS=\"-u0 -4\"\n", "符合")]
    [InlineData("SSHD_OPTS=\"-o PermitRootLogin=yes\"\n", "不符合")]
    [InlineData("SSHD_OPTS=-oPermitRootLogin=yes\n", "不符合")]
    [InlineData("SSHD_OPTS='-e -4 -o permitrootlogin=yes'\n", "不符合")]
    public void Options_of_the_start_script_go_before_the_file(string defaults, string verdict)
    {
        Assert.Equal(verdict, Verdicts.Of("SSH-01", Read(Host().File("/etc/default/ssh", defaults))));
        Assert.Equal(verdict, Verdicts.Of("SSH-01", Read(Host().File("/etc/default/ssh", defaults).File(UnitPath, Unit))));
        Assert.Equal(verdict, Verdicts.Of("SSH-01", Read(Host().File("/etc/sysconfig/sshd", defaults.Replace("SSHD_OPTS", "OPTIONS", StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData("[Service]\nEnvironment=SSHD_OPTS=-oPermitRootLogin=yes\n")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/sbin/sshd -D -o PermitRootLogin=yes\n")]
    [InlineData("[Service]\nExecStart=\nExecStart=-/usr/sbin/sshd -D -f /etc/ssh/other\n")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/sbin/sshd -o PermitRootLogin=yes\n[Install]\nExecStart=\nExecStart=/usr/sbin/sshd -D\n")]
    [InlineData("[Service]\nEnvironmentFile = /etc/sysconfig/sshd\n")]
    [InlineData("[Service]\nEnvironmentFile=\nEnvironmentFile = /etc/sysconfig/sshd\n")]
    [InlineData("[Service]\nEnvironment=FOO=x \"SSHD_OPTS=-oPermitRootLogin=yes\"\n")]
    [InlineData("[Service]\nEnvironment=\"SSHD_OPTS=-oPermitRootLogin=yes\" FOO=x\n")]
    [InlineData("[Service]\nEnvironment=SSHD_OPTS=-4\nEnvironment='SSHD_OPTS=-oPermitRootLogin=yes' FOO=\"a b\"\n")]
    [InlineData("[Service]\nEnvironment=SSHD_OPTS=-4 FOO=1\nEnvironment=\nEnvironment=SSHD_OPTS=-oPermitRootLogin=yes\n")]
    public void Drop_ins_of_the_unit_go_before_the_file_too(string dropIn)
    {
        var host = Host().File(UnitPath, Unit).File("/etc/systemd/system/ssh.service.d/a.conf", dropIn).File("/etc/ssh/other", "PermitRootLogin yes\n").File("/etc/sysconfig/sshd", "SSHD_OPTS=-oPermitRootLogin=yes\n");
        Assert.Equal("yes", Read(host).PermitRootLogin.Value.Value);
    }

    /// <summary>Compared with what systemd-analyze says of such lines.</summary>
    [Theory]
    [InlineData("Restart=no \\ \n")]
    [InlineData("Restart=no \\\\\n")]
    [InlineData("# Restart=no \\\n")]
    [InlineData("Restart=no \\\n\n")]
    public void Only_a_backslash_at_the_very_end_takes_in_the_next_line(string before) => Assert.Equal("yes", Read(Host().File(UnitPath, Unit)
        .File("/etc/systemd/system/ssh.service.d/a.conf", $"[Service]\n{before}Environment=SSHD_OPTS=-oPermitRootLogin=yes\n")).PermitRootLogin.Value.Value);

    [Theory]
    [InlineData("Restart=no \\\n")]
    [InlineData("Restart=no \\\n# \n")]
    [InlineData("Restart=no \\\\\\\n ; \\\n")]
    public void What_is_taken_in_sets_nothing(string before) => Assert.Equal("no", Read(Host().File(UnitPath, Unit)
        .File("/etc/systemd/system/ssh.service.d/a.conf", $"[Service]\n{before}Environment=SSHD_OPTS=-oPermitRootLogin=yes\n")).PermitRootLogin.Value.Value);

    [Theory]
    [InlineData("Restart=no\rEnvironment=SSHD_OPTS=-oPermitRootLogin=yes\n")]
    [InlineData("Description=a\rEnvironment=SSHD_OPTS=-oPermitRootLogin=yes\n")]
    [InlineData(".include /srv/other\n")]
    public void A_line_that_is_more_than_one_to_systemd_is_no_good_verdict(string line) => Assert.Contains("a.conf:2", Assert.Throws<UnableException>(
        () => Read(Host().File(UnitPath, Unit).File("/etc/systemd/system/ssh.service.d/a.conf", $"[Service]\n{line}"))).Message, StringComparison.Ordinal);

    /// <summary>To systemd the last but one line is within the quotes of the one before.</summary>
    [Theory]
    [InlineData("FOO=\"\nSSHD_OPTS=\n\"\n")]
    [InlineData("FOO='a\nSSHD_OPTS=\n'\n")]
    [InlineData("FOO=\"a\\\"\nSSHD_OPTS=\n\"\n")]
    [InlineData("X_OPTS=\"\nSSHD_OPTS=\n\"\n")]
    [InlineData("FOO=a \\\n# \\\nSSHD_OPTS=\n")]
    [InlineData("FOO=1\rFOO=\"\nSSHD_OPTS=\n\"\n")]
    [InlineData("export SSHD_OPTS=\n")]
    [InlineData("SSHD_OPTS= # none\n")]
    public void Values_over_several_lines_are_no_good_verdict(string behind)
    {
        var host = Host().File(UnitPath, Unit).File("/etc/default/ssh", "SSHD_OPTS=-oPermitRootLogin=yes\n" + behind);
        Assert.Contains("/etc/default/ssh:", Assert.Throws<UnableException>(() => Read(host)).Message, StringComparison.Ordinal);
    }

    /// <summary>An option of the start goes before the file; whoever hands in the file alone cannot know there is none.</summary>
    [Theory]
    [InlineData("no", "待人工", "符合")]
    [InlineData("prohibit-password", "待人工", "部分符合")]
    [InlineData("yes", "不符合", "不符合")]
    public void A_file_handed_in_alone_shows_what_is_wrong_and_proves_nothing(string value, string alone, string whole)
    {
        using var folder = new TemporaryFolder();
        folder.Write("etc/ssh/sshd_config", $"PermitRootLogin {value}\n");
        var read = new SshdProbe().Read(new RootSnapshot(folder.Path)).Record!;
        Assert.Equal(alone, Verdicts.Of("SSH-01", read));
        Assert.Equal(value != "yes", Verdicts.Explain("SSH-01", read).Contains("startKnown", StringComparison.Ordinal));
        folder.Write("etc/passwd", "root:x:0:0::/root:/bin/sh\n");
        folder.Write("var/lib/dpkg/status", "\n");
        Assert.Equal(whole, Verdicts.Of("SSH-01", new SshdProbe().Read(new RootSnapshot(folder.Path)).Record!));
    }

    [Fact]
    public void A_unit_that_may_not_be_read_is_not_passed_over() =>
        Assert.Throws<UnableException>(() => Read(Host().File(UnitPath, Unit).State("/etc/systemd/system/ssh.service", FileState.Denied)));

    [Theory]
    [InlineData("\uFEFF[Service]\nExecStart=\nExecStart=/usr/sbin/sshd -o PermitRootLogin=yes\n")]
    [InlineData("[Service]\nExecStart=\nExecStart=/usr/sbin/sshd -o PermitRootLogin=yes\n[Odd\n[Service]\nExecStart=\nExecStart=/usr/sbin/sshd -D\n")]
    public void Headings_nobody_understands_are_no_good_verdict(string dropIn) =>
        Assert.Contains("a.conf:", Assert.Throws<UnableException>(() => Read(Host().File(UnitPath, Unit).File("/etc/systemd/system/ssh.service.d/a.conf", dropIn))).Message, StringComparison.Ordinal);

    [Fact]
    public void Blanks_around_the_equals_sign_are_nothing_to_systemd() =>
        Assert.Equal("yes", Read(Host().File(UnitPath, "[Service]\nExecStart = /usr/sbin/sshd -D -o PermitRootLogin=yes\n")).PermitRootLogin.Value.Value);

    /// <summary>What did not leave the host may hold the option that undoes the file.</summary>
    [Theory]
    [InlineData("[Service]\nEnvironment=FOO=\\x20 \"SSHD_OPTS=-oPermitRootLogin=yes\"\n")]
    [InlineData("[Service]\nEnvironment=\"SSHD_OPTS=-oPermitRootLogin=yes\" FOO=\"x\n")]
    [InlineData("[Service]\nEnvironment=x FOO=x \"SSHD_OPTS=-oPermitRootLogin=yes\"\nEnvironmentFile=\n")]
    [InlineData("[Service]\nEnvironment=SSHD_OPTS=\\x2doPermitRootLogin=yes\n")]
    [InlineData("[Service]\nEnvironment=\"SSHD_OPTS =\"\n")]
    [InlineData("[Service]\nExecStart=/usr/sbin/sshd -\\x6fPermitRootLogin=yes\n")]
    [InlineData("[Service]\nEnvironmentFile=-/etc/sysconfig/%p\n")]
    [InlineData("[Service]\nPassEnvironment=SSHD_OPTS\n")]
    [InlineData("[Service]\nRootDirectory=/srv/other\n")]
    public void Variables_that_stayed_on_the_host_are_no_good_verdict(string dropIn) => Assert.Contains("a.conf:2", Assert.Throws<UnableException>(
        () => Read(Host().File(UnitPath, Unit).File("/etc/systemd/system/ssh.service.d/a.conf", dropIn))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("SSHD_OPTS+=\" -oPermitRootLogin=yes\"\n")]
    [InlineData("SSHD_OPTS=$(cat /etc/opts)\n")]
    [InlineData("FOO=1; SSHD_OPTS=-oPermitRootLogin=yes\n")]
    [InlineData("FOO=1; X_OPTS=1 SSHD_OPTS=-oPermitRootLogin=yes; export SSHD_OPTS\n")]
    [InlineData("if true; then X_OPTS=1; SSHD_OPTS=-oPermitRootLogin=yes; fi\n")]
    [InlineData("SSHD_OPTS=\"-D --odd\"\n")]
    [InlineData("SSHD_OPTS=\"-o PermitRootLogin\"\n")]
    public void Options_nobody_understands_are_no_good_verdict(string defaults) =>
        Assert.Contains("/etc/default/ssh:1", Assert.Throws<UnableException>(() => Read(Host().File("/etc/default/ssh", defaults))).Message, StringComparison.Ordinal);

    /// <summary>A value that is known stays so only until a line nobody saw.</summary>
    [Fact]
    public void A_line_that_stayed_on_the_host_may_undo_those_before() => Assert.Contains("a.conf:3", Assert.Throws<UnableException>(() => Read(Host().File(UnitPath, Unit)
        .File("/etc/systemd/system/ssh.service.d/a.conf", "[Service]\nEnvironment=SSHD_OPTS=-4\nEnvironment=\"SSHD_OPTS=-oPermitRootLogin=yes\" FOO=a\\ x\n"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10-[[:alpha:]]*.conf")]
    [InlineData("1[0-9]-cloud.conf")]
    [InlineData("10\\-cloud.conf")]
    [InlineData("[!2]*")]
    public void Patterns_of_include_are_those_of_glob(string pattern) =>
        Assert.Equal("yes", Read(Host($"Include /etc/ssh/sshd_config.d/{pattern}\nPermitRootLogin no\n").File("/etc/ssh/sshd_config.d/10-cloud.conf", "PermitRootLogin yes\n")).PermitRootLogin.Value.Value);

    [Theory]
    [InlineData("Ciphers +3des*\n", null)]
    [InlineData("Ciphers aes256-ctr,cipher-of-nobody\n", "")]
    [InlineData("Ciphers -*\n", "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com")]
    [InlineData("Ciphers -aes[12]*\n", "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com")]
    public void Lists_of_algorithms_are_put_together_as_sshd_does(string config, string? ciphers)
    {
        if (ciphers is null)
        {
            Assert.StartsWith("配置无效", Assert.Throws<UnableException>(() => Read(Host(config))).Message, StringComparison.Ordinal);
            return;
        }

        var read = Read(Host(config)).Ciphers;
        Assert.Equal(ciphers, read.IsKnown ? string.Join(',', read.Value.Value) : "");
    }

    [Theory]
    [InlineData("AllowUsers ops@10.0.0.0/8 dba@*.example.cn adm@192.168.1.*\n", "符合")]
    [InlineData("AllowUsers ops@10.1.2.3 dba@2001:db8::/32\n", "符合")]
    [InlineData("AllowUsers *@10.0.0.*\n", "符合")]
    [InlineData("AllowUsers ops@10.0.0.5,10.0.0.6\n", "符合")]
    [InlineData("AllowUsers *@10.0.0.5,*\n", "不符合")]
    [InlineData("AllowUsers ops@!10.0.0.1,*\n", "部分符合")]
    [InlineData("AllowUsers *@*\n", "不符合")]
    [InlineData("AllowUsers *@0.0.0.0/0\n", "不符合")]
    [InlineData("AllowUsers ops@10.0.0.1 *@?*\n", "不符合")]
    [InlineData("AllowUsers ops@0.0.0.0/0\n", "部分符合")]
    [InlineData("AllowUsers ops@*.*.*.*\n", "部分符合")]
    [InlineData("AllowUsers ops@*.cn\n", "部分符合")]
    [InlineData("AllowGroups *\n", "不符合")]
    [InlineData("AllowGroups ops\n", "部分符合")]
    [InlineData("AllowUsers ops@10.0.0.1\nMatch User *\nAllowUsers *\n", "不符合")]
    public void Entries_that_keep_nobody_out_limit_nothing(string config, string verdict) => Assert.Equal(verdict, Verdicts.Of("SSH-10", Read(Host(config))));

    [Theory]
    [InlineData("ClientAliveInterval 300\nClientAliveCountMax 3\n", "符合")]
    [InlineData("ClientAliveInterval 300\nClientAliveCountMax 3\nMatch User *\nClientAliveInterval 0\n", "不符合")]
    [InlineData("ClientAliveInterval 300\nClientAliveCountMax 3\nMatch Address *\nClientAliveCountMax 100\n", "不符合")]
    [InlineData("ClientAliveInterval 300\nClientAliveCountMax 3\nMatch User a\nClientAliveInterval 60\n", "符合")]
    public void A_block_that_keeps_silent_peers_longer_counts(string config, string verdict)
    {
        var read = Read(Host(config));
        Assert.Equal(verdict, Verdicts.Of("SSH-04", read));
        Assert.Contains("/etc/ssh/sshd_config:1", Verdicts.Explain("SSH-04", read), StringComparison.Ordinal);
    }
}
