using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>PKCS#8 PrivateKeyInfo (RFC 5208) and SEC 1 ECPrivateKey (RFC 5915) of an SM2 key.</summary>
internal static class Sm2PrivateKeyEncoding
{
    private static readonly Asn1Tag ParametersTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag PublicKeyTag = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>What a private key structure holds.</summary>
    /// <param name="D">32 bytes, big-endian; not yet range-checked.</param>
    /// <param name="Point">04 || X || Y as enclosed, if any.</param>
    public sealed record Content(byte[] D, byte[]? Point);

    public static bool IsInRange(ReadOnlySpan<byte> d)
    {
        var value = new BigInteger(d, isUnsigned: true, isBigEndian: true);
        return value.Sign > 0 && value <= Sm2.Order - 2;
    }

    public static Content ReadPkcs8(byte[] pkcs8)
    {
        var inner = DerGuard.Read(pkcs8, DerLimits.Key, "PKCS#8 私钥", static reader =>
        {
            var info = reader.ReadSequence();
            if (info.ReadInteger() is var version && (version < 0 || version > 1))
            {
                throw new DerRejectedException($"PKCS#8 版本 {version} 不受支持", 0);
            }

            Sm2KeyAlgorithm.Read(info);
            return info.ReadOctetString();
        });
        return ReadSec1(inner);
    }

    public static Content ReadSec1(byte[] sec1) => DerGuard.Read(sec1, DerLimits.Key, "SEC 1 私钥", static reader =>
    {
        var key = reader.ReadSequence();
        if (key.ReadInteger() != BigInteger.One)
        {
            throw new DerRejectedException("ECPrivateKey 版本不是 1", 0);
        }

        var d = key.ReadOctetString();
        if (d.Length != Sm2.FieldSizeInBytes)
        {
            throw new DerRejectedException($"SM2 私钥须为 32 字节，实为 {d.Length} 字节", 0);
        }

        if (key.HasData && key.PeekTag() == ParametersTag)
        {
            var parameters = key.ReadSequence(ParametersTag);
            Sm2KeyAlgorithm.RequireCurve(parameters.ReadObjectIdentifier());
            parameters.ThrowIfNotEmpty();
        }

        byte[]? point = null;
        if (key.HasData)
        {
            var enclosed = key.ReadSequence(PublicKeyTag);
            point = enclosed.ReadBitString(out _);
            enclosed.ThrowIfNotEmpty();
        }

        key.ThrowIfNotEmpty();
        return new Content(d, point);
    });

    public static byte[] WritePkcs8(ReadOnlySpan<byte> d, ReadOnlySpan<byte> point)
    {
        var inner = WriteSec1(d, point);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            Sm2KeyAlgorithm.Write(writer);
            writer.WriteOctetString(inner);
        }

        CryptographicOperations.ZeroMemory(inner);
        return writer.Encode();
    }

    private static byte[] WriteSec1(ReadOnlySpan<byte> d, ReadOnlySpan<byte> point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteOctetString(d);
            using (writer.PushSequence(PublicKeyTag))
            {
                writer.WriteBitString(point);
            }
        }

        return writer.Encode();
    }
}
