namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Ways of using cryptography, or a key, that no call shows by its name.</summary>
public sealed class HiddenUseTests
{
    /// <summary>Each leaves the check open, or finds it.</summary>
    [Theory]
    [InlineData("<?php $f = 'md5'; echo $f($x);", "GM-03 High")]
    [InlineData("<?php function h($n, $v) { return $n($v); }", "GM-03 Low")]
    [InlineData("<?php $o->$m($x);", "GM-03 Low")]
    [InlineData("<?php echo ('m' . 'd5')($x);", "GM-03 Low")]
    [InlineData("<?php return [$this, 'md5']($x);", "GM-03 Low")]
    [InlineData("<?php call_user_func($n, $x);", "GM-03 Low")]
    [InlineData("<?php $c = 'openssl_encrypt'; $c($d, 'des-ecb', $k);", "GM-04 High")]
    [InlineData("<?php $f = function ($v) { return $v; }; echo $f($x);", null)]
    [InlineData("<?php $f = fn($v) => $v; array_map($f, $all);", null)]
    [InlineData("<?php $f = 'trim'; echo $f($x);", null)]
    [InlineData("<?php $this->go($a[0], $b['x']); foreach ($all as $one) { go($one); }", null)]
    public void What_php_works_out_is_followed_or_left_open(string code, string? expected)
    {
        var found = OpenCodeTests.Found(SourceLanguage.Php, code);
        if (expected is null)
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.Contains(expected, found);
        }
    }

    /// <summary>In the text of an element a quote and the signs of a comment hide nothing from the compiler.</summary>
    [Theory]
    [InlineData("export default () => <div>// {createHash('md5')}</div>;\n", true)]
    [InlineData("const A = () => <b>/* </b>;\nconst h = createHash('md5');\nconst B = () => <b>*/</b>;\n", true)]
    [InlineData("const A = () => <b>\"</b>; const h = createHash('md5'); const B = () => <b>\"</b>;\n", true)]
    [InlineData("const A = () => <b>say ` </b>;\nconst h = createHash('md5');\nconst B = () => <b>`</b>;\n", true)]
    [InlineData("const A = () => <b title=\"a {b}\">{/* c <d> */}it's \"quoted\" <i a='{'/> text</b>; // <end> {\n", false)]
    [InlineData("const f = <T,>(x: Array<T>) => x; // {a} <b>\nconst g = useRef<Form>(null); // <c>\n", false)]
    [InlineData("function A() {\n  // <before> {\n  return (<ul>{all.map(a => <li key={a > 1}>{a}</li>)}</ul>);\n}\n// <after> {\n", false)]
    public void Signs_in_the_text_of_an_element_leave_the_file_in_doubt_where_code_may_lie_behind_them(string code, bool isDoubted)
    {
        var source = Tokenizer.Tokenize(new SourceFile("a.tsx", SourceLanguage.TypeScript, code, "utf-8", code.AsSpan().Count('\n')));
        Assert.Equal(isDoubted, source.Doubt is not null);
    }

    [Theory]
    [InlineData(SourceLanguage.Java, "class A { byte[] k() { return \"0123456789abcdef\".getBytes(); } Object f() { return new SecretKeySpec(k(), \"SM4\"); } }", true)]
    [InlineData(SourceLanguage.Java, "class A { static final byte[] K = {1,2,3,4,5,6,7,8}; byte[] k() { return K; } Object f() { return new SecretKeySpec(k(), \"SM4\"); } }", true)]
    [InlineData(SourceLanguage.Java, "class A { byte[] k(byte[] a) { byte[] b = new byte[16]; pad(a, b); return b; } Object f() { return new SecretKeySpec(k(c), \"SM4\"); } }", false)]
    [InlineData(SourceLanguage.Java, "class A { byte[] k() { return vault.fetch(\"a\"); } Object f() { return new SecretKeySpec(k(), \"SM4\"); } }", false)]
    [InlineData(SourceLanguage.Java, "class A { byte[] k() { return this.key; } Object f() { return new SecretKeySpec(o.k(), \"SM4\"); } }", false)]
    [InlineData(SourceLanguage.JavaScript, "const o = { key: () => 'p4Wq8Zr2Lm6Xt0Kv' };\nx = crypto.createCipheriv('aes-128-gcm', o.key(), iv)", true)]
    [InlineData(SourceLanguage.Python, "get = lambda: b\"p4Wq8Zr2Lm6Xt0Kv\"\nc = AES.new(get(), AES.MODE_GCM)", true)]
    [InlineData(SourceLanguage.C, "static const char *k(void) { return \"p4Wq8Zr2Lm6Xt0Kv\"; }\nvoid f(void) { EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), 0, k(), iv); }", true)]
    public void A_key_that_a_function_of_the_file_gives_back_is_written_there(SourceLanguage language, string code, bool isFixed) =>
        Assert.Equal(isFixed, OpenCodeTests.Found(language, code).Contains("GM-08 High"));
}
