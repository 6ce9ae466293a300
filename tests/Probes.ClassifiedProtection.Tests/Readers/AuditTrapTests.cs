using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Rules and settings that look as if something were written down.</summary>
public sealed class AuditTrapTests
{
    private const string Good = "-w /etc/passwd -p wa -k id\n-w /etc/shadow -p wa -k id\n-w /etc/group -p wa -k id\n-w /etc/sudoers -p wa -k id\n-w /etc/ssh/sshd_config -p wa -k id\n-w /var/log/lastlog -p wa -k id\n"
        + "-a always,exit -F arch=b64 -S execve -F euid=0 -F auid>=1000 -F auid!=unset -k x\n-a always,exit -F arch=b32 -S execve -C uid!=euid -F euid=0 -k x\n";

    private static AuditSettings Written(string rules, string conf = "") => new AuditProbe().Read(new MadeHost().File("/etc/audit/rules.d/a.rules", rules).File("/etc/audit/auditd.conf", conf)).Record!;

    private static string[] All(AuditSettings read) => [.. new[] { "AUD-02", "AUD-03", "AUD-04" }.Select(r => Verdicts.Of(r, read))];

    [Theory]
    [InlineData("## First rule - delete all\n-D\n-b 8192\n--backlog_wait_time 60000\n-f 1\n" + Good + "-e 2\n", "符合")]
    [InlineData(Good + "-a never,exit -F arch=b64 -S adjtimex -F auid=unset -F uid=chrony\n-a always,exclude -F msgtype=CWD\n-a never,filesystem -F fstype=tracefs\n", "符合")]
    [InlineData(Good + "-D\n", "符合")]
    [InlineData(Good + "-a never,exit -F dir=/usr -F perm=wa\n", "符合")]
    [InlineData(Good + "-e 0\n", "不符合")]
    [InlineData("-a never,task\n" + Good, "不符合")]
    [InlineData(Good + "-a task,never\n", "不符合")]
    [InlineData("-a never,exit -F arch=b64 -S all\n" + Good, "待人工")]
    [InlineData("-a never,exit -S execve,openat\n" + Good, "待人工")]
    [InlineData(Good + "-a always,exclude -F msgtype=SYSCALL\n", "待人工")]
    [InlineData(Good + "-a exclude,never -F msgtype=EXECVE\n", "待人工")]
    [InlineData(Good + "-a never,user\n", "待人工")]
    [InlineData(Good + "-r 1\n", "待人工")]
    [InlineData(Good + "-d always,exit -S execve\n", "待人工")]
    [InlineData(Good + "-W /etc/passwd -p wa\n", "待人工")]
    public void Rules_that_suppress_count(string rules, string verdict) => Assert.All(All(Written(rules)), v => Assert.Equal(verdict, v));

    [Fact]
    public void A_suppressed_path_and_a_narrow_rule_watch_nothing()
    {
        Assert.Equal("不符合", Verdicts.Of("AUD-02", Written("-a never,exit -F dir=/etc\n" + Good)));
        Assert.Equal("不符合", Verdicts.Of("AUD-02", Written(Good.Replace("-w /etc/shadow -p wa -k id", "-a always,exit -F path=/etc/shadow -F perm=wa -F uid=12345", StringComparison.Ordinal))));
        Assert.Equal("不符合", Verdicts.Of("AUD-04", Written("-a always,exit -F arch=b64 -S execve -F exe=/bin/x\n-a never,exit -F path=/x\n")));
        Assert.Equal("符合", Verdicts.Of("AUD-02", Written(Good.Replace("-w /etc/shadow -p wa -k id", "-a always,exit -F arch=b64 -F path=/etc/shadow -F perm=wa -F key=id", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("-a never,exit -F dir=/usr -k x\n", "不符合")]
    [InlineData("-a never,exit -F arch=b64 -F dir=/usr/bin -F perm=x\n", "不符合")]
    [InlineData("-a never,exit -F arch=b64 -S execve -F dir=/\n", "不符合")]
    [InlineData("-a never,exit -F dir=/opt/agent\n", "待人工")]
    [InlineData("-a never,exit -F dir=/usr -F perm=wa\n", "符合")]
    public void A_folder_that_is_passed_over_hides_what_starts_there(string rule, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-04", Written(rule + Good)));

    [Fact]
    public void A_folder_is_watched_with_what_it_holds()
    {
        const string rules = "-w /etc -p wa -k etc\n-w /var/log -p wa -k log\n";
        Assert.Equal("符合", Verdicts.Of("AUD-02", Written(rules)));
        Assert.Equal("符合", Verdicts.Of("AUD-03", Written(rules)));
        Assert.Equal("不符合", Verdicts.Of("AUD-02", Written("-a always,exit -F path=/etc -F perm=wa\n")));
        Assert.Equal("不符合", Verdicts.Of("AUD-02", Written("-w /etc -p r\n")));
        Assert.Equal("不符合", Verdicts.Of("AUD-02", Written(rules + "-a never,exit -F path=/etc/shadow\n")));
    }

    [Theory]
    [InlineData("/etc/systemd/system/auditd.service", "[Service]\nExecStart=/sbin/auditd -s disable\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nExecStartPost=/sbin/auditctl -e 0\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nExecStartPost=\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Unit]\nWants=audit-rules.service\n[Service]\nExecStartPost=\n", "符合")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Unit]\nAfter=audit-rules.service\nBefore=audit-rules.service\n[Service]\nExecStartPost=\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/sbin/auditd \\x2ds disable\n", "待人工")]
    [InlineData("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet audit=0\"\n", "待人工")]
    [InlineData("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet audit=1\"\n# audit=0\n", "符合")]
    [InlineData("/etc/default/grub", "GRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\nGRUB_CMDLINE_LINUX=\"\"\n", "符合")]
    [InlineData("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"\"\nGRUB_CMDLINE_LINUX+=\" audit=0\"\n", "待人工")]
    [InlineData("/etc/default/grub", "export GRUB_CMDLINE_LINUX=\"quiet audit=0\"\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nEnvironment=X=-l\nEnvironment=FOO=1 X=--odd\nExecStart=\nExecStart=/sbin/auditd $X\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nEnvironment=OPTIONS=-l\nEnvironment=\"OPTIONS=-s disable\" FOO=1\nExecStart=\nExecStart=/sbin/auditd $OPTIONS\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nEnvironment=\"OPTIONS=-s disable\" FOO=1\nEnvironment=\nEnvironment=OPTIONS=-l\nExecStart=\nExecStart=/sbin/auditd $OPTIONS\n", "符合")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nEnvironment='OPTIONS=-s disable'\nExecStart=\nExecStart=/sbin/auditd $OPTIONS\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nExecStart=\nExecStart=/sbin/auditd -s disable\n[Install]\nExecStart=\nExecStart=/sbin/auditd\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nTemporaryFileSystem=/etc/audit\n", "待人工")]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Service]\nEnvironment=X=-l\nExecStart=\nExecStart=/sbin/auditd -s$X\n", "待人工")]
    [InlineData("/proc/cmdline", "BOOT_IMAGE=/vmlinuz root=UUID=1 ro quiet AUDIT=1 audit=0\n", "待人工")]
    [InlineData("/proc/cmdline", "BOOT_IMAGE=/vmlinuz root=UUID=1 ro audit=OFF\n", "待人工")]
    [InlineData("/proc/cmdline", "BOOT_IMAGE=/vmlinuz root=UUID=1 ro audit=1 audit_backlog_limit=8192\n", "符合")]
    [InlineData("/etc/kernel/cmdline", "root=/dev/vda1 \"audit=0\"\n", "待人工")]
    [InlineData("/etc/default/grub.d/50-cloud.cfg", "GRUB_CMDLINE_LINUX_DEFAULT=\"console=ttyS0 audit=0\"\n", "待人工")]
    [InlineData("/boot/loader/entries/a-6.6.conf", "title openEuler\noptions root=/dev/vda1 audit=0\n", "待人工")]
    [InlineData("/boot/grub2/grubenv", "# GRUB Environment Block\nkernelopts=audit=0 ro\n", "待人工")]
    [InlineData("/boot/grub/grubenv", "# GRUB Environment Block\nkernelopts=audit=0 ro\n", "待人工")]
    [InlineData("/boot/grub2/grub.cfg", "menuentry 'openEuler' {\n\tlinux /vmlinuz-6.6 root=/dev/vda1 ro audit=0\n}\n", "待人工")]
    [InlineData("/boot/grub2/grub.cfg", "set kernelopts='ro audit=0'\nset other='audit=1'\n", "待人工")]
    [InlineData("/boot/grub2/grub.cfg", "linux /vmlinuz-6.6 'audit=0'\n", "待人工")]
    [InlineData("/boot/grub/grub.cfg", "menuentry 'Debian' {\n\tlinux /vmlinuz-6.6 root=/dev/vda1 ro audit=1\n}\n", "符合")]
    [InlineData("/boot/efi/EFI/centos/grub.cfg", "set default_kernelopts=\"root=/dev/vda1 ro audit=0\"\n", "待人工")]
    [InlineData("/boot/efi/EFI/kylin/grubenv", "kernelopts=ro audit=off\n", "待人工")]
    [InlineData("/etc/default/grub", "FOO=1; GRUB_CMDLINE_LINUX=\"audit=0\"\n", "待人工")]
    public void How_auditd_and_the_kernel_are_started_counts(string path, string text, string verdict)
    {
        var host = new MadeHost().File("/etc/audit/rules.d/a.rules", Good).File("/etc/audit/auditd.conf", "")
            .File("/usr/lib/systemd/system/auditd.service", "[Service]\nExecStart=/sbin/auditd\nExecStartPost=-/sbin/augenrules --load\n").File(path, text);
        var read = new AuditProbe().Read(host).Record!;
        Assert.All(All(read), v => Assert.Equal(verdict, v));
        Assert.True(verdict == "符合" || read.Unread.Value.Any(u => u.Origin.Contains("/etc/", StringComparison.Ordinal) || u.Origin.Contains("/proc/", StringComparison.Ordinal) || u.Origin.Contains("/boot/", StringComparison.Ordinal) || u.Origin.Contains("/usr/lib/", StringComparison.Ordinal)));
        Assert.Equal("符合", Verdicts.Of("AUD-02", new AuditProbe().Read(host.Says("audit-rules", Good).Says("audit-status", "enabled 1\n")).Record!));
    }

    [Theory]
    [InlineData(FileState.Denied)]
    [InlineData(FileState.TooLarge)]
    [InlineData(FileState.PrivateKey)]
    [InlineData(FileState.Attributes)]
    public void What_the_kernel_is_started_with_and_nobody_could_read_is_a_doubt(FileState state)
    {
        var read = new AuditProbe().Read(new MadeHost().File("/etc/audit/rules.d/a.rules", Good).File("/etc/audit/auditd.conf", "").State("/etc/default/grub", state)).Record!;
        Assert.All(All(read), v => Assert.Equal("待人工", v));
        Assert.Equal("/etc/default/grub", Assert.Single(read.Unread.Value).Origin);
    }

    [Theory]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Unit]\nLimit=1\n", true)]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Unit]\nRefuseManualStop = No\n", false)]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Unit]\nRefuseManualStop=\nRefuseManualStop = t\n", true)]
    [InlineData("/etc/systemd/system/auditd.service.d/o.conf", "[Unit]\nRefuseManualStop=maybe\n", true)]
    [InlineData("/run/systemd/system/auditd.service.d/o.conf", "[Unit]\nRefuseManualStop=0\n", false)]
    [InlineData("/run/systemd/system/auditd.service", "[Service]\nExecStart=/sbin/auditd\n", false)]
    [InlineData("/etc/systemd/system/auditd.service", "[Unit]\nRefuseManualStop=off\n", false)]
    public void Whether_auditd_may_be_stopped_its_unit_says_wherever_it_lies(string path, string text, bool refuses) => Assert.Equal(refuses, new AuditProbe().Read(
        new MadeHost().File("/etc/audit/auditd.conf", "").File("/usr/lib/systemd/system/auditd.service", "[Unit]\nRefuseManualStop=yes\n[Service]\nExecStart=/sbin/auditd\n").File(path, text)).Record!.RefusesStop.Value);

    [Fact]
    public void The_unit_says_whether_the_parts_are_read_at_all() =>
        Assert.Equal("不符合", Verdicts.Of("AUD-02", new AuditProbe().Read(new MadeHost().File("/etc/audit/rules.d/a.rules", Good).File("/etc/audit/audit.rules", "-D\n").File("/etc/audit/auditd.conf", "")
            .File("/usr/lib/systemd/system/auditd.service", "[Service]\nExecStart=/sbin/auditd\nExecStartPost=-/sbin/auditctl -R /etc/audit/audit.rules\n")).Record!));

    [Theory]
    [InlineData("max_log_file_action = keep_logs\nspace_left_action = email\ndisk_full_action = suspend\ndisk_error_action = suspend\nadmin_space_left_action = halt\n", "符合")]
    [InlineData("max_log_file_action = ROTATE\nmax_log_file = 8\nnum_logs = 5\nspace_left_action = SYSLOG\ndisk_full_action = SUSPEND\ndisk_error_action = SUSPEND\nadmin_space_left_action = SUSPEND\n", "符合")]
    [InlineData("max_log_file_action = ROTATE\nmax_log_file = 1\nnum_logs = 2\nspace_left_action = SYSLOG\ndisk_full_action = SUSPEND\ndisk_error_action = SUSPEND\nadmin_space_left_action = SUSPEND\n", "不符合")]
    [InlineData("max_log_file_action = keep_logs\nspace_left_action = email\ndisk_full_action = ignore\n", "不符合")]
    [InlineData("max_log_file_action = keep_logs\nspace_left_action = email\nadmin_space_left_action = ignore\n", "不符合")]
    public void What_is_thrown_away_when_the_disk_is_full_counts(string conf, string verdict) => Assert.Equal(verdict, Verdicts.Of("AUD-11", Written(Good, conf)));

    [Fact]
    public void A_file_that_auditctl_reads_is_taken_as_it_stands()
    {
        AuditSettings Read(string text) => new AuditProbe().Read(new MadeHost().File("/etc/audit/audit.rules", text).File("/etc/audit/auditd.conf", "")).Record!;
        Assert.Equal("不符合", Verdicts.Of("AUD-02", Read(Good + "-D\n")));
        Assert.Equal("待人工", Verdicts.Of("AUD-02", Read("-e 2\n" + Good)));
        Assert.Equal("符合", Verdicts.Of("AUD-02", Read("-D\n" + Good + "-e 2\n")));
    }

    [Theory]
    [InlineData("write_logs = no\n")]
    [InlineData("log_format = NOLOG\n")]
    [InlineData("log_file = /dev/null\n")]
    [InlineData("local_events = no\n")]
    public void What_auditd_does_not_keep_is_not_recorded(string conf)
    {
        Assert.All(All(Written(Good, conf)), v => Assert.Equal("不符合", v));
        Assert.Equal("不符合", Verdicts.Of("AUD-11", Written(Good, conf + "max_log_file_action = rotate\nspace_left_action = email\n")));
    }

    [Fact]
    public void A_kernel_that_is_told_to_be_silent_records_nothing() =>
        Assert.Equal("不符合", Verdicts.Of("AUD-02", new AuditProbe().Read(new MadeHost().Says("audit-rules", Good).Says("audit-status", "enabled 0\n")).Record!));

    [Fact]
    public void A_drop_in_may_allow_to_stop_auditd()
    {
        var host = new MadeHost().File("/usr/lib/systemd/system/auditd.service", "[Unit]\nRefuseManualStop=yes\n");
        Assert.Equal("符合", Verdicts.Of("AUD-12", new AuditProbe().Read(host).Record!));
        Assert.Equal("不符合", Verdicts.Of("AUD-12", new AuditProbe().Read(host.File("/etc/systemd/system/auditd.service.d/a.conf", "[Unit]\nRefuseManualStop=no\n")).Record!));
    }

    [Fact]
    public void Noise_ends()
    {
        var random = new SeededBytes(4);
        string[] words = ["-w", "-a", "always,exit", "never,exit", "-F", "path=/etc", "-S", "all", "-e", "2", "-D", "/x", "-C", "\u0000"];
        for (var i = 0; i < 200; i++)
        {
            _ = Written(string.Join(' ', Enumerable.Range(0, 30).Select(_ => words[random.Below(words.Length)] + (random.Below(4) == 0 ? "\n" : ""))).Replace("\0", "", StringComparison.Ordinal));
        }
    }
}
