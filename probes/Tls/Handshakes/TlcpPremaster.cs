using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The client's half of the key exchange (GB/T 38636-2020 §6.4.5.8).</summary>
/// <param name="Premaster">48 bytes.</param>
/// <param name="ClientKeyExchange">Body of the message that lets the server make the same.</param>
internal sealed record TlcpPremaster(byte[] Premaster, byte[] ClientKeyExchange)
{
    private const byte NamedCurve = 3;

    /// <exception cref="MalformedFlightException">The server gave no SM2 key to exchange with, or the suite needs keys this client has not.</exception>
    public static TlcpPremaster Create(TlcpSuite suite, TlcpKeyExchange server, TlcpIdentity? identity)
    {
        if (server.EncryptionKey is not { } key)
        {
            throw new MalformedFlightException("服务器没有给出可用的 SM2 加密公钥");
        }

        return suite.IsEphemeral ? Agree(server, key, identity) : Encrypt(key);
    }

    private static TlcpPremaster Encrypt(Sm2PublicKey key)
    {
        byte[] premaster = [TlcpSuite.WireVersion >> 8, TlcpSuite.WireVersion & 0xFF, .. RandomNumberGenerator.GetBytes(TlcpKeys.PremasterSize - 2)];
        var writer = new WireWriter();
        writer.Vector(2, w => w.Bytes(key.Encrypt(premaster)));
        return new TlcpPremaster(premaster, writer.ToArray());
    }

    private static TlcpPremaster Agree(TlcpKeyExchange server, Sm2PublicKey key, TlcpIdentity? identity)
    {
        if (identity?.EncryptionKey is not { } own || server.EphemeralPoint is not { } point)
        {
            throw new MalformedFlightException("ECDHE 套件需要客户端的加密证书，本工具没有");
        }

        using var ephemeral = Sm2PrivateKey.Generate();
        var premaster = Sm2KeyExchange.Agree(
            initiator: false, own, ephemeral, key, Sm2PublicKey.FromPoint(point), TlcpKeys.PremasterSize);
        var writer = new WireWriter();
        writer.Byte(NamedCurve);
        writer.UInt16(TlcpSuite.CurveSm2);
        writer.Vector(1, w => w.Bytes(ephemeral.PublicKey.ExportPoint()));
        return new TlcpPremaster(premaster, writer.ToArray());
    }
}
