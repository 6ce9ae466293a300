using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Keys under labels that nobody standardised, and in files that were not searched to their end.</summary>
public sealed class LabelledKeyTests
{
    private const int TooLong = 4 * 1024 * 1024;

    private static readonly CertificateFilesProbe Probe = new();
    private static readonly ForgedCertificate Root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Example Root"), ForgedKey.Sm2());
    private static readonly byte[] D = new SeededBytes(1).Take(32);

    [Theory]
    [InlineData("SM2 KEY", "hex", Verdict.NeedsReview)]
    [InlineData("SM2 KEY", "colons", Verdict.NeedsReview)]
    [InlineData("SM2 KEY", "raw", Verdict.NeedsReview)]
    [InlineData("SM2 KEY", "pkcs8", Verdict.NotSatisfied)]
    [InlineData("SM2 KEY", "pkcs8 on one line", Verdict.NotSatisfied)]
    [InlineData("SM2 KEY", "encrypted", Verdict.Satisfied)]
    [InlineData("OpenVPN Static key V1", "hex", Verdict.NeedsReview)]
    [InlineData("CERTIFICATE", "pkcs8", Verdict.NotSatisfied)]
    [InlineData("CERTIFICATE", "hex", Verdict.NeedsReview)]
    [InlineData("CERTIFICATE KEY", "hex", Verdict.NeedsReview)]
    [InlineData("PUBLIC KEY", "pkcs8", Verdict.NotSatisfied)]
    [InlineData("PUBLIC KEY", "raw", Verdict.NeedsReview)]
    [InlineData("EC PARAMETERS", "raw", Verdict.NeedsReview)]
    [InlineData("PKCS12", "public", Verdict.NeedsReview)]
    [InlineData("SM2 CERT", "certificate", Verdict.Satisfied)]
    [InlineData("PUBLIC KEY", "public", Verdict.Satisfied)]
    [InlineData("EC PARAMETERS", "curve", Verdict.Satisfied)]
    [InlineData("DH PARAMETERS", "numbers", Verdict.Satisfied)]
    [InlineData("PGP PUBLIC KEY BLOCK", "packet", Verdict.Satisfied)]
    [InlineData("PGP PUBLIC KEY BLOCK", "secret packet", Verdict.NeedsReview)]
    public async Task A_label_does_not_hide_what_stands_under_it(string label, string what, Verdict expected)
    {
        using var rsa = RSA.Create(2048);
        var body = what switch
        {
            "hex" => Lines(Convert.ToHexStringLower(D)),
            "colons" => string.Join(':', D.Select(b => $"{b:x2}")),
            "raw" => Convert.ToBase64String(D),
            "pkcs8" => Lines(Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())),
            "pkcs8 on one line" => Convert.ToBase64String(rsa.ExportPkcs8PrivateKey()),
            "encrypted" => Lines(Convert.ToBase64String(rsa.ExportEncryptedPkcs8PrivateKey("Vx7-kd2!qp", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048)))),
            "certificate" => Lines(Convert.ToBase64String(Root.Der)),
            "public" => Lines(Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())),
            "curve" => Convert.ToBase64String(Convert.FromHexString("06082a811ccf5501822d")),
            "numbers" => Convert.ToBase64String([0x30, 8, 2, 3, 1, 0, 1, 2, 1, 2]),
            "packet" => Lines(Convert.ToBase64String([0x99, 1, 0x0D, 4, .. new SeededBytes(3).Take(268)])) + "\n=abcd",
            _ => Lines(Convert.ToBase64String([0x95, 1, 0x0D, 4, .. new SeededBytes(3).Take(268)])) + "\n=abcd",
        };
        Assert.Equal(expected, await JudgedAsync(Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")));
    }

    [Theory]
    [InlineData("long text", Verdict.NeedsReview)]
    [InlineData("some zeros", Verdict.NeedsReview)]
    [InlineData("huge", Verdict.NeedsReview)]
    [InlineData("utf-16 without a mark", Verdict.NeedsReview)]
    [InlineData("behind the last section", Verdict.NotSatisfied)]
    [InlineData("a zero at the end", Verdict.Satisfied)]
    [InlineData("binary and text", Verdict.Satisfied)]
    public async Task What_was_not_searched_to_its_end_is_said(string how, Verdict expected)
    {
        using var rsa = RSA.Create(2048);
        byte[] content = how switch
        {
            "long text" => Encoding.ASCII.GetBytes($"{Root.Pem}{new string('\n', TooLong)}sm2.d={Convert.ToHexStringLower(D)}\n"),
            "some zeros" => [.. Encoding.ASCII.GetBytes($"{Root.Pem}\nsm2.d={Convert.ToHexStringLower(D)}\n"), 0, 0, .. "end"u8],
            "huge" => new byte[(32 * 1024 * 1024) + 1],
            "utf-16 without a mark" => Encoding.Unicode.GetBytes($"key:\n{rsa.ExportPkcs8PrivateKeyPem()}\n"),
            "behind the last section" => Encoding.ASCII.GetBytes($"{Root.Pem.TrimEnd()}\n{Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())}\n"),
            "a zero at the end" => [.. Encoding.ASCII.GetBytes(Root.Pem), 0],
            _ => [.. Root.Der, .. Encoding.ASCII.GetBytes(Root.Pem)],
        };
        Assert.Equal(expected, await JudgedAsync(content));
    }

    /// <summary>A great many short rows of bytes must not use up what is looked at of other forms.</summary>
    [Fact]
    public void Every_form_has_its_own_limit_and_reaching_it_is_said()
    {
        var rows = string.Concat(Enumerable.Repeat("aa bb cc dd|", 20_001));
        Assert.NotEmpty(LooseKeyText.Find(rows));
        Assert.Contains(LooseKeyText.Find($"{rows}k={{{string.Join(", ", D)}}};"), f => f.What == "分开写的字节");
        Assert.Empty(LooseKeyText.Find(rows[..12_000]));
    }

    private static string Lines(string text) => string.Join('\n', text.Chunk(64).Select(c => new string(c)));

    private static async Task<Verdict> JudgedAsync(byte[] content)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("conf"), content);
        await File.WriteAllBytesAsync(folder.File("root.cer"), Root.Der);
        var seen = await SampleLook.AtAsync(Probe, SampleLook.Sample(CryptoSampleKind.Certificate, folder.Path), CertificateForm.Now);
        return seen.Verdicts("certificate-files.yaml", CertificateForm.Now)["KEYFILE-01"];
    }
}
