using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What one stored value shows by its looks.</summary>
/// <param name="Shape">How it is written.</param>
/// <param name="Digest">The bytes of a bare digest, or of the digest part; null where there is none.</param>
/// <param name="Salt">The salt beside it; null where there is none to be seen.</param>
/// <param name="Iterations">As written; null where not.</param>
/// <param name="SaltBytes">Length of a salt that is inside the value, in bytes; null where there is none.</param>
internal sealed record PasswordReading(PasswordShape Shape, byte[]? Digest = null, string? Salt = null, long? Iterations = null, int? SaltBytes = null);

/// <summary>Prefixes, lengths and alphabets of stored passwords.</summary>
internal static partial class PasswordShapes
{
    private const int LongestPlain = 20;

    public static PasswordReading Read(string value)
    {
        var text = value.Trim();
        return Prefixed(text) ?? Bare(text) ?? Pair(text) ?? (IsPrintable(text) && text.Length <= LongestPlain ? new(PasswordShape.PlainText) : new(PasswordShape.Other));
    }

    public static bool IsBroken(PasswordShape shape) =>
        shape is PasswordShape.Md5OrNtlm or PasswordShape.Md5 or PasswordShape.Sha1 or PasswordShape.CryptDes or PasswordShape.CryptMd5 or PasswordShape.SaltedSha1 or PasswordShape.SaltedMd5;

    public static bool IsReadable(PasswordShape shape) => shape is PasswordShape.PlainText or PasswordShape.EncodedText;

    /// <summary>A digest without anything beside it.</summary>
    public static bool IsBareDigest(PasswordShape shape) =>
        shape is PasswordShape.Md5OrNtlm or PasswordShape.Md5 or PasswordShape.Sha1 or PasswordShape.Sm3OrSha256 or PasswordShape.Sha384 or PasswordShape.Sha512;

    private static PasswordReading? Prefixed(string text)
    {
        if (Spring().Match(text) is { Success: true } spring)
        {
            return OfSpring(spring.Groups["name"].Value.ToUpperInvariant(), spring.Groups["rest"].Value);
        }

        if (Bcrypt().IsMatch(text))
        {
            return new(PasswordShape.Bcrypt, Iterations: 1L << int.Parse(text.AsSpan(4, 2), CultureInfo.InvariantCulture), SaltBytes: 16);
        }

        if (Pbkdf2().Match(text) is { Success: true } derived)
        {
            var salt = derived.Groups["salt"].Value;
            return new(PasswordShape.Pbkdf2, BinaryText.Decode(derived.Groups["hash"].Value)?.Bytes, salt, long.Parse(derived.Groups["count"].Value, CultureInfo.InvariantCulture), SaltBytes(salt));
        }

        PasswordShape? crypt = text switch
        {
            _ when text.StartsWith("$argon2", StringComparison.Ordinal) => PasswordShape.Argon2,
            _ when text.StartsWith("$scrypt$", StringComparison.Ordinal) || text.StartsWith("$7$", StringComparison.Ordinal) || text.StartsWith("scrypt:", StringComparison.Ordinal) => PasswordShape.Scrypt,
            _ when text.StartsWith("$y$", StringComparison.Ordinal) || text.StartsWith("$gy$", StringComparison.Ordinal) => PasswordShape.Yescrypt,
            _ when text.StartsWith("$1$", StringComparison.Ordinal) || text.StartsWith("$apr1$", StringComparison.Ordinal) => PasswordShape.CryptMd5,
            _ when text.StartsWith("$5$", StringComparison.Ordinal) || text.StartsWith("$6$", StringComparison.Ordinal) => PasswordShape.CryptSha2,
            _ => null,
        };
        return crypt is null ? null : OfCrypt(crypt.Value, text);
    }

    private static PasswordReading OfCrypt(PasswordShape shape, string text)
    {
        var parts = text.Split('$', StringSplitOptions.RemoveEmptyEntries);
        var rounds = parts.FirstOrDefault(p => p.StartsWith("rounds=", StringComparison.Ordinal));
        var salt = parts.Length < 3 ? null : shape is PasswordShape.Argon2 ? parts[^2] : parts[rounds is null ? 1 : 2];
        long? count = shape switch
        {
            PasswordShape.CryptSha2 => rounds is not null && long.TryParse(rounds.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 5000,
            PasswordShape.CryptMd5 => 1000,
            _ => null,
        };
        return new(shape, Iterations: count, SaltBytes: shape is PasswordShape.Scrypt or PasswordShape.Yescrypt || salt is null ? null : SaltBytes(salt));
    }

    /// <summary>Words in braces of Spring Security and of LDAP (RFC 2307).</summary>
    private static PasswordReading? OfSpring(string name, string rest)
    {
        var bytes = BinaryText.Base64(rest) ?? BinaryText.Hex(rest);
        return name switch
        {
            "NOOP" or "CLEAR" or "CLEARTEXT" => new(PasswordShape.PlainText),
            "SSHA" => Salted(PasswordShape.SaltedSha1, bytes, 20),
            "SMD5" => Salted(PasswordShape.SaltedMd5, bytes, 16),
            "SSHA256" or "SSHA-256" => Salted(PasswordShape.SaltedSha2, bytes, 32),
            "SSHA512" or "SSHA-512" => Salted(PasswordShape.SaltedSha2, bytes, 64),
            "SHA" or "SHA1" or "SHA-1" => new(PasswordShape.Sha1, bytes),
            "MD5" or "MD4" => new(PasswordShape.Md5, bytes),
            "SHA256" or "SHA-256" or "SM3" => new(PasswordShape.Sm3OrSha256, bytes),
            "PBKDF2" => new(PasswordShape.Pbkdf2, bytes),
            "SCRYPT" => new(PasswordShape.Scrypt),
            "CRYPT" or "BCRYPT" or "ARGON2" => Prefixed(rest),
            _ => null,
        };
    }

    private static PasswordReading Salted(PasswordShape shape, byte[]? bytes, int size) => bytes is not null && bytes.Length > size
        ? new(shape, bytes[..size], Convert.ToHexStringLower(bytes.AsSpan(size)), SaltBytes: bytes.Length - size)
        : new(shape);

    private static PasswordReading? Bare(string text)
    {
        if (Des().IsMatch(text) && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper) && text.AsSpan().ContainsAny('.', '/'))
        {
            return new(PasswordShape.CryptDes, SaltBytes: 2);
        }

        if (BinaryText.Decode(text) is not { Bytes: var bytes } decoded)
        {
            return null;
        }

        if (bytes.Length >= 4 && (decoded.Spelling == BinarySpelling.Hex || text.Length % 4 == 0) && IsPrintable(Encoding.Latin1.GetString(bytes)) && (bytes.Length < 16 || decoded.Spelling != BinarySpelling.Hex || bytes.Length > 20))
        {
            // Digits alone are a password rather than its hexadecimal spelling.
            return text.All(char.IsAsciiDigit) && text.Length < 16 ? null : new(PasswordShape.EncodedText);
        }

        return bytes.Length switch
        {
            16 when text.Length is 32 or 24 or 22 => new(PasswordShape.Md5OrNtlm, bytes),
            20 when text.Length >= 27 => new(PasswordShape.Sha1, bytes),
            32 => new(PasswordShape.Sm3OrSha256, bytes),
            48 => new(PasswordShape.Sha384, bytes),
            64 => new(PasswordShape.Sha512, bytes),
            > 16 when bytes.Length % 16 == 0 => new(PasswordShape.CipherBlocks),
            > 16 => new(PasswordShape.Other, bytes),
            _ => null,
        };
    }

    /// <summary>Two pieces in one field, one of them a digest.</summary>
    private static PasswordReading? Pair(string text)
    {
        var at = text.IndexOfAny([':', '$', '|', '#', ',']);
        if (at <= 0 || at == text.Length - 1)
        {
            return null;
        }

        var (left, right) = (text[..at], text[(at + 1)..]);
        return Half(right, left) ?? Half(left, right);
    }

    private static PasswordReading? Half(string digest, string salt) => digest.Length >= 32 && BinaryText.Hex(digest) is { Length: 16 or 20 or 32 or 48 or 64 } bytes && salt.Length <= 64
        ? new(PasswordShape.DigestWithSalt, bytes, salt, SaltBytes: SaltBytes(salt))
        : null;

    /// <summary>Length of what a salt decodes to, or of its letters.</summary>
    public static int SaltBytes(string salt) => BinaryText.Hex(salt)?.Length ?? Encoding.UTF8.GetByteCount(salt);

    private static bool IsPrintable(string text) => text.Length > 0 && !text.Any(c => c is < ' ' or > '~' && !char.IsLetterOrDigit(c)) && !text.Any(c => c is >= '\u0080' and <= '\u00FF');

    [GeneratedRegex(@"^\{(?<name>[A-Za-z0-9\-]{2,12})\}(?<rest>.*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Spring();

    [GeneratedRegex(@"^\$2[abxy]?\$(0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Bcrypt();

    /// <summary>Django, PHC strings and the like: a name with pbkdf2, a count, a salt, a hash.</summary>
    [GeneratedRegex(@"^\$?pbkdf2[A-Za-z0-9_:\-]{0,24}\$(i=)?(?<count>[0-9]{1,9})(,l=[0-9]+)?\$(?<salt>[^$]{0,128})\$(?<hash>[A-Za-z0-9+/=._\-]{16,180})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Pbkdf2();

    [GeneratedRegex("^[./A-Za-z0-9]{13}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Des();
}
