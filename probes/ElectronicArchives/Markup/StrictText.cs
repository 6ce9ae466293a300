using System.Buffers;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Where bytes stop being text of an encoding: the offset of the first sequence that is none, or the length where all is.</summary>
internal static class StrictText
{
    public static int FirstNotUtf8(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var ascii = bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            at = ascii < 0 ? bytes.Length : at + ascii;
            if (at < bytes.Length)
            {
                if (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) != OperationStatus.Done)
                {
                    return at;
                }

                at += used;
            }
        }

        return at;
    }

    /// <summary>By the shape of GB 18030-2022: one byte, two (81–FE, 40–7E or 80–FE) or four (81–FE, 30–39, 81–FE, 30–39).</summary>
    public static int FirstNotGb18030(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var length = Gb18030Length(bytes[at..]);
            if (length == 0)
            {
                return at;
            }

            at += length;
        }

        return at;
    }

    public static int FirstNotUtf16(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        for (var at = 0; at < bytes.Length; at += 2)
        {
            if (at + 1 >= bytes.Length)
            {
                return at;
            }

            var unit = Unit(bytes, at, isBigEndian);
            if (char.IsLowSurrogate(unit) || (char.IsHighSurrogate(unit) && (at + 3 >= bytes.Length || !char.IsLowSurrogate(Unit(bytes, at + 2, isBigEndian)))))
            {
                return at;
            }

            at += char.IsHighSurrogate(unit) ? 2 : 0;
        }

        return bytes.Length;
    }

    private static char Unit(ReadOnlySpan<byte> bytes, int at, bool isBigEndian) =>
        (char)(isBigEndian ? (bytes[at] << 8) | bytes[at + 1] : (bytes[at + 1] << 8) | bytes[at]);

    private static int Gb18030Length(ReadOnlySpan<byte> at)
    {
        if (at[0] < 0x80)
        {
            return 1;
        }

        if (at[0] is 0x80 or 0xFF || at.Length < 2)
        {
            return 0;
        }

        return at[1] is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE) ? 2
            : at[1] is >= 0x30 and <= 0x39 && at.Length >= 4 && at[2] is >= 0x81 and <= 0xFE && at[3] is >= 0x30 and <= 0x39 ? 4
            : 0;
    }
}
