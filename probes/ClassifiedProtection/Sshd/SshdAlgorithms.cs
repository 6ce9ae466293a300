namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Lists of Ciphers, MACs and KexAlgorithms as sshd puts them together (kex_assemble_names() of OpenSSH).</summary>
internal static class SshdAlgorithms
{
    /// <summary>Of all versions from 7.0 on, and those of national cryptography that distributions add.</summary>
    private static readonly Dictionary<string, HashSet<string>> Known = new(StringComparer.Ordinal)
    {
        ["ciphers"] = Set("3des-cbc aes128-cbc aes192-cbc aes256-cbc rijndael-cbc@lysator.liu.se aes128-ctr aes192-ctr aes256-ctr aes128-gcm@openssh.com aes256-gcm@openssh.com "
            + "chacha20-poly1305@openssh.com arcfour arcfour128 arcfour256 blowfish-cbc cast128-cbc sm4-ctr sm4-cbc"),
        ["macs"] = Set("hmac-sha1 hmac-sha1-96 hmac-sha2-256 hmac-sha2-512 hmac-md5 hmac-md5-96 hmac-ripemd160 hmac-ripemd160@openssh.com umac-64@openssh.com umac-128@openssh.com "
            + "hmac-sha1-etm@openssh.com hmac-sha1-96-etm@openssh.com hmac-sha2-256-etm@openssh.com hmac-sha2-512-etm@openssh.com hmac-md5-etm@openssh.com hmac-md5-96-etm@openssh.com "
            + "hmac-ripemd160-etm@openssh.com umac-64-etm@openssh.com umac-128-etm@openssh.com hmac-sm3 hmac-sm3-etm@openssh.com"),
        ["kexalgorithms"] = Set("diffie-hellman-group1-sha1 diffie-hellman-group14-sha1 diffie-hellman-group14-sha256 diffie-hellman-group16-sha512 diffie-hellman-group18-sha512 "
            + "diffie-hellman-group-exchange-sha1 diffie-hellman-group-exchange-sha256 ecdh-sha2-nistp256 ecdh-sha2-nistp384 ecdh-sha2-nistp521 curve25519-sha256 "
            + "curve25519-sha256@libssh.org sntrup761x25519-sha512 sntrup761x25519-sha512@openssh.com sntrup4591761x25519-sha512@tinyssh.org mlkem768x25519-sha256 sm2-sm3"),
    };

    /// <summary>Patterns have a meaning behind a minus alone: elsewhere sshd takes them for names it does not know.</summary>
    /// <param name="keyword">ciphers, macs, kexalgorithms.</param>
    /// <param name="text">The list.</param>
    public static bool WouldStopSshd(string keyword, string text) => Known.ContainsKey(keyword) && !text.StartsWith('-') && Names(text).Any(n => n.AsSpan().ContainsAny('*', '?', '!'));

    /// <returns>Null where a name is known to no version here, or the standard list is needed and not known.</returns>
    public static IReadOnlyList<string>? Effective(string keyword, string text, IReadOnlyList<string>? standard)
    {
        var named = Names(text);
        if ((text[0] is '+' or '-' or '^' && standard is null) || (text[0] != '-' && named.Any(n => !Known[keyword].Contains(n))))
        {
            return null;
        }

        IEnumerable<string> all = text[0] switch
        {
            '+' => standard!.Concat(named),
            '^' => named.Concat(standard!),
            '-' => Without(standard!, named),
            _ => named,
        };
        return [.. all.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Where nothing would be left, sshd goes back to its standard list.</summary>
    private static IReadOnlyList<string> Without(IReadOnlyList<string> standard, string[] patterns) =>
        standard.Where(s => !patterns.Any(p => Matches(p, s))).ToList() is { Count: > 0 } left ? left : standard;

    private static string[] Names(string text) => text.TrimStart('+', '-', '^').Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>match_pattern() of OpenSSH: * and ? alone.</summary>
    internal static bool Matches(string pattern, string text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
