namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>One way to undo what needs no key.</summary>
/// <param name="Name">For people: what was done to the values.</param>
/// <param name="OfText">From the value as it is written; null where it works on bytes.</param>
/// <param name="OfBytes">From the decoded value.</param>
/// <param name="NeedsWhole">The beginning of a value does not do.</param>
internal sealed record Undoing(string Name, Func<string, byte[]?>? OfText, Func<byte[], byte[]>? OfBytes = null, bool NeedsWhole = false);

/// <summary>Everything that is undone: reversed, shifted and swapped spellings, other alphabets, masks of one byte, masks that stand in the value itself.</summary>
internal static class Undoings
{
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    /// <summary>In words, for reports.</summary>
    public const string Tried = "倒序、大小写互换、字母移位、Base64 字母表移位与另几种字母表、Base32、Base58、跳过开头几个字符，按字节倒序、半字节互换、按位旋转、单字节异或与加减、与序号或前一字节异或、与值自身的前 4/8/12/16 字节或末 16 字节或前一半异或，以及值里夹有的文字";

    public static IReadOnlyList<Undoing> All { get; } = [.. OfTexts(), .. OfByteValues()];

    private static IEnumerable<Undoing> OfTexts()
    {
        yield return new("倒序的编码", t => Decoded(new string([.. t.Reverse()])));
        yield return new("大小写互换的编码", t => Decoded(string.Concat(t.Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)))));
        for (var by = 1; by < Lower.Length; by++)
        {
            yield return new("字母移位的编码", Through(Lower + Upper, Shifted(Lower, by) + Shifted(Upper, by)));
        }

        yield return new("字母与数字移位的编码", Through(Lower + Upper + Digits, Shifted(Lower, 13) + Shifted(Upper, 13) + Shifted(Digits, 5)));
        for (var by = 1; by < Base64.Length; by++)
        {
            yield return new("字母表移位的 Base64", Through(Base64, Shifted(Base64, by)));
        }

        foreach (var other in new[] { "./" + Digits + Upper + Lower, "./" + Upper + Lower + Digits, Digits + Upper + Lower + "+/", Digits + Lower + Upper + "+/", Lower + Upper + Digits + "+/", Upper + Lower + Digits + "-_", Lower + Upper + Digits + "./" })
        {
            yield return new("别的字母表的 Base64", Through(other, Base64));
        }

        yield return new("Base32", t => Packed(t.ToUpperInvariant(), Upper + "234567", 5));
        yield return new("Base32（扩展十六进制字母表）", t => Packed(t.ToUpperInvariant(), Digits + Upper[..22], 5));
        yield return new("Base58", Base58);
        for (var skipped = 1; skipped < 4; skipped++)
        {
            var from = skipped;
            yield return new("开头夹有别的字符的编码", t => t.Length > 16 ? Decoded(t[from..]) : null);
        }

        yield return new("带分隔符的十六进制", t => BinaryText.Hex(string.Concat(t.Replace("\\x", "", StringComparison.OrdinalIgnoreCase).Where(c => c is not (':' or '-' or ' ' or ',')))));
    }

    private static IEnumerable<Undoing> OfByteValues()
    {
        yield return new("按字节倒序", null, b => [.. b.Reverse()], NeedsWhole: true);
        yield return new("半字节互换", null, b => Each(b, (v, _) => (byte)((v << 4) | (v >> 4))));
        for (var by = 1; by < 8; by++)
        {
            var left = by;
            yield return new("按位旋转", null, b => Each(b, (v, _) => byte.RotateLeft(v, left)));
        }

        for (var key = 1; key < 256; key++)
        {
            var mask = (byte)key;
            yield return new("单字节异或", null, b => Each(b, (v, _) => (byte)(v ^ mask)));
            yield return new("单字节加减", null, b => Each(b, (v, _) => (byte)(v - mask)));
        }

        yield return new("与序号异或", null, b => Each(b, (v, i) => (byte)(v ^ i)));
        yield return new("与序号相加", null, b => Each(b, (v, i) => (byte)(v - i)));
        yield return new("与前一字节异或", null, b => Each(b, (v, i) => i == 0 ? v : (byte)(v ^ b[i - 1])));
        yield return new("与前一字节相加", null, b => Each(b, (v, i) => i == 0 ? v : (byte)(v - b[i - 1])));
        foreach (var front in new[] { 4, 8, 12, 16 })
        {
            yield return new($"与自身前 {front} 字节异或", null, b => b.Length <= front + 4 ? [] : Each(b[front..], (v, i) => (byte)(v ^ b[i % front])));
        }

        yield return new("与自身末 16 字节异或", null, b => b.Length <= 20 ? [] : Each(b[..^16], (v, i) => (byte)(v ^ b[b.Length - 16 + (i % 16)])), NeedsWhole: true);
        yield return new("后一半与前一半异或", null, b => b.Length % 2 != 0 ? [] : Each(b[(b.Length / 2)..], (v, i) => (byte)(v ^ b[i])), NeedsWhole: true);
    }

    private static Func<string, byte[]?> Through(string from, string to)
    {
        var table = new char[128];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = from.IndexOf((char)i, StringComparison.Ordinal) is >= 0 and var at ? to[at] : (char)i;
        }

        return t => Decoded(string.Concat(t.Select(c => c < 128 ? table[c] : c)));
    }

    private static byte[]? Decoded(string text) => BinaryText.Decode(text)?.Bytes;

    private static string Shifted(string alphabet, int by) => alphabet[by..] + alphabet[..by];

    private static byte[] Each(byte[] bytes, Func<byte, int, byte> change)
    {
        var changed = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            changed[i] = change(bytes[i], i);
        }

        return changed;
    }

    private static byte[]? Packed(string text, string alphabet, int bitsEach)
    {
        var (bytes, bits, held) = (new List<byte>(text.Length), 0, 0);
        foreach (var c in text.TrimEnd('='))
        {
            var digit = alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            held = (held << bitsEach) | digit;
            bits += bitsEach;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
                held &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }

    private static byte[]? Base58(string text)
    {
        const string alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        const int longest = 128;
        if (text.Length > longest)
        {
            return null;
        }

        var number = System.Numerics.BigInteger.Zero;
        foreach (var c in text)
        {
            var digit = alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            number = (number * alphabet.Length) + digit;
        }

        return number.ToByteArray(isUnsigned: true, isBigEndian: true);
    }
}
