using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Status line and header fields of an HTTP/1.x answer (RFC 9112), within caps.</summary>
internal sealed record ResponseHead
{
    /// <summary>Bytes of all heads together, interim ones included.</summary>
    public const int MaxBytes = 64 * 1024;

    public const int MaxFields = 200;

    /// <summary>What is said of an answer in another language.</summary>
    public const string NotHttp = "HTTP 应答不是 HTTP/1.x";

    /// <summary>What is said of no answer at all.</summary>
    public const string NoAnswer = "HTTP 对方没有应答就断开";

    private const int MaxInterimAnswers = 8;

    private ResponseHead(int statusCode, IReadOnlyList<KeyValuePair<string, string>> fields, byte[] raw)
    {
        StatusCode = statusCode;
        Fields = fields;
        Raw = raw;
    }

    public int StatusCode { get; }

    /// <summary>Behind the slash of the status line, such as 1.1; one digit each side.</summary>
    public string HttpVersion { get; private init; } = "1.1";

    /// <summary>In the order sent; obsolete line folding joined.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>As received, up to the empty line.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Values of one field, joined as RFC 9110 §5.3 allows; null where not sent.</summary>
    public string? Value(string name)
    {
        var values = Values(name);
        return values.Count == 0 ? null : string.Join(", ", values);
    }

    public IReadOnlyList<string> Values(string name) =>
        [.. Fields.Where(f => string.Equals(f.Key, name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value)];

    /// <summary>Reads until the empty line of the first final answer; the body is left on the stream.</summary>
    /// <exception cref="UnableException">Not HTTP/1.x, beyond the caps, or closed before the end of the head.</exception>
    public static async Task<ResponseHead> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var received = new byte[MaxBytes];
        var length = 0;
        var start = 0;
        var interim = 0;
        while (true)
        {
            var end = EndOfHead(received.AsSpan(start, length - start));
            if (end >= 0)
            {
                var head = Parse(received.AsSpan(start, end));
                if (head.StatusCode >= 200)
                {
                    return head;
                }

                start += end;
                if (++interim > MaxInterimAnswers)
                {
                    throw Bad($"1xx 应答超过 {MaxInterimAnswers} 个");
                }

                continue;
            }

            if (length >= start + Opening.Length && !received.AsSpan(start).StartsWith(Opening))
            {
                throw IsHttp2(received.AsSpan(start, length - start)) ? Bad("对方只说 HTTP/2") : new UnableException(FailureKind.BadInput, NotHttp);
            }

            if (length == MaxBytes)
            {
                throw Bad($"应答头超过 {MaxBytes} 字节");
            }

            var read = await stream.ReadAsync(received.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                throw new UnableException(FailureKind.Unreachable, length == 0 ? NoAnswer : "HTTP 应答头没有结束就断开");
            }

            length += read;
        }
    }

    /// <param name="head">Up to and with the empty line.</param>
    /// <exception cref="UnableException">Not HTTP/1.x, or too many fields.</exception>
    public static ResponseHead Parse(ReadOnlySpan<byte> head)
    {
        var lines = Encoding.Latin1.GetString(head).Split('\n');
        var status = lines[0].TrimEnd('\r').Split(' ', 3);
        if (!status[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || status.Length < 2
            || status[1].Length != 3 || !int.TryParse(status[1], System.Globalization.NumberStyles.None, null, out var code) || code is < 100 or > 599)
        {
            throw new UnableException(FailureKind.BadInput, NotHttp);
        }

        var fields = new List<KeyValuePair<string, string>>();
        foreach (var line in lines.Skip(1).Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0))
        {
            Add(fields, line);
        }

        return new ResponseHead(code, fields, head.ToArray()) { HttpVersion = status[0] == "HTTP/1.0" ? "1.0" : "1.1" };
    }

    private static ReadOnlySpan<byte> Opening => "HTTP/"u8;

    /// <summary>A SETTINGS or GOAWAY frame of the connection itself (RFC 9113 §4.1), as far as it came.</summary>
    private static bool IsHttp2(ReadOnlySpan<byte> bytes) => bytes[0] == 0 && bytes[3] is 4 or 7;

    private static void Add(List<KeyValuePair<string, string>> fields, string line)
    {
        if (line[0] is ' ' or '\t')
        {
            if (fields.Count > 0)
            {
                fields[^1] = new(fields[^1].Key, $"{fields[^1].Value} {line.Trim()}");
            }

            return;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return;
        }

        if (fields.Count == MaxFields)
        {
            throw Bad($"应答头超过 {MaxFields} 行");
        }

        fields.Add(new(line[..colon].Trim(), line[(colon + 1)..].Trim()));
    }

    /// <summary>Length of the head with its empty line; −1 while there is none.</summary>
    private static int EndOfHead(ReadOnlySpan<byte> bytes)
    {
        var crlf = bytes.IndexOf("\r\n\r\n"u8);
        var lf = bytes.IndexOf("\n\n"u8);
        return (crlf, lf) switch
        {
            (< 0, < 0) => -1,
            (>= 0, _) when lf < 0 || crlf < lf => crlf + 4,
            _ => lf + 2,
        };
    }

    private static UnableException Bad(string why) => new(FailureKind.BadInput, $"HTTP {why}");
}
