using Org.BouncyCastle.Math.EC.Rfc8032;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Verifies Ed25519 and Ed448 (RFC 8032, RFC 8410), which the platform does not.</summary>
public static class EdwardsSignature
{
    /// <summary>PureEdDSA over Curve25519; false for every malformed key or signature.</summary>
    public static bool VerifyEd25519(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        publicKey.Length == Ed25519.PublicKeySize && signature.Length == Ed25519.SignatureSize
        && Ed25519.Verify(signature.ToArray(), 0, publicKey.ToArray(), 0, data.ToArray(), 0, data.Length);

    /// <summary>PureEdDSA over Curve448 with an empty context; false for every malformed key or signature.</summary>
    public static bool VerifyEd448(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        publicKey.Length == Ed448.PublicKeySize && signature.Length == Ed448.SignatureSize
        && Ed448.Verify(signature.ToArray(), 0, publicKey.ToArray(), 0, [], data.ToArray(), 0, data.Length);

    internal static bool Verify(SubjectKey key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) => key.Algorithm == "Ed25519"
        ? VerifyEd25519(key.Value.Span, signed, signature)
        : VerifyEd448(key.Value.Span, signed, signature);
}
