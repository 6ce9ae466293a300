using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>What a signature rests on may stand in its parameters, and be nowhere in its name.</summary>
public sealed class SignatureHashTests
{
    private static readonly CertificateFilesProbe Probe = new();

    [SkippableTheory]
    [InlineData("-sha256", "SHA-256", null, Verdict.Satisfied)]
    [InlineData("-sha1 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20", "SHA-1", "SHA-1", Verdict.NotSatisfied)]
    [InlineData("-sha1 -sigopt rsa_padding_mode:pss -sigopt rsa_mgf1_md:sha256", "SHA-1", "SHA-256", Verdict.NotSatisfied)]
    [InlineData("-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_mgf1_md:sha1", "SHA-256", "SHA-1", Verdict.Partial)]
    [InlineData("-sha384 -sigopt rsa_padding_mode:pss", "SHA-384", "SHA-384", Verdict.Satisfied)]
    [InlineData("-sha3-256", "SHA3-256", null, Verdict.Satisfied)]
    public async Task The_hash_of_the_parameters_is_judged(string signing, string hash, string? mask, Verdict expected)
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        await CertifyAsync(folder, signing.Split(' '));

        var seen = await SampleLook.AtAsync(Probe, SampleLook.Sample(CryptoSampleKind.Certificate, folder.Path));
        foreach (var read in new[] { seen.Item("certificates", "leaf.crt"), seen.Item("requests", "leaf.csr"), seen.Item("revocationLists", "ca.crl") })
        {
            Assert.Equal((hash, mask), (read.GetProperty("signatureHash").GetString(), read.GetProperty("maskHash").GetString()));
        }

        var verdicts = seen.Verdicts("certificate-files.yaml", TimeProvider.System.GetUtcNow());
        Assert.Equal(expected, verdicts["CERTFILE-05"]);
        if (hash == "SHA3-256")
        {
            // No arithmetic of ours verifies it, which says nothing against it.
            return;
        }

        Assert.Equal((expected, expected), (verdicts["CERTFILE-12"], verdicts["CERTFILE-14"]));
    }

    /// <summary>ecdsa-with-Specified names its hash where nobody looks, and others are not known at all: neither is a good hash nor none.</summary>
    [SkippableFact]
    public async Task A_hash_that_cannot_be_told_is_left_open()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        using var folder = new TemporaryFolder();
        await CertifyAsync(folder, ["-sha256"]);
        var der = await File.ReadAllBytesAsync(folder.File("leaf.crt"));
        byte[] known = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];
        for (int at; (at = der.AsSpan().IndexOf(known)) >= 0;)
        {
            der[at + 8] = 0x7F;
        }

        await File.WriteAllBytesAsync(folder.File("leaf.crt"), der);
        var seen = await SampleLook.AtAsync(Probe, SampleLook.Sample(CryptoSampleKind.Certificate, folder.Path));
        Assert.False(seen.Item("certificates", "leaf.crt").TryGetProperty("signatureHash", out _));
        Assert.Equal(Verdict.NeedsReview, seen.Verdicts("certificate-files.yaml", TimeProvider.System.GetUtcNow())["CERTFILE-05"]);
    }

    private static async Task CertifyAsync(TemporaryFolder folder, string[] signing)
    {
        void Run(params string[] arguments) => OpenSslCommand.Run(folder.Path, arguments);
        using var apart = new TemporaryFolder();
        Run("req", "-x509", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", apart.File("ca.key"), "-subj", "/CN=ca.example.cn", "-sha256", "-days", "30", "-out", "ca.crt");
        Run(["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", apart.File("leaf.key"), "-subj", "/CN=leaf.example.cn", "-out", "leaf.csr", .. signing]);
        Run(["x509", "-req", "-in", "leaf.csr", "-CA", "ca.crt", "-CAkey", apart.File("ca.key"), "-set_serial", "0x1122334455667788", "-days", "20", "-outform", "DER", "-out", "leaf.crt", .. signing]);
        await File.WriteAllTextAsync(apart.File("index.txt"), "");
        await File.WriteAllTextAsync(apart.File("ca.cnf"), $"[ca]\ndefault_ca=c\n[c]\ndatabase={apart.File("index.txt")}\ndefault_md={signing[0][1..]}\ndefault_crl_days=30\n");
        Run(["ca", "-config", apart.File("ca.cnf"), "-gencrl", "-cert", "ca.crt", "-keyfile", apart.File("ca.key"), "-out", "ca.crl", .. signing[1..]]);
    }
}
