using System.Security.Cryptography;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;
using BcInteger = Org.BouncyCastle.Math.BigInteger;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The SM2 key exchange (GB/T 32918.3-2016 clause 6), without its optional confirmation: both sides bring a long-lived and an ephemeral key.
/// TLCP uses it in its ECDHE suites with the encryption keys as the long-lived ones (GB/T 38636-2020 §6.4.5.8).
/// </summary>
public static class Sm2KeyExchange
{
    /// <summary>w of clause 6.1 for a 256-bit order: the low 127 bits of x, and bit 127 set.</summary>
    private const int W = 127;

    /// <param name="initiator">True on the side whose identity stands first (user A).</param>
    /// <param name="own">This side's long-lived key.</param>
    /// <param name="ownEphemeral">This side's ephemeral key.</param>
    /// <param name="peer">The other side's long-lived key.</param>
    /// <param name="peerEphemeral">The other side's ephemeral key.</param>
    /// <param name="length">Bytes wanted, 1–8192.</param>
    /// <param name="ownId">Empty means <see cref="Sm2.DefaultUserId"/>.</param>
    /// <param name="peerId">As <paramref name="ownId"/>.</param>
    /// <exception cref="CryptographicException">The shared point is the point at infinity.</exception>
    public static byte[] Agree(
        bool initiator,
        Sm2PrivateKey own,
        Sm2PrivateKey ownEphemeral,
        Sm2PublicKey peer,
        Sm2PublicKey peerEphemeral,
        int length,
        ReadOnlySpan<byte> ownId = default,
        ReadOnlySpan<byte> peerId = default)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(ownEphemeral);
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(peerEphemeral);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 8192);
        var ownShort = Shorten(Sm2.Decode(ownEphemeral.PublicKey.ExportPoint()));
        var t = Sm2.Number(own.Scalar).Add(ownShort.Multiply(Sm2.Number(ownEphemeral.Scalar))).Mod(Sm2.Domain.N);
        var theirs = Sm2.Decode(peerEphemeral.ExportPoint());
        var shared = Sm2.Decode(peer.ExportPoint()).Add(theirs.Multiply(Shorten(theirs))).Multiply(Sm2.Domain.H.Multiply(t)).Normalize();
        if (shared.IsInfinity)
        {
            throw new CryptographicException("SM2 密钥交换得到无穷远点。");
        }

        var (ownZ, peerZ) = (Sm2UserId.Z(own.PublicKey.Point, Sm2UserId.OrDefault(ownId)), Sm2UserId.Z(peer.Point, Sm2UserId.OrDefault(peerId)));
        return Sm2KeyDerivation.Derive(
            [.. shared.AffineXCoord.GetEncoded(), .. shared.AffineYCoord.GetEncoded(), .. initiator ? ownZ : peerZ, .. initiator ? peerZ : ownZ], length);
    }

    private static BcInteger Shorten(ECPoint point)
    {
        var x = point.Normalize().AffineXCoord.ToBigInteger();
        var bit = BcInteger.One.ShiftLeft(W);
        return x.And(bit.Subtract(BcInteger.One)).Add(bit);
    }
}
