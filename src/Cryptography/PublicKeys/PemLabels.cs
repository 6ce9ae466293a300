namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>PEM labels of private keys (RFC 7468 clauses 10 and 11, RFC 5915 clause 4).</summary>
internal static class PemLabels
{
    public const string Pkcs8 = "PRIVATE KEY";
    public const string EncryptedPkcs8 = "ENCRYPTED PRIVATE KEY";
    public const string Sec1 = "EC PRIVATE KEY";

    /// <summary>What OpenSSL 3.0 `openssl ec` writes over a SEC 1 structure of an SM2 key.</summary>
    public const string OpenSslSec1 = "SM2 PRIVATE KEY";
}
