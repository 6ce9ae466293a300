using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Ways to give everything without a password that do not read NOPASSWD: ALL. All but an odd tag and a missing include is accepted by visudo -c of sudo 1.9.13.</summary>
public sealed class SudoersTrapTests
{
    private const string Stock = "Defaults env_reset\nDefaults mail_badpass\nDefaults secure_path=\"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"\nDefaults use_pty\nroot ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n";

    private static MadeHost Host(string lines) => new MadeHost().File("/etc/sudoers", Stock + lines).File("/etc/sudoers.d/README", "# nothing\n")
        .File("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\nwww:x:33:33::/:/usr/sbin/nologin\nops:x:1000:1000::/home/ops:/bin/bash\n").File("/etc/group", "root:x:0:\nwheel:x:10:ops\nops:x:1000:\nwww:x:33:\n");

    [Theory]
    [InlineData("", "符合")]
    [InlineData("Defaults:sysadmin !requiretty, !lecture\nCmnd_Alias WEB = /usr/bin/systemctl restart nginx, /usr/bin/systemctl reload nginx\ndeploy ALL=(root) NOPASSWD: WEB # for releases\n", "符合")]
    [InlineData("backup ALL=(root) NOPASSWD: sha256:Xo1kkm1CqhmpXkz4qZ3z2P7BkCkqg9lYcQv6kF3kB5E= /usr/local/sbin/backup.sh\n", "待人工")]
    [InlineData("dba ALL=(postgres) NOPASSWD: ALL\n", "符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/tail -f /var/log/app.log, /usr/sbin/nginx -t\n", "符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/bash /opt/app/start.sh\n", "待人工")]
    [InlineData("ops ALL=(root) /opt/app/run.sh, /usr/local/bin/x\n", "符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/systemctl status nginx --no-pager, /usr/sbin/service nginx restart, /usr/bin/docker restart web, /usr/bin/apt-get update\n", "符合")]
    [InlineData("Defaults env_keep += \"LANG LC_ALL SSH_AUTH_SOCK\"\nops ALL=(root) NOPASSWD: /usr/bin/id\n", "符合")]
    [InlineData("Defaults:%ops !authenticate\nops ALL=(ALL) ALL\n", "不符合")]
    [InlineData("Defaults:#1000 !authenticate\nops ALL=(ALL) ALL\n", "不符合")]
    [InlineData("Defaults:ops !authenticate\n%wheel ALL=(ALL) ALL\n", "不符合")]
    [InlineData("Defaults:%#10 !authenticate\nops ALL=(ALL) ALL\n", "不符合")]
    [InlineData("Defaults:www !authenticate\nops ALL=(ALL) ALL\n", "符合")]
    [InlineData("Defaults:+staff !authenticate\nops ALL=(ALL) ALL\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD:SETENV: /usr/bin/systemctl restart nginx\n", "不符合")]
    [InlineData("Defaults env_keep+=\"LD_PRELOAD\"\nops ALL=(root) NOPASSWD: /usr/bin/systemctl restart nginx\n", "不符合")]
    [InlineData("Defaults setenv\nops ALL=(root) NOPASSWD: /usr/bin/id\n", "不符合")]
    [InlineData("Defaults !env_reset\nops ALL=(root) NOPASSWD: /usr/bin/id\n", "待人工")]
    [InlineData("Defaults env_keep += \"PYTHONPATH\"\nops ALL=(root) NOPASSWD: /usr/bin/id\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /bin/bash /home/ops/x.sh\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/python3 /home/ops/a.py\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: sudoedit /etc/hosts\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/passwd root\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/sbin/usermod -aG wheel ops\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/chmod u+s /bin/bash\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/dpkg -i /home/ops/x.deb\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/find / -exec /bin/sh \\;\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/apt-get install *\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/systemctl edit *\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/systemctl status nginx\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/systemctl start debug-shell.service\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/systemctl link /home/ops/x.service\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/mount -o bind *\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/journalctl\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/mysql\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/make\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/sbin/service\n", "不符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /opt/app/bin/*\n", "待人工")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/tail -f /etc/shadow\n", "待人工")]
    [InlineData("ops ALL=(:disk) NOPASSWD: ALL\n", "不符合")]
    [InlineData("ops ALL=(ops:shadow) NOPASSWD: ALL\n", "待人工")]
    [InlineData("ops ALL=(www:www) NOPASSWD: ALL\n", "符合")]
    [InlineData("ops ALL=(toor) NOPASSWD: ALL\n", "不符合")]
    [InlineData("Defaults:ops !authenticate\nops ALL=(ALL) ALL\n", "不符合")]
    [InlineData("Defaults env_reset,!authenticate\nops ALL=(ALL) ALL\n", "不符合")]
    [InlineData("Defaults>root !authenticate\n", "不符合")]
    [InlineData("Defaults@host !authenticate\n", "不符合")]
    [InlineData("Defaults!/bin/bash !authenticate\nops ALL=(ALL) /bin/bash\n", "不符合")]
    [InlineData("User_Alias ADM = ann, bob\nDefaults:ADM , x !authenticate\nann ALL=(ALL) ALL\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: ALL # temporary\n", "不符合")]
    [InlineData("# \\\nops ALL=(ALL) NOPASSWD: ALL\n", "不符合")]
    [InlineData("ops ALL=(ALL) CWD=* NOPASSWD: ALL\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: sha224:0GomF8mNN3wlDt1HD9XldjJ3SNgpFdbjO1+NsQ== /bin/bash\n", "不符合")]
    [InlineData("Cmnd_Alias SH = sha224:0GomF8mNN3wlDt1HD9XldjJ3SNgpFdbjO1+NsQ== /bin/bash\nops ALL=(ALL) NOPASSWD: SH\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: /usr/bin/vim /etc/hosts\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: /usr/bin/su -\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: /usr/bin/tee -a /etc/sudoers.d/x\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: sudoedit /etc/sudoers\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: /home/ops/run.sh\n", "待人工")]
    [InlineData("ops ALL=(ALL) NOPASSWD: /usr/bin/*\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: /usr/bin/env bash\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: /usr/bin/\n", "不符合")]
    [InlineData("ops ALL=(ALL) NOPASSWD: ALL, !/bin/bash\n", "不符合")]
    [InlineData("ops ALL=(ALL) /bin/ls : ALL = NOPASSWD: ALL\n", "不符合")]
    [InlineData("Runas_Alias R = root\nops ALL=(R) NOPASSWD: ALL\n", "不符合")]
    [InlineData("ops , %dev ALL = NOPASSWD : ALL\n", "不符合")]
    [InlineData("User_Alias ANY = ALL\nANY ALL=(ALL) ALL\n", "不符合")]
    [InlineData("ops web1=(ALL) NOPASSWD: ALL\n", "待人工")]
    [InlineData("Defaults exempt_group = users\n", "待人工")]
    [InlineData("ops ALL=(ALL) NOPASSWD: ^/bin/.*$\n", "待人工")]
    [InlineData("ops ALL=(ALL) ODDTAG: /bin/ls\n", "待人工")]
    [InlineData("@include /etc/none\n", "待人工")]
    public void Everything_without_a_password_is_seen_however_it_is_written(string lines, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("ACC-18", new SudoersProbe().Read(Host(lines)).Record!));

    [Theory]
    [InlineData("sudoers: files\n", "符合")]
    [InlineData("passwd: files systemd\ngroup: files [SUCCESS=merge] systemd\nsudoers: files [NOTFOUND=return]\n", "符合")]
    [InlineData("sudoers: files ldap\n", "待人工")]
    [InlineData("sudoers:\tsss files\n", "待人工")]
    public void Rules_of_a_directory_are_not_in_the_file(string sources, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("ACC-18", new SudoersProbe().Read(Host("").File("/etc/nsswitch.conf", sources)).Record!));

    [Fact]
    public void Members_of_a_group_nobody_collected_are_not_known()
    {
        const string lines = "Defaults:ops !authenticate\n%wheel ALL=(ALL) ALL\n";
        Assert.Equal("待人工", Verdicts.Of("ACC-18", new SudoersProbe().Read(Host(lines).State("/etc/group", FileState.NotCollected)).Record!));
        Assert.Equal("待人工", Verdicts.Of("ACC-18", new SudoersProbe().Read(Host(lines.Replace(":ops", ":ann", StringComparison.Ordinal)).File("/etc/nsswitch.conf", "group: files sss\n")).Record!));
    }

    [Fact]
    public void Of_included_files_only_a_dot_or_a_tilde_at_the_end_hides_one()
    {
        const string line = "ops ALL=(ALL) NOPASSWD: ALL\n";
        Assert.Equal("不符合", Verdicts.Of("ACC-18", new SudoersProbe().Read(Host("").File("/etc/sudoers.d/a~b", line)).Record!));
        Assert.Equal("符合", Verdicts.Of("ACC-18", new SudoersProbe().Read(Host("").File("/etc/sudoers.d/a~", line).File("/etc/sudoers.d/b.c", line)).Record!));
    }

    [Theory]
    [InlineData("auth sufficient pam_permit.so\n", "不符合")]
    [InlineData("@include common-auth\n", "符合")]
    [InlineData("auth sufficient pam_strange.so\nauth required pam_unix.so\n", "待人工")]
    public void A_pam_service_that_asks_nobody_counts(string pam, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("ACC-18", new SudoersProbe().Read(Host("").File("/etc/pam.d/sudo", pam).File("/etc/pam.d/common-auth", "auth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\nauth required pam_permit.so\n")).Record!));

    [Fact]
    public void Noise_is_read_in_time()
    {
        var random = new SeededBytes(9);
        const string letters = "ALops%#:=,()!\\\"/ *\t\n-Defaults@include";
        for (var i = 0; i < 400; i++)
        {
            var text = new string([.. Enumerable.Range(0, 200).Select(_ => letters[random.Below(letters.Length)])]);
            _ = Record.Exception(() => new SudoersProbe().Read(new MadeHost().File("/etc/sudoers", text))) is null or Probing.UnableException ? 0 : throw new InvalidOperationException(text);
        }
    }
}
