using System.Collections.Frozen;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A hash a certificate may be signed under. Broken ones are computed too: a scanner must recognise what it is to report.</summary>
internal sealed class SignedHash
{
    private static readonly SignedHash Md2 = new("MD2", "1.2.840.113549.2.2", static () => new MD2Digest());
    private static readonly SignedHash Md5 = new("MD5", "1.2.840.113549.2.5", static () => new MD5Digest());
    private static readonly SignedHash Sha1 = new("SHA-1", "1.3.14.3.2.26", static () => new Sha1Digest());
    private static readonly SignedHash Sha224 = new("SHA-224", "2.16.840.1.101.3.4.2.4", static () => new Sha224Digest());
    private static readonly SignedHash Sha256 = new("SHA-256", "2.16.840.1.101.3.4.2.1", static () => new Sha256Digest());
    private static readonly SignedHash Sha384 = new("SHA-384", "2.16.840.1.101.3.4.2.2", static () => new Sha384Digest());
    private static readonly SignedHash Sha512 = new("SHA-512", "2.16.840.1.101.3.4.2.3", static () => new Sha512Digest());
    private static readonly SignedHash Sm3 = new("SM3", "1.2.156.10197.1.401", static () => new SM3Digest());

    private static readonly SignedHash[] All = [Md2, Md5, Sha1, Sha224, Sha256, Sha384, Sha512, Sm3];
    private static readonly FrozenDictionary<string, SignedHash> ByOid = All.ToFrozenDictionary(h => h.Oid, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, SignedHash> ByName = All.ToFrozenDictionary(h => h.Name, StringComparer.Ordinal);

    private readonly Func<IDigest> _create;

    private SignedHash(string name, string oid, Func<IDigest> create)
    {
        Name = name;
        Oid = oid;
        _create = create;
    }

    public string Name { get; }

    public string Oid { get; }

    public static SignedHash Default => Sha1;

    /// <summary>Of ECDSA, and of RSA with the old padding; null for any other scheme, and for a hash that is not computed here.</summary>
    public static SignedHash? OfSignature(string signatureOid) => CertificateAlgorithms.IsEcdsa(signatureOid) || CertificateAlgorithms.IsPkcs1(signatureOid)
        ? CertificateAlgorithms.HashOf(signatureOid) is { } name ? ByName.GetValueOrDefault(name) : null
        : null;

    public static SignedHash? OfDigest(string digestOid) => ByOid.GetValueOrDefault(digestOid);

    public byte[] Compute(ReadOnlySpan<byte> data)
    {
        // The platform is faster where it has the hash for certain.
        switch (Name)
        {
            case "SHA-256":
                return SHA256.HashData(data);
            case "SHA-384":
                return SHA384.HashData(data);
            case "SHA-512":
                return SHA512.HashData(data);
        }

        var digest = _create();
        digest.BlockUpdate(data.ToArray(), 0, data.Length);
        var value = new byte[digest.GetDigestSize()];
        digest.DoFinal(value, 0);
        return value;
    }
}
