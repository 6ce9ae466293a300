using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BcInteger = Org.BouncyCastle.Math.BigInteger;
using BcPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The SM2 elliptic curve signature of GM/T 0003.2-2012 (GB/T 32918.2) over the recommended curve of GM/T 0003.5.</summary>
public static class Sm2
{
    /// <summary>Length of a coordinate, of r, of s and of a private key, in bytes.</summary>
    public const int FieldSizeInBytes = 32;

    /// <summary>Longest user identification accepted, in bytes: its length in bits must fit into 16 bits (GM/T 0003.2 clause 5.5).</summary>
    public const int MaxUserIdBytes = 8191;

    /// <summary>Longest message <see cref="Sm2PublicKey.Encrypt"/> takes; public keys encrypt keys, not documents.</summary>
    public const int MaxPlaintextBytes = 64 * 1024;

    /// <summary>Object identifier of the recommended curve.</summary>
    public const string CurveOid = "1.2.156.10197.1.301";

    internal const string EcPublicKeyOid = "1.2.840.10045.2.1";

    internal static readonly ECDomainParameters Domain = CreateDomain();

    /// <summary>The user identification GM/T 0009-2012 clause 10 prescribes when the parties agreed on none: 16 ASCII digits.</summary>
    public static ReadOnlyMemory<byte> DefaultUserId { get; } = "1234567812345678"u8.ToArray();

    /// <summary>Order n of the base point (GM/T 0003.5).</summary>
    internal static BigInteger Order { get; } = new(
        Convert.FromHexString("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123"), isUnsigned: true, isBigEndian: true);

    /// <summary>A digest of 32 bytes modulo n, in which form <see cref="Sm2PublicKey.RecoverDigest"/> gives it.</summary>
    public static byte[] ReduceDigest(ReadOnlySpan<byte> digest) => Sm2DigestRecovery.Reduce(digest);

    /// <summary>04 || X || Y of d·G.</summary>
    internal static byte[] DerivePublicPoint(ReadOnlySpan<byte> privateKey) =>
        Domain.G.Multiply(new BcInteger(1, privateKey.ToArray())).Normalize().GetEncoded(compressed: false);

    /// <summary>r || s, 64 bytes.</summary>
    internal static byte[] Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> userId)
    {
        var key = new ECPrivateKeyParameters(new BcInteger(1, privateKey.ToArray()), Domain);

        // A new signer each time: in this version of the library a used one forgets Z, after which new signatures are wrong.
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        signer.Init(forSigning: true, new ParametersWithID(new ParametersWithRandom(key), Sm2UserId.OrDefault(userId).ToArray()));
        signer.BlockUpdate(data.ToArray(), 0, data.Length);
        return signer.GenerateSignature();
    }

    internal static BcPoint Decode(ReadOnlySpan<byte> point) => Domain.Curve.DecodePoint(point.ToArray());

    internal static BcInteger Number(ReadOnlySpan<byte> bigEndian) => new(1, bigEndian.ToArray());

    private static ECDomainParameters CreateDomain()
    {
        var curve = GMNamedCurves.GetByName("sm2p256v1")
            ?? throw new CryptographicException("密码库缺少 SM2 推荐曲线。");
        return new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
    }
}
