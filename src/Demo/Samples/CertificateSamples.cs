using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>A folder of certificates and keys.</summary>
internal static class CertificateSamples
{
    private const string Folder = "certificates";

    public static void Write(DemoSamples samples, DemoVariant variant, TimeProvider clock)
    {
        if (variant == DemoVariant.WellRun)
        {
            Dual(samples, clock);
        }
        else
        {
            Old(samples, clock);
        }

        samples.List("certificate-files", "证书与密钥文件", "certificate", Folder);
    }

    /// <summary>A TLCP pair of one owner under one CA with its revocation list; the keys stay where they were made.</summary>
    private static void Dual(DemoSamples samples, TimeProvider clock)
    {
        using var authority = new Sm2Authority("演示国密根证书", clock, "http://ca.example.cn/sm2.crl");
        var (signing, encryption) = (authority.IssueSigning("portal.example.cn"), authority.IssueEncryption("portal.example.cn"));
        using (signing.Key)
        using (encryption.Key)
        {
            samples.File($"{Folder}/ca.cer", authority.Certificate);
            samples.File($"{Folder}/ca.crl", authority.EmptyRevocationList(clock.GetUtcNow()));
            samples.File($"{Folder}/sign.cer", signing.Certificate);
            samples.File($"{Folder}/encrypt.cer", encryption.Certificate);
        }
    }

    /// <summary>RSA-1024, expired, the key beside it in clear and again in a container with a password everybody knows.</summary>
    private static void Old(DemoSamples samples, TimeProvider clock)
    {
#pragma warning disable CA5385, S4426 // the sample is meant to be weak
        using var key = RSA.Create(1024);
#pragma warning restore CA5385, S4426
        var request = new CertificateRequest("CN=old-portal.example.cn, O=演示业主单位", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-3650), now.AddDays(-10));
        samples.File($"{Folder}/server.cer", certificate.RawData);
        samples.File($"{Folder}/server-key.pem", key.ExportPkcs8PrivateKeyPem());
        samples.File($"{Folder}/server.pfx", certificate.Export(X509ContentType.Pfx, "123456"));
    }
}
