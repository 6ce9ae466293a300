namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>PEM labels of private keys (RFC 7468 clauses 10 and 11, RFC 5915 clause 4).</summary>
internal static class PemLabels
{
    public const string Pkcs8 = "PRIVATE KEY";
    public const string EncryptedPkcs8 = "ENCRYPTED PRIVATE KEY";
    public const string Sec1 = "EC PRIVATE KEY";
}
