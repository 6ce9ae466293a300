using System.Globalization;
using System.Net;
using System.Text;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>How the client's side ended.</summary>
internal enum RequestsEnd
{
    ClientEnded,

    /// <summary>A request was for another host than the proxy: a page of somebody else's that found the port.</summary>
    OtherHost,
}

/// <summary>
/// Carries what a client says to the server. Heads of HTTP/1.x requests get the server's name as Host, because the browser knows only
/// the loopback; everything else goes through as it is, and so does what is no HTTP at all.
/// </summary>
internal sealed class RequestRewriting(Stream client, Stream server, IPEndPoint own, string host, int port)
{
    private const int BufferSize = 16 * 1024;
    private const int LongestHead = 64 * 1024;
    private const int HttpsPort = 443;

    private readonly List<byte> _ahead = [];

    public async Task<RequestsEnd> RunAsync(CancellationToken cancellationToken)
    {
        while (await ReadHeadAsync(cancellationToken) is { } head)
        {
            if (!IsForUs(head))
            {
                return RequestsEnd.OtherHost;
            }

            await server.WriteAsync(Encoding.Latin1.GetBytes(Rewrite(head)), cancellationToken);
            if (Value(head, "Upgrade") is not null || !await PassBodyAsync(head, cancellationToken))
            {
                break;
            }
        }

        await PassAllAsync(cancellationToken);
        return RequestsEnd.ClientEnded;
    }

    /// <returns>Null where no head of HTTP/1.x comes; what came instead waits to be passed.</returns>
    private async Task<string?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. _ahead]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && IsHttp(text[..text.IndexOf("\r\n", StringComparison.Ordinal)]))
            {
                _ahead.RemoveRange(0, end + 4);
                return text[..(end + 4)];
            }

            if (end >= 0 || _ahead.Count > LongestHead || (_ahead.Count > 0 && !char.IsAsciiLetterUpper(text[0])) || !await ReadMoreAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    private static bool IsHttp(string line) => line.EndsWith(" HTTP/1.1", StringComparison.Ordinal) || line.EndsWith(" HTTP/1.0", StringComparison.Ordinal);

    /// <summary>Pages of other origins can reach a port of the loopback under a name of theirs; they have no business behind it.</summary>
    private bool IsForUs(string head)
    {
        var asked = Value(head, "Host");
        if (asked is null)
        {
            return true;
        }

        var colon = asked.LastIndexOf(':');
        var name = colon > asked.LastIndexOf(']') ? asked[..colon] : asked;
        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && address.Equals(own.Address));
    }

    private string Rewrite(string head)
    {
        var at = FieldAt(head, "Host");
        if (at < 0)
        {
            return head;
        }

        var end = head.IndexOf("\r\n", at, StringComparison.Ordinal);
        var name = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        var authority = port == HttpsPort ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{port}");
        return $"{head[..at]}Host: {authority}{head[end..]}";
    }

    /// <returns>False where the body has no end this tool understands, so that no further head can be found.</returns>
    private async Task<bool> PassBodyAsync(string head, CancellationToken cancellationToken)
    {
        if (Value(head, "Transfer-Encoding") is { } coding)
        {
            return string.Equals(coding, "chunked", StringComparison.OrdinalIgnoreCase) && await PassChunksAsync(cancellationToken);
        }

        return Value(head, "Content-Length") is not { } length
            || (long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && await PassAsync(bytes, cancellationToken));
    }

    private async Task<bool> PassChunksAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            await server.WriteAsync(Encoding.Latin1.GetBytes(line), cancellationToken);
            var digits = line.TrimEnd('\r', '\n').Split(';')[0].Trim();
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0)
            {
                return false;
            }

            if (size == 0)
            {
                return await PassTrailerAsync(cancellationToken);
            }

            if (!await PassAsync(size + 2L, cancellationToken))
            {
                return false;
            }
        }

        return false;
    }

    private async Task<bool> PassTrailerAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            await server.WriteAsync(Encoding.Latin1.GetBytes(line), cancellationToken);
            if (line == "\r\n")
            {
                return true;
            }
        }

        return false;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _ahead.IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString([.. _ahead.Take(end + 1)]);
                _ahead.RemoveRange(0, end + 1);
                return line;
            }

            if (_ahead.Count > LongestHead || !await ReadMoreAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    private async Task<bool> PassAsync(long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (_ahead.Count == 0 && !await ReadMoreAsync(cancellationToken))
            {
                return false;
            }

            var piece = (int)Math.Min(count, _ahead.Count);
            await server.WriteAsync(_ahead.GetRange(0, piece).ToArray(), cancellationToken);
            _ahead.RemoveRange(0, piece);
            count -= piece;
        }

        return true;
    }

    private async Task PassAllAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (_ahead.Count > 0)
            {
                await server.WriteAsync(_ahead.ToArray(), cancellationToken);
                _ahead.Clear();
            }
        }
        while (await ReadMoreAsync(cancellationToken));
    }

    private async Task<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var read = await client.ReadAsync(buffer, cancellationToken);
        _ahead.AddRange(buffer.AsSpan(0, read));
        return read > 0;
    }

    private static string? Value(string head, string name)
    {
        var at = FieldAt(head, name);
        return at < 0 ? null : head[(at + name.Length + 1)..head.IndexOf("\r\n", at, StringComparison.Ordinal)].Trim();
    }

    /// <returns>Where the field's line begins; −1 without one.</returns>
    private static int FieldAt(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? -1 : at + 2;
    }
}
