using System.Globalization;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>The algorithms that the name of a suite spells (RFC 5246 Appendix A.5, RFC 8446 Appendix B.4, GB/T 38636-2020 table 2).</summary>
internal static class SuiteParts
{
    private static readonly Dictionary<string, NamedCryptography> Exchanges = new(StringComparer.Ordinal)
    {
        ["RSA"] = new("RSA", "pke"),
        ["ECDHE"] = new("ECDH"),
        ["ECDH"] = new("ECDH"),
        ["DHE"] = new("DH"),
        ["DH"] = new("DH"),
        ["ECDSA"] = new("ECDSA"),
        ["DSS"] = new("DSA"),
        ["ECC"] = new("SM2", "pke"),
        ["IBC"] = new("SM9", "pke"),
        ["IBSDH"] = new("SM9", "key-agree"),
    };

    private static readonly string[] Modes = ["GCM", "CCM", "CBC", "CTR", "OFB", "CFB", "POLY1305", "MGM", "OCB"];

    public static IReadOnlyList<NamedCryptography> Of(string suite)
    {
        var words = suite.Split('_', StringSplitOptions.RemoveEmptyEntries).Where(w => w is not ("TLS" or "SSL" or "OLD")).ToList();
        var with = words.IndexOf("WITH");
        var isTlcp = with < 0 && words.Count > 0 && Exchanges.ContainsKey(words[0]);
        var left = with >= 0 ? words[..with] : isTlcp ? words[..1] : [];
        var right = with >= 0 ? words[(with + 1)..] : isTlcp ? words[1..] : words;
        if (right.Count == 0)
        {
            return [];
        }

        var isSm = right.Exists(w => w is "SM4" or "SM1");
        IEnumerable<NamedCryptography> exchange = left.Where(Exchanges.ContainsKey).Select(w => w == "ECDHE" && isSm ? new NamedCryptography("SM2", "key-agree") : Exchanges[w]);
        var cipher = Cipher(right);
        var digest = right[^1] is { } last && (last.StartsWith("SHA", StringComparison.Ordinal) || last is "SM3" or "MD5") ? Digest(last, isMac: with >= 0 || isTlcp, cipher) : null;
        return [.. exchange, .. new[] { cipher, digest }.OfType<NamedCryptography>()];
    }

    private static NamedCryptography? Cipher(List<string> words)
    {
        var name = words[0] switch
        {
            "NULL" => null,
            "CHACHA20" => "ChaCha20",
            "CAMELLIA" => "Camellia",
            "DES40" => "DES",
            var other => other,
        };
        var bits = words.Skip(1).Select(w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 40 ? (int?)n : null).FirstOrDefault(n => n is not null);
        var mode = words.Find(w => Modes.Contains(w, StringComparer.Ordinal));
        return name is null ? null : new NamedCryptography(name, Mode: mode, Bits: name is "SM4" or "SM1" or "3DES" or "DES" ? null : bits);
    }

    /// <summary>Beside AEAD the digest feeds the key derivation; beside other modes it authenticates.</summary>
    private static NamedCryptography Digest(string word, bool isMac, NamedCryptography? cipher)
    {
        var hash = NamedCryptography.Hash(word);
        if (!isMac || cipher?.Mode is "GCM" or "CCM" or "POLY1305" or "MGM" or "OCB")
        {
            return hash;
        }

        return hash.Name switch
        {
            "SHA-1" => new("HMAC-SHA1"),
            "SHA-2" => new("HMAC-SHA2", Bits: hash.Bits),
            "SM3" => new("HMAC-SM3"),
            _ => new("HMAC-MD5"),
        };
    }
}
