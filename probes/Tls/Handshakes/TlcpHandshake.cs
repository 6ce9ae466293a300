using System.ComponentModel;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>How far a handshake came.</summary>
public enum HandshakeReach
{
    /// <summary>No ServerHello.</summary>
    [Description("没有应答")]
    Nothing,

    /// <summary>A ServerHello, and not the whole flight behind it.</summary>
    [Description("选定了套件")]
    ServerHello,

    /// <summary>All the server says before it needs an answer, certificates included.</summary>
    [Description("读到证书与签名")]
    ServerFlight,

    /// <summary>The server's Finished verified: it owns the key it presented.</summary>
    [Description("握手完成")]
    Finished,
}

/// <summary>A TLCP handshake as far as it came; after <see cref="HandshakeReach.Finished"/> its stream is open until this is disposed.</summary>
internal sealed record TlcpHandshake : IAsyncDisposable
{
    public required HandshakeReach Reach { get; init; }

    /// <summary>The bytes, for evidence; its reply is the ServerHello where there was one.</summary>
    public required HelloExchange Exchange { get; init; }

    public ServerFlight? Flight { get; init; }

    /// <summary>Null before the server's flight was whole.</summary>
    public TlcpKeyExchange? KeyExchange { get; init; }

    /// <summary>Negotiated; null where unknown to this tool or not reached.</summary>
    public TlcpSuite? Suite { get; init; }

    /// <summary>What ended it before Finished; null where it was finished.</summary>
    public HelloReply? Stopped { get; init; }

    /// <summary>Application data; null before Finished.</summary>
    public ChannelStream? Stream { get; init; }

    internal Connection? Connection { get; init; }

    internal RecordChannel? Channel { get; init; }

    public async ValueTask DisposeAsync()
    {
        if (Stream is not null)
        {
            await Stream.DisposeAsync();
        }

        if (Connection is not null)
        {
            await Connection.DisposeAsync();
        }

        Channel?.Dispose();
    }
}
