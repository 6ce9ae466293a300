using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What a file is written in.</summary>
/// <param name="Encoding">Null where it is no text.</param>
/// <param name="Name">For people.</param>
/// <param name="Preamble">Bytes of the byte order mark.</param>
/// <param name="Fault">Where <paramref name="Encoding"/> is null: at which byte it stops being text.</param>
internal sealed record TextEncodingFound(Encoding? Encoding, string Name, int Preamble, string? Fault = null);

/// <summary>Tells UTF-8, UTF-16 and GB18030-2022 apart by reading the whole file once; a guess from the first lines would misread the rest.</summary>
internal static class TextEncodings
{
    private const int ChunkSize = 1 << 16;

    /// <summary>Shares of zero bytes at odd or even places above which a file without a mark is UTF-16.</summary>
    private const double ZeroShare = 0.3;

    /// <summary>One control character slips into a table now and then; random bytes have one in ten.</summary>
    private const int TextBytesPerControl = 20;

    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Replaces what it cannot decode; validity has been checked before.</summary>
    public static Encoding Gb18030 => Encoding.GetEncoding("GB18030");

    /// <summary>GBK as databases and older programs write it; null where a character is not in it.</summary>
    public static byte[]? Gbk(string text)
    {
        try
        {
            return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <param name="stream">Seekable; left at its beginning.</param>
    public static TextEncodingFound Detect(Stream stream, string name, CancellationToken cancellationToken)
    {
        var head = new byte[4096];
        stream.Position = 0;
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return Marked(head.AsSpan(0, length)) ?? ByZeros(head.AsSpan(0, length)) ?? ByContent(stream, cancellationToken);
    }

    private static TextEncodingFound? Marked(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? new(new UTF8Encoding(false), "UTF-8", 3)
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? new(Encoding.Unicode, "UTF-16LE", 2)
        : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? new(Encoding.BigEndianUnicode, "UTF-16BE", 2)
        : null;

    private static TextEncodingFound? ByZeros(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == 0)
            {
                _ = (i & 1) == 0 ? even++ : odd++;
            }
        }

        var bar = ZeroShare * head.Length / 2;
        return head.Length < 4 ? null
            : odd > bar && even == 0 ? new(Encoding.Unicode, "UTF-16LE", 0)
            : even > bar && odd == 0 ? new(Encoding.BigEndianUnicode, "UTF-16BE", 0)
            : null;
    }

    private static TextEncodingFound ByContent(Stream stream, CancellationToken cancellationToken)
    {
        var (utf8, chinese, controls) = (new Utf8Walk(), new Gb18030Walk(), 0L);
        var buffer = new byte[ChunkSize];
        var offset = 0L;
        for (int read; (read = stream.Read(buffer)) > 0; offset += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = buffer.AsSpan(0, read);
            controls += Controls(chunk, out var bad);
            if (chunk.Contains((byte)0) || controls * TextBytesPerControl > offset + read)
            {
                return new(null, "二进制", 0, $"第 {offset + bad} 字节是控制字符 0x{chunk[bad]:x2}，不是文本");
            }

            utf8.Feed(chunk, offset);
            chinese.Feed(chunk, offset);
            if (utf8.FaultAt >= 0 && chinese.FaultAt >= 0)
            {
                return new(null, "二进制", 0, $"第 {Math.Max(utf8.FaultAt, chinese.FaultAt)} 字节起既不是 UTF-8 也不是 GB18030");
            }
        }

        stream.Position = 0;
        return utf8.FaultAt < 0 && utf8.IsComplete ? new(new UTF8Encoding(false), "UTF-8", 0)
            : chinese.FaultAt < 0 && chinese.IsComplete ? new(Gb18030, "GB18030", 0)
            : utf8.FaultAt < 0 ? new(null, "二进制", 0, $"第 {offset} 字节（文件末尾）的 UTF-8 字符不完整")
            : new(null, "二进制", 0, $"第 {offset} 字节（文件末尾）的 GB18030 字符不完整");
    }

    /// <param name="at">The first of them, or of the zeros.</param>
    private static int Controls(ReadOnlySpan<byte> chunk, out int at)
    {
        at = chunk.IndexOf((byte)0);
        var count = 0;
        for (var i = 0; i < chunk.Length; i++)
        {
            if (chunk[i] < 0x20 && chunk[i] is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0B or 0x0C or 0x1A or 0x1B))
            {
                at = at < 0 ? i : at;
                count++;
            }
        }

        at = Math.Max(at, 0);
        return count;
    }
}

/// <summary>RFC 3629 over pieces.</summary>
internal sealed class Utf8Walk
{
    private int _wanted;
    private byte _lowest = 0x80;
    private byte _highest = 0xBF;

    public long FaultAt { get; private set; } = -1;

    public bool IsComplete => _wanted == 0;

    public void Feed(ReadOnlySpan<byte> bytes, long offset)
    {
        for (var i = 0; i < bytes.Length && FaultAt < 0; i++)
        {
            var b = bytes[i];
            if (_wanted == 0 && b < 0x80)
            {
                continue;
            }

            if (_wanted > 0 ? b < _lowest || b > _highest : b is < 0xC2 or > 0xF4)
            {
                FaultAt = offset + i;
                return;
            }

            (_wanted, _lowest, _highest) = _wanted > 0 ? (_wanted - 1, (byte)0x80, (byte)0xBF) : b switch
            {
                < 0xE0 => (1, (byte)0x80, (byte)0xBF),
                0xE0 => (2, (byte)0xA0, (byte)0xBF),
                0xED => (2, (byte)0x80, (byte)0x9F),
                < 0xF0 => (2, (byte)0x80, (byte)0xBF),
                0xF0 => (3, (byte)0x90, (byte)0xBF),
                0xF4 => (3, (byte)0x80, (byte)0x8F),
                _ => (3, (byte)0x80, (byte)0xBF),
            };
        }
    }
}

/// <summary>The structure of GB 18030-2022: one, two or four bytes a character.</summary>
internal sealed class Gb18030Walk
{
    private int _place;

    public long FaultAt { get; private set; } = -1;

    public bool IsComplete => _place == 0;

    public void Feed(ReadOnlySpan<byte> bytes, long offset)
    {
        for (var i = 0; i < bytes.Length && FaultAt < 0; i++)
        {
            var b = bytes[i];
            var next = _place switch
            {
                0 => b < 0x80 ? 0 : b is >= 0x81 and <= 0xFE ? 1 : -1,
                1 => b is >= 0x30 and <= 0x39 ? 2 : b is >= 0x40 and <= 0xFE and not 0x7F ? 0 : -1,
                2 => b is >= 0x81 and <= 0xFE ? 3 : -1,
                _ => b is >= 0x30 and <= 0x39 ? 0 : -1,
            };
            if (next < 0)
            {
                FaultAt = offset + i;
                return;
            }

            _place = next;
        }
    }
}
