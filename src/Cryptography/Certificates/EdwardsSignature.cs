using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Verifies Ed25519 and Ed448 (RFC 8032, RFC 8410).</summary>
internal static class EdwardsSignature
{
    public static bool Verify(SubjectKey key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        var is25519 = key.Algorithm == "Ed25519";
        var (keyLength, signatureLength) = is25519 ? (32, 64) : (57, 114);
        if (key.Value.Length != keyLength || signature.Length != signatureLength)
        {
            return false;
        }

        ISigner signer = is25519 ? new Ed25519Signer() : new Ed448Signer([]);
        ICipherParameters point = is25519 ? new Ed25519PublicKeyParameters(key.Value.ToArray(), 0) : new Ed448PublicKeyParameters(key.Value.ToArray(), 0);
        signer.Init(forSigning: false, point);
        signer.BlockUpdate(signed.ToArray(), 0, signed.Length);
        return signer.VerifySignature(signature.ToArray());
    }
}
