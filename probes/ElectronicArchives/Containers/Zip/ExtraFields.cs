using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The extra fields of a ZIP header: blocks of id (2), length (2), data. What does not fit ends the list.</summary>
internal static class ExtraFields
{
    private const int Head = 4;

    /// <summary>Whether every block fits; a rest too short for a block is padding.</summary>
    public static bool AreSound(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= Head)
        {
            var whole = Head + BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (whole > extra.Length)
            {
                return false;
            }

            extra = extra[whole..];
        }

        return true;
    }

    public static bool TryFind(ReadOnlySpan<byte> extra, ushort id, out ReadOnlySpan<byte> field)
    {
        while (extra.Length >= Head)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (Head + length > extra.Length)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == id)
            {
                field = extra.Slice(Head, length);
                return true;
            }

            extra = extra[(Head + length)..];
        }

        field = default;
        return false;
    }
}
