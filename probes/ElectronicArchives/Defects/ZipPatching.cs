using System.Buffers.Binary;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Makes the lists of a written ZIP file lie.</summary>
internal static class ZipPatching
{
    private const uint CentralSignature = 0x02014b50;

    /// <summary>Changes fields of both headers of the first entry whose name ends so.</summary>
    /// <param name="zip">The file.</param>
    /// <param name="end">Of the name.</param>
    /// <param name="patch">Gets the file, the offset of the central header and that of the local one.</param>
    public static byte[] Entry(byte[] zip, string end, Action<byte[], int, int> patch)
    {
        var bytes = (byte[])zip.Clone();
        for (var at = 0; at + 46 < bytes.Length; at++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) != CentralSignature)
            {
                continue;
            }

            var name = Encoding.UTF8.GetString(bytes, at + 46, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 28)));
            if (name.EndsWith(end, StringComparison.Ordinal))
            {
                patch(bytes, at, (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 42)));
                return bytes;
            }
        }

        throw new ArgumentException($"没有条目 {end}", nameof(end));
    }

    public static byte[] WrongCrc(byte[] zip, string end) => Entry(zip, end, (b, central, local) =>
    {
        b[central + 16] ^= 0x5A;
        b[local + 14] ^= 0x5A;
    });

    public static byte[] Encrypted(byte[] zip, string end) => Entry(zip, end, (b, central, local) =>
    {
        b[central + 8] |= 1;
        b[local + 6] |= 1;
    });

    public static byte[] OddMethod(byte[] zip, string end) => Entry(zip, end, (b, central, local) =>
    {
        b[central + 10] = 14;
        b[local + 8] = 14;
    });

    /// <summary>The list says less than there is.</summary>
    public static byte[] ShortLength(byte[] zip, string end) => Entry(zip, end, (b, central, local) =>
    {
        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(b.AsSpan(central + 24)) - 9;
        BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(central + 24), bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(local + 22), bytes);
    });

    /// <summary>The local header names another file.</summary>
    public static byte[] OtherLocalName(byte[] zip, string end) => Entry(zip, end, (b, _, local) => b[local + 30 + BinaryPrimitives.ReadUInt16LittleEndian(b.AsSpan(local + 26)) - 1] ^= 0x20);
}
