using System.Formats.Asn1;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>A throw-away key that signs whatever a test wants signed.</summary>
public sealed class ForgedKey
{
    private readonly Func<byte[], HashAlgorithmName, byte[]> _sign;
    private readonly Func<HashAlgorithmName, string> _signatureOid;

    private ForgedKey(byte[] spki, string pem, Func<byte[], HashAlgorithmName, byte[]> sign, Func<HashAlgorithmName, string> signatureOid, bool nullParameters)
    {
        (Spki, Pem, _sign, _signatureOid, HasNullParameters) = (spki, pem, sign, signatureOid, nullParameters);
    }

    public byte[] Spki { get; }

    /// <summary>PKCS#8.</summary>
    public string Pem { get; }

    public bool HasNullParameters { get; }

    public static ForgedKey Rsa(int bits = 2048)
    {
        var key = RSA.Create(bits);
        return Of(key);
    }

    /// <summary>A PEM key made elsewhere, such as one with a small exponent.</summary>
    public static ForgedKey RsaFrom(string pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return Of(key);
    }

    public static ForgedKey Ecdsa(ECCurve? curve = null)
    {
        var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        return new ForgedKey(
            key.ExportSubjectPublicKeyInfo(),
            key.ExportPkcs8PrivateKeyPem(),
            (data, hash) => key.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence),
            hash => hash.Name switch { "SHA1" => "1.2.840.10045.4.1", "SHA384" => "1.2.840.10045.4.3.3", "SHA512" => "1.2.840.10045.4.3.4", _ => "1.2.840.10045.4.3.2" },
            nullParameters: false);
    }

    public static ForgedKey Sm2()
    {
        var key = Sm2PrivateKey.Generate();
        return new ForgedKey(key.PublicKey.ExportSpki(), key.ExportPkcs8Pem(), (data, _) => key.Sign(data), _ => "1.2.156.10197.1.501", nullParameters: false);
    }

    /// <summary>Claims another public key and signs with the key of a third.</summary>
    public ForgedKey WithSpki(byte[] spki, ForgedKey signer) => new(spki, Pem, signer._sign, signer._signatureOid, signer.HasNullParameters);

    public byte[] Sign(byte[] data, HashAlgorithmName hash) => _sign(data, hash);

    /// <summary>Writes the AlgorithmIdentifier of a signature by this key.</summary>
    public void WriteAlgorithm(AsnWriter writer, HashAlgorithmName hash)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(_signatureOid(hash));
            if (HasNullParameters)
            {
                writer.WriteNull();
            }
        }
    }

    /// <summary>Content of subjectPublicKey.</summary>
    public byte[] PublicBits()
    {
        var spki = new AsnReader(Spki, AsnEncodingRules.DER).ReadSequence();
        spki.ReadEncodedValue();
        return spki.ReadBitString(out _);
    }

    private static ForgedKey Of(RSA key) => new(
        key.ExportSubjectPublicKeyInfo(),
        key.ExportPkcs8PrivateKeyPem(),
        (data, hash) => key.SignData(data, hash, RSASignaturePadding.Pkcs1),
        hash => hash.Name switch
        {
            "MD5" => "1.2.840.113549.1.1.4",
            "SHA1" => "1.2.840.113549.1.1.5",
            "SHA384" => "1.2.840.113549.1.1.12",
            "SHA512" => "1.2.840.113549.1.1.13",
            _ => "1.2.840.113549.1.1.11",
        },
        nullParameters: true);
}
