using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A handshake of TLS 1.0 to 1.2 as far as it came; its connection stays open until this is disposed.</summary>
internal sealed record ClassicHandshake : IAsyncDisposable
{
    public required HandshakeReach Reach { get; init; }

    /// <summary>The bytes, for evidence; its reply is the ServerHello where there was one.</summary>
    public required HelloExchange Exchange { get; init; }

    public ServerFlight? Flight { get; init; }

    /// <summary>The server took up the session it was offered.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Null before Finished.</summary>
    public ClassicSession? Session { get; init; }

    /// <summary>verify_data of our Finished, which a secure renegotiation repeats (RFC 5746 §3.5).</summary>
    public ReadOnlyMemory<byte> ClientVerifyData { get; init; }

    /// <summary>What ended it before it came as far as it was asked to; null where nothing did.</summary>
    public HelloReply? Stopped { get; init; }

    /// <summary>Null where no connection was opened.</summary>
    public RecordChannel? Channel { get; init; }

    /// <summary>To the server, below the records.</summary>
    public Stream? Wire => Connection?.Stream;

    internal Connection? Connection { get; init; }

    /// <summary>What follows is a question to which silence is an answer, and no waste of time.</summary>
    public void AcceptSilence() => (Connection?.Stream as WatchedStream)?.AcceptSilence();

    public async ValueTask DisposeAsync()
    {
        Channel?.Dispose();
        if (Connection is not null)
        {
            await Connection.DisposeAsync();
        }
    }
}
