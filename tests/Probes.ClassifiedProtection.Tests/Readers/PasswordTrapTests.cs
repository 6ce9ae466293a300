namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>login.defs, shadow and PAM.</summary>
public sealed class PasswordTrapTests
{
    private const string Unix = "password [success=1 default=ignore] pam_unix.so obscure yescrypt\n";

    private static PasswordPolicy Read(MadeHost host) => new PasswordPolicyProbe().Read(host).Record!;

    private static MadeHost With(string passwd) => new MadeHost().File("/etc/pam.d/passwd", passwd);

    [Fact]
    public void Of_several_lines_in_login_defs_the_last_counts_and_a_remark_behind_is_no_part() =>
        Assert.Equal((90L, "/etc/login.defs:3"), Read(new MadeHost().File("/etc/login.defs", "PASS_MAX_DAYS 99999\n# PASS_MAX_DAYS 1\nPASS_MAX_DAYS\t90 # days\n")).PassMaxDays.Value is var d ? (d.Value!.Value, d.Origin!) : default);

    /// <summary>What openEuler and its kin deliver: links to files of their own, the lock on both sides of pam_unix, its hash named in the stack and not in login.defs.</summary>
    [Fact]
    public void A_stack_of_openEuler_is_read_as_it_works()
    {
        const string stack = "auth required pam_env.so\nauth required pam_faillock.so preauth audit deny=3 even_deny_root unlock_time=60\n-auth sufficient pam_fprintd.so\nauth sufficient pam_unix.so nullok try_first_pass\n"
            + "auth [default=die] pam_faillock.so authfail audit deny=3 even_deny_root unlock_time=60\nauth sufficient pam_faillock.so authsucc audit deny=3 even_deny_root unlock_time=60\nauth requisite pam_succeed_if.so uid >= 1000 quiet_success\nauth required pam_deny.so\n"
            + "account required pam_unix.so\naccount required pam_faillock.so\npassword requisite pam_pwquality.so minlen=8 minclass=3 enforce_for_root try_first_pass local_users_only retry=3 dcredit=0 ucredit=0 lcredit=0 ocredit=0\n"
            + "password required pam_pwhistory.so use_authtok remember=5 enforce_for_root\npassword sufficient pam_unix.so sm3 shadow nullok try_first_pass use_authtok\npassword required pam_deny.so\n";
        var host = new MadeHost().File("/etc/pam.d/system-auth", stack).File("/etc/pam.d/password-auth", stack).File("/etc/login.defs", "ENCRYPT_METHOD SHA512\n")
            .File("/etc/pam.d/passwd", "#%PAM-1.0\nauth include system-auth\naccount include system-auth\npassword substack system-auth\n-password optional pam_gnome_keyring.so use_authtok\n")
            .File("/etc/pam.d/sshd", "auth substack password-auth\naccount include password-auth\npassword include password-auth\n").File("/etc/pam.d/login", "auth substack system-auth\naccount include system-auth\npassword include system-auth\n");
        var record = Read(host);
        Assert.Equal(("SM3", "/etc/pam.d/system-auth:13"), (record.EncryptMethod.Value!.Value, record.EncryptMethod.Value.Origin));
        Assert.Equal((8L, 3L, true, 5L), (record.MinLength.Value!.Value!.Value, record.RequiredClasses.Value!.Value!.Value, record.EnforcedForRoot.Value!.Value, record.Remember.Value!.Value!.Value));
        Assert.Equal([("sshd", 3L, 60L), ("login", 3L, 60L)], record.Lockouts.Value!.Select(l => (l.Service, l.Deny!.Value, l.UnlockTime!.Value)));
    }

    [Fact]
    public void Login_defs_does_not_speak_for_accounts_that_exist()
    {
        var host = new MadeHost().File("/etc/login.defs", "PASS_MAX_DAYS 90\n").File("/etc/passwd", "root:x:0:0::/root:/bin/bash\nops:x:1000:1000::/home/ops:/bin/bash\nwww:x:33:33::/:/usr/sbin/nologin\n")
            .File("/etc/shadow", "root:!:19000:0:99999:7:::\nops:$6$salt$hash:19000:0:99999:7:::\nwww:$6$s$h:19000::::::\n");
        Assert.Equal("符合", Verdicts.Of("ACC-05", Read(host)));
        var accounts = new AccountsProbe().Read(host).Record!;
        Assert.Equal(("ops", "6", null), Assert.Single(accounts.PasswordAccounts.Value) is var a ? (a.Name, a.Method, a.MaxDays) : default);
        Assert.Equal("不符合", Verdicts.Of("ACC-06", accounts));
    }

    [Theory]
    [InlineData("ops:$y$j9T$a$b:20000:1:90:7:::", "符合")]
    [InlineData("ops:$y$j9T$a$b::1:90:7:::", "不符合")]
    [InlineData("ops:$y$j9T$a$b:never:1:90:7:::", "不符合")]
    public void A_password_without_a_day_of_change_does_not_age(string shadow, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("ACC-06", new AccountsProbe().Read(new MadeHost().File("/etc/passwd", "ops:x:1000:1000::/home/ops:/bin/bash\n").File("/etc/shadow", shadow + "\n")).Record!));

    [Theory]
    [InlineData("sys:x:3:3::/dev:/bin/bash", "sys:$y$j9T$a$b:20000:1:90:7:::", "不符合")]
    [InlineData("postgres:x:112:112::/var/lib/postgresql:/bin/bash", "postgres:*:20000:0:99999:7:::", "符合")]
    [InlineData("sync:x:4:65534::/bin:/bin/sync", "sync:*:20000:0:99999:7:::", "符合")]
    [InlineData("bin:x:2:2::/bin:/bin/bash", "bin:*:20000:0:99999:7:::", "不符合")]
    [InlineData("daemon:x:1:1::/usr/sbin:/bin/bash", "daemon:*:20000:0:99999:7:::", "符合")]
    [InlineData("mail:x:8:8::/var/mail:/bin/sh", "mail:*:20000:0:99999:7:::", "待人工")]
    public void Accounts_of_the_system_are_entered_by_password_or_key(string passwd, string shadow, string verdict) => Assert.Equal(verdict, Verdicts.Of("ACC-16",
        new AccountsProbe().Read(new MadeHost().File("/etc/passwd", passwd + "\n").File("/etc/shadow", shadow + "\n").File("/bin/.ssh/authorized_keys", "x\n").State("/var/mail/.ssh/authorized_keys", FileState.NotCollected)).Record!));

    [Fact]
    public void A_configuration_whose_module_is_not_loaded_asks_nothing()
    {
        var idle = Read(With(Unix).File("/etc/security/pwquality.conf", "minlen = 14\nminclass = 4\n"));
        Assert.Equal((null, 0L), (idle.MinLength.Value.Value, idle.RequiredClasses.Value.Value));
        Assert.Equal("不符合", Verdicts.Of("ACC-09", idle));
        Assert.Equal("符合", Verdicts.Of("ACC-09", Read(With("password requisite pam_pwquality.so retry=3\n" + Unix).File("/etc/security/pwquality.conf", "minlen = 14\n"))));
    }

    [Fact]
    public void Only_negative_credits_ask_and_positive_ones_shorten()
    {
        var asked = Read(With("password requisite pam_pwquality.so minlen=10 dcredit=-1 ucredit=-1 lcredit=-1\n"));
        Assert.Equal((10L, 3L), (asked.MinLength.Value.Value, asked.RequiredClasses.Value.Value));
        var earned = Read(With("password requisite pam_pwquality.so minlen=8 dcredit=1 ucredit=1 lcredit=0\n"));
        Assert.Equal((6L, 0L), (earned.MinLength.Value.Value, earned.RequiredClasses.Value.Value));
    }

    [Fact]
    public void Modules_are_found_in_a_bundle_of_a_host_that_keeps_them_in_lib64()
    {
        static string Row(string path, string state, string part = "") => $"{path}\t{state}\tregular file\t644\troot\troot\t1\t1700000000\t\t{part}\n";
        var index = Row("/etc/pam.d/sshd", "read", "f/2") + Row("/usr/lib64/security/", "listed") + Row("/usr/lib64/security/pam_unix.so", "stat") + Row("/usr/lib64/security/pam_deny.so", "stat") + Row("/usr/lib64/security/pam_faillock.so", "stat")
            + Row("/etc/security/", "missing") + Row("/etc/security/pwquality.conf.d/", "missing") + string.Concat(new[] { "/etc/login.defs", "/etc/pam.d/passwd", "/etc/pam.d/common-password", "/etc/pam.d/system-auth", "/etc/pam.d/login", "/etc/pam.d/su", "/etc/pam.d/su-l", "/etc/pam.d/other", "/etc/security/faillock.conf" }.Select(f => Row(f, "missing")));
        var bundle = new MadeBundle().Replace("index.tsv", index)
            .Add("f/2", "auth required pam_faillock.so preauth deny=5 unlock_time=600\nauth sufficient pam_unix.so\nauth required pam_faillock.so authfail deny=5 unlock_time=600\nauth required pam_deny.so\naccount required pam_faillock.so\n");
        var read = new PasswordPolicyProbe().Read(BundleSnapshot.Open("测试", bundle.Pack())).Record!;
        Assert.Equal("符合", Verdicts.Of("ACC-13", read));
    }

    [Fact]
    public void A_lock_whose_module_is_missing_locks_nobody()
    {
        const string stack = "auth required pam_tally2.so deny=5 unlock_time=600\nauth required pam_unix.so\naccount required pam_tally2.so\n";
        var host = new MadeHost().File("/etc/pam.d/sshd", stack).File("/lib/security/pam_unix.so", "").File("/lib/security/pam_faillock.so", "");
        var read = Read(host);
        Assert.Equal(["pam_tally2", "pam_tally2"], read.MissingModules.Value.Select(m => m.What));
        Assert.Equal("不符合", Verdicts.Of("ACC-13", read));
        Assert.Equal("符合", Verdicts.Of("ACC-13", Read(host.File("/lib/security/pam_tally2.so", ""))));
    }

    [Theory]
    [InlineData("auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail\naccount required pam_faillock.so\n", "deny = 5\n", "符合")]
    [InlineData("auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\naccount required pam_faillock.so\n", "deny = 5\n", "不符合")]
    [InlineData("auth required pam_faillock.so preauth deny=0\nauth [default=die] pam_faillock.so authfail\naccount required pam_faillock.so\n", "deny = 5\n", "不符合")]
    [InlineData("auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail\naccount required pam_faillock.so\n", "deny = 5 times\nfail_interval = 900s\n", "符合")]
    [InlineData("auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail\naccount required pam_faillock.so\n", "deny = 5\nfail_interval = 1s\n", "不符合")]
    [InlineData("auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail\naccount required pam_faillock.so\n", "deny = 5\nfail_interval = 1\nfail_interval = 604801\n", "待人工")]
    [InlineData("auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail fail_interval=soon\naccount required pam_faillock.so\n", "deny = 5\n", "待人工")]
    public void Faillock_needs_all_its_lines_and_arguments_go_before_the_file(string stack, string conf, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("ACC-13", Read(new MadeHost().File("/etc/pam.d/sshd", "@include common\n").File("/etc/pam.d/common", stack)
            .File("/etc/security/faillock.conf", conf).File("/lib/security/pam_faillock.so", "").File("/lib/security/pam_unix.so", ""))));

    [Fact]
    public void Includes_of_one_type_and_of_all_are_followed_and_circles_are_refused()
    {
        Assert.Equal(5, Read(With("password include system-auth\n").File("/etc/pam.d/system-auth", "auth required pam_deny.so\npassword requisite pam_pwquality.so\npassword required pam_pwhistory.so remember=5 \\\n use_authtok\npassword sufficient pam_unix.so remember=2 use_authtok\n")).Remember.Value.Value);
        Assert.Throws<Probing.UnableException>(() => Read(With("@include passwd\n")));
    }

    /// <summary>Linux-PAM 1.5.2 sets the password here: pam_pwhistory has none to look at, and pam_unix asks for one by itself.</summary>
    [Fact]
    public void History_before_a_pam_unix_that_asks_by_itself_remembers_nothing() =>
        Assert.Equal(2, Read(With("password required pam_pwhistory.so remember=5 use_authtok\npassword sufficient pam_unix.so remember=2\n")).Remember.Value.Value);

    [Fact]
    public void History_behind_pam_unix_remembers_nothing() =>
        Assert.Null(Read(With(Unix + "password required pam_pwhistory.so remember=5\n")).Remember.Value.Value);

    [Fact]
    public void Locked_empty_and_weak_hashes_are_told_apart()
    {
        var accounts = new AccountsProbe().Read(new MadeHost()
            .File("/etc/passwd", "root:x:0:0::/root:/bin/bash\ntoor:x:00:0::/:/bin/sh\na:x:1:1::/:/bin/sh\nb:x:2:2::/:/bin/sh\ngames:x:5:60::/:/bin/sh\nsync:x:4:65534::/:/bin/sync\n")
            .File("/etc/shadow", "root:!$6$s$h:1::::::\ntoor::1::::::\na:$1$s$h:1::90::::\nb:aaaaaaaaaaaaa:1::90::::\ngames:*:1::::::\nsync:*:1::::::\n")).Record!;
        Assert.Equal(["root", "toor"], accounts.UidZero.Value);
        Assert.Equal(["toor"], accounts.EmptyPasswords.Value);
        Assert.Equal([("a", "1"), ("b", "DES")], accounts.PasswordAccounts.Value.Select(p => (p.Name, p.Method)));
        Assert.Empty(accounts.UsableSystemAccounts.Value);
        Assert.Equal("不符合", Verdicts.Of("ACC-04", accounts));
    }

    [Fact]
    public void Without_shadow_nothing_is_said_of_passwords()
    {
        var accounts = new AccountsProbe().Read(new MadeHost().File("/etc/passwd", "root:x:0:0::/root:/bin/bash\n").State("/etc/shadow", FileState.Denied)).Record!;
        Assert.False(accounts.EmptyPasswords.IsKnown || accounts.PasswordAccounts.IsKnown);
        Assert.Equal("待人工", Verdicts.Of("ACC-03", accounts));
    }

    [Fact]
    public void A_hash_in_passwd_a_false_shell_and_a_short_line_of_shadow_hide_nobody()
    {
        var accounts = new AccountsProbe().Read(new MadeHost().File("/etc/passwd", "root:x:0:0::/root:/bin/bash\nold:aaZw7abcdefgh:1001:1001::/:/bin/sh\nodd:x:1002:1002::/:/opt/false\ngames:x:5:60::/:/opt/nologin\nopen:x:1003:1003::/:/bin/sh\n")
            .File("/etc/shadow", "root:*:1:0:90:7:::\nodd:$1$s$h:1:0:90:7:::\ngames:$6$s$h:1:0:90:7:::\nopen:\n")).Record!;
        Assert.Equal([("old", "?"), ("odd", "1"), ("games", "6")], accounts.PasswordAccounts.Value.Select(p => (p.Name, p.Method)));
        Assert.Equal(["games"], accounts.UsableSystemAccounts.Value);
        Assert.Equal(["open"], accounts.EmptyPasswords.Value);
        Assert.Equal("不符合", Verdicts.Of("ACC-06", accounts));
    }

    [Fact]
    public void Its_own_clock_is_no_source_of_time() =>
        Assert.Empty(new TimeSyncProbe().Read(new MadeHost().File("/etc/ntp.conf", "server 127.127.1.0\npeer localhost\n")).Record!.Sources.Value);
}
