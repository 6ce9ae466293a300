using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>The library's verification of a digest, message and identification left out.</summary>
internal static class LibraryVerification
{
    public static bool Accepts(byte[] point, byte[] e, byte[] raw)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new FixedDigest(e));
        signer.Init(forSigning: false, new ECPublicKeyParameters(Sm2.Decode(point), Sm2.Domain));
        return signer.VerifySignature(raw);
    }

    /// <summary>A digest function that says e whatever it hears.</summary>
    private sealed class FixedDigest(byte[] e) : IDigest
    {
        public string AlgorithmName => "fixed";

        public int GetDigestSize() => e.Length;

        public int GetByteLength() => Sm3.BlockSizeInBytes;

        public void Update(byte input) => _ = input;

        public void BlockUpdate(byte[] input, int inOff, int length) => _ = input;

        public int DoFinal(byte[] output, int outOff)
        {
            e.CopyTo(output, outOff);
            return e.Length;
        }

        public void Reset() => _ = e;
    }
}
