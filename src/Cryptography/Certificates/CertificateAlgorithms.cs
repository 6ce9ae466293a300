using System.Collections.Frozen;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Object identifiers of certificates and their names (RFC 3279, 4055, 5758, 8410, 5639; GM/T 0006-2012).</summary>
public static class CertificateAlgorithms
{
    private static readonly FrozenDictionary<string, string> Signatures = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = "md2WithRSAEncryption",
        ["1.2.840.113549.1.1.4"] = "md5WithRSAEncryption",
        ["1.2.840.113549.1.1.5"] = "sha1WithRSAEncryption",
        ["1.2.840.113549.1.1.10"] = "rsassaPss",
        ["1.2.840.113549.1.1.11"] = "sha256WithRSAEncryption",
        ["1.2.840.113549.1.1.12"] = "sha384WithRSAEncryption",
        ["1.2.840.113549.1.1.13"] = "sha512WithRSAEncryption",
        ["1.2.840.113549.1.1.14"] = "sha224WithRSAEncryption",
        ["1.2.840.10040.4.3"] = "dsa-with-SHA1",
        ["2.16.840.1.101.3.4.3.2"] = "dsa-with-SHA256",
        ["1.2.840.10045.4.1"] = "ecdsa-with-SHA1",
        ["1.2.840.10045.4.3.1"] = "ecdsa-with-SHA224",
        ["1.2.840.10045.4.3.2"] = "ecdsa-with-SHA256",
        ["1.2.840.10045.4.3.3"] = "ecdsa-with-SHA384",
        ["1.2.840.10045.4.3.4"] = "ecdsa-with-SHA512",
        ["1.2.156.10197.1.501"] = "SM2-with-SM3",
        ["1.2.156.10197.1.502"] = "SM2-with-SHA1",
        ["1.2.156.10197.1.503"] = "SM2-with-SHA256",
        ["1.2.156.10197.1.504"] = "RSA-with-SM3",
        ["1.3.14.3.2.29"] = "sha1WithRSAEncryption",
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
    public static string SignatureName(string oid) => Signatures.TryGetValue(oid, out var name) ? name : KeyName(oid);

    /// <inheritdoc cref="SignatureName"/>
    public static string KeyName(string oid) => Keys.TryGetValue(oid, out var name) ? name : oid;

    /// <inheritdoc cref="SignatureName"/>
    public static string PurposeName(string oid) => Purposes.TryGetValue(oid, out var name) ? name : oid;

    internal static bool IsEcdsa(string oid) => oid.StartsWith("1.2.840.10045.4.", StringComparison.Ordinal);

    /// <returns>Name and field size in bits; the object identifier and null where the curve is unknown.</returns>
    internal static (string Name, int? Bits) Curve(string oid) => Curves.TryGetValue(oid, out var curve) ? (curve.Name, curve.Bits) : (oid, null);
}
