using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What is kept of an entry to read it; small, for there may be a hundred thousand.</summary>
/// <param name="LocalAt">Place of the local header.</param>
/// <param name="DataAt">Place of the content; negative where there is no local header.</param>
/// <param name="Packed">Bytes as stored.</param>
/// <param name="Bytes">Bytes of the content, as declared.</param>
/// <param name="Crc">CRC-32 of the content, as declared.</param>
/// <param name="Method">0 stored, 8 DEFLATE; anything else is not read.</param>
/// <param name="Flags">General purpose bits of the central directory.</param>
/// <param name="Encoding">How the name was read.</param>
/// <param name="Refusal">Why the content is not given; null where it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ZipRecord(long LocalAt, long DataAt, long Packed, long Bytes, uint Crc, ushort Method, ushort Flags, NameEncoding Encoding, ContainerFaultKind? Refusal)
{
    public const ushort Stored = 0;
    public const ushort Deflate = 8;
    public const ushort EncryptedBit = 1;
    public const ushort DescriptorBit = 1 << 3;
    public const ushort StrongBit = 1 << 6;
    public const ushort Utf8Bit = 1 << 11;
    public const ushort MaskedBit = 1 << 13;

    /// <summary>Beyond what <see cref="ContainerLimits"/> allows.</summary>
    public bool IsBomb => Bytes > ContainerLimits.RatioFrom && (UInt128)Bytes > (UInt128)Packed * ContainerLimits.Ratio;

    public static string MethodName(ushort method) => method switch
    {
        1 => "Shrink",
        2 or 3 or 4 or 5 => "Reduce",
        6 => "Implode",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 or 20 => "Zstandard",
        95 => "XZ",
        97 => "WavPack",
        98 => "PPMd",
        99 => "AES 加密",
        _ => "未登记的方法",
    };
}
