namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What cannot be seen is not denied.</summary>
public sealed class OpenCodeTests
{
    [Theory]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(b ? \"DES\" : \"SM4/CBC/NoPadding\");", "GM-04 Medium", "GM-06 Medium", "GM-12 Low")]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(b ? \"SM4/CBC/NoPadding\" : \"SM4/GCM/NoPadding\");", "GM-12 Low")]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(name);", "GM-04 Low", "GM-06 Low", "GM-12 Low")]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(\"AES\");", "GM-06 High", "GM-12 Low")]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(\"Twofish\");", "GM-06 High", "GM-12 Low")]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(\"SM4/GCM/NoPadding\"); y = Cipher.getInstance(\"RSA/ECB/OAEPPadding\");")]
    [InlineData(SourceLanguage.Php, "<?php $c = openssl_encrypt($d, $name, $k, 0, $iv);", "GM-04 Low", "GM-06 Low", "GM-12 Low")]
    [InlineData(SourceLanguage.C, "c = EVP_get_cipherbyname(name);", "GM-04 Low", "GM-06 Low", "GM-12 Low")]
    [InlineData(SourceLanguage.CSharp, "var c = CipherUtilities.GetCipher(name);", "GM-04 Low", "GM-06 Low", "GM-12 Low")]
    [InlineData(SourceLanguage.TypeScript, "const c = createCipheriv(name, k, iv)", "GM-04 Low", "GM-06 Low", "GM-12 Low")]
    [InlineData(SourceLanguage.Python, "from Crypto.Cipher import AES\nc = AES.new(k, mode)", "GM-12 Low")]
    [InlineData(SourceLanguage.Python, "from Crypto.Cipher import AES\nc = AES.new(k, AES.MODE_GCM)")]
    [InlineData(SourceLanguage.CSharp, "var c = aes.CreateEncryptor(k, iv);", "GM-12 Low")]
    [InlineData(SourceLanguage.JavaScript, "h = crypto.createHash(string)", "GM-03 Low")]
    [InlineData(SourceLanguage.TypeScript, "h = crypto.createHash(string)", "GM-03 Low")]
    [InlineData(SourceLanguage.Java, "x = MessageDigest.getInstance(string);", "GM-03 Low")]
    [InlineData(SourceLanguage.Java, "g = KeyPairGenerator.getInstance(\"RSA\"); g.initialize(number);", "GM-05 Low")]
    [InlineData(SourceLanguage.JavaScript, "k = crypto.generateKeyPairSync('rsa', { modulusLength: number })", "GM-05 Low")]
    [InlineData(SourceLanguage.Java, "x = MessageDigest.getInstance(Other.DIGEST);", "GM-03 Low")]
    [InlineData(SourceLanguage.Java, "x = Cipher.getInstance(\"SM4/\" + mode);", "GM-06 Low", "GM-12 Low")]
    [InlineData(SourceLanguage.Java, "x = MessageDigest.getInstance(n); y = MessageDigest.getInstance(\"MD5\");", "GM-03 High")]
    [InlineData(SourceLanguage.JavaScript, "h = crypto.createHash(process.env.H || 'md5')", "GM-03 Medium")]
    [InlineData(SourceLanguage.JavaScript, "h = crypto.createHash(process.env.H || 'sm3')", "GM-03 Low")]
    [InlineData(SourceLanguage.JavaScript, "h = crypto.createHash('sm3')")]
    [InlineData(SourceLanguage.Python, "h = hashlib.new('md5' if old else 'sm3', x)", "GM-03 Medium")]
    [InlineData(SourceLanguage.Python, "h = hmac.new(k, m, hashlib.sha256)")]
    [InlineData(SourceLanguage.Kotlin, "val c = MessageDigest.getInstance(if (a) \"SM3\" else \"MD5\")", "GM-03 Medium")]
    [InlineData(SourceLanguage.JavaScript, "let a = 'sm3'; a ||= 'md5'; h = crypto.createHash(a)", "GM-03 Low")]
    [InlineData(SourceLanguage.Java, "g = KeyPairGenerator.getInstance(\"RSA\"); g.initialize(bits);", "GM-05 Low")]
    [InlineData(SourceLanguage.Java, "g = KeyPairGenerator.getInstance(\"RSA\"); g.initialize(2048); e.initialize(new ECGenParameterSpec(\"sm2p256v1\"));")]
    [InlineData(SourceLanguage.JavaScript, "k = crypto.generateKeyPairSync('rsa', { modulusLength: n })", "GM-05 Low")]
    [InlineData(SourceLanguage.TypeScript, "interface Options { modulusLength: number; minVersion: string; secureProtocol: string }; import tls from 'tls';")]
    [InlineData(SourceLanguage.Python, "k = rsa.generate_private_key(65537, key_size=n)", "GM-05 Low")]
    [InlineData(SourceLanguage.Python, "k = rsa.generate_private_key(65537, key_size=3072, backend=b)")]
    [InlineData(SourceLanguage.Java, "c = SSLContext.getInstance(p);", "GM-14 Low")]
    [InlineData(SourceLanguage.Java, "c = SSLContext.getInstance(old ? \"TLSv1\" : \"TLSv1.2\");", "GM-14 Medium")]
    [InlineData(SourceLanguage.Java, "c = SSLContext.getInstance(\"TLS\");")]
    [InlineData(SourceLanguage.JavaScript, "s = tls.connect({ minVersion: v })", "GM-14 Low")]
    [InlineData(SourceLanguage.JavaScript, "check({ minVersion: app.version })")]
    [InlineData(SourceLanguage.Python, "import ssl\ndef f(p):\n c = ssl.SSLContext(p)\n", "GM-14 Low")]
    [InlineData(SourceLanguage.Go, "c := &tls.Config{MinVersion: lowest}", "GM-14 Low")]
    [InlineData(SourceLanguage.CSharp, "ServicePointManager.SecurityProtocol = (SecurityProtocolType)192;", "GM-14 Low")]
    [InlineData(SourceLanguage.C, "SSL_CTX_set_min_proto_version(ctx, TLS1_1_VERSION);", "GM-14 High")]
    public void Operands_that_are_no_literal_leave_their_checks_open(SourceLanguage language, string code, params string[] expected) => Assert.Equal(expected, Found(language, code));

    [Theory]
    [InlineData(SourceLanguage.Shell, "echo $1 | md5sum | cut -c1-32", "GM-03")]
    [InlineData(SourceLanguage.Shell, "openssl enc -des-ecb -in a", "GM-04")]
    [InlineData(SourceLanguage.Gradle, "def d = java.security.MessageDigest.getInstance('MD5')", "GM-03")]
    [InlineData(SourceLanguage.Gradle, "checksum { algorithm: 'MD5' }", "GM-03")]
    [InlineData(SourceLanguage.Shell, "exec \"md5sum\" $1", "GM-03")]
    [InlineData(SourceLanguage.Shell, "openssl genrsa 1024", "GM-05")]
    [InlineData(SourceLanguage.Shell, "openssl enc -aes-128-cbc -in a", "GM-12")]
    [InlineData(SourceLanguage.JavaScript, "import c from 'crypto'\nx = c['create' + n](a, k, iv)", "GM-12")]
    [InlineData(SourceLanguage.C, "#include <openssl/evp.h>\n#define C(a) EVP_##a##_cbc\nx = C(des)();", "GM-04")]
    [InlineData(SourceLanguage.Python, "from Crypto.Cipher import DES\nc = getattr(DES, 'new')(k)", "GM-04")]
    [InlineData(SourceLanguage.Python, "m = importlib.import_module('Crypto.Cipher.DES')", "GM-04")]
    [InlineData(SourceLanguage.Python, "from Crypto.Cipher import DES\nc = DES\\\n .new(k, DES.MODE_CBC, iv)", "GM-04")]
    [InlineData(SourceLanguage.CSharp, "var c = @DES.@Create();", "GM-04")]
    [InlineData(SourceLanguage.Kotlin, "val c = Cipher.getInstance(\"D${\"E\"}S\")", "GM-04")]
    [InlineData(SourceLanguage.JavaScript, "h = crypto.createHash(`${a}5`)", "GM-03")]
    [InlineData(SourceLanguage.CSharp, "h = HashAlgorithm.Create($\"{a}5\");", "GM-03")]
    public void Odd_spellings_are_read_or_leave_their_check_open(SourceLanguage language, string code, string check) =>
        Assert.Contains(Found(language, code), f => f.StartsWith(check, StringComparison.Ordinal));

    [Theory]
    [InlineData(SourceLanguage.Shell, "# md5sum\ngit pull && docker build .")]
    [InlineData(SourceLanguage.Gradle, "plugins { id 'java' }\ndependencies { implementation 'a:b:1' }")]
    [InlineData(SourceLanguage.C, "#define LOG(f, ...) printf(f, ##__VA_ARGS__)\n#include <openssl/evp.h>")]
    public void Plain_scripts_and_macros_leave_nothing_open(SourceLanguage language, string code) => Assert.Empty(Found(language, code));

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

    [Theory]
    [InlineData("", true)]
    [InlineData("// as good as SecureRandom", true)]
    [InlineData("SecureRandom other;", false)]
    public void A_comment_does_not_excuse_what_stands_beside_it(string beside, bool isFound) =>
        Assert.Equal(isFound, Found(SourceLanguage.Java, $"{beside}\nbyte[] key = new byte[16];\nnew Random().nextBytes(key);\n").Any(f => f.StartsWith("GM-09", StringComparison.Ordinal)));

    [Fact]
    public void Every_piece_of_a_long_line_is_looked_at()
    {
        var filler = string.Concat(Enumerable.Repeat("gzip on; ", 3000));
        Assert.Equal(["GM-14 High"], Found(SourceLanguage.Nginx, $"ssl_protocols TLSv1.2; {filler} ssl_protocols TLSv1.3; {filler} ssl_protocols TLSv1;"));
        Assert.Empty(Found(SourceLanguage.Nginx, $"ssl_protocols TLSv1.2; {filler} # ssl_protocols TLSv1;"));
    }

    [Fact]
    public void What_is_unclear_does_not_push_out_what_is_sure()
    {
        var unclear = string.Concat(Enumerable.Repeat("x = MessageDigest.getInstance(n);\n", 30_000));
        var found = Found(SourceLanguage.Java, unclear + "y = Cipher.getInstance(m);\ny = MessageDigest.getInstance(\"MD5\");\n");
        Assert.Equal(["GM-03 High", "GM-03 Low", "GM-04 Low", "GM-06 Low", "GM-12 Low"], found);
    }

    [Theory]
    [InlineData("sm4.encrypt(m, '0123456789abcdeffedcba9876543210') // \"node:", "GM-16 High")]
    [InlineData("/* import fs from 'fs' */ sm4.encrypt(m, '0123456789abcdeffedcba9876543210')", "GM-16 High")]
    [InlineData("import fs from 'fs'\nsm4.encrypt(m, '0123456789abcdeffedcba9876543210')")]
    [InlineData("import {KEY} from './config'\nsm4.encrypt(m, KEY)", "GM-16 Low")]
    [InlineData("import { iv, key as k } from './config'\nsm4.encrypt(m, k)", "GM-16 Low")]
    [InlineData("import config from './config'\nsm4.encrypt(m, config.key, {})", "GM-16 Low")]
    [InlineData("const { KEY } = require('./config')\nsm4.encrypt(m, KEY)", "GM-16 Low")]
    [InlineData("sm4.encrypt(m, process.env.VUE_APP_KEY)", "GM-16 Low")]
    [InlineData("import {KEY} from './config'\nexport const f = (m, k) => sm4.encrypt(m, k)")]
    public void Keys_of_front_ends_are_seen_beside_comments_and_left_open_where_they_are_imported(string code, params string[] expected) =>
        Assert.Equal(expected, Found(SourceLanguage.JavaScript, code).Where(f => f.StartsWith("GM-16", StringComparison.Ordinal)));

    /// <summary>What runs in a page runs in a browser, whatever is written beside it.</summary>
    [Fact]
    public void A_page_is_a_front_end_whatever_it_mentions() =>
        Assert.Contains("GM-16 High", Found(SourceLanguage.Vue, "<script>\nconst hint = \"from 'fs'\"\nsm4.encrypt(m, '0123456789abcdeffedcba9876543210')\n</script>\n"));

    internal static IReadOnlyList<string> Found(SourceLanguage language, string code) =>
        [.. ShippedPatterns.Examine(language, code).Defects.Where(d => d.Message.Length > 0).Select(d => $"{d.RuleId[..5]} {d.Confidence}").Distinct().Order(StringComparer.Ordinal)];
}
