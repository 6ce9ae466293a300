using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Watches the members of one level for elliptic curve parameters. Explicit parameters let the sender choose the field, and arithmetic in a
/// field of 100,000 bits takes seconds per key (CVE-2024-29857), so only curves named on the list pass.
/// </summary>
internal struct DerCurveRule
{
    private bool _parametersNext;

    /// <summary>id-ecPublicKey 1.2.840.10045.2.1 (RFC 5480 clause 2.1.1).</summary>
    private static ReadOnlySpan<byte> EcPublicKey => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

    /// <summary>ansi-X9-62 fieldType 1.2.840.10045.1: its children occur in explicit parameters only.</summary>
    private static ReadOnlySpan<byte> FieldType => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x01];

    public void Next(Asn1Tag tag, ReadOnlySpan<byte> content, int position)
    {
        var isObjectIdentifier = tag.HasSameClassAndValue(Asn1Tag.ObjectIdentifier);
        if ((_parametersNext && tag == Asn1Tag.Sequence) || (isObjectIdentifier && content.StartsWith(FieldType)))
        {
            throw new DerRejectedException("椭圆曲线使用显式参数，只接受命名曲线", position);
        }

        if (_parametersNext && !(isObjectIdentifier && NamedCurves.IsAllowed(content)))
        {
            throw new DerRejectedException("椭圆曲线参数不是许可的命名曲线", position);
        }

        _parametersNext = isObjectIdentifier && content.SequenceEqual(EcPublicKey);
    }
}
