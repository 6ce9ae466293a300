namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Lines of settings and words of people, which have no literals to tell a value by.</summary>
public sealed class SettingMaskTests
{
    private const string Secret = "Hunter2";

    /// <summary>In comments too, and under every name that speaks of a secret elsewhere.</summary>
    [Theory]
    [InlineData("<property name=\"debug\" value=\"true\"/> <!-- password {0} -->")]
    [InlineData("<!-- db password: {0} --> <debug>true</debug>")]
    [InlineData("the old password is {0} --> <debug>true</debug>")]
    [InlineData("old {0}, a password -->")]
    [InlineData("<debug><![CDATA[password {0}]]></debug>")]
    [InlineData("<key><![CDATA[{0}]]></key>")]
    [InlineData("debug: true # password {0}")]
    [InlineData("# password {0}")]
    [InlineData("! the password is {0}")]
    [InlineData("; 密码 {0}")]
    [InlineData("- {0} # the password")]
    [InlineData("user: {0} # and the password is the same")]
    [InlineData("db.password {0}")]
    [InlineData("mail.auth-code={0}")]
    [InlineData("card.pin: {0}")]
    [InlineData("userPin={0}")]
    [InlineData("salt: {0}")]
    public void No_secret_of_a_setting_is_shown(string form)
    {
        var line = form.Replace("{0}", Secret, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, SecretMask.ShowSetting(line, isSecret: false), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, SecretMask.ShowSetting(line, isSecret: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("debug: true # for all", "debug: true # for all")]
    [InlineData("<debug>true</debug> <!-- for all -->", "<debug>true</debug> <!-- for all -->")]
    [InlineData("management.endpoints.web.exposure.include=*", "management.endpoints.web.exposure.include=*")]
    [InlineData("header: X-Token", "header: X-Token")]
    [InlineData("db.password=a b # c", "db.password=***")]
    [InlineData("shipping: spinning", "shipping: spinning")]
    public void What_is_no_secret_stays(string line, string shown) => Assert.Equal(shown, SecretMask.ShowSetting(line, isSecret: false));

    [Theory]
    [InlineData("password_hash = Hunter2")]
    [InlineData("password_hash=Hunter2")]
    [InlineData("db.password.old: Hunter2")]
    [InlineData("password hash: Hunter2")]
    [InlineData("the password is Hunter2")]
    [InlineData("password 是 Hunter2")]
    [InlineData("密码是Hunter2，已换")]
    [InlineData("pin_code：Hunter2")]
    public void No_secret_is_shown_in_words_about_a_suppression(string said) => Assert.DoesNotContain("Hun", SuppressionWords.Shown(said) ?? "", StringComparison.Ordinal);

    [Theory]
    [InlineData("令牌由网关校验，token 不落库")]
    [InlineData("只在测试环境使用，2026-12-31 前删除")]
    public void Reasons_without_one_stay(string said) => Assert.Equal(said, SuppressionWords.Shown(said));
}
