namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class PatternMatchTests
{
    [Theory]
    [InlineData("Cipher.getInstance($T)", "x = javax.crypto.Cipher . getInstance ( a + f(b, c)[1] );", "a+f(b,c)[1]")]
    [InlineData("new SecretKeySpec($T.getBytes($...), $A)", "k = new SecretKeySpec(conf.get(\"x\").getBytes(UTF_8), \"SM4\");", "conf.get(\"x\")")]
    [InlineData("f($_, $T, $...)", "f(1, {a, b});", "{a,b}")]
    [InlineData("f($_, $T, $...)", "f(1, g(2), 3, 4);", "g(2)")]
    [InlineData("g({$... iv: $T $...})", "g({ mode: 'cbc', iv: v[0], pad: 1 })", "v")]
    [InlineData(".key = $T", "x.key = a + b; c = 1;", "a+b")]
    [InlineData("_.run(\"go\", $T)", "job.run('go', x)", "x")]
    public void Names_stand_for_arguments_and_operands(string pattern, string code, string expected) => Assert.Equal(expected, Captured(pattern, code));

    [Theory]
    [InlineData("f($T)", "f()")]
    [InlineData("f($T)", "f(1, 2)")]
    [InlineData("f($T)", "o.f(1)")]
    [InlineData("f($T)", "int f(int a) { }")]
    [InlineData("f($T)", "F(1)")]
    [InlineData("f($T)", "ff(1)")]
    [InlineData("f($T)", "/* f(1) */ \"f(1)\"")]
    [InlineData("f($T)", "f(1")]
    public void Other_code_is_left_alone(string pattern, string code) => Assert.Null(Captured(pattern, code));

    [Theory]
    [InlineData("class A { static final String A = \"MD5\"; void f() { MessageDigest.getInstance(A); } }", true)]
    [InlineData("class A { static final String A = \"MD\" + \"5\"; void f() { MessageDigest.getInstance(A); } }", true)]
    [InlineData("class A { static final String B = \"MD5\"; static final String A = B; void f() { MessageDigest.getInstance(A); } }", true)]
    [InlineData("class A { void f() { MessageDigest.getInstance(A); } static final String A = \"MD5\"; }", true)]
    [InlineData("class A { void g() { String a = \"MD5\"; } void f() { MessageDigest.getInstance(a); } }", false)]
    [InlineData("class A { String a = \"MD5\"; void f(String a) { MessageDigest.getInstance(a); } }", false)]
    [InlineData("class A { String a = \"MD5\"; void g(String b) { this.a = b; } void f() { MessageDigest.getInstance(a); } }", false)]
    [InlineData("class A { String a = \"MD5\"; void g() { a += \"x\"; } void f() { MessageDigest.getInstance(a); } }", false)]
    [InlineData("class A { String a = a; void f() { MessageDigest.getInstance(a); } }", false)]
    public void Names_set_once_in_the_file_are_followed(string code, bool isFound) =>
        Assert.Equal(isFound, ShippedPatterns.Examine(SourceLanguage.Java, code).Defects.Any(d => d.RuleId == "GM-03-jca"));

    [Fact]
    public void What_the_file_leaves_open_is_in_the_inventory_and_leaves_the_checks_open()
    {
        var found = ShippedPatterns.Examine(SourceLanguage.Java, "class A { Object f(String a) { return Cipher.getInstance(a); } }");
        Assert.Equal(["GM-04-open", "GM-06-open", "GM-12-jca-open"], found.Defects.Select(d => d.RuleId).Order(StringComparer.Ordinal));
        Assert.All(found.Defects, d => Assert.Equal(CodeConfidence.Low, d.Confidence));
        Assert.Equal([(null, "block-cipher", 1)], found.CryptoUses.Select(u => (u.Algorithm, u.Primitive, u.Line)));
    }

    [Fact]
    public void Secrets_do_not_reach_the_code_line_and_names_of_algorithms_do()
    {
        var found = ShippedPatterns.Examine(
            SourceLanguage.Java,
            "class A { void f() {\n  Key k = new SecretKeySpec(\"s3cr3t-Passw0rd!\".getBytes(), \"SM4\"); // s3cr3t-Passw0rd!\n  byte[] b = {11,22,33,44,55}; Object o = new KeyParameter(b); Cipher c = Cipher.getInstance(\"DES/ECB/PKCS5Padding\");\n} }");
        Assert.Equal(["2 GM-08-jca", "3 GM-04-jca", "3 GM-06-jca", "3 GM-08-jca", "3 GM-12-jca"], found.Defects.Select(d => $"{d.Line} {d.RuleId}").Order(StringComparer.Ordinal));
        var code = string.Join('\n', found.Defects.Select(d => d.Code));
        Assert.DoesNotContain("s3cr3t", code, StringComparison.Ordinal);
        Assert.DoesNotContain("33", code, StringComparison.Ordinal);
        Assert.Contains("\"SM4\"", code, StringComparison.Ordinal);
        Assert.Contains("DES/ECB/PKCS5Padding", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0102030405060708")]
    [InlineData("20240101")]
    [InlineData("0123456789abcdef")]
    [InlineData("aes-key-of-2024")]
    [InlineData("SM4SecretKey")]
    [InlineData("admin")]
    public void No_literal_that_may_be_a_key_is_shown(string key)
    {
        var found = ShippedPatterns.Examine(SourceLanguage.Java, $"x = new SecretKeySpec(\"{key}\".getBytes(), \"AES\"); y = Cipher.getInstance(\"AES/ECB/PKCS5Padding\"); // {key}\n");
        Assert.Equal(3, found.Defects.Count);
        Assert.All(found.Defects, d => Assert.DoesNotContain(key, d.Code + d.Message, StringComparison.Ordinal));
        Assert.All(found.Defects, d => Assert.Contains("AES/ECB/PKCS5Padding", d.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void A_fingerprint_stays_when_lines_move_and_differs_between_equal_lines()
    {
        const string line = "x = MessageDigest.getInstance(\"MD5\");\n";
        var once = ShippedPatterns.Examine(SourceLanguage.Java, line).Defects.Single();
        var moved = ShippedPatterns.Examine(SourceLanguage.Java, "// a\n\n   " + line + line).Defects;
        Assert.Equal((1, 3), (once.Line, moved[0].Line));
        Assert.Equal(once.Fingerprint, moved[0].Fingerprint);
        Assert.NotEqual(moved[0].Fingerprint, moved[1].Fingerprint);
        Assert.Matches("^[0-9a-f]{64}$", once.Fingerprint);
    }

    private static string? Captured(string pattern, string code)
    {
        var line = PatternLine.Parse(pattern);
        var view = new CodeView(Tokenizer.Tokenize(new SourceFile("a", SourceLanguage.JavaScript, code, "utf-8", 1)));
        for (var i = 0; i < view.Count; i++)
        {
            var match = new PatternMatch(view, line);
            if (match.At(i))
            {
                return match.Captures.Where(c => c.Name == "T").Select(c => view.CodeOf(c.From, c.To)).LastOrDefault() ?? "";
            }
        }

        return null;
    }
}
