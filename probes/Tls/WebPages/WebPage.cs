using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The whole answer to one GET without credentials, within caps. Compression is not asked for, and undone where it comes all the same.</summary>
/// <param name="Head">Status line and fields.</param>
/// <param name="Body">Its text as far as it goes.</param>
/// <param name="IsCut">The body is longer than what was read, came broken, or in a coding that is not known.</param>
internal sealed record WebPage(ResponseHead Head, string Body, bool IsCut)
{
    private const int Cap = 512 * 1024;

    /// <summary>For one page: connecting, the handshake and the answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <exception cref="UnableException">No HTTP answer in time.</exception>
    public static async Task<WebPage> GetAsync(Endpoint target, string pathAndQuery, ProbeContext context, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(Limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            if (target.Protocol == EndpointProtocol.Http)
            {
                await using var connection = await context.Dialer.DialAsync(target, bounded.Token);
                return await AskAsync(target, pathAndQuery, connection.Stream, bounded.Token);
            }

            await using var channel = await WebChannel.OpenAsync(target, context, bounded.Token);
            return await AskAsync(target, pathAndQuery, channel.Stream, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnableException(FailureKind.TimedOut, $"{target.Authority} 对 {pathAndQuery} 在 {Limit.TotalSeconds:0.#} 秒内没有给出完整的应答");
        }
        catch (IOException broken)
        {
            throw new UnableException(FailureKind.Unreachable, $"{target.Authority} 对 {pathAndQuery} 在应答途中断开连接", broken);
        }
    }

    private static async Task<WebPage> AskAsync(Endpoint target, string pathAndQuery, Stream stream, CancellationToken cancellationToken)
    {
        var host = EndpointName.Reference(target);
        var standard = target.Protocol == EndpointProtocol.Http ? 80 : 443;
        var authority = (host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host) + (target.Port == standard ? "" : string.Create(CultureInfo.InvariantCulture, $":{target.Port}"));
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {pathAndQuery} HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: SmartCity.SecurityCheck\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"), cancellationToken);
        var received = new byte[Cap];
        var length = 0;
        while (length < Cap)
        {
            var read = await stream.ReadAsync(received.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                break;
            }

            length += read;
            if (Parsed(received.AsSpan(0, length)) is { } so && IsWhole(so.Head, so.Body.Length, received.AsSpan(length - Math.Min(length, 5), Math.Min(length, 5))))
            {
                return Page(so, isCut: false);
            }
        }

        // A connection that is closed ends a page of no stated length; of a stated one something is missing.
        return Parsed(received.AsSpan(0, length)) is { } page ? Page(page, length == Cap || PageBody.IsChunked(page.Head) || page.Head.Value("Content-Length") is not null) : throw new UnableException(FailureKind.BadInput, length == 0 ? ResponseHead.NoAnswer : ResponseHead.NotHttp);
    }

    private static WebPage Page((ResponseHead Head, byte[] Body) answer, bool isCut)
    {
        var (text, isWhole) = PageBody.Read(answer.Head, answer.Body);
        return new WebPage(answer.Head, text, isCut || !isWhole);
    }

    /// <summary>By its length or its last chunk; a connection is not always closed when asked.</summary>
    private static bool IsWhole(ResponseHead head, int body, ReadOnlySpan<byte> end) =>
        head.StatusCode is 204 or 304
        || (long.TryParse(head.Value("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) && body >= said)
        || (PageBody.IsChunked(head) && end.SequenceEqual("0\r\n\r\n"u8));

    /// <summary>Null while the head is not there.</summary>
    private static (ResponseHead Head, byte[] Body)? Parsed(ReadOnlySpan<byte> bytes)
    {
        for (var interim = 0; interim < 8; interim++)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return null;
            }

            var head = ResponseHead.Parse(bytes[..(end + 4)]);
            bytes = bytes[(end + 4)..];
            if (head.StatusCode >= 200)
            {
                return (head, bytes.ToArray());
            }
        }

        return null;
    }
}
