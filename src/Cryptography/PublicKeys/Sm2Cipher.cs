using System.Formats.Asn1;
using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>SM2Cipher ::= SEQUENCE { x INTEGER, y INTEGER, hash OCTET STRING (32), ciphertext OCTET STRING } (GM/T 0009-2012 clause 7.2).</summary>
internal static class Sm2Cipher
{
    private const int Field = Sm2.FieldSizeInBytes;

    /// <param name="raw">C1 || C3 || C2.</param>
    public static byte[] Encode(ReadOnlySpan<byte> raw)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(raw.Slice(1, Field), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(raw.Slice(1 + Field, Field), isUnsigned: true, isBigEndian: true));
            writer.WriteOctetString(raw[(1 + (2 * Field))..Sm2Encryption.Overhead]);
            writer.WriteOctetString(raw[Sm2Encryption.Overhead..]);
        }

        return writer.Encode();
    }

    /// <returns>C1 || C3 || C2.</returns>
    /// <exception cref="DerRejectedException">Another structure, or coordinates that are no field elements.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> der) => DerGuard.Read(der.ToArray(), DerLimits.Sm2Cipher, "SM2 密文", static reader =>
    {
        var cipher = reader.ReadSequence();
        var (x, y) = (Coordinate(cipher), Coordinate(cipher));
        var (hash, text) = (cipher.ReadOctetString(), cipher.ReadOctetString());
        cipher.ThrowIfNotEmpty();
        return hash.Length == Sm3.HashSizeInBytes
            ? (byte[])[4, .. x, .. y, .. hash, .. text]
            : throw new DerRejectedException($"SM2 密文的杂凑须为 32 字节，实为 {hash.Length} 字节", 0);
    });

    private static byte[] Coordinate(AsnReader cipher)
    {
        var value = cipher.ReadInteger();
        if (value.Sign < 0 || value.GetByteCount(isUnsigned: true) > Field)
        {
            throw new DerRejectedException("SM2 密文的坐标不是域中的数", 0);
        }

        var bytes = new byte[Field];
        value.TryWriteBytes(bytes.AsSpan(Field - value.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }
}
