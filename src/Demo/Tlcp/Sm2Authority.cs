using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>An SM2 key and the certificate over it.</summary>
/// <param name="Certificate">DER.</param>
/// <param name="Key">Its private key.</param>
public sealed record Sm2Credential(byte[] Certificate, Sm2PrivateKey Key);

/// <summary>A certification authority with an SM2 key (GM/T 0015-2012), for demonstrations and tests; nobody trusts it.</summary>
public sealed class Sm2Authority : IDisposable
{
    private readonly Sm2PrivateKey _key = Sm2PrivateKey.Generate();
    private readonly X500DistinguishedName _name;
    private readonly DateTimeOffset _from;

    private readonly string? _listAddress;

    /// <param name="commonName">Of the authority.</param>
    /// <param name="clock">Its certificates began to hold 30 days ago.</param>
    /// <param name="listAddress">CRL distribution point of what it issues; null for none.</param>
    public Sm2Authority(string commonName, TimeProvider clock, string? listAddress = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _listAddress = listAddress;
        _from = clock.GetUtcNow().AddDays(-30);
        _name = new X500DistinguishedName($"CN={commonName}, O=演示电子认证机构, C=CN");
        var request = new CertificateRequest(_name, PublicKeyOf(_key), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(KeyIdentifier(_key), critical: false));
        Certificate = Sign(request, _from, _from.AddDays(3650));
    }

    /// <summary>DER, self-signed.</summary>
    public byte[] Certificate { get; }

    /// <summary>As PEM, for <c>--ca</c>.</summary>
    public string CertificatePem => PemEncoding.WriteString("CERTIFICATE", Certificate) + "\n";

    /// <summary>签名证书: digitalSignature and nonRepudiation.</summary>
    public Sm2Credential IssueSigning(string commonName, params IReadOnlyList<string> names) =>
        Issue(commonName, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, names);

    /// <summary>加密证书: keyEncipherment, dataEncipherment and keyAgreement.</summary>
    public Sm2Credential IssueEncryption(string commonName, params IReadOnlyList<string> names) =>
        Issue(commonName, X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyAgreement, names);

    /// <summary>The pair a TLCP server needs, for localhost and 127.0.0.1.</summary>
    public TlcpServerIdentity IssuePair(string commonName = "localhost") => new(IssueSigning(commonName), IssueEncryption(commonName)) { Chain = [Certificate] };

    /// <summary>撤销列表 with nobody on it, DER, good for a week.</summary>
    public byte[] EmptyRevocationList(DateTimeOffset now)
    {
        using var own = X509CertificateLoader.LoadCertificate(Certificate);
        return new CertificateRevocationListBuilder().Build(
            _name, new Sm2SignatureGenerator(_key), 1, now.AddDays(6), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(own.SubjectName, own.SerialNumberBytes.Span), now.AddDays(-1));
    }

    public void Dispose() => _key.Dispose();

    private Sm2Credential Issue(string commonName, X509KeyUsageFlags usage, IReadOnlyList<string> names)
    {
        var key = Sm2PrivateKey.Generate();
        var request = new CertificateRequest(new X500DistinguishedName($"CN={commonName}, O=演示业主单位, C=CN"), PublicKeyOf(key), HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Prepend(commonName).Append("localhost").Distinct(StringComparer.Ordinal))
        {
            alternatives.AddDnsName(name);
        }

        alternatives.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(KeyIdentifier(key), critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(KeyIdentifier(_key)));
        if (_listAddress is not null)
        {
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([_listAddress]));
        }

        return new Sm2Credential(Sign(request, _from, _from.AddDays(395)), key);
    }

    private byte[] Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset to)
    {
        using var certificate = request.Create(_name, new Sm2SignatureGenerator(_key), from, to, RandomNumberGenerator.GetBytes(16));
        return certificate.RawData;
    }

    /// <summary>The leading 20 bytes of the SM3 of the point: any value unique to the key will do (RFC 5280 §4.2.1.2).</summary>
    private static byte[] KeyIdentifier(Sm2PrivateKey key) => Sm3.HashData(key.PublicKey.ExportPoint())[..20];

    private static PublicKey PublicKeyOf(Sm2PrivateKey key) => PublicKey.CreateFromSubjectPublicKeyInfo(key.PublicKey.ExportSpki(), out _);

    /// <summary>SM2 with SM3 (1.2.156.10197.1.501), which the platform cannot make itself; its hash argument means nothing.</summary>
    private sealed class Sm2SignatureGenerator(Sm2PrivateKey key) : X509SignatureGenerator
    {
        private static readonly byte[] Sm2WithSm3 = [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x75];

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Sm2WithSm3;

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.Sign(data);

        protected override PublicKey BuildPublicKey() => PublicKeyOf(key);
    }
}
