namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What a defect shows of its line.</summary>
public sealed class ShownCodeTests
{
    [Theory]
    [InlineData(SourceLanguage.Shell, "curl -k -u admin:Passw0rd https://example.cn/a")]
    [InlineData(SourceLanguage.Shell, "curl -k -uadmin:Passw0rd https://example.cn/a")]
    [InlineData(SourceLanguage.Shell, "curl -k -u admin \\\n  -pPasswrdLong https://example.cn/a")]
    [InlineData(SourceLanguage.Shell, "curl -k --user=admin:Passw0rd https://example.cn/?token=Passw0rd&PASSWRDX")]
    [InlineData(SourceLanguage.Shell, "curl -k -u admin:\"Pass\"w0rd -p 48151623 https://example.cn/a")]
    [InlineData(SourceLanguage.Shell, "curl -k -p\\@Passw0rd https://example.cn/a")]
    [InlineData(SourceLanguage.Dockerfile, "FROM a\nRUN curl -k -u admin:Passw0rd https://example.cn/a")]
    [InlineData(SourceLanguage.Dockerfile, "FROM a\nRUN x \\\n# y\n Passwrd --insecure && curl -k https://admin:Passw0rd@example.cn/a")]
    [InlineData(SourceLanguage.Nginx, "server { proxy_set_header Authorization\n Passwrd; ssl_protocols TLSv1; set $k Passw0rd; }")]
    public void A_password_among_the_words_of_a_command_is_not_shown(SourceLanguage language, string code)
    {
        var shown = Assert.Single(ShippedPatterns.Examine(language, code).Defects).Code;
        Assert.DoesNotContain("Pass", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("w0rd", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("4815", shown, StringComparison.Ordinal);
        Assert.Contains(language == SourceLanguage.Nginx ? "ssl_protocols" : "curl -k", shown, StringComparison.Ordinal);
    }
}
