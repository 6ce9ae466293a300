using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>The entrance for SM browsers of the well-run sample system: TLCP alone, with the same page and headers.</summary>
internal sealed class DemoTlcpPortal : IAsyncDisposable
{
    private const int RequestCap = 16 * 1024;

    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        $"""
        HTTP/1.1 200 OK
        Content-Type: text/html; charset=utf-8
        Content-Length: {Encoding.UTF8.GetByteCount(DemoPages.Login)}
        Connection: close
        Strict-Transport-Security: max-age=31536000; includeSubDomains
        Content-Security-Policy: default-src 'self'; frame-ancestors 'self'
        X-Frame-Options: SAMEORIGIN
        X-Content-Type-Options: nosniff
        Referrer-Policy: same-origin
        Set-Cookie: SESSION=demo-session-value; Path=/; Secure; HttpOnly; SameSite=Lax


        """.ReplaceLineEndings("\r\n") + DemoPages.Login);

    private readonly TlcpServer _server;

    public DemoTlcpPortal(TimeProvider clock)
    {
        using var authority = new Sm2Authority("演示国密根证书", clock);
        Root = authority.Certificate;
        RevocationList = authority.EmptyRevocationList(clock.GetUtcNow());
        _server = new TlcpServer(new TlcpServerOptions { Identity = authority.IssuePair() with { Chain = [] } }, ServeAsync);
    }

    public int Port => _server.Port;

    /// <summary>DER.</summary>
    public byte[] Root { get; }

    /// <summary>DER.</summary>
    public byte[] RevocationList { get; }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task ServeAsync(TlcpSession session, CancellationToken cancellationToken)
    {
        var request = new StringBuilder();
        while (request.Length < RequestCap && !request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var piece = await session.ReadAsync(cancellationToken);
            if (piece.IsEmpty)
            {
                return;
            }

            request.Append(Encoding.ASCII.GetString(piece.Span));
        }

        await session.WriteAsync(Answer, cancellationToken);
    }
}
