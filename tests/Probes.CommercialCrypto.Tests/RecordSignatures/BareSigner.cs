using System.Numerics;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Signs any digest with any random number by plain arithmetic (GB/T 32918.2-2016 clause 6): what careless implementations do.</summary>
internal sealed class BareSigner(byte[] d)
{
    private static readonly BigInteger Order = Number(Convert.FromHexString("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123"));

    public Sm2PublicKey PublicKey { get; } = Sm2PrivateKey.ImportScalar(d).PublicKey;

    /// <param name="digest">In the place of SM3(Z || message).</param>
    /// <param name="random">k, 32 bytes.</param>
    /// <returns>r || s.</returns>
    public byte[] Sign(byte[] digest, byte[] random)
    {
        using var ephemeral = Sm2PrivateKey.ImportScalar(random);
        var x = Number(ephemeral.PublicKey.ExportPoint().AsSpan(1, 32));
        var r = (Number(digest) + x) % Order;
        var own = Number(d);
        var s = BigInteger.ModPow(own + 1, Order - 2, Order) * (Number(random) - (r * own % Order) + Order) % Order;
        return [.. Bytes(r), .. Bytes(s)];
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
