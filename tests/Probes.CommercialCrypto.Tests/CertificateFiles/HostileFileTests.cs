using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class HostileFileTests
{
    private static readonly CertificateFilesProbe Probe = new();
    private static readonly ForgedCertificate Root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Example Root"), ForgedKey.Sm2());

    [Fact]
    public async Task What_cannot_be_read_is_named_by_file_and_offset_and_the_batch_goes_on()
    {
        using var folder = new TemporaryFolder();
        var der = Root.Der;
        void Put(string name, byte[] bytes) => File.WriteAllBytes(folder.File(name), bytes);
        Put("truncated.der", der[..^50]);
        Put("junk.der", [.. der, .. "more"u8]);
        Put("deep.der", [.. Enumerable.Repeat<byte[]>([0x30, 0x80], 20_000).SelectMany(b => b)]);
        Put("oid.der", Element(0x30, Element(0x06, [.. Enumerable.Repeat((byte)0x81, 1 << 20), 1])));
        Put("claims.der", [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 2, 1, 1]);
        Put("curve.der", Element(0x30, [.. Element(0x30, [.. Convert.FromHexString("06072a8648ce3d0201"), .. Element(0x30, [2, 1, 1, .. Element(0x30, [.. Convert.FromHexString("06072a8648ce3d0102"), .. Element(0x30, [2, 3, 1, 0x86, 0xA3])])])]), 3, 4, 0, 4, 1, 2]));
        folder.Write("cut.pem", Root.Pem[..(Root.Pem.Length / 2)]);
        folder.Write("letters.pem", Root.Pem.Replace('M', '!'));
        Put("zz-good.der", der);

        var clock = Stopwatch.StartNew();
        var seen = await LookAsync(folder.Path);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal(["claims.der", "curve.der", "cut.pem", "deep.der", "junk.der", "letters.pem", "oid.der", "truncated.der"], seen.Items("problems").Select(p => p.GetProperty("file").GetString()));
        Assert.Equal(der.Length, seen.Item("problems", "junk.der").GetProperty("offset").GetInt64());
        Assert.Contains("内容被截断", seen.Notes("problems"), StringComparison.Ordinal);
        Assert.Contains("椭圆曲线使用显式参数", seen.Notes("problems"), StringComparison.Ordinal);
        Assert.Contains("应有 -----END CERTIFICATE-----", seen.Notes("problems"), StringComparison.Ordinal);
        Assert.Equal("CN=Example Root", seen.Item("certificates", "zz-good.der").GetProperty("subject").GetString());

        // What stands there unread keeps every rule over all certificates open.
        var verdicts = seen.Verdicts("certificate-files.yaml", CertificateForm.Now);
        Assert.Equal((Verdict.NotSatisfied, Verdict.NeedsReview, Verdict.NeedsReview), (verdicts["CERTFILE-01"], verdicts["CERTFILE-02"], verdicts["KEYFILE-01"]));
    }

    [Fact]
    public async Task Texts_and_mixtures_people_really_hand_in_are_read()
    {
        using var folder = new TemporaryFolder();
        var leaf = Root.Issue(CertificateForm.Tlcp(signing: true) with { RawSubject = Name(SignedRowReader.Gbk.GetBytes("示例单位")), Serial = 77 }, ForgedKey.Sm2());
        File.WriteAllText(folder.File("utf16.pem"), leaf.Pem, Encoding.Unicode);
        File.WriteAllText(folder.File("bom-crlf.pem"), leaf.Pem.Replace("\n", "\r\n", StringComparison.Ordinal), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        folder.Write("bare.txt", Convert.ToBase64String(leaf.Der));
        folder.Write("prose.txt", "证书如下：\n" + leaf.Pem + "\n以上。\n" + Root.Pem);
        File.WriteAllBytes(folder.File("mixed.bin"), [.. leaf.Der, .. Encoding.ASCII.GetBytes(Root.Pem)]);
        File.WriteAllBytes(folder.File("two.der"), [.. leaf.Der, .. Root.Der]);
        folder.Write("number.txt", "01\n");
        folder.Write("notes.txt", "hello");

        var seen = await LookAsync(folder.Path);
        Assert.Empty(seen.Items("problems"));
        Assert.Equal(9, seen.Items("certificates").Count);
        Assert.Equal(6, seen.Items("certificates").Count(c => c.GetProperty("subject").GetString() == "CN=示例单位"));
        Assert.Equal(["notes.txt", "number.txt"], seen.Items("otherFiles").Select(f => f.GetString()));
        Assert.Contains(seen.Items("remarks"), r => r.GetString()!.Contains("GBK", StringComparison.Ordinal));
        Assert.All(seen.Items("certificates"), c => Assert.True(c.GetProperty("chainVerified").GetBoolean()));
    }

    /// <summary>Keys stand in files of settings more often than in files of keys.</summary>
    [Theory]
    [InlineData("base64", Verdict.NotSatisfied)]
    [InlineData("escaped", Verdict.NotSatisfied)]
    [InlineData("hexadecimal", Verdict.NeedsReview)]
    [InlineData("zip", Verdict.NeedsReview)]
    [InlineData("gzip", Verdict.NeedsReview)]
    [InlineData("binary", Verdict.NeedsReview)]
    [InlineData("raw base64", Verdict.NeedsReview)]
    [InlineData("short name", Verdict.NeedsReview)]
    [InlineData("json", Verdict.NeedsReview)]
    [InlineData("xml", Verdict.NeedsReview)]
    [InlineData("wireguard", Verdict.NeedsReview)]
    [InlineData("decimal", Verdict.NeedsReview)]
    [InlineData("bare", Verdict.NeedsReview)]
    [InlineData("halves", Verdict.NeedsReview)]
    [InlineData("colons", Verdict.NeedsReview)]
    [InlineData("array", Verdict.NeedsReview)]
    [InlineData("utf-16", Verdict.NeedsReview)]
    [InlineData("archive beside a certificate", Verdict.NeedsReview)]
    [InlineData("public", Verdict.Satisfied)]
    [InlineData("text of a certificate", Verdict.Satisfied)]
    [InlineData("metadata", Verdict.Satisfied)]
    public async Task A_key_in_a_file_of_settings_or_an_archive_does_not_pass(string how, Verdict expected)
    {
        using var folder = new TemporaryFolder();
        using var rsa = RSA.Create(2048);
        var d = new SeededBytes(1).Take(32);
        var hex = Convert.ToHexStringLower(d);
        var wrapped = Convert.ToBase64String(Root.Der, Base64FormattingOptions.InsertLineBreaks);
        byte[] content = how switch
        {
            "raw base64" => Encoding.UTF8.GetBytes($"privateKey: {Convert.ToBase64String(d)}\n"),
            "short name" => Encoding.UTF8.GetBytes($"SM2_SK: {hex}\n"),
            "json" => Encoding.UTF8.GetBytes($"{{\"prk\":\"{hex}\"}}"),
            "xml" => Encoding.UTF8.GetBytes($"<RSAKeyValue><Modulus>AA</Modulus><D>{Convert.ToBase64String(new SeededBytes(2).Take(256))}</D></RSAKeyValue>"),
            "wireguard" => Encoding.UTF8.GetBytes($"[Interface]\nPrivateKey = {Convert.ToBase64String(d)}\n"),
            "decimal" => Encoding.UTF8.GetBytes($"key={new System.Numerics.BigInteger(d, isUnsigned: true)}\n"),
            "bare" => Encoding.UTF8.GetBytes(hex + "\n"),
            "halves" => Encoding.UTF8.GetBytes($"key: \"{hex[..32]}\" +\n  \"{hex[32..]}\"\n"),
            "colons" => Encoding.UTF8.GetBytes($"priv:\n    {Colons(d)}\n"),
            "array" => Encoding.UTF8.GetBytes($"byte[] k = {{{string.Join(", ", d.Select(b => (sbyte)b))}}};\n"),
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Root.Pem + $"d={hex}\n")],
            "archive beside a certificate" => [0x50, 0x4B, 3, 4, .. Encoding.ASCII.GetBytes(Root.Pem), .. new SeededBytes(2).Take(500)],
            "text of a certificate" => Encoding.UTF8.GetBytes($"        Serial Number:\n            {Colons(new SeededBytes(4).Take(16))}\n                Modulus:\n                    {Colons(new SeededBytes(5).Take(15))}:\n                    {Colons(new SeededBytes(6).Take(15))}\n    Signature Value:\n        {Colons(new SeededBytes(7).Take(64))}\nSHA256 Fingerprint={Colons(d)}\n{Root.Pem}"),
            "metadata" => Encoding.UTF8.GetBytes($"<X509Certificate>\n{wrapped}\n</X509Certificate>\nssl_key=/etc/pki/tls/private/Example_Server_2026_Production_Certificates/server.key\nssh-ed25519 {Convert.ToBase64String([0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. d])} ops\n"),
            "base64" => Encoding.UTF8.GetBytes($"app.name=示例\nrsa.private={Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())}\n"),
            "escaped" => Encoding.UTF8.GetBytes($"{{\"key\":\"{rsa.ExportPkcs8PrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal)}\\n\"}}"),
            "hexadecimal" => Encoding.UTF8.GetBytes($"sm2.privateKey={Convert.ToHexString(new SeededBytes(1).Take(32))}\n"),
            "zip" => [0x50, 0x4B, 3, 4, .. new SeededBytes(2).Take(500)],
            "gzip" => [0x1F, 0x8B, 8, .. new SeededBytes(2).Take(500)],
            "binary" => [0x01, .. new SeededBytes(3).Take(500)],
            _ => Encoding.UTF8.GetBytes($"rsa.public={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}\ndigest={Convert.ToHexString(new SeededBytes(1).Take(32))}\n"),
        };
        File.WriteAllBytes(folder.File("conf"), content);
        File.WriteAllBytes(folder.File("root.cer"), Root.Der);

        var seen = await LookAsync(folder.Path);

        Assert.Equal(expected, seen.Verdicts("certificate-files.yaml", CertificateForm.Now)["KEYFILE-01"]);
        Assert.Equal(expected == Verdict.NotSatisfied ? 1 : 0, seen.Items("clearKeys").Count);
    }

    [Fact]
    public async Task Defects_of_certificates_become_verdicts()
    {
        using var folder = new TemporaryFolder();
        var shared = ForgedKey.Sm2();
        void Put(string name, ForgedCertificate certificate) => File.WriteAllBytes(folder.File(name), certificate.Der);
        Put("ca.cer", Root);
        Put("sign.cer", Root.Issue(CertificateForm.Tlcp(signing: true) with { Version = 1, Serial = -5 }, shared));
        Put("pair-sign.cer", Root.Issue(CertificateForm.Tlcp(signing: true) with { Subject = "CN=pair" }, shared));
        Put("pair-enc.cer", Root.Issue(CertificateForm.Tlcp(signing: false) with { Subject = "CN=pair", NotAfter = CertificateForm.Now.AddDays(-1) }, shared));
        Put("spoilt.cer", Root.Issue(CertificateForm.Tlcp(signing: true) with { Subject = "CN=spoilt", SpoilSignature = true }, ForgedKey.Sm2()));
        Put("rsa.cer", ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=old"), ForgedKey.Rsa(1024)));
        Put("both.cer", Root.Issue(new CertificateForm { Subject = "CN=both" }, ForgedKey.Sm2()));

        var verdicts = (await LookAsync(folder.Path)).Verdicts("certificate-files.yaml", CertificateForm.Now);
        string[] wrong = ["CERTFILE-02", "CERTFILE-03", "CERTFILE-05", "CERTFILE-08", "CERTFILE-09", "CERTFILE-10", "CERTFILE-13"];
        Assert.Equal(wrong, wrong.Where(id => verdicts[id] == Verdict.NotSatisfied));
        Assert.Equal((Verdict.Satisfied, Verdict.NotSatisfied), (verdicts["CERTFILE-04"], verdicts["CERTFILE-06"]));
    }

    [Fact]
    public async Task A_changed_file_is_read_or_refused_but_never_breaks_the_probe()
    {
        using var folder = new TemporaryFolder();
        using var rsa = RSA.Create(2048);
        using var store = X509CertificateLoader.LoadCertificate(ForgedCertificate.SelfSigned(new CertificateForm { Subject = "CN=s" }, ForgedKey.Rsa()).Der);
        var request = new CertificateRequest("CN=r", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        byte[][] originals =
        [
            Root.Der, Encoding.ASCII.GetBytes(Root.Pem + Root.Key.Pem), rsa.ExportEncryptedPkcs8PrivateKey("12345678", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10)),
            rsa.ExportRSAPrivateKey(), request.CreateSigningRequest(), store.Export(X509ContentType.Pkcs12, "x")!, await File.ReadAllBytesAsync(SampleLook.Fixture("CertificateFiles", "weak.jks")),
        ];
        var random = new SeededBytes(20260401);
        for (var i = 0; i < 700; i++)
        {
            await File.WriteAllBytesAsync(folder.File($"{i}.bin"), random.Mutate(originals[i % originals.Length]));
        }

        var clock = Stopwatch.StartNew();
        var seen = await LookAsync(folder.Path);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(120));
        Assert.Equal(700, seen.Number("files"));
    }

    private static string Colons(byte[] bytes) => string.Join(':', bytes.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    private static byte[] Element(byte tag, byte[] content) => content.Length < 128 ? [tag, (byte)content.Length, .. content] : [tag, 0x84, (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];

    /// <summary>CN with the bytes under PrintableString.</summary>
    private static byte[] Name(byte[] text) => Element(0x30, Element(0x31, Element(0x30, [6, 3, 0x55, 4, 3, .. Element(0x13, text)])));

    private static Task<SampleLook> LookAsync(string path) => SampleLook.AtAsync(Probe, SampleLook.Sample(CryptoSampleKind.Certificate, path), CertificateForm.Now);
}
