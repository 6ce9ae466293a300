using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Keys that everybody has: those of zeros, of examples in standards and tutorials, and words that stand beside the data. A code or cipher under one of them protects from nobody.</summary>
internal static class PublicKeys
{
    private const int MostBytes = 64;

    private static readonly int[] Sizes = [8, 16, 24, 32];

    /// <summary>Texts that examples take for keys.</summary>
    private static readonly string[] Texts =
    [
        "1234567812345678", "1234567890123456", "0123456789abcdef", "0123456789ABCDEF", "1234567890abcdef", "1234567890ABCDEF", "abcdefghijklmnop", "ABCDEFGHIJKLMNOP", "1111111111111111",
        "0000000000000000", "8888888888888888", "12345678", "123456", "1234567890", "11111111", "00000000", "88888888", "key", "secret", "password", "test", "admin", "salt", "mykey", "testkey",
        "secretkey", "sm4", "sm3", "hmac", "sm4key", "123456781234567812345678", "12345678123456781234567812345678", "0123456789abcdeffedcba9876543210", "0123456789ABCDEFFEDCBA9876543210",
        "JeF8U9wHFOMfs2Y8", "abcdefghabcdefgh", "1234567887654321", "8765432187654321", "changeit", "changeme",
    ];

    /// <summary>What people who write such systems call them and their keys.</summary>
    private static readonly string[] TradeWords = ["smartcity", "smart_city", "zhcs", "zhihuichengshi", "city", "gov", "egov", "zwfw", "zhengwu", "sm4", "sm3", "hmac", "secret", "key", "mykey", "secretkey", "system", "data", "test", "demo", "admin"];

    private static readonly string[] Endings = ["", "1", "123", "1234", "12345", "123456", "12345678", "666", "888", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027", "@123", "@2023", "@2024", "@2025", "@2026", "#2024", "#2025", "_key", "-key", "key", "Key", "!"];

    /// <summary>The example keys of GB/T 32907-2016, FIPS 197 and FIPS 46-3, and counting bytes.</summary>
    private static readonly string[] Hexadecimal =
    [
        "0123456789ABCDEFFEDCBA9876543210", "2B7E151628AED2A6ABF7158809CF4F3C", "000102030405060708090A0B0C0D0E0F", "0123456789ABCDEF", "0123456789ABCDEF0123456789ABCDEF", "00112233445566778899AABBCCDDEEFF",
        "12345678123456781234567812345678", "11223344556677881122334455667788", "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
    ];

    /// <param name="words">That stand beside the data: names of columns, of the table, of the system.</param>
    /// <returns>Each once; for HMAC any length will do, ciphers take those that fit.</returns>
    public static IReadOnlyList<TestKey> Of(params IEnumerable<string> words)
    {
        List<TestKey> keys = [new("空", [])];
        foreach (var size in Sizes)
        {
            keys.Add(new("全零", new byte[size]));
            keys.Add(new("全 FF", [.. Enumerable.Repeat((byte)0xFF, size)]));
            keys.Add(new("全 11", [.. Enumerable.Repeat((byte)0x11, size)]));
        }

        keys.AddRange(Hexadecimal.Select(h => new TestKey($"标准或教程里的示例 {h[..4]}…", Convert.FromHexString(h))));
        keys.AddRange(Texts.Select(t => new TestKey($"常见文字 {t[..Math.Min(4, t.Length)]}…", Encoding.UTF8.GetBytes(t))));
        foreach (var word in words.Select(w => w.Trim()).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal))
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            if (bytes.Length <= MostBytes)
            {
                keys.Add(new($"名称“{word}”", bytes));
                keys.Add(new($"补零到 16 字节的名称“{word}”", bytes.Length >= 16 ? bytes[..16] : [.. bytes, .. new byte[16 - bytes.Length]]));
            }
        }

        return [.. keys.Select(k => k with { IsPublic = true }).DistinctBy(k => Convert.ToHexString(k.Bytes), StringComparer.Ordinal)];
    }

    /// <summary>What programs make of the most used passwords and of words of the trade with a year or a row of digits behind them; too many to be tried, enough to know a key by that was given.</summary>
    public static IEnumerable<TestKey> OfCommonPasswords => CommonPasswords.All.Concat(TradeWords.SelectMany(w => new[] { w, w.ToUpperInvariant(), char.ToUpperInvariant(w[0]) + w[1..] }).SelectMany(w => Endings.Select(e => w + e)))
        .Select(Encoding.UTF8.GetBytes).SelectMany(Made).Select(b => new TestKey("由常见口令算出", b) { IsPublic = true });

    /// <summary>As it stands, filled up with zeros, and its digests once and twice, in bytes and in hexadecimal letters.</summary>
    private static IEnumerable<byte[]> Made(byte[] text) =>
    [
        text, [.. text, .. new byte[Math.Max(0, 16 - text.Length)]],
        .. NamedDigest.All.Select(d => d.Hash(text)).SelectMany(h => new[] { h, h[..16], Encoding.ASCII.GetBytes(Convert.ToHexStringLower(h)), Encoding.ASCII.GetBytes(Convert.ToHexString(h)), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(h))[..16] }),
        .. NamedDigest.All.Select(d => d.Hash(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(d.Hash(text))))),
    ];

    /// <summary>Keys somebody gave, those that everybody has marked as such.</summary>
    public static IReadOnlyList<TestKey> Marked(IEnumerable<TestKey> given, IEnumerable<TestKey> known)
    {
        var names = known.DistinctBy(k => Convert.ToHexString(k.Bytes), StringComparer.Ordinal).ToDictionary(k => Convert.ToHexString(k.Bytes), k => k, StringComparer.Ordinal);
        return [.. given.Select(k => names.TryGetValue(Convert.ToHexString(k.Bytes), out var same) ? same : k)];
    }
}
