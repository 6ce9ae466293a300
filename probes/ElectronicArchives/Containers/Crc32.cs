using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>CRC-32 of ISO 3309 (polynomial EDB88320 reflected), as ZIP, gzip and PNG have it; sixteen bytes a step.</summary>
internal sealed class Crc32
{
    private const int Slices = 16;
    private static readonly uint[] Tables = Make();
    private uint _state = uint.MaxValue;

    /// <summary>Of everything appended so far.</summary>
    public uint Value => ~_state;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32();
        crc.Append(bytes);
        return crc.Value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = _state;
        ReadOnlySpan<uint> t = Tables;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var a = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var b = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            var c = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
            var d = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
            crc = Four(t[(12 * 256)..], a) ^ Four(t[(8 * 256)..], b) ^ Four(t[(4 * 256)..], c) ^ Four(t, d);
        }

        foreach (var one in bytes)
        {
            crc = t[(byte)(crc ^ one)] ^ (crc >> 8);
        }

        _state = crc;
    }

    private static uint Four(ReadOnlySpan<uint> t, uint word) =>
        t[768 + (int)(word & 0xFF)] ^ t[512 + (int)((word >> 8) & 0xFF)] ^ t[256 + (int)((word >> 16) & 0xFF)] ^ t[(int)(word >> 24)];

    private static uint[] Make()
    {
        var tables = new uint[Slices * 256];
        for (var i = 0u; i < 256; i++)
        {
            var one = i;
            for (var bit = 0; bit < 8; bit++)
            {
                one = (one >> 1) ^ (0xEDB88320 & (uint)-(int)(one & 1));
            }

            tables[i] = one;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = tables[tables[i - 256] & 0xFF] ^ (tables[i - 256] >> 8);
        }

        return tables;
    }
}
