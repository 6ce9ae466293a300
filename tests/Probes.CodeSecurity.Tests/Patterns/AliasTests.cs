namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Other names for the same thing.</summary>
public sealed class AliasTests
{
    [Theory]
    [InlineData(SourceLanguage.Go, "package a\nimport z \"crypto/md5\"\nfunc f() { z.New() }", "GM-03 High")]
    [InlineData(SourceLanguage.Go, "package a\nimport (\n\t\"fmt\"\n\tz \"crypto/des\"\n)\nfunc f() { z.NewCipher(k) }", "GM-04 High")]
    [InlineData(SourceLanguage.Go, "package a\nimport . \"crypto/des\"\nfunc f() { NewCipher(k) }", "GM-04 Low")]
    [InlineData(SourceLanguage.Python, "import os, hashlib as h\nx = h.md5()", "GM-03 High")]
    [InlineData(SourceLanguage.Python, "from hashlib import sha256, md5 as ok\nx = ok()", "GM-03 High")]
    [InlineData(SourceLanguage.Python, "from hashlib import (md5)\nx = md5(a)", "GM-03 High")]
    [InlineData(SourceLanguage.Python, "from Crypto.Cipher import DES as D\nx = D.new(k)", "GM-04 High")]
    [InlineData(SourceLanguage.Python, "from hashlib import *\nx = md5(a)", "GM-03 Low")]
    [InlineData(SourceLanguage.Python, "import hashlib\nf = hashlib.md5\nx = f(a)", "GM-03 High")]
    [InlineData(SourceLanguage.JavaScript, "import {createHash as h} from \"crypto\"\nx = h(\"md5\")", "GM-03 High")]
    [InlineData(SourceLanguage.JavaScript, "const {createHash: h} = require(\"crypto\")\nx = h(\"md5\")", "GM-03 High")]
    [InlineData(SourceLanguage.JavaScript, "x = c[\"createHash\"](\"md5\")", "GM-03 High")]
    [InlineData(SourceLanguage.JavaScript, "x = c?.createHash?.(\"md5\")", "GM-03 High")]
    [InlineData(SourceLanguage.JavaScript, "const c = require(\"crypto\")\nx = c[a + b](\"md5\")", "GM-03 Low")]
    [InlineData(SourceLanguage.JavaScript, "import J from \"crypto-js\"\nx = J.MD5(a)", "GM-03 High")]
    [InlineData(SourceLanguage.Java, "import static javax.crypto.Cipher.getInstance;\nclass A { Object f() { return getInstance(\"DES\"); } }", "GM-04 High")]
    [InlineData(SourceLanguage.Java, "import static javax.crypto.Cipher.*;\nclass A { Object f() { return getInstance(\"DES\"); } }", "GM-04 Low")]
    [InlineData(SourceLanguage.Java, "import static org.apache.commons.codec.digest.DigestUtils.*;\nclass A { Object f() { return md5Hex(a); } }", "GM-03 Low")]
    [InlineData(SourceLanguage.Kotlin, "import javax.crypto.Cipher as C\nval x = C.getInstance(\"DES\")", "GM-04 High")]
    [InlineData(SourceLanguage.CSharp, "using M = System.Security.Cryptography.MD5;\nvar x = M.Create();", "GM-03 High")]
    [InlineData(SourceLanguage.C, "#define H MD5\nvoid f(void) { H(a, 1, b); }", "GM-03 High")]
    public void Other_names_are_followed_or_left_open(SourceLanguage language, string code, string expected) => Assert.Contains(expected, OpenCodeTests.Found(language, code));

    [Theory]
    [InlineData(SourceLanguage.Python, "from hashlib import sha256 as md\nx = md(a)")]
    [InlineData(SourceLanguage.Python, "from hashlib import md5\nx = self.md5(a)")]
    [InlineData(SourceLanguage.JavaScript, "import {createHash as h} from \"crypto\"\nx = h(\"sm3\")")]
    [InlineData(SourceLanguage.Go, "package a\nimport z \"github.com/tjfoc/gmsm/sm3\"\nfunc f() { z.New() }")]
    [InlineData(SourceLanguage.Java, "import static org.junit.Assert.*;\nclass A { }")]
    [InlineData(SourceLanguage.Java, "import static io.netty.handler.codec.http.HttpConstants.*;\nclass A { }")]
    [InlineData(SourceLanguage.Java, "import static cn.gov.portal.security.Roles.*;\nclass A { }")]
    public void Good_names_stay_quiet(SourceLanguage language, string code) => Assert.Empty(OpenCodeTests.Found(language, code));
}
