using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Asks a responder or fetches a list over plain HTTP, as RFC 6960 §A and RFC 5280 §4.2.1.13 have it, from hosts that candidate.yaml names
/// as endpoints and from no others. Answers are signed, so that nothing hangs on the transport.
/// </summary>
internal sealed class StatusFetch(ProbeContext context)
{
    private const int MaxResponse = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    /// <returns>The body, or why there is none, for people.</returns>
    public Task<(byte[]? Body, string? Why)> AskResponderAsync(string uri, byte[] request, CancellationToken cancellationToken) =>
        FetchAsync(uri, request, MaxResponse, cancellationToken);

    /// <inheritdoc cref="AskResponderAsync"/>
    public Task<(byte[]? Body, string? Why)> GetListAsync(string uri, CancellationToken cancellationToken) =>
        FetchAsync(uri, null, CertificateBundle.MaxBytes, cancellationToken);

    private async Task<(byte[]? Body, string? Why)> FetchAsync(string uri, byte[]? post, int cap, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.UserInfo.Length > 0)
        {
            return (null, "不是 http 地址，未查询");
        }

        using var clock = new CancellationTokenSource(Limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            var host = url.IdnHost.Trim('[', ']');
            var endpoint = new Endpoint { Id = "status-source", Host = host, Port = url.Port, Protocol = EndpointProtocol.Http };
            await using var connection = await context.Dialer.DialAsync(endpoint, bounded.Token);
            await connection.Stream.WriteAsync(Request(url, post), bounded.Token);
            return await ReadAsync(connection.Stream, cap, bounded.Token);
        }
        catch (UnableException unable)
        {
            return (null, unable.Kind == FailureKind.Refused ? $"{url.Authority} 不在 candidate.yaml 列出的范围内，未查询" : unable.Message);
        }
        catch (IOException)
        {
            return (null, $"{url.Authority} 在应答途中断开连接");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"{url.Authority} 在 {Limit.TotalSeconds:0.#} 秒内没有给出应答");
        }
    }

    /// <summary>HTTP/1.0: the body then ends with the connection and never comes in chunks.</summary>
    private static byte[] Request(Uri url, byte[]? post)
    {
        var head = new StringBuilder();
        head.Append(post is null ? "GET " : "POST ").Append(url.PathAndQuery).Append(" HTTP/1.0\r\nHost: ").Append(url.Authority).Append("\r\nUser-Agent: SmartCity.SecurityCheck\r\n");
        if (post is not null)
        {
            head.Append("Content-Type: application/ocsp-request\r\nContent-Length: ").Append(post.Length).Append("\r\n");
        }

        return [.. Encoding.ASCII.GetBytes(head.Append("Connection: close\r\n\r\n").ToString()), .. post ?? []];
    }

    private static async Task<(byte[]? Body, string? Why)> ReadAsync(Stream stream, int cap, CancellationToken cancellationToken)
    {
        using var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int? bodyAt = null;
        long? wanted = null;
        while (wanted is null || received.Length < wanted)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            received.Write(buffer, 0, read);
            if (received.Length > cap + ResponseHead.MaxBytes)
            {
                return (null, $"应答超过上限 {cap} 字节");
            }

            if (bodyAt is null && HeadEnd(received) is var end and > 0)
            {
                bodyAt = end;
                var head = ResponseHead.Parse(received.GetBuffer().AsSpan(0, end));
                if (head.StatusCode != 200)
                {
                    return (null, $"HTTP 状态码 {head.StatusCode}");
                }

                wanted = long.TryParse(head.Value("Content-Length"), out var length) && length >= 0 && length <= cap ? end + length : null;
            }
        }

        return bodyAt is { } start && (wanted is null || received.Length >= wanted) ? (received.ToArray()[start..], null) : (null, "HTTP 应答没有结束就断开");
    }

    private static int HeadEnd(MemoryStream received)
    {
        var end = received.GetBuffer().AsSpan(0, (int)Math.Min(received.Length, ResponseHead.MaxBytes)).IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }
}
