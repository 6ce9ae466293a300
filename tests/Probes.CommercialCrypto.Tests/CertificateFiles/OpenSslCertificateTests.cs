using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class OpenSslCertificateTests
{
    private static readonly CertificateFilesProbe Probe = new();

    [SkippableFact]
    public async Task A_well_run_set_is_read_whole_and_stands_every_rule()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        using var apart = new TemporaryFolder();
        CertificateSet.Write(folder, "keys");
        OpenSslCommand.Run(folder.Path, "pkcs12", "-export", "-in", "sign.crt", "-inkey", "keys/sign.key", "-certfile", "ca.crt", "-passout", "pass:mV7-qqR2-tTx9", "-out", "sign.p12");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("sign.p12"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.Move(folder.File("keys"), apart.File("keys"));

        var seen = await LookAsync(folder.Path);
        Assert.Equal(["enc.crt"], seen.Items("pairs").Select(p => p.GetProperty("encryption").GetString()));
        Assert.Equal(["authority", "encryption", "signing"], seen.Items("certificates").Select(c => c.GetProperty("role").GetString()).Order(StringComparer.Ordinal));
        Assert.All(seen.Items("certificates"), c => Assert.True(c.GetProperty("chainVerified").GetBoolean()));
        Assert.All(seen.Items("requests"), r => Assert.True(r.GetProperty("signatureVerified").GetBoolean()));
        Assert.True(Assert.Single(seen.Items("revocationLists")).GetProperty("signatureVerified").GetBoolean());
        Assert.Empty(seen.Items("problems"));
        Assert.All(seen.Verdicts("certificate-files.yaml", TimeProvider.System.GetUtcNow()), v => Assert.Equal((v.Key, Verdict.Satisfied), (v.Key, v.Value)));
    }

    /// <summary>The passphrase of the store is strong in all of them; JDK 17 still lets keys have their own.</summary>
    [SkippableTheory]
    [InlineData("jks", "changeit", true)]
    [InlineData("jceks", "changeit", true)]
    [InlineData("jks", "mV7-qqR2-tTx8", false)]
    [InlineData("jceks", "mV7-qqR2-tTx8", false)]
    public async Task A_weak_passphrase_of_a_key_inside_a_well_kept_store_is_found(string type, string word, bool isWeak)
    {
        Skip.If(RequiredTool.IsMissing("keytool"));
        using var folder = new TemporaryFolder();
        using var tool = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("keytool", ["-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=test.example.cn", "-storetype", type, "-keystore", folder.File("a.store"), "-storepass", "mV7-qqR2-tTx9", "-keypass", word])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        await Task.WhenAll(tool.StandardError.ReadToEndAsync(), tool.StandardOutput.ReadToEndAsync());
        await tool.WaitForExitAsync();
        Assert.Equal(0, tool.ExitCode);
        Assert.Equal(isWeak, (await LookAsync(folder.Path)).Item("privateKeys", "a.store").GetProperty("weakPassphrase").GetBoolean());
    }

    [SkippableFact]
    public async Task Keys_that_can_be_computed_or_belong_to_two_are_named()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        void Run(params string[] arguments) => OpenSslCommand.Run(folder.Path, arguments);
        void Certify(string key, string name, string subject) => Run("req", "-x509", "-new", "-key", key, "-subj", $"/CN={subject}", "-days", "30", "-out", name);
        SmallSm2(folder.File("small.key"), 77);
        Run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "good.key");
        Certify("small.key", "small.crt", "small.example.cn");
        Certify("good.key", "one.crt", "one.example.cn");
        Certify("good.key", "two.crt", "two.example.cn");
        Run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "alone.key");
        Certify("alone.key", "alone.crt", "alone.example.cn");
        Certify("alone.key", "alone-2.crt", "alone.example.cn");

        var seen = await LookAsync(folder.Path);
        string Flaws(string file) => string.Join(' ', seen.Item("certificates", file).GetProperty("keyFlaws").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(["smallMultiple", "sharedKey", "sharedKey", "", ""], new[] { "small.crt", "one.crt", "two.crt", "alone.crt", "alone-2.crt" }.Select(Flaws));
        Assert.Equal(3, seen.Data.GetProperty("flawedKeys").GetArrayLength());
        Assert.Equal(Verdict.NotSatisfied, seen.Verdicts("certificate-files.yaml", TimeProvider.System.GetUtcNow())["CERTFILE-15"]);
    }

    /// <summary>A key that counts to a thousand, in SEC 1.</summary>
    private static void SmallSm2(string path, byte secret)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteOctetString([.. new byte[31], secret]);
            using (writer.PushSequence(new System.Formats.Asn1.Asn1Tag(System.Formats.Asn1.TagClass.ContextSpecific, 0)))
            {
                writer.WriteObjectIdentifier("1.2.156.10197.1.301");
            }
        }

        File.WriteAllText(path, $"-----BEGIN EC PRIVATE KEY-----\n{Convert.ToBase64String(writer.Encode(), Base64FormattingOptions.InsertLineBreaks)}\n-----END EC PRIVATE KEY-----\n");
    }

    [SkippableFact]
    public async Task Keys_in_clear_and_under_common_passphrases_are_found_and_never_read_out()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        CertificateSet.Write(folder, ".");
        void Run(params string[] arguments) => OpenSslCommand.Run(folder.Path, arguments);
        Run("pkcs8", "-topk8", "-in", "sign.key", "-out", "pbes2.p8", "-passout", "pass:12345678");
        Run("pkcs8", "-topk8", "-in", "sign.key", "-out", "triple.p8", "-passout", "pass:changeit", "-v1", "PBE-SHA1-3DES");
        Run("pkcs8", "-topk8", "-in", "sign.key", "-out", "strong.p8", "-passout", "pass:mV7-qqR2-tTx9");
        Run("pkcs8", "-topk8", "-in", "sign.key", "-out", "many.p8", "-passout", "pass:12345678", "-iter", "900000");
        Run("pkcs12", "-export", "-in", "sign.crt", "-inkey", "sign.key", "-passout", "pass:changeit", "-out", "weak.p12");
        Run("pkcs12", "-export", "-in", "sign.crt", "-inkey", "sign.key", "-passout", "pass:named-so123", "-out", "named-so.p12");
        Run("genrsa", "-out", "rsa.key", "2048");
        Run("rsa", "-in", "rsa.key", "-traditional", "-aes256", "-passout", "pass:admin", "-out", "dek.key");
        Run("rsa", "-in", "rsa.key", "-traditional", "-outform", "DER", "-out", "pkcs1.der");

        var seen = await LookAsync(folder.Path);
        string Kept(string file) => seen.Item("privateKeys", file) is var key && key.GetProperty("clear").GetBoolean() ? "clear"
            : key.TryGetProperty("weakPassphrase", out var weak) ? weak.GetBoolean() ? "weak" : "strong" : key.GetProperty("whyNotTried").GetString()!;
        Assert.Equal(["clear", "clear", "clear", "clear"], new[] { "ca.key", "sign.key", "rsa.key", "pkcs1.der" }.Select(Kept));
        Assert.Equal(["weak", "weak", "weak", "weak", "weak"], new[] { "pbes2.p8", "triple.p8", "weak.p12", "named-so.p12", "dek.key" }.Select(Kept));
        Assert.Equal("strong", Kept("strong.p8"));
        Assert.Contains("超过尝试口令的上限", Kept("many.p8"), StringComparison.Ordinal);

        var secrets = Directory.GetFiles(folder.Path, "*.key").SelectMany(File.ReadAllLines).Where(l => l.Length > 20 && !l.Contains(' ', StringComparison.Ordinal)).Concat(["12345678", "changeit", "named-so123", "\"admin\""]);
        Assert.All(secrets, s => Assert.DoesNotContain(s, seen.Everything, StringComparison.Ordinal));
        var verdicts = seen.Verdicts("certificate-files.yaml", TimeProvider.System.GetUtcNow());
        Assert.Equal((Verdict.NotSatisfied, Verdict.NotSatisfied, Verdict.NotSatisfied), (verdicts["KEYFILE-01"], verdicts["KEYFILE-02"], verdicts["KEYFILE-03"]));
        Assert.StartsWith("dek.key", seen.Data.GetProperty("derivedKeys")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Java_key_stores_are_told_apart_and_their_passphrases_tried()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "weak.jks", "strong.jceks", "trust.jks" })
        {
            File.Copy(SampleLook.Fixture("CertificateFiles", name), folder.File(name));
        }

        var seen = await LookAsync(folder.Path);
        (bool?, bool?) Kept(string file) => seen.Item("privateKeys", file) is var key ? (key.GetProperty("holdsPrivateKey").GetBoolean(), key.GetProperty("weakPassphrase").GetBoolean()) : default;
        Assert.Equal([(true, true), (true, false), (false, false)], new[] { Kept("weak.jks"), Kept("strong.jceks"), Kept("trust.jks") });
        Assert.Equal(3, seen.Items("certificates").Count);
        Assert.DoesNotContain("changeit", seen.Everything, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Keys_of_ssh_are_recognised()
    {
        Skip.If(RequiredTool.IsMissing("ssh-keygen"));
        using var folder = new TemporaryFolder();
        foreach (var (name, passphrase) in new[] { ("clear", ""), ("kept", "abc12345") })
        {
            using var made = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(RequiredTool.FullPath("ssh-keygen"), ["-q", "-t", "ed25519", "-N", passphrase, "-f", folder.File(name)]))!;
            Assert.True(made.WaitForExit(TimeSpan.FromSeconds(30)) && made.ExitCode == 0);
        }

        folder.Write("old.ppk", "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: c\nPrivate-Lines: 1\nAAAA\n");
        folder.Write("key.jwk", "{\"kty\":\"EC\",\"crv\":\"SM2-P-256\",\"x\":\"AA\",\"y\":\"AA\",\"d\":\"c2VjcmV0IG51bWJlcg\"}");
        folder.Write("public.jwk", "{\"kty\":\"EC\",\"crv\":\"SM2-P-256\",\"x\":\"AA\",\"y\":\"AA\"}");
        var seen = await LookAsync(folder.Path);
        Assert.Equal([true, true, false, true], new[] { "clear", "key.jwk", "kept", "old.ppk" }.Select(f => seen.Item("privateKeys", f).GetProperty("clear").GetBoolean()));
        Assert.Equal(4, seen.Items("privateKeys").Count);
        Assert.DoesNotContain("c2VjcmV0", seen.Everything, StringComparison.Ordinal);
    }

    private static Task<SampleLook> LookAsync(string path) => SampleLook.AtAsync(Probe, SampleLook.Sample(CryptoSampleKind.Certificate, path));
}
