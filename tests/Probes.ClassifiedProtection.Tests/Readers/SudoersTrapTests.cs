using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Ways to give everything without a password that do not read NOPASSWD: ALL. All but an odd tag and a missing include is accepted by visudo -c of sudo 1.9.13.</summary>
public sealed class SudoersTrapTests
{
    private const string Stock = "Defaults env_reset\nDefaults mail_badpass\nDefaults secure_path=\"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"\nDefaults use_pty\nroot ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n";

    private static MadeHost Host(string lines) => new MadeHost().File("/etc/sudoers", Stock + lines).File("/etc/sudoers.d/README", "# nothing\n");

    [Theory]
    [InlineData("", "符合")]
    [InlineData("Defaults:sysadmin !requiretty, !lecture\nCmnd_Alias WEB = /usr/bin/systemctl restart nginx, /usr/bin/systemctl reload nginx\ndeploy ALL=(root) NOPASSWD: WEB # for releases\n", "符合")]
    [InlineData("backup ALL=(root) NOPASSWD: sha256:Xo1kkm1CqhmpXkz4qZ3z2P7BkCkqg9lYcQv6kF3kB5E= /usr/local/sbin/backup.sh\n", "符合")]
    [InlineData("dba ALL=(postgres) NOPASSWD: ALL\n", "符合")]
    [InlineData("ops ALL=(root) NOPASSWD: /usr/bin/tail -f /var/log/app\\:8080.log, /usr/bin/bash /opt/app/start.sh\n", "符合")]
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
