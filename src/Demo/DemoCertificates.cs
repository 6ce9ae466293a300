using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Certificates of the sample system, made anew at each start.</summary>
internal static class DemoCertificates
{
    /// <summary>Self-signed, for another name, expired for ten days.</summary>
    public static X509Certificate2 Careless(TimeProvider clock)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=old-portal.example.cn, O=演示业主单位", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var now = clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-375), now.AddDays(-10));
        return Portable(certificate);
    }

    /// <summary>From a demonstration CA, for 127.0.0.1 and localhost, one year.</summary>
    public static DemoIdentity WellRun(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var caRequest = new CertificateRequest("CN=演示根证书, O=演示电子认证机构", caKey, HashAlgorithmName.SHA256);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        caRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var ca = caRequest.CreateSelfSigned(now.AddDays(-30), now.AddDays(3650));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost, O=演示业主单位", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var bare = request.Create(ca, now.AddDays(-7), now.AddDays(358), RandomNumberGenerator.GetBytes(16));
        using var certificate = bare.CopyWithPrivateKey(key);
        var list = new CertificateRevocationListBuilder().Build(ca, 1, now.AddDays(6), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, now.AddDays(-1));
        return new DemoIdentity(Portable(certificate), ca.RawData, list);
    }

    /// <summary>Schannel takes no in-memory keys, so the pair goes through PKCS#12.</summary>
    private static X509Certificate2 Portable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
}

/// <param name="Leaf">With its private key.</param>
/// <param name="Root">The demonstration CA, DER; handed to the scanner, not sent by the server.</param>
/// <param name="RevocationList">With nobody on it, DER.</param>
internal sealed record DemoIdentity(X509Certificate2 Leaf, byte[] Root, byte[] RevocationList);
