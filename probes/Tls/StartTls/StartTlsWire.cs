using System.Runtime.InteropServices;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The clear bytes of a STARTTLS dialogue, within caps, and a record of them. Time is the caller's to bound.</summary>
internal sealed class StartTlsWire(Stream stream)
{
    /// <summary>Bytes received in one dialogue; the longest honest ones are a few kilobytes.</summary>
    public const int MaxBytes = 64 * 1024;

    public const int MaxLine = 4096;

    private const int ReadBuffer = 4096;

    private readonly List<byte> _received = [];
    private readonly StringBuilder _transcript = new();
    private int _at;

    /// <summary>Both directions, unprintable bytes as dots.</summary>
    public string Transcript => _transcript.ToString();

    /// <summary>Bytes received and not read yet.</summary>
    public int Ahead => _received.Count - _at;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Record('>', bytes.Span);
        await stream.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>A command to send in one write with the request for TLS, to see whether the server keeps it.</summary>
    public string? Tail { get; init; }

    /// <summary>The line after whose positive answer TLS begins.</summary>
    public Task RequestUpgradeAsync(string line, CancellationToken cancellationToken) =>
        SendLineAsync(Tail is null ? line : $"{line}\r\n{Tail}", cancellationToken);

    public Task SendLineAsync(string line, CancellationToken cancellationToken) =>
        SendAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), cancellationToken);

    /// <summary>One line without its end, as Latin-1.</summary>
    /// <exception cref="UnableException">Beyond the caps, or closed.</exception>
    public async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var from = _at;
        while (true)
        {
            var end = _received.IndexOf((byte)'\n', from);
            if (end >= 0)
            {
                return Encoding.Latin1.GetString(Take(end + 1 - _at)).TrimEnd('\r', '\n');
            }

            if (Ahead > MaxLine)
            {
                throw Unreadable($"一行超过 {MaxLine} 字节");
            }

            from = _received.Count;
            await ReceiveAsync(cancellationToken);
        }
    }

    /// <exception cref="UnableException">As <see cref="LineAsync"/>.</exception>
    public async Task<byte[]> ExactlyAsync(int count, CancellationToken cancellationToken)
    {
        while (Ahead < count)
        {
            await ReceiveAsync(cancellationToken);
        }

        return Take(count);
    }

    /// <summary>Text up to and with the first of several endings.</summary>
    /// <exception cref="UnableException">As <see cref="LineAsync"/>.</exception>
    public async Task<string> UntilAsync(IReadOnlyList<string> endings, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (EndOfFirst(endings) is { } end)
            {
                return Encoding.Latin1.GetString(Take(end));
            }

            await ReceiveAsync(cancellationToken);
        }
    }

    public static UnableException Unreadable(string why) => new(FailureKind.BadInput, why);

    /// <summary>How many of the unread bytes go up to and with the first of the endings; null while none is there.</summary>
    private int? EndOfFirst(IReadOnlyList<string> endings)
    {
        int? first = null;
        foreach (var ending in endings.Select(Encoding.ASCII.GetBytes))
        {
            var at = CollectionsMarshal.AsSpan(_received)[_at..].IndexOf(ending);
            first = at >= 0 && (first is null || at + ending.Length < first) ? at + ending.Length : first;
        }

        return first;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_received.Count >= MaxBytes)
        {
            throw Unreadable($"明文对话超过 {MaxBytes} 字节仍未结束");
        }

        var buffer = new byte[ReadBuffer];
        var read = await stream.ReadAsync(buffer, cancellationToken);
        if (read == 0)
        {
            throw new UnableException(FailureKind.Unreachable, _received.Count == 0 ? "没有问候就断开" : "在明文对话途中断开");
        }

        _received.AddRange(buffer.AsSpan(0, read));
    }

    private byte[] Take(int count)
    {
        var taken = _received.GetRange(_at, count).ToArray();
        _at += count;
        Record('<', taken);
        return taken;
    }

    private void Record(char direction, ReadOnlySpan<byte> bytes)
    {
        _transcript.Append(direction).Append(' ').Append(PrintableText.Of(bytes.TrimEnd("\r\n"u8))).Append('\n');
    }
}
