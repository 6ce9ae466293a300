namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The key schedule of TLCP 1.1 (GB/T 38636-2020 §6.5): P_SM3 in the form of TLS 1.2 with its labels.</summary>
public sealed class TlcpKeys
{
    /// <summary>version || 46 random bytes under ECC; as long under SM2 key exchange.</summary>
    public const int PremasterSize = 48;

    private const int MasterSize = 48;
    private const int VerifyDataSize = 12;
    private const int MacKeySize = Sm3.HashSizeInBytes;
    private const int ImplicitNonceSize = 4;

    private readonly byte[] _master;
    private readonly byte[] _block;
    private readonly TlcpSuite _suite;

    /// <param name="suite">Negotiated.</param>
    /// <param name="premaster">48 bytes.</param>
    /// <param name="clientRandom">32 bytes.</param>
    /// <param name="serverRandom">32 bytes.</param>
    public TlcpKeys(TlcpSuite suite, ReadOnlySpan<byte> premaster, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom)
    {
        ArgumentNullException.ThrowIfNull(suite);
        _suite = suite;
        _master = ChannelHash.OfSm3.Prf(premaster, "master secret"u8, [.. clientRandom, .. serverRandom], MasterSize);
        var half = suite.IsGcm ? Sm4.KeySizeInBytes + ImplicitNonceSize : MacKeySize + Sm4.KeySizeInBytes;
        _block = ChannelHash.OfSm3.Prf(_master, "key expansion"u8, [.. serverRandom, .. clientRandom], 2 * half);
    }

    /// <summary>48 bytes, a new array.</summary>
    public byte[] Master => [.. _master];

    /// <summary>MAC keys, then keys, then implicit nonces, the client's first each time; the unused initialisation vectors of CBC are left out.</summary>
    internal ReadOnlySpan<byte> KeyBlock => _block;

    /// <summary>A new protection, at record 0, of what the client writes.</summary>
    public RecordProtection ClientWrites() => Protection(0);

    /// <summary>A new protection, at record 0, of what the server writes.</summary>
    public RecordProtection ServerWrites() => Protection(1);

    /// <summary>verify_data of a Finished message (GB/T 38636-2020 §6.4.5.10), 12 bytes.</summary>
    /// <param name="ofClient">Whose Finished.</param>
    /// <param name="messages">All handshake messages before it, with their headers.</param>
    public byte[] VerifyData(bool ofClient, ReadOnlySpan<byte> messages) => ChannelHash.OfSm3.Prf(
        _master, ofClient ? "client finished"u8 : "server finished"u8, Sm3.HashData(messages), VerifyDataSize);

    private RecordProtection Protection(int side)
    {
        const int key = Sm4.KeySizeInBytes;
        return _suite.IsGcm
            ? new TlcpGcmProtection(_block.AsSpan(side * key, key), _block.AsSpan((2 * key) + (side * ImplicitNonceSize), ImplicitNonceSize))
            : new TlcpCbcProtection(_block.AsSpan(side * MacKeySize, MacKeySize), _block.AsSpan((2 * MacKeySize) + (side * key), key));
    }
}
