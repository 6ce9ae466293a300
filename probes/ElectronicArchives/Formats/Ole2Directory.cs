using System.Buffers.Binary;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The names in an OLE2 compound file ([MS-CFB]); contents are not read.</summary>
internal sealed class Ole2Directory
{
    private const int HeaderBytes = 512;
    private const int EntryBytes = 128;
    private const int InHeader = 109;
    private const uint LastSector = 0xFFFFFFFA;
    private const int SectorCap = 4096;

    private readonly ByteSource _source;
    private readonly byte[] _header = new byte[HeaderBytes];
    private readonly int _sectorBytes;

    private Ole2Directory(ByteSource source)
    {
        _source = source;
        _ = source.ReadFully(0, _header);
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(30));
        _sectorBytes = shift is 9 or 12 ? 1 << shift : 512;
    }

    /// <summary>Names of storages and streams in the order of the directory.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The chain of the directory was followed to its end.</summary>
    public bool IsWhole { get; private set; }

    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    public static Ole2Directory Read(ByteSource source, CancellationToken stop)
    {
        var directory = new Ole2Directory(source);
        directory.Follow(stop);
        return directory;
    }

    private void Follow(CancellationToken stop)
    {
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(48));
        var buffer = new byte[_sectorBytes];
        for (var i = 0; i < SectorCap && sector < LastSector; i++)
        {
            stop.ThrowIfCancellationRequested();
            var read = _source.ReadFully(At(sector), buffer);
            for (var at = 0; at + EntryBytes <= read; at += EntryBytes)
            {
                Take(buffer.AsSpan(at, EntryBytes));
            }

            if (read < _sectorBytes || !Next(sector, out sector))
            {
                return;
            }
        }

        IsWhole = sector >= LastSector;
    }

    private void Take(ReadOnlySpan<byte> entry)
    {
        var bytes = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
        if (entry[66] is 1 or 2 or 5 && bytes is >= 2 and <= 64)
        {
            Names.Add(Encoding.Unicode.GetString(entry[..(bytes - 2)]));
        }
    }

    /// <summary>The allocation table lies in sectors that the header lists; files so large that it lists them elsewhere end here.</summary>
    private bool Next(uint sector, out uint next)
    {
        next = 0;
        var perSector = (uint)_sectorBytes / 4;
        var table = sector / perSector;
        if (table >= InHeader)
        {
            return false;
        }

        Span<byte> four = stackalloc byte[4];
        var at = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(76 + ((int)table * 4)));
        if (at >= LastSector || _source.ReadFully(At(at) + (sector % perSector * 4), four) < 4)
        {
            return false;
        }

        next = BinaryPrimitives.ReadUInt32LittleEndian(four);
        return true;
    }

    private long At(uint sector) => ((long)sector + 1) * _sectorBytes;
}
