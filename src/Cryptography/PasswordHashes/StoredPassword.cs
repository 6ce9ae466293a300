using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What recomputing a stored password came to.</summary>
public enum StoredPasswordCheck
{
    Matches,
    Differs,

    /// <summary>A form that is not recomputed here, or costs more than is spent on one.</summary>
    NotComputed,
}

/// <summary>Recomputes stored passwords that name their algorithm: bcrypt, crypt(3) of MD5 and SHA-2, and scrypt (RFC 7914).</summary>
public static partial class StoredPassword
{
    /// <summary>A few seconds; the usual ones are 10 to 12.</summary>
    private const int DearestBcrypt = 14;

    private const int MostRounds = 1_000_000;
    private const long MostMemory = 512L << 20;

    /// <summary>Memory times passes, in bytes: seconds.</summary>
    private const long MostWork = 2L << 30;

    private const int LongestPassword = 1024;
    private const string BcryptAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <param name="stored">As stored.</param>
    /// <param name="password">Its password; UTF-8 is taken.</param>
    public static StoredPasswordCheck Check(string stored, string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        if (bytes.Length > LongestPassword || stored.Length > LongestPassword)
        {
            return StoredPasswordCheck.NotComputed;
        }

        var expected = Bcrypt().Match(stored) is { Success: true } bcrypt ? OfBcrypt(bcrypt, bytes)
            : Crypt().Match(stored) is { Success: true } crypt ? OfCrypt(crypt, bytes)
            : Scrypt().Match(stored) is { Success: true } scrypt ? OfScrypt(scrypt, bytes)
            : null;
        return expected is null ? StoredPasswordCheck.NotComputed : expected == Compared(stored) ? StoredPasswordCheck.Matches : StoredPasswordCheck.Differs;
    }

    /// <summary>The last piece.</summary>
    private static string Compared(string stored) => Bcrypt().Match(stored) is { Success: true } bcrypt ? bcrypt.Groups["hash"].Value : stored[(stored.LastIndexOf('$') + 1)..].TrimEnd('=');

    private static string? OfBcrypt(Match match, byte[] password)
    {
        var cost = int.Parse(match.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture);
        if (cost > DearestBcrypt || Sextets(match.Groups["salt"].Value, 16) is not { } salt)
        {
            return null;
        }

        const int most = 72, hash = 23;
        byte[] ended = [.. password, 0];
        var computed = BCrypt.Generate(ended[..Math.Min(ended.Length, most)], salt, cost);
        return Text(computed.AsSpan(0, hash));
    }

    private static string? OfCrypt(Match match, byte[] password)
    {
        var salt = Encoding.UTF8.GetBytes(match.Groups["salt"].Value);
        var rounds = match.Groups["rounds"] is { Success: true } named ? int.Parse(named.ValueSpan, CultureInfo.InvariantCulture) : Sha2Crypt.UsualRounds;
        return match.Groups["id"].Value switch
        {
            "5" or "6" when rounds > MostRounds => null,
            "5" => Sha2Crypt.Of256(password, salt, Math.Max(rounds, Sha2Crypt.FewestRounds)),
            "6" => Sha2Crypt.Of512(password, salt, Math.Max(rounds, Sha2Crypt.FewestRounds)),
            "1" => Md5Crypt.Of(password, salt, "$1$"),
            _ => Md5Crypt.Of(password, salt, "$apr1$"),
        };
    }

    private static string? OfScrypt(Match match, byte[] password)
    {
        long Number(string name) => long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        var (log, r, p) = (Number("ln"), Number("r"), Number("p"));
        if (log is < 1 or > 24 || r < 1 || p < 1 || (128 * r) << (int)log > MostMemory || (128 * r * p) << (int)log > MostWork
            || Base64(match.Groups["salt"].Value) is not { } salt || Base64(match.Groups["hash"].Value) is not { Length: >= 16 } hash)
        {
            return null;
        }

        return Convert.ToBase64String(SCrypt.Generate(password, salt, 1 << (int)log, (int)r, (int)p, hash.Length)).TrimEnd('=');
    }

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length) ? bytes[..length] : null;
    }

    private static byte[]? Sextets(string text, int length)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var c in text)
        {
            held = (held << 6) | BcryptAlphabet.IndexOf(c, StringComparison.Ordinal);
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
                held &= (1 << bits) - 1;
            }
        }

        return bytes.Count >= length ? [.. bytes.Take(length)] : null;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var (text, bits, held) = (new StringBuilder(), 0, 0);
        foreach (var b in bytes)
        {
            held = (held << 8) | b;
            for (bits += 8; bits >= 6; bits -= 6)
            {
                text.Append(BcryptAlphabet[(held >> (bits - 6)) & 63]);
            }

            held &= (1 << bits) - 1;
        }

        return (bits > 0 ? text.Append(BcryptAlphabet[(held << (6 - bits)) & 63]) : text).ToString();
    }

    /// <summary>Not $2x$, whose error with letters above ASCII is not made here.</summary>
    [GeneratedRegex(@"^\$2[aby]\$(?<cost>0[4-9]|[12][0-9]|3[01])\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Bcrypt();

    [GeneratedRegex(@"^\$(?<id>1|apr1|5|6)\$(rounds=(?<rounds>[1-9][0-9]{0,8})\$)?(?<salt>[^$:]{0,16})\$[./A-Za-z0-9]{22,86}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Crypt();

    [GeneratedRegex(@"^\$scrypt\$ln=(?<ln>[0-9]{1,2}),r=(?<r>[0-9]{1,3}),p=(?<p>[0-9]{1,3})\$(?<salt>[A-Za-z0-9+/]{4,128})=*\$(?<hash>[A-Za-z0-9+/]{22,128})=*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Scrypt();
}
