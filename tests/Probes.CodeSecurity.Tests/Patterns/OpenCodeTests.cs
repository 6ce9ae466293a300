namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What cannot be seen is not denied.</summary>
public sealed class OpenCodeTests
{
    [Theory]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(b ? \"DES\" : \"SM4/CBC/NoPadding\");", "GM-04 Medium", "GM-06 Medium")]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(b ? \"SM4/CBC/NoPadding\" : \"SM4/GCM/NoPadding\");")]
    [InlineData(SourceLanguage.Java, "x = MessageDigest.getInstance(Other.DIGEST);", "GM-03 Low")]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(\"SM4/\" + mode);", "GM-06 Low")]
    [InlineData(SourceLanguage.Java, "x = MessageDigest.getInstance(n); y = MessageDigest.getInstance(\"MD5\");", "GM-03 High")]
    [InlineData(SourceLanguage.JavaScript, "h = crypto.createHash(process.env.H || 'md5')", "GM-03 Medium")]
    [InlineData(SourceLanguage.JavaScript, "h = crypto.createHash(process.env.H || 'sm3')", "GM-03 Low")]
    [InlineData(SourceLanguage.JavaScript, "h = crypto.createHash('sm3')")]
    [InlineData(SourceLanguage.Python, "h = hashlib.new('md5' if old else 'sm3', x)", "GM-03 Medium")]
    [InlineData(SourceLanguage.Python, "h = hmac.new(k, m, hashlib.sha256)")]
    [InlineData(SourceLanguage.Kotlin, "val c = MessageDigest.getInstance(if (a) \"SM3\" else \"MD5\")", "GM-03 Medium")]
    public void Operands_that_are_no_literal_leave_their_checks_open(SourceLanguage language, string code, params string[] expected) => Assert.Equal(expected, Found(language, code));

    [Theory]
    [InlineData(SourceLanguage.Java, "x = MessageDigest.getInst\\u0061nce(a);", true)]
    [InlineData(SourceLanguage.JavaScript, "x = c.creat\\u0065Hash('md5');", true)]
    [InlineData(SourceLanguage.Java, "x = \"\\u4e2d\"; // \\u4e2d", false)]
    [InlineData(SourceLanguage.Java, "x = \"a\\\\u0022\";", false)]
    public void Code_written_in_escapes_leaves_the_checks_open_or_is_read(SourceLanguage language, string code, bool isOpen)
    {
        var found = Found(language, code);
        Assert.Equal(isOpen, found.Any(f => f.StartsWith("GM-03", StringComparison.Ordinal)));
        Assert.True(isOpen || found.Count == 0);
    }

    internal static IReadOnlyList<string> Found(SourceLanguage language, string code) =>
        [.. ShippedPatterns.Examine(language, code).Defects.Where(d => d.Message.Length > 0).Select(d => $"{d.RuleId[..5]} {d.Confidence}").Distinct().Order(StringComparer.Ordinal)];
}
