using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Reads a package from its central directory, with caps; the first thing that is not as it should be ends it.</summary>
internal static class PackageOpening
{
    private const int MostEntries = 2000;
    private const int MostBytes = 64 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="InvalidDataException">With the reason.</exception>
    public static IReadOnlyList<(string Path, byte[] Bytes)> Open(byte[] zip)
    {
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || zip.Length - end < 22)
        {
            throw new InvalidDataException("不是 ZIP，或尾部缺失");
        }

        var (count, at) = (Read16(zip, end + 10), (long)Read32(zip, end + 16));
        var (files, spans, total) = (new List<(string, byte[])>(), new List<(long From, long To)>(), 0L);
        if (count > MostEntries)
        {
            throw new InvalidDataException($"条目超过 {MostEntries} 个");
        }

        for (var i = 0; i < count; i++)
        {
            if (at + 46 > end || Read32(zip, at) != 0x02014b50)
            {
                throw new InvalidDataException("中央目录不完整");
            }

            var nameLength = Read16(zip, at + 28);
            var (path, bytes, span) = Entry(zip, at, Slice(zip, at + 46, nameLength));
            total += bytes.Length;
            if (total > MostBytes || files.Exists(f => string.Equals(f.Item1, path, StringComparison.OrdinalIgnoreCase)) || spans.Exists(s => span.From < s.To && s.From < span.To))
            {
                throw new InvalidDataException(total > MostBytes ? "展开后过大" : $"条目 {path} 重名或与别的条目重叠");
            }

            spans.Add(span);
            files.Add((path, bytes));
            at += 46 + nameLength + Read16(zip, at + 30) + Read16(zip, at + 32);
        }

        return files;
    }

    private static (string Path, byte[] Bytes, (long From, long To) Span) Entry(byte[] zip, long at, ReadOnlySpan<byte> name)
    {
        string path;
        try
        {
            path = Utf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            path = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(name);
        }

        var (flags, method, crc, packed, size, local) = (Read16(zip, at + 8), Read16(zip, at + 10), Read32(zip, at + 16), Read32(zip, at + 20), Read32(zip, at + 24), Read32(zip, at + 42));
        var wrong = (flags & 1) != 0 ? "加密"
            : method is not (0 or 8) ? "用了不公开的压缩方法"
            : path.Length == 0 || path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || path.Split('/').Contains("..", StringComparer.Ordinal) ? "的路径走到包外"
            : (Read32(zip, at + 38) >> 16 & 0xF000) == 0xA000 ? "是符号链接"
            : size > MostBytes ? "过大" : null;
        if (wrong is not null || Read32(zip, local) != 0x04034b50 || !Slice(zip, local + 30, Read16(zip, local + 26)).SequenceEqual(name))
        {
            throw new InvalidDataException($"条目 {path} {wrong ?? "的本地头与中央目录不一致"}");
        }

        var start = (long)local + 30 + Read16(zip, local + 26) + Read16(zip, local + 28);
        var stored = Slice(zip, start, packed);
        var bytes = method == 0 ? stored.ToArray() : Inflate(stored, (int)size, path);
        return bytes.Length == size && Crc(bytes) == crc ? (path, bytes, (local, start + packed)) : throw new InvalidDataException($"条目 {path} 的长度或 CRC-32 与记录不符");
    }

    private static byte[] Inflate(ReadOnlySpan<byte> packed, int size, string path)
    {
        using var source = new DeflateStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var target = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            target.Write(buffer, 0, read);
            if (target.Length > size)
            {
                throw new InvalidDataException($"条目 {path} 比声明的长");
            }
        }

        return target.ToArray();
    }

    private static ReadOnlySpan<byte> Slice(byte[] zip, long at, long length) => at + length <= zip.Length ? zip.AsSpan((int)at, (int)length) : throw new InvalidDataException("条目超出文件");

    private static int Read16(byte[] zip, long at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(zip, at, 2));

    private static uint Read32(byte[] zip, long at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(zip, at, 4));

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
