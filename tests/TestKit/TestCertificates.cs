using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>A certificate and its key as PEM.</summary>
public sealed record TestCertificate(string CertificatePem, string KeyPem)
{
    public byte[] Der()
    {
        using var certificate = X509Certificate2.CreateFromPem(CertificatePem);
        return certificate.RawData;
    }

    /// <summary>Writes both; the paths of certificate and key.</summary>
    public (string Certificate, string Key) WriteTo(TemporaryFolder folder, string name = "server") =>
        (folder.Write($"{name}.crt", CertificatePem), folder.WritePrivate($"{name}.key", KeyPem));
}

/// <summary>Self-signed throw-away certificates for localhost, 127.0.0.1 and gov.test.lab.</summary>
public static class TestCertificates
{
    public static DateTimeOffset NotBefore { get; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset NotAfter { get; } = new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TestCertificate Rsa(int bits = 2048, DateTimeOffset? notAfter = null)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = Extend(request).CreateSelfSigned(NotBefore, notAfter ?? NotAfter);
        return new TestCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public static TestCertificate Ecdsa(DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        using var certificate = Extend(request).CreateSelfSigned(NotBefore, notAfter ?? NotAfter);
        return new TestCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public static TestCertificate Expired() => Ecdsa(new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.Zero));

    private static X500DistinguishedName Subject { get; } = new("CN=gov.test.lab, O=SmartCity Lab, C=CN");

    private static CertificateRequest Extend(CertificateRequest request)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("gov.test.lab");
        names.AddDnsName("*.wild.test.lab");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request;
    }
}
