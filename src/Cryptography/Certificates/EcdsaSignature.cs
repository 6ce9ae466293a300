using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BcInteger = Org.BouncyCastle.Math.BigInteger;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Verifies ECDSA (FIPS 186-5 §6.4) over the curves <see cref="DerGuard"/> admits.</summary>
internal static class EcdsaSignature
{
    public static SignatureCheck Verify(SubjectKey key, SignedHash hash, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (key.AlgorithmOid != Sm2.EcPublicKeyOid || key.CurveOid is null or Sm2.CurveOid)
        {
            return SignatureCheck.Invalid;
        }

        var oid = new DerObjectIdentifier(key.CurveOid);
        if ((CustomNamedCurves.GetByOid(oid) ?? ECNamedCurveTable.GetByOid(oid)) is not { } curve)
        {
            return SignatureCheck.Unsupported;
        }

        if (!IsPointForm(key.Value.Span, (curve.Curve.FieldSize + 7) / 8) || Decode(signature) is not var (r, s))
        {
            return SignatureCheck.Invalid;
        }

        try
        {
            var domain = new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
            var signer = new ECDsaSigner();
            signer.Init(forSigning: false, new ECPublicKeyParameters(curve.Curve.DecodePoint(key.Value.ToArray()), domain));
            return signer.VerifySignature(hash.Compute(signed), r, s) ? SignatureCheck.Valid : SignatureCheck.Invalid;
        }
        catch (Exception refused) when (refused is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return SignatureCheck.Invalid;
        }
    }

    /// <summary>Compressed, uncompressed or hybrid (SEC 1 §2.3.3); the library answers other forms with exceptions of many kinds.</summary>
    private static bool IsPointForm(ReadOnlySpan<byte> point, int fieldBytes) =>
        point is [2 or 3, ..] ? point.Length == 1 + fieldBytes : point is [4 or 6 or 7, ..] && point.Length == 1 + (2 * fieldBytes);

    private static (BcInteger R, BcInteger S)? Decode(ReadOnlySpan<byte> signature)
    {
        try
        {
            return DerGuard.Read<(BcInteger, BcInteger)?>(signature.ToArray(), DerLimits.Signature, "ECDSA 签名", static reader =>
            {
                var pair = reader.ReadSequence();
                var found = (new BcInteger(pair.ReadIntegerBytes().ToArray()), new BcInteger(pair.ReadIntegerBytes().ToArray()));
                pair.ThrowIfNotEmpty();
                return found;
            });
        }
        catch (DerRejectedException)
        {
            return null;
        }
    }
}
