using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Places where looking for a word in the file says the opposite of what sshd does.</summary>
public sealed class SshdTrapTests
{
    private static SshdSettings Read(MadeHost host) => new SshdProbe().Read(host).Record!;

    [Theory]
    [InlineData("permitrootlogin=yes\nPermitRootLogin no\n", "yes")]
    [InlineData("PERMITROOTLOGIN no\nPermitRootLogin yes\n", "no")]
    [InlineData("PermitRootLogin\tno # yes\n", "no")]
    public void The_first_value_wins_whatever_its_case_and_sign(string config, string effective) =>
        Assert.Equal(effective, Read(new MadeHost().Ssh(config)).PermitRootLogin.Value.Value);

    [Theory]
    [InlineData("Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin no\n", "yes", "/etc/ssh/sshd_config.d/50-cloud-init.conf:1")]
    [InlineData("PermitRootLogin no\nInclude sshd_config.d/*.conf\n", "no", "/etc/ssh/sshd_config:1")]
    public void An_include_counts_where_it_stands(string config, string effective, string origin)
    {
        var read = Read(new MadeHost().Ssh(config).File("/etc/ssh/sshd_config.d/50-cloud-init.conf", "PermitRootLogin yes\n")).PermitRootLogin.Value;
        Assert.Equal((effective, origin), (read.Value, read.Origin));
    }

    [Fact]
    public void Match_all_overrides_what_stands_outside_and_an_include_inside_of_it_does_too()
    {
        Assert.Equal("yes", Read(new MadeHost().Ssh("PermitRootLogin no\nMatch all\nPermitRootLogin yes\n")).PermitRootLogin.Value.Value);
        Assert.Equal("yes", Read(new MadeHost().Ssh("PermitRootLogin no\nMatch all\nInclude x.conf\n").File("/etc/ssh/x.conf", "PermitRootLogin yes\n")).PermitRootLogin.Value.Value);
    }

    [Fact]
    public void What_a_match_block_gives_to_some_is_told_apart()
    {
        var read = Read(new MadeHost().Ssh("PermitRootLogin no\nMatch Address 10.0.0.0/8\nPermitRootLogin yes\n"));
        Assert.Equal("no", read.PermitRootLogin.Value.Value);
        Assert.Equal(("permitrootlogin", "yes", "Address 10.0.0.0/8", "/etc/ssh/sshd_config:3"), Assert.Single(read.Overrides.Value) is var o ? (o.Keyword, o.Value, o.Criteria, o.Origin) : default);
        Assert.Equal("不符合", Verdicts.Of("SSH-01", read));
    }

    [Fact]
    public void Absent_and_commented_are_the_default_which_is_not_no()
    {
        var read = Read(new MadeHost().Ssh("#PermitRootLogin no\n"));
        Assert.Equal((SettingSource.Default, "prohibit-password"), (read.PermitRootLogin.Value.Source, read.PermitRootLogin.Value.Value));
        Assert.Equal("部分符合", Verdicts.Of("SSH-01", read));
        Assert.Contains("缺省合规", Verdicts.Explain("SSH-02", read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9.2p1", null)]
    [InlineData("7.4p1", 300L)]
    public void A_count_of_zero_never_disconnects_since_8_2(string version, long? seconds) =>
        Assert.Equal(seconds, Read(new MadeHost().Ssh("ClientAliveInterval 300\nClientAliveCountMax 0\n", version)).AliveSeconds.Value.Value);

    [Theory]
    [InlineData("PermitRootLogin no\nGarbageKeyword yes\n")]
    [InlineData("Match User a\nUsePAM yes\n")]
    [InlineData("X11Forwarding perhaps\n")]
    public void A_configuration_that_does_not_load_is_judged_by_nobody(string config)
    {
        var unable = Assert.Throws<UnableException>(() => Read(new MadeHost().Ssh(config)));
        Assert.StartsWith("配置无效：/etc/ssh/sshd_config:", unable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_version_no_default_is_claimed()
    {
        var read = Read(new MadeHost().File("/etc/ssh/sshd_config", "PermitRootLogin no\n"));
        Assert.True(read.PermitRootLogin.IsKnown);
        Assert.False(read.PermitEmptyPasswords.IsKnown || read.Ciphers.IsKnown || read.OnlyProtocol2.IsKnown);
        Assert.Equal("待人工", Verdicts.Of("SSH-02", read));
    }

    [Fact]
    public void Algorithms_a_crypto_policy_hands_over_outside_of_the_files_are_unknown()
    {
        var policy = "/etc/crypto-policies/back-ends/opensshserver.config";
        Assert.False(Read(new MadeHost().Ssh("UsePAM yes\n", "8.0p1").File(policy, "CRYPTO_POLICY='-oCiphers=aes256-ctr'\n")).Ciphers.IsKnown);
        Assert.Equal(["aes256-ctr"], Read(new MadeHost().Ssh($"Include {policy}\n", "8.7p1").File(policy, "Ciphers aes256-ctr\n")).Ciphers.Value.Value);
    }

    [Fact]
    public void An_unreadable_include_is_no_answer() =>
        Assert.Equal(Model.FailureKind.AccessDenied, Assert.Throws<UnableException>(() => Read(new MadeHost().Ssh("Include a.conf\n").State("/etc/ssh/a.conf", FileState.Denied))).Kind);
}
