namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// How unlikely it is that bytes hold text by chance, in bits: 1.43 for a printable ASCII byte, 4.68 for a digit among digits, 9.4 for a
/// Chinese character in UTF-8. A value is one of up to a million, and hundreds of things are undone with it: what counts alone has to beat both.
/// </summary>
internal static class TextEvidence
{
    /// <summary>Bits from which on one value alone is no chance, whatever was undone to get it.</summary>
    public const double Sure = 60;

    /// <summary>Bits from which on a run inside a value that nothing was done with is no chance.</summary>
    private const double SureAsItStands = 48;

    private const double PrintableBits = 1.43;
    private const double DigitBits = 4.68;
    private const double HanBits = 9.4;

    /// <summary>Runs are looked for in the beginning of long values.</summary>
    private const int Looked = 4096;

    /// <summary>Of bytes that are text from end to end; 0 where they are none.</summary>
    public static double OfWhole(ReadOnlySpan<byte> bytes)
    {
        if (TextPatterns.TextOf(bytes) is not { } text)
        {
            return 0;
        }

        var bits = 0.0;
        var digits = !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        foreach (var c in text)
        {
            bits += TextPatterns.IsHan(c) ? HanBits : char.IsAscii(c) ? digits ? DigitBits : PrintableBits : PrintableBits;
        }

        return bits;
    }

    /// <summary>A run of text within bytes that are none as a whole: behind a random beginning, say.</summary>
    public static bool HasRun(ReadOnlySpan<byte> bytes)
    {
        var looked = bytes[..Math.Min(bytes.Length, Looked)];
        var (run, digits) = (0.0, 0.0);
        for (var i = 0; i < looked.Length;)
        {
            var step = 1;
            if (looked[i] is >= 0x20 and <= 0x7E)
            {
                run += PrintableBits;
                digits = char.IsAsciiDigit((char)looked[i]) ? digits + DigitBits : 0;
            }
            else if (i + 2 < looked.Length && looked[i] is >= 0xE4 and <= 0xE9 && looked[i + 1] is >= 0x80 and <= 0xBF && looked[i + 2] is >= 0x80 and <= 0xBF)
            {
                (run, digits, step) = (run + HanBits, 0, 3);
            }
            else
            {
                (run, digits) = (0, 0);
            }

            if (run >= SureAsItStands || digits >= SureAsItStands)
            {
                return true;
            }

            i += step;
        }

        return false;
    }
}
