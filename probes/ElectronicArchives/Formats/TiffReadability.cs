using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Follows the directories of a TIFF file (TIFF 6.0, BigTIFF) and looks whether what they point at lies within the file.</summary>
internal sealed class TiffReadability
{
    private const int DirectoryCap = 20_000;
    private const int StripCap = 2_000_000;
    private static readonly int[] TypeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    private readonly ByteSource _source;
    private readonly List<string> _troubles;
    private readonly bool _isBig;
    private readonly bool _isWide;
    private int _strips;

    private TiffReadability(ByteSource source, List<string> troubles, ReadOnlySpan<byte> head) =>
        (_source, _troubles, _isBig, _isWide) = (source, troubles, head[0] == 'M', head[2] == 43 || head[3] == 43);

    public static string Check(ByteSource source, List<string> troubles, CancellationToken stop)
    {
        Span<byte> head = stackalloc byte[4];
        if (source.ReadFully(0, head) < 4)
        {
            troubles.Add("文件头不完整");
        }
        else
        {
            new TiffReadability(source, troubles, head).Follow(stop);
        }

        return "TIFF 目录与数据位置";
    }

    private void Follow(CancellationToken stop)
    {
        var seen = new HashSet<long>();
        var at = Number(_isWide ? 8 : 4, _isWide ? 8 : 4);
        if (at is null or 0)
        {
            _troubles.Add("没有图像目录");
        }

        while (at is > 0 && _troubles.Count == 0)
        {
            stop.ThrowIfCancellationRequested();
            if (!seen.Add(at.Value) || seen.Count > DirectoryCap)
            {
                _troubles.Add("图像目录循环引用，或过多");
                return;
            }

            at = Directory(at.Value, stop);
        }
    }

    /// <returns>Where the next one is; 0 after the last.</returns>
    private long? Directory(long at, CancellationToken stop)
    {
        var (countBytes, entryBytes) = _isWide ? (8, 20) : (2, 12);
        if (Number(at, countBytes) is not { } count || count > ushort.MaxValue || at + countBytes + (count * entryBytes) > _source.Length)
        {
            _troubles.Add($"位置 {at} 处的图像目录超出文件，文件可能被截断");
            return null;
        }

        var places = new Dictionary<long, (long At, int Bytes, long Count)>();
        for (var i = 0; i < count; i++)
        {
            stop.ThrowIfCancellationRequested();
            Entry(at + countBytes + (i * entryBytes), places);
        }

        Data(places, 273, 279, stop);
        Data(places, 324, 325, stop);
        return Number(at + countBytes + (count * entryBytes), _isWide ? 8 : 4) ?? 0;
    }

    private void Entry(long at, Dictionary<long, (long At, int Bytes, long Count)> places)
    {
        var (tag, type, count) = (Number(at, 2) ?? 0, Number(at + 2, 2) ?? 0, Number(at + 4, _isWide ? 8 : 4) ?? 0);
        var one = type < TypeBytes.Length ? TypeBytes[type] : 0;
        var (value, room) = (at + (_isWide ? 12 : 8), _isWide ? 8 : 4);
        if (one == 0 || count < 0 || count > _source.Length)
        {
            if (one != 0)
            {
                _troubles.Add($"标签 {tag} 的值多于文件所能容纳");
            }

            return;
        }

        var where = one * count <= room ? value : Number(value, room) ?? long.MaxValue;
        if (where < 0 || where > _source.Length - (one * count))
        {
            _troubles.Add($"标签 {tag} 的值在位置 {where}，超出文件，文件可能被截断");
            return;
        }

        places[tag] = (where, one, count);
    }

    private void Data(Dictionary<long, (long At, int Bytes, long Count)> places, int offsets, int counts, CancellationToken stop)
    {
        if (!places.TryGetValue(offsets, out var starts) || !places.TryGetValue(counts, out var lengths))
        {
            return;
        }

        for (long i = 0; i < Math.Min(starts.Count, lengths.Count) && _strips++ < StripCap; i++)
        {
            stop.ThrowIfCancellationRequested();
            var (start, length) = (Number(starts.At + (i * starts.Bytes), starts.Bytes) ?? long.MaxValue, Number(lengths.At + (i * lengths.Bytes), lengths.Bytes) ?? 0);
            if (start < 0 || length < 0 || start > _source.Length - length)
            {
                _troubles.Add($"图像数据在位置 {start}，共 {length} 字节，超出文件，文件可能被截断");
                return;
            }
        }
    }

    private long? Number(long at, int bytes)
    {
        Span<byte> buffer = stackalloc byte[8];
        buffer = buffer[..Math.Min(bytes, 8)];
        if (at < 0 || _source.ReadFully(at, buffer) < buffer.Length)
        {
            return null;
        }

        return buffer.Length switch
        {
            1 => buffer[0],
            2 => _isBig ? BinaryPrimitives.ReadUInt16BigEndian(buffer) : BinaryPrimitives.ReadUInt16LittleEndian(buffer),
            4 => _isBig ? BinaryPrimitives.ReadUInt32BigEndian(buffer) : BinaryPrimitives.ReadUInt32LittleEndian(buffer),
            _ => _isBig ? BinaryPrimitives.ReadInt64BigEndian(buffer) : BinaryPrimitives.ReadInt64LittleEndian(buffer),
        };
    }
}
