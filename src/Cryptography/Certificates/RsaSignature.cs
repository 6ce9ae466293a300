using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Verifies RSA signatures (RFC 8017 §8.1.2, §8.2.2) by plain arithmetic, because platforms refuse small keys and old hashes by policies
/// of their own, and what is observed must not depend on the machine it is observed from. Verifying handles no secret.
/// </summary>
internal static class RsaSignature
{
    private const int MinModulusBits = 256;
    private const int MaxModulusBits = 16_384;

    /// <summary>Exponents of that many bits cost milliseconds; longer ones are a way to keep a verifier busy.</summary>
    private const int MaxExponentBits = 64;

    private const int LongModulusBits = 4096;
    private const int MaxExponentBitsOfLongModulus = 32;

    public static SignatureCheck VerifyPkcs1(SubjectKey key, SignedHash hash, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (key.AlgorithmOid != SubjectKey.RsaOid)
        {
            return SignatureCheck.Invalid;
        }

        if (!IsWithinBounds(key))
        {
            return SignatureCheck.Unsupported;
        }

        var length = ModulusBytes(key);
        var info = DigestInfo(hash, hash.Compute(signed));
        if (Open(key, signature) is not { } block || length < info.Length + 11)
        {
            return SignatureCheck.Invalid;
        }

        byte[] expected = [0, 1, .. Enumerable.Repeat((byte)0xFF, length - info.Length - 3), 0, .. info];
        return block.AsSpan().SequenceEqual(expected) ? SignatureCheck.Valid : SignatureCheck.Invalid;
    }

    public static SignatureCheck VerifyPss(SubjectKey key, PssParameters parameters, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (key.AlgorithmOid is not (SubjectKey.RsaOid or SubjectKey.RsaPssOid))
        {
            return SignatureCheck.Invalid;
        }

        if (!IsWithinBounds(key))
        {
            return SignatureCheck.Unsupported;
        }

        return Open(key, signature) is { } block && IsPssEncoding(block, key.Bits!.Value - 1, parameters, parameters.Hash.Compute(signed))
            ? SignatureCheck.Valid
            : SignatureCheck.Invalid;
    }

    private static bool IsWithinBounds(SubjectKey key) =>
        key.Bits is >= MinModulusBits and <= MaxModulusBits && !key.Modulus.IsEven && key.Exponent!.Value.GetBitLength() <= (key.Bits > LongModulusBits ? MaxExponentBitsOfLongModulus : MaxExponentBits);

    private static int ModulusBytes(SubjectKey key) => (key.Bits!.Value + 7) / 8;

    /// <summary>s^e mod n with leading zeros; null for a signature of another length or not below n.</summary>
    private static byte[]? Open(SubjectKey key, ReadOnlySpan<byte> signature)
    {
        var length = ModulusBytes(key);
        var number = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (signature.Length != length || number >= key.Modulus)
        {
            return null;
        }

        var opened = BigInteger.ModPow(number, key.Exponent!.Value, key.Modulus);
        var block = new byte[length];
        opened.TryWriteBytes(block.AsSpan(length - opened.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return block;
    }

    /// <summary>DigestInfo with NULL parameters (RFC 8017 §9.2 note 1).</summary>
    private static byte[] DigestInfo(SignedHash hash, byte[] digest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(hash.Oid);
                writer.WriteNull();
            }

            writer.WriteOctetString(digest);
        }

        return writer.Encode();
    }

    /// <summary>EMSA-PSS-VERIFY (RFC 8017 §9.1.2).</summary>
    private static bool IsPssEncoding(ReadOnlySpan<byte> block, int bits, PssParameters parameters, byte[] digest)
    {
        var length = (bits + 7) / 8;
        var encoded = block[^length..];
        var hashLength = digest.Length;
        var unused = (8 * length) - bits;
        if ((block.Length > length && block[0] != 0) || length < hashLength + parameters.SaltLength + 2 || encoded[^1] != 0xBC
            || encoded[0] >> (8 - unused) != 0)
        {
            return false;
        }

        var masked = encoded[..(length - hashLength - 1)];
        var hash = encoded.Slice(masked.Length, hashLength);
        var data = Mask(parameters.MaskHash, hash, masked.Length);
        for (var i = 0; i < masked.Length; i++)
        {
            data[i] ^= masked[i];
        }

        data[0] &= (byte)(0xFF >> unused);
        var zeros = masked.Length - parameters.SaltLength - 1;
        if (data.AsSpan(0, zeros).ContainsAnyExcept((byte)0) || data[zeros] != 1)
        {
            return false;
        }

        byte[] salted = [.. new byte[8], .. digest, .. data.AsSpan(zeros + 1)];
        return parameters.Hash.Compute(salted).AsSpan().SequenceEqual(hash);
    }

    /// <summary>MGF1 (RFC 8017 §B.2.1).</summary>
    private static byte[] Mask(SignedHash hash, ReadOnlySpan<byte> seed, int length)
    {
        var mask = new List<byte>(length);
        var input = new byte[seed.Length + 4];
        seed.CopyTo(input);
        for (var counter = 0; mask.Count < length; counter++)
        {
            BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(seed.Length), counter);
            mask.AddRange(hash.Compute(input));
        }

        return [.. mask.Take(length)];
    }
}
