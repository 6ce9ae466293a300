namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What labels of PEM sections promise (RFC 7468). What is none of them promises nothing.</summary>
internal static class PemLabels
{
    private const byte ObjectIdentifier = 0x06;
    private const string OpenPgpPublic = "PGP PUBLIC KEY BLOCK";

    /// <summary>The section is to be a private key or a store of them.</summary>
    public static bool IsKey(string label) => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal) || label is "PGP PRIVATE KEY BLOCK" or "PKCS12" or "PFX";

    /// <summary>What is to stand there is no secret.</summary>
    public static bool HoldsNoKey(string label) =>
        label is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE" or "ATTRIBUTE CERTIFICATE" or "CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST"
            or "X509 CRL" or "PKCS7" or "PKCS #7 SIGNED DATA" or "CMS" or "PUBLIC KEY" or OpenPgpPublic
        || label.EndsWith(" PUBLIC KEY", StringComparison.Ordinal) || label.EndsWith(" PARAMETERS", StringComparison.Ordinal);

    /// <summary>Whether the outside of a section that is to hold no secret is that of what its label says.</summary>
    public static bool Fits(string label, ReadOnlySpan<byte> content) => label == OpenPgpPublic ? IsPublicPacket(content)
        : FileTaking.IsOneElement(content) || (content is [ObjectIdentifier, < 0x80, ..] && content.Length == 2 + content[1]);

    /// <summary>Tag 6 in either form of a packet's header (RFC 9580 §4.2).</summary>
    private static bool IsPublicPacket(ReadOnlySpan<byte> content) => content is [>= 0xC0, ..] ? (content[0] & 0x3F) == 6 : content is [>= 0x80, ..] && ((content[0] >> 2) & 0xF) == 6;
}
