using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The secrets from which one phase of a TLS 1.3 connection takes its keys.</summary>
/// <param name="Client">client_…_traffic_secret.</param>
/// <param name="Server">server_…_traffic_secret.</param>
public sealed record TrafficSecrets(byte[] Client, byte[] Server);

/// <summary>The key schedule of TLS 1.3 without a pre-shared key (RFC 8446 §7.1), with the hash of the suite (RFC 8998: SM3).</summary>
public sealed class Tls13Keys
{
    private const int IvSize = 12;

    private readonly byte[] _handshake;

    /// <param name="suite">Negotiated.</param>
    /// <param name="shared">What both shares agreed on.</param>
    public Tls13Keys(Tls13Suite suite, ReadOnlySpan<byte> shared)
    {
        ArgumentNullException.ThrowIfNull(suite);
        Suite = suite;
        var zeros = new byte[suite.Hash.Size];
        var early = suite.Hash.Extract(zeros, zeros);
        _handshake = suite.Hash.Extract(Derive(early), shared);
    }

    public Tls13Suite Suite { get; }

    /// <param name="transcript">Hash from ClientHello up to ServerHello.</param>
    public TrafficSecrets Handshake(ReadOnlySpan<byte> transcript) => new(
        ExpandLabel(Suite.Hash, _handshake, "c hs traffic", transcript, Suite.Hash.Size),
        ExpandLabel(Suite.Hash, _handshake, "s hs traffic", transcript, Suite.Hash.Size));

    /// <param name="transcript">Hash from ClientHello up to the server's Finished.</param>
    public TrafficSecrets Application(ReadOnlySpan<byte> transcript)
    {
        var main = Suite.Hash.Extract(Derive(_handshake), new byte[Suite.Hash.Size]);
        return new(
            ExpandLabel(Suite.Hash, main, "c ap traffic", transcript, Suite.Hash.Size),
            ExpandLabel(Suite.Hash, main, "s ap traffic", transcript, Suite.Hash.Size));
    }

    /// <summary>A protection at record 0 under a traffic secret (RFC 8446 §7.3).</summary>
    public static RecordProtection Protection(Tls13Suite suite, ReadOnlySpan<byte> secret)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return new Tls13Protection(suite, ExpandLabel(suite.Hash, secret, "key", [], suite.KeySize), ExpandLabel(suite.Hash, secret, "iv", [], IvSize));
    }

    /// <summary>verify_data of a Finished message (RFC 8446 §4.4.4).</summary>
    /// <param name="suite">Negotiated.</param>
    /// <param name="secret">The sender's handshake traffic secret.</param>
    /// <param name="transcript">Hash of everything before the Finished.</param>
    public static byte[] VerifyData(Tls13Suite suite, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> transcript)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return suite.Hash.Hmac(ExpandLabel(suite.Hash, secret, "finished", [], suite.Hash.Size), transcript);
    }

    /// <summary>The traffic secret behind a KeyUpdate (RFC 8446 §7.2).</summary>
    public static byte[] Next(Tls13Suite suite, ReadOnlySpan<byte> secret)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return ExpandLabel(suite.Hash, secret, "traffic upd", [], suite.Hash.Size);
    }

    private byte[] Derive(ReadOnlySpan<byte> secret) =>
        ExpandLabel(Suite.Hash, secret, "derived", Suite.Hash.HashData([]), Suite.Hash.Size);

    private static byte[] ExpandLabel(ChannelHash hash, ReadOnlySpan<byte> secret, string label, ReadOnlySpan<byte> context, int length)
    {
        var name = Encoding.ASCII.GetBytes("tls13 " + label);
        return hash.Expand(secret, [(byte)(length >> 8), (byte)length, (byte)name.Length, .. name, (byte)context.Length, .. context], length);
    }
}
