using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Our walk and `openssl verify` over the same generated chains (RSA and ECDSA; OpenSSL 3.0 cannot verify SM2 chains).</summary>
public sealed class PathDifferentialTests
{
    private const int Chains = 400;
    private static readonly string[] Defects =
    [
        "expired", "not yet", "no constraints", "not ca", "no cert sign", "path length", "spoilt", "critical", "name permitted", "name forbidden", "name excluded",
        "address forbidden", "directory forbidden", "client only", "v1", "sha1", "md5", "no usage",
    ];

    [SkippableFact]
    public void Openssl_agrees_on_every_generated_chain()
    {
        OpenSslTool.Require();
        using var folder = new TestKit.TemporaryFolder();
        var seeded = new TestKit.SeededBytes(20261122);
        var (trusted, differing) = (0, new List<string>());
        for (var i = 0; i < Chains; i++)
        {
            var chain = Generate(seeded);
            var ours = ForgedChains.Find(chain.Leaf, chain.Sent, chain.Anchors);
            var theirs = Verify(folder, chain);
            trusted += theirs ? 1 : 0;

            // It does not go back where a second way round an expired namesake exists; we do.
            if (ours.IsTrusted != theirs && !(chain.IsCrossed && ours.IsTrusted == true))
            {
                differing.Add($"{i}: {chain.Story}: {ours.IsTrusted} {ours.Faults()}, openssl {theirs}");
            }
        }

        Assert.Empty(differing);
        Assert.InRange(trusted, Chains / 5, Chains * 4 / 5);
    }

    private static bool Verify(TestKit.TemporaryFolder folder, Generated chain)
    {
        folder.Write("anchors.pem", string.Concat(chain.Anchors.Select(a => a.Pem)));
        folder.Write("sent.pem", string.Concat(chain.Sent.Select(a => a.Pem)));
        folder.Write("leaf.pem", chain.Leaf.Pem);
        return OpenSslTool.Succeeds(
            "verify", "-attime", ForgedChains.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "-partial_chain", "-purpose", "sslserver", "-no-CApath", "-no-CAstore",
            "-CAfile", folder.File("anchors.pem"), "-untrusted", folder.File("sent.pem"), folder.File("leaf.pem"));
    }

    private static Generated Generate(TestKit.SeededBytes seeded)
    {
        var story = new List<string>();
        var forms = new List<CertificateForm> { Form("CN=Root", "root", seeded, story) };
        var depth = seeded.Below(4);
        for (var i = 0; i < depth; i++)
        {
            forms.Add(Form($"CN=Sub {i}", $"sub {i}", seeded, story));
        }

        var root = ForgedCertificate.SelfSigned(forms[0], ForgedChains.Keys[0]);
        var line = new List<ForgedCertificate> { root };
        for (var i = 1; i <= depth; i++)
        {
            line.Add(line[^1].Issue(forms[i], ForgedChains.Keys[i]));
        }

        var leaf = line[^1].Issue(Spoil(new CertificateForm(), seeded.Below(5) == 0 ? Pick(seeded, ["expired", "not yet", "spoilt", "critical", "sha1", "md5", "v1"], story, "leaf") : "", seeded), ForgedChains.Keys[7]);
        return Arrange(seeded, leaf, line, story);
    }

    /// <summary>What is sent and what is trusted: now and then too little, too much, in another order, or cross-signed.</summary>
    private static Generated Arrange(TestKit.SeededBytes seeded, ForgedCertificate leaf, List<ForgedCertificate> line, List<string> story)
    {
        var stranger = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Stranger"), ForgedChains.Keys[6]);
        List<ForgedCertificate> sent = [leaf, .. line.Skip(1).Reverse()];
        List<ForgedCertificate> anchors = [line[0]];
        var crossed = false;
        switch (seeded.Below(10))
        {
            case 0 when sent.Count > 1:
                sent.RemoveAt(1 + seeded.Below(sent.Count - 1));
                story.Add("one missing");
                break;
            case 1:
                sent.Reverse();
                sent.AddRange([stranger, line[0]]);
                story.Add("reversed with root and stranger");
                break;
            case 2:
                anchors = [stranger];
                sent.Add(line[0]);
                story.Add("untrusted root");
                break;
            case 3 when line.Count > 1:
                anchors = [line[^1]];
                story.Add("intermediate trusted");
                break;
            case 4 when line.Count > 1:
                sent.Add(stranger.Issue(line[1].Form with { Serial = 99 }, line[1].Key));
                anchors = seeded.Below(2) == 0 ? [stranger] : [stranger, line[0]];
                story.Add("cross-signed");
                crossed = true;
                break;
        }

        return new Generated(leaf, sent, anchors, crossed, string.Join(", ", story));
    }

    private static CertificateForm Form(string subject, string place, TestKit.SeededBytes seeded, List<string> story)
    {
        var honest = CertificateForm.Authority(subject) with { Hash = seeded.Below(3) == 0 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256 };
        return seeded.Below(6) == 0 ? Spoil(honest, Pick(seeded, Defects, story, place), seeded) : honest;
    }

    private static string Pick(TestKit.SeededBytes seeded, string[] defects, List<string> story, string place)
    {
        var defect = defects[seeded.Below(defects.Length)];
        story.Add($"{place} {defect}");
        return defect;
    }

    private static CertificateForm Spoil(CertificateForm form, string defect, TestKit.SeededBytes seeded) => defect switch
    {
        "expired" => form with { NotAfter = ForgedChains.Now.AddDays(-1) },
        "not yet" => form with { NotBefore = ForgedChains.Now.AddDays(1) },
        "no constraints" => form with { IsCa = null },
        "not ca" => form with { IsCa = false },
        "no cert sign" => form with { KeyUsage = X509KeyUsageFlags.DigitalSignature },
        "no usage" => form with { KeyUsage = null },
        "path length" => form with { PathLength = seeded.Below(2) },
        "spoilt" => form with { SpoilSignature = true },
        "critical" => form with { Further = [new X509Extension("1.2.3.4.5", [5, 0], true)] },
        "name permitted" => form with { Further = [Constraints(permitted: true, 0x82, "test.lab"u8)] },
        "name forbidden" => form with { Further = [Constraints(permitted: true, 0x82, "gov.cn"u8)] },
        "name excluded" => form with { Further = [Constraints(permitted: false, 0x82, "test.lab"u8)] },
        "address forbidden" => form with { Further = [Constraints(permitted: true, 0x87, [.. IPAddress.Parse("10.0.0.0").GetAddressBytes(), 255, 0, 0, 0])] },
        "directory forbidden" => form with { Further = [Constraints(permitted: true, 0xA4, new X500DistinguishedName("C=US").RawData)] },
        "client only" => form with { Purposes = ["1.3.6.1.5.5.7.3.2"] },
        "v1" => form with { Version = 1 },
        "sha1" => form with { Hash = HashAlgorithmName.SHA1 },
        "md5" => form with { Hash = HashAlgorithmName.MD5 },
        _ => form,
    };

    private static X509Extension Constraints(bool permitted, byte tag, ReadOnlySpan<byte> value) => new(
        "2.5.29.30",
        [0x30, (byte)(value.Length + 6), (byte)(permitted ? 0xA0 : 0xA1), (byte)(value.Length + 4), 0x30, (byte)(value.Length + 2), tag, (byte)value.Length, .. value],
        true);

    private sealed record Generated(ForgedCertificate Leaf, List<ForgedCertificate> Sent, List<ForgedCertificate> Anchors, bool IsCrossed, string Story);
}
