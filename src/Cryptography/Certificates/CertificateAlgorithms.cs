using System.Collections.Frozen;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Object identifiers of certificates and their names (RFC 3279, 4055, 5758, 8410, 5639; GM/T 0006-2012).</summary>
public static class CertificateAlgorithms
{
    /// <summary>Names, and the hash the data is signed under.</summary>
    private static readonly FrozenDictionary<string, (string Name, string? Hash)> Signatures = new Dictionary<string, (string, string?)>(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = ("md2WithRSAEncryption", "MD2"),
        ["1.2.840.113549.1.1.3"] = ("md4WithRSAEncryption", "MD4"),
        ["1.2.840.113549.1.1.4"] = ("md5WithRSAEncryption", "MD5"),
        ["1.2.840.113549.1.1.5"] = ("sha1WithRSAEncryption", "SHA-1"),
        ["1.2.840.113549.1.1.10"] = ("rsassaPss", null),
        ["1.2.840.113549.1.1.11"] = ("sha256WithRSAEncryption", "SHA-256"),
        ["1.2.840.113549.1.1.12"] = ("sha384WithRSAEncryption", "SHA-384"),
        ["1.2.840.113549.1.1.13"] = ("sha512WithRSAEncryption", "SHA-512"),
        ["1.2.840.113549.1.1.14"] = ("sha224WithRSAEncryption", "SHA-224"),
        ["1.2.840.113549.1.1.15"] = ("sha512-224WithRSAEncryption", "SHA-512/224"),
        ["1.2.840.113549.1.1.16"] = ("sha512-256WithRSAEncryption", "SHA-512/256"),
        ["1.2.840.10040.4.3"] = ("dsa-with-SHA1", "SHA-1"),
        ["2.16.840.1.101.3.4.3.1"] = ("dsa-with-SHA224", "SHA-224"),
        ["2.16.840.1.101.3.4.3.2"] = ("dsa-with-SHA256", "SHA-256"),
        ["2.16.840.1.101.3.4.3.3"] = ("dsa-with-SHA384", "SHA-384"),
        ["2.16.840.1.101.3.4.3.4"] = ("dsa-with-SHA512", "SHA-512"),
        ["2.16.840.1.101.3.4.3.9"] = ("ecdsa-with-SHA3-224", "SHA3-224"),
        ["2.16.840.1.101.3.4.3.10"] = ("ecdsa-with-SHA3-256", "SHA3-256"),
        ["2.16.840.1.101.3.4.3.11"] = ("ecdsa-with-SHA3-384", "SHA3-384"),
        ["2.16.840.1.101.3.4.3.12"] = ("ecdsa-with-SHA3-512", "SHA3-512"),
        ["2.16.840.1.101.3.4.3.13"] = ("rsa-with-SHA3-224", "SHA3-224"),
        ["2.16.840.1.101.3.4.3.14"] = ("rsa-with-SHA3-256", "SHA3-256"),
        ["2.16.840.1.101.3.4.3.15"] = ("rsa-with-SHA3-384", "SHA3-384"),
        ["2.16.840.1.101.3.4.3.16"] = ("rsa-with-SHA3-512", "SHA3-512"),
        ["1.2.840.10045.4.1"] = ("ecdsa-with-SHA1", "SHA-1"),
        ["1.2.840.10045.4.3.1"] = ("ecdsa-with-SHA224", "SHA-224"),
        ["1.2.840.10045.4.3.2"] = ("ecdsa-with-SHA256", "SHA-256"),
        ["1.2.840.10045.4.3.3"] = ("ecdsa-with-SHA384", "SHA-384"),
        ["1.2.840.10045.4.3.4"] = ("ecdsa-with-SHA512", "SHA-512"),
        ["1.2.156.10197.1.501"] = ("SM2-with-SM3", "SM3"),
        ["1.2.156.10197.1.502"] = ("SM2-with-SHA1", "SHA-1"),
        ["1.2.156.10197.1.503"] = ("SM2-with-SHA256", "SHA-256"),
        ["1.2.156.10197.1.504"] = ("RSA-with-SM3", "SM3"),
        ["1.3.14.3.2.3"] = ("md5WithRSA", "MD5"),
        ["1.3.14.3.2.15"] = ("shaWithRSASignature", "SHA-0"),
        ["1.3.14.3.2.27"] = ("dsaWithSHA1", "SHA-1"),
        ["1.3.14.3.2.29"] = ("sha1WithRSAEncryption", "SHA-1"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Keys = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1.3.101.110"] = "X25519",
        ["1.3.101.111"] = "X448",
        ["1.3.101.112"] = "Ed25519",
        ["1.3.101.113"] = "Ed448",
        ["2.16.840.1.101.3.4.3.17"] = "ML-DSA-44",
        ["2.16.840.1.101.3.4.3.18"] = "ML-DSA-65",
        ["2.16.840.1.101.3.4.3.19"] = "ML-DSA-87",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (string Name, int Bits)> Curves = new Dictionary<string, (string, int)>(StringComparer.Ordinal)
    {
        ["1.2.156.10197.1.301"] = ("SM2", 256),
        ["1.2.840.10045.3.1.1"] = ("P-192", 192),
        ["1.3.132.0.33"] = ("P-224", 224),
        ["1.2.840.10045.3.1.7"] = ("P-256", 256),
        ["1.3.132.0.34"] = ("P-384", 384),
        ["1.3.132.0.35"] = ("P-521", 521),
        ["1.3.132.0.10"] = ("secp256k1", 256),
        ["1.3.36.3.3.2.8.1.1.7"] = ("brainpoolP256r1", 256),
        ["1.3.36.3.3.2.8.1.1.11"] = ("brainpoolP384r1", 384),
        ["1.3.36.3.3.2.8.1.1.13"] = ("brainpoolP512r1", 512),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Purposes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1.3.6.1.5.5.7.3.1"] = "serverAuth",
        ["1.3.6.1.5.5.7.3.2"] = "clientAuth",
        ["1.3.6.1.5.5.7.3.3"] = "codeSigning",
        ["1.3.6.1.5.5.7.3.4"] = "emailProtection",
        ["1.3.6.1.5.5.7.3.8"] = "timeStamping",
        ["1.3.6.1.5.5.7.3.9"] = "OCSPSigning",
        ["2.5.29.37.0"] = "anyExtendedKeyUsage",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Bit 0 first (RFC 5280 §4.2.1.3).</summary>
    public static IReadOnlyList<string> KeyUsages { get; } =
    [
        "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign",
        "encipherOnly", "decipherOnly",
    ];

    /// <summary>A name of the tables, or the object identifier.</summary>
    public static string SignatureName(string oid) => Signatures.TryGetValue(oid, out var known) ? known.Name : KeyName(oid);

    /// <summary>Hash of a signature algorithm that has one and only one; null of any other and of what is unknown.</summary>
    internal static string? HashOf(string oid) => Signatures.TryGetValue(oid, out var known) ? known.Hash : null;

    /// <summary>The scheme fixes what it does with the data: nobody can choose a weak hash.</summary>
    internal static bool ChoosesNoHash(string oid) => oid is "1.3.101.112" or "1.3.101.113" or "2.16.840.1.101.3.4.3.17" or "2.16.840.1.101.3.4.3.18" or "2.16.840.1.101.3.4.3.19";

    /// <inheritdoc cref="SignatureName"/>
    public static string KeyName(string oid) => Keys.TryGetValue(oid, out var name) ? name : oid;

    /// <inheritdoc cref="SignatureName"/>
    public static string PurposeName(string oid) => Purposes.TryGetValue(oid, out var name) ? name : oid;

    /// <summary>RSA with the padding of PKCS #1 version 1.5 and a hash in its DigestInfo (RFC 8017 §8.2).</summary>
    internal static bool IsPkcs1(string oid) => Signatures.TryGetValue(oid, out var known) && (known.Name.EndsWith("WithRSAEncryption", StringComparison.Ordinal) || known.Name.StartsWith("RSA-with-", StringComparison.Ordinal));

    internal static bool IsEcdsa(string oid) => oid.StartsWith("1.2.840.10045.4.", StringComparison.Ordinal);

    /// <returns>Name and field size in bits; the object identifier and null where the curve is unknown.</returns>
    internal static (string Name, int? Bits) Curve(string oid) => Curves.TryGetValue(oid, out var curve) ? (curve.Name, curve.Bits) : (oid, null);
}
