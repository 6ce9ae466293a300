using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Walks the pieces of pictures and media to their end; nothing is decoded.</summary>
internal static class ImageReadability
{
    private const int PieceCap = 1_000_000;
    private const int JpegTail = 4096;

    public static string Check(string key, ByteSource source, List<string> troubles, CancellationToken stop)
    {
        switch (key)
        {
            case "png":
                Png(source, troubles, stop);
                return "PNG 数据块与 CRC-32";
            case "jpeg":
                Jpeg(source, troubles, stop);
                return "JPEG 分段与结束标记";
            case "gif":
                Gif(source, troubles, stop);
                return "GIF 数据块";
            default:
                Bmp(source, troubles);
                return "BMP 长度";
        }
    }

    public static string Riff(ByteSource source, List<string> troubles)
    {
        Span<byte> head = stackalloc byte[8];
        if (source.ReadFully(0, head) == 8 && head[..4].SequenceEqual("RIFF"u8) && BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) is var said && said + 8L > source.Length)
        {
            troubles.Add($"声明 {said + 8L} 字节，实际 {source.Length} 字节，文件被截断");
        }

        return "RIFF 长度";
    }

    public static string Boxes(ByteSource source, List<string> troubles, CancellationToken stop)
    {
        Span<byte> head = stackalloc byte[16];
        var at = 0L;
        for (var i = 0; i < PieceCap && at < source.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            var have = source.ReadFully(at, head);
            if (have < 8)
            {
                troubles.Add($"位置 {at} 处的数据盒不完整");
                break;
            }

            long bytes = BinaryPrimitives.ReadUInt32BigEndian(head);
            bytes = bytes == 0 ? source.Length - at : bytes == 1 && have == 16 ? BinaryPrimitives.ReadInt64BigEndian(head[8..]) : bytes;
            if (bytes < 8 || bytes > source.Length - at)
            {
                troubles.Add($"位置 {at} 处的数据盒声明 {bytes} 字节，超出文件，文件可能被截断");
                break;
            }

            at += bytes;
        }

        return "数据盒长度";
    }

    private static void Png(ByteSource source, List<string> troubles, CancellationToken stop)
    {
        var head = new byte[8];
        var buffer = new byte[1 << 16];
        var at = 8L;
        for (var i = 0; i < PieceCap; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (source.ReadFully(at, head) < 8)
            {
                troubles.Add("没有 IEND 数据块，文件被截断");
                return;
            }

            long bytes = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (at + 12 + bytes > source.Length)
            {
                troubles.Add($"位置 {at} 处的数据块声明 {bytes} 字节，超出文件，文件被截断");
                return;
            }

            if (!CrcIsRight(source, at + 4, bytes + 4, buffer))
            {
                troubles.Add($"位置 {at} 处的数据块 CRC-32 不符");
            }

            at += 12 + bytes;
            if (head.AsSpan(4).SequenceEqual("IEND"u8))
            {
                return;
            }
        }
    }

    private static bool CrcIsRight(ByteSource source, long at, long length, byte[] buffer)
    {
        var crc = new Crc32();
        for (var left = length; left > 0;)
        {
            var read = source.ReadFully(at + length - left, buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            if (read == 0)
            {
                return false;
            }

            crc.Append(buffer.AsSpan(0, read));
            left -= read;
        }

        Span<byte> four = stackalloc byte[4];
        return source.ReadFully(at + length, four) == 4 && BinaryPrimitives.ReadUInt32BigEndian(four) == crc.Value;
    }

    private static void Jpeg(ByteSource source, List<string> troubles, CancellationToken stop)
    {
        Span<byte> head = stackalloc byte[4];
        var at = 2L;
        for (var i = 0; i < PieceCap; i++)
        {
            stop.ThrowIfCancellationRequested();
            var have = source.ReadFully(at, head);
            if (have < 4 || head[0] != 0xFF)
            {
                troubles.Add(have < 4 ? "还没到图像数据文件就结束了" : $"位置 {at} 处不是分段标记");
                return;
            }

            if (head[1] == 0xFF)
            {
                at++;
                continue;
            }

            at += head[1] is 0x01 or (>= 0xD0 and <= 0xD8) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
            if (head[1] == 0xDA)
            {
                break;
            }
        }

        var tail = new byte[Math.Min(JpegTail, source.Length)];
        tail = tail[..source.ReadFully(source.Length - tail.Length, tail)];
        if (at >= source.Length || tail.AsSpan().LastIndexOf<byte>([0xFF, 0xD9]) < 0)
        {
            troubles.Add("没有结束标记（EOI），文件可能被截断");
        }
    }

    private static void Gif(ByteSource source, List<string> troubles, CancellationToken stop)
    {
        Span<byte> head = stackalloc byte[13];
        if (source.ReadFully(0, head) < 13)
        {
            troubles.Add("文件头不完整");
            return;
        }

        var at = 13L + Colours(head[10]);
        for (var i = 0; i < PieceCap; i++)
        {
            stop.ThrowIfCancellationRequested();
            var have = source.ReadFully(at, head[..10]);
            if (have > 0 && head[0] == 0x3B)
            {
                return;
            }

            if (have < 3 || head[0] is not (0x21 or 0x2C))
            {
                troubles.Add(have < 3 ? "没有结束标记，文件被截断" : $"位置 {at} 处不是数据块");
                return;
            }

            at = Blocks(source, at + (head[0] == 0x21 ? 2 : 11 + Colours(head[9])), stop);
        }
    }

    private static int Colours(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static long Blocks(ByteSource source, long at, CancellationToken stop)
    {
        Span<byte> one = stackalloc byte[1];
        while (source.ReadFully(at, one) == 1 && one[0] != 0)
        {
            stop.ThrowIfCancellationRequested();
            at += one[0] + 1;
        }

        return at + 1;
    }

    private static void Bmp(ByteSource source, List<string> troubles)
    {
        Span<byte> head = stackalloc byte[14];
        var whole = source.ReadFully(0, head) == 14;
        if (!whole || BinaryPrimitives.ReadUInt32LittleEndian(head[10..]) >= source.Length || BinaryPrimitives.ReadUInt32LittleEndian(head[2..]) > source.Length)
        {
            troubles.Add(whole ? $"声明 {BinaryPrimitives.ReadUInt32LittleEndian(head[2..])} 字节，实际 {source.Length} 字节，文件被截断" : "文件头不完整");
        }
    }
}
