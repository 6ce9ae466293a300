using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Recognises an X.509 Extension { OBJECT IDENTIFIER, BOOLEAN OPTIONAL, OCTET STRING } of RFC 5280 so that the encoding inside the OCTET
/// STRING is walked too: certificate parsers decode key usage and basic constraints while constructing the certificate.
/// </summary>
internal struct DerExtensionRule
{
    private bool _valueNext;

    /// <summary>id-ce 2.5.29.</summary>
    private static ReadOnlySpan<byte> CertificateExtension => [0x55, 0x1d];

    /// <summary>id-pe 1.3.6.1.5.5.7.1.</summary>
    private static ReadOnlySpan<byte> PrivateExtension => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01];

    /// <summary>Takes the next element of the level.</summary>
    /// <returns>True when the content of this element is itself an encoding to be walked.</returns>
    public bool Next(Asn1Tag tag, ReadOnlySpan<byte> content)
    {
        if (tag == Asn1Tag.PrimitiveOctetString && _valueNext)
        {
            _valueNext = false;
            return true;
        }

        var isStandard = tag == Asn1Tag.ObjectIdentifier
            && (content.StartsWith(CertificateExtension) || content.StartsWith(PrivateExtension));
        _valueNext = isStandard || (_valueNext && tag == Asn1Tag.Boolean);
        return false;
    }
}
