namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Lines of PAM that look right and do nothing, because of their control words, their order or their arguments.</summary>
public sealed class PamTrapTests
{
    private const string Quality = "password requisite pam_pwquality.so retry=3 minlen=12 minclass=3 enforce_for_root\n";
    private const string Unix = "password [success=1 default=ignore] pam_unix.so use_authtok yescrypt\npassword requisite pam_deny.so\npassword required pam_permit.so\n";
    private const string Preauth = "auth required pam_faillock.so preauth\n";
    private const string Rest = "auth [default=die] pam_faillock.so authfail\nauth requisite pam_deny.so\n";
    private const string Debian = "auth requisite pam_faillock.so preauth\nauth [success=2 default=ignore] pam_unix.so nullok\nauth [default=die] pam_faillock.so authfail\nauth requisite pam_deny.so\nauth required pam_permit.so\nauth optional pam_cap.so\n";
    private const string RedHat = "auth required pam_env.so\nauth required pam_faildelay.so delay=2000000\nauth required pam_faillock.so preauth silent\nauth [default=1 ignore=ignore success=ok] pam_usertype.so isregular\nauth [default=1 ignore=ignore success=ok] pam_localuser.so\nauth sufficient pam_unix.so nullok\nauth [default=1 ignore=ignore success=ok] pam_usertype.so isregular\nauth sufficient pam_sss.so forward_pass\nauth required pam_faillock.so authfail\nauth required pam_deny.so\n";
    private const string Kylin = "auth required pam_env.so\nauth required pam_faillock.so preauth audit deny=3 even_deny_root unlock_time=600\n-auth sufficient pam_fprintd.so\nauth sufficient pam_unix.so nullok try_first_pass\n-auth sufficient pam_sss.so use_first_pass\nauth [default=die] pam_faillock.so authfail audit deny=3 even_deny_root unlock_time=600\nauth sufficient pam_faillock.so authsucc audit deny=3 even_deny_root unlock_time=600\nauth requisite pam_succeed_if.so uid >= 1000 quiet_success\nauth required pam_deny.so\n";
    private static readonly string[] Modules = ["unix", "faillock", "deny", "permit", "env", "pwquality", "cap", "sss", "usertype", "localuser", "faildelay", "succeed_if", "nologin", "wheel", "rootok"];

    private static MadeHost Host() => Modules.Aggregate(new MadeHost().File("/etc/security/faillock.conf", "deny = 5\nunlock_time = 600\n"), (h, m) => h.File($"/usr/lib/security/pam_{m}.so", ""));

    private static PasswordPolicy Passwd(string stack, string conf = "", string dropIn = "") =>
        new PasswordPolicyProbe().Read(Host().File("/etc/pam.d/passwd", stack).File("/etc/security/pwquality.conf", conf).File("/etc/security/pwquality.conf.d/a.conf", dropIn)).Record!;

    private static PasswordPolicy Sshd(string auth, string account = "account required pam_faillock.so\naccount required pam_unix.so\n") =>
        new PasswordPolicyProbe().Read(Host().File("/etc/pam.d/sshd", auth + account)).Record!;

    [Theory]
    [InlineData(Quality + Unix, "符合")]
    [InlineData("password required pam_pwquality.so minlen=12 minclass=3\npassword required pam_unix.so use_authtok\n", "符合")]
    [InlineData("password [success=ok default=1] pam_localuser.so\n" + Quality + Unix, "符合")]
    [InlineData("password required pam_pwquality.so minlen=12 minclass=3\npassword required pam_unix.so\n", "不符合")]
    [InlineData("password optional pam_pwquality.so minlen=12 minclass=3\npassword required pam_unix.so\n", "不符合")]
    [InlineData("password requisite pam_pwquality.so minlen=12 minclass=3 [minlen=4] [minclass=0]\n" + Unix, "不符合")]
    [InlineData("password sufficient pam_unix.so\n" + Quality, "不符合")]
    [InlineData("password sufficient pam_permit.so\n" + Quality, "符合")]
    [InlineData("password [success=1 default=1] pam_env.so\n" + Quality + "password required pam_unix.so\n", "不符合")]
    [InlineData("password [success=2 default=2] pam_permit.so\n" + Quality + Quality + "password required pam_unix.so\n", "不符合")]
    [InlineData("password requisite pam_pwquality.so minlen=12 minclass=3 enforcing=0\n" + Unix, "不符合")]
    [InlineData("password [success=1 default=ignore] pam_strange.so\n" + Quality + "password required pam_unix.so\n", "待人工")]
    [InlineData("password [sucess=1 default=ignore] pam_env.so\n" + Quality + Unix, "待人工")]
    [InlineData("password substack q\npassword required pam_unix.so\n", "不符合")]
    [InlineData("password include q\npassword required pam_unix.so\n", "符合")]
    public void Weak_passwords_are_refused_only_where_no_way_leads_past(string stack, string verdict)
    {
        var read = new PasswordPolicyProbe().Read(Host().File("/etc/pam.d/passwd", stack).File("/etc/pam.d/q", Quality)).Record!;
        Assert.Equal((verdict, verdict), (Verdicts.Of("ACC-09", read), Verdicts.Of("ACC-10", read)));
    }

    /// <summary>As UOS brings them: modules of the vendor with settings of their own.</summary>
    [Fact]
    public void A_module_of_the_vendor_may_check_and_lock_by_rules_of_its_own()
    {
        const string Auth = "auth [success=2 default=ignore] pam_deepin_auth.so\nauth [success=1 default=ignore] pam_unix.so try_first_pass\nauth requisite pam_deny.so\nauth required pam_permit.so\n";
        var read = Passwd("password requisite pam_deepin_pw_check.so\n" + Unix);
        Assert.Equal(("待人工", "待人工"), (Verdicts.Of("ACC-09", read), Verdicts.Of("ACC-10", read)));
        Assert.Contains(read.Notes.Value, n => n.What.Contains("pam_deepin_pw_check", StringComparison.Ordinal));
        Assert.Equal(("待人工", "待人工"), (Verdicts.Of("ACC-13", Sshd(Auth, "account required pam_unix.so\n")), Verdicts.Of("ACC-14", Sshd(Auth, "account required pam_unix.so\n"))));
        Assert.Equal(("不符合", "不符合"), (Verdicts.Of("ACC-13", Sshd("auth required pam_unix.so\n", "")), Verdicts.Of("ACC-14", Sshd("auth required pam_unix.so\n", ""))));
        Assert.Equal("不符合", Verdicts.Of("ACC-09", Passwd("password optional pam_gnome_keyring.so\n" + Unix)));
    }

    [Theory]
    [InlineData("minlen = 12\nenforcing = 0\n", "", "不符合")]
    [InlineData("minlen = 6\n", "minlen = 14\n", "不符合")]
    [InlineData("", "minlen = 14\n", "符合")]
    [InlineData("minlen = 14\nminlen 3\n", "", "待人工")]
    public void What_pwquality_conf_says_last_counts_and_odd_lines_are_not_passed_over(string conf, string dropIn, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("ACC-09", Passwd("password requisite pam_pwquality.so\n" + Unix, conf, dropIn)));

    [Theory]
    [InlineData(Debian, "符合")]
    [InlineData(RedHat, "符合")]
    [InlineData(Kylin, "符合")]
    [InlineData("auth optional pam_faillock.so preauth\nauth sufficient pam_unix.so\n" + Rest, "符合")]
    [InlineData(Preauth + "auth sufficient pam_unix.so\nauth required pam_faillock.so authfail\n", "不符合")]
    [InlineData(Preauth + "auth sufficient pam_unix.so\nauth sufficient pam_permit.so\n" + Rest, "不符合")]
    [InlineData(Preauth + "auth [success=done default=1] pam_unix.so\n" + Rest, "不符合")]
    [InlineData(Preauth + "auth requisite pam_unix.so\n" + Rest, "不符合")]
    [InlineData("auth sufficient pam_permit.so\n" + Preauth + "auth sufficient pam_unix.so\n" + Rest, "不符合")]
    [InlineData(Preauth + "auth sufficient pam_unix.so\nauth sufficient pam_strange.so\n" + Rest, "待人工")]
    [InlineData("auth required pam_faillock.so preauth conf=/opt/none.conf\nauth sufficient pam_unix.so\n" + Rest, "符合")]
    [InlineData("auth required pam_faillock.so preauth conf=/opt/lax.conf\nauth sufficient pam_unix.so\n" + Rest, "不符合")]
    [InlineData("auth required pam_faillock.so preauth fail_interval=1\nauth sufficient pam_unix.so\n" + Rest, "不符合")]
    [InlineData("auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail deny=100\nauth requisite pam_deny.so\n", "不符合")]
    public void An_account_is_locked_only_where_every_wrong_password_counts(string auth, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("ACC-13", new PasswordPolicyProbe().Read(Host().File("/etc/pam.d/sshd", auth + "account required pam_faillock.so\n").File("/opt/lax.conf", "deny = 1000\n")).Record!));

    [Fact]
    public void A_locked_account_that_still_gets_in_is_not_locked()
    {
        const string auth = "auth optional pam_faillock.so preauth\nauth sufficient pam_unix.so\n" + Rest;
        Assert.Equal("不符合", Verdicts.Of("ACC-13", Sshd(auth, "account sufficient pam_permit.so\naccount required pam_faillock.so\n")));
        Assert.Equal("不符合", Verdicts.Of("ACC-13", Sshd(auth, "account [default=ignore] pam_faillock.so\naccount required pam_unix.so\n")));
        var read = Sshd(Preauth + "auth requisite pam_unix.so\n" + Rest);
        Assert.Contains("/etc/pam.d/sshd:1", Verdicts.Explain("ACC-13", read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auth sufficient pam_rootok.so\nauth required pam_wheel.so use_uid\n", "符合")]
    [InlineData("auth sufficient pam_rootok.so\nauth required pam_wheel.so deny\n", "不符合")]
    [InlineData("auth sufficient pam_rootok.so\nauth sufficient pam_wheel.so trust use_uid\n", "不符合")]
    [InlineData("auth sufficient pam_rootok.so\nauth optional pam_wheel.so use_uid\n", "不符合")]
    [InlineData("auth sufficient pam_unix.so\nauth required pam_wheel.so use_uid\n", "不符合")]
    [InlineData("auth [success=1 default=1] pam_env.so\nauth required pam_wheel.so use_uid\n", "不符合")]
    [InlineData("auth required pam_wheel.so root_only\n", "不符合")]
    [InlineData("auth sufficient pam_strange.so\nauth required pam_wheel.so use_uid\n", "待人工")]
    public void Su_is_limited_only_where_outsiders_are_refused(string auth, string verdict)
    {
        var host = Host().File("/etc/pam.d/su", auth + "auth sufficient pam_unix.so\nauth required pam_deny.so\naccount required pam_unix.so\n");
        Assert.Equal(verdict, Verdicts.Of("ACC-20", new PasswordPolicyProbe().Read(host).Record!));
        Assert.Equal("不符合", Verdicts.Of("ACC-20", new PasswordPolicyProbe().Read(host.File("/etc/pam.d/su-l", "auth sufficient pam_unix.so\naccount required pam_unix.so\n")).Record!));
    }
}
