namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Curves a key may name, by the content bytes of their object identifiers.</summary>
internal static class NamedCurves
{
    /// <summary>SM2 recommended curve 1.2.156.10197.1.301 (GB/T 33560).</summary>
    private static ReadOnlySpan<byte> Sm2 => [0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d];

    /// <summary>NIST P-256 1.2.840.10045.3.1.7 (RFC 5480).</summary>
    private static ReadOnlySpan<byte> P256 => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

    /// <summary>Prefix 1.3.132.0 of the SEC 2 curves (RFC 5480).</summary>
    private static ReadOnlySpan<byte> Sec2 => [0x2b, 0x81, 0x04, 0x00];

    /// <summary>Prefix 1.3.36.3.3.2.8.1.1 of the Brainpool curves (RFC 5639).</summary>
    private static ReadOnlySpan<byte> Brainpool => [0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01];

    /// <summary>True for SM2, P-224, P-256, P-384, P-521, secp256k1 and the Brainpool curves.</summary>
    /// <param name="objectIdentifier">Content bytes, without tag and length.</param>
    public static bool IsAllowed(ReadOnlySpan<byte> objectIdentifier)
    {
        if (objectIdentifier.SequenceEqual(Sm2) || objectIdentifier.SequenceEqual(P256))
        {
            return true;
        }

        if (objectIdentifier.Length == Sec2.Length + 1 && objectIdentifier.StartsWith(Sec2))
        {
            // secp256k1, P-224, P-384, P-521
            return objectIdentifier[^1] is 10 or 33 or 34 or 35;
        }

        return objectIdentifier.Length == Brainpool.Length + 1 && objectIdentifier.StartsWith(Brainpool)
            && objectIdentifier[^1] is >= 1 and <= 14;
    }
}
