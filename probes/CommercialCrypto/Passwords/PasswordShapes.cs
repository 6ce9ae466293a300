using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What one stored value shows by its looks.</summary>
/// <param name="Shape">How it is written.</param>
/// <param name="Digest">The bytes of a bare digest, or of the digest part; null where there is none.</param>
/// <param name="Salt">The salt beside it; null where there is none to be seen.</param>
/// <param name="Iterations">As written; null where not.</param>
/// <param name="SaltBytes">Length of a salt that is inside the value, in bytes; null where there is none.</param>
/// <param name="Body">Digits of six bits, of a form that is written in them; null for others.</param>
internal sealed record PasswordReading(PasswordShape Shape, byte[]? Digest = null, string? Salt = null, long? Iterations = null, int? SaltBytes = null, byte[]? Body = null)
{
    /// <summary>Values of one form are made in one way as far as looks go.</summary>
    public (PasswordShape Shape, int Bytes) Form => (Shape, Digest?.Length ?? 0);
}

/// <summary>Lengths and alphabets of stored passwords.</summary>
internal static partial class PasswordShapes
{
    private const int LongestPlain = 20;

    /// <summary>Of a passphrase with blanks or Chinese characters.</summary>
    private const int LongestPhrase = 256;

    /// <summary>Different digits that a random value of 32 hexadecimal digits has all but always.</summary>
    private const int FewestDifferent = 7;

    private static readonly int[] DigestSizes = [16, 20, 32, 48, 64];

    public static PasswordReading Read(string value)
    {
        var text = value.Trim();
        return PasswordFormats.Read(text) ?? Bare(text) ?? Pair(text) ?? (IsPlain(text) ? new(PasswordShape.PlainText) : new(PasswordShape.Other));
    }

    public static bool IsBroken(PasswordShape shape) =>
        shape is PasswordShape.Md5OrNtlm or PasswordShape.Md5 or PasswordShape.Sha1 or PasswordShape.CryptDes or PasswordShape.CryptMd5 or PasswordShape.SaltedSha1 or PasswordShape.SaltedMd5
            or PasswordShape.BrokenDigestWithSalt;

    public static bool IsReadable(PasswordShape shape) => shape is PasswordShape.PlainText or PasswordShape.EncodedText;

    /// <summary>A digest without anything beside it.</summary>
    public static bool IsBareDigest(PasswordShape shape) =>
        shape is PasswordShape.Md5OrNtlm or PasswordShape.Md5 or PasswordShape.Sha1 or PasswordShape.Sm3OrSha256 or PasswordShape.Sha384 or PasswordShape.Sha512;

    /// <summary>The value says itself how it was made, salt included; a length alone fits ciphertexts too.</summary>
    public static bool SaysItself(PasswordShape shape) =>
        shape is PasswordShape.Bcrypt or PasswordShape.Scrypt or PasswordShape.Argon2 or PasswordShape.Pbkdf2 or PasswordShape.CryptDes or PasswordShape.CryptMd5 or PasswordShape.CryptSha2
            or PasswordShape.Yescrypt or PasswordShape.SaltedSha1 or PasswordShape.SaltedSha2 or PasswordShape.SaltedMd5;

    /// <summary>Length of what a salt decodes to, or of its letters.</summary>
    public static int SaltBytes(string salt) => BinaryText.Hex(salt)?.Length ?? Encoding.UTF8.GetByteCount(salt);

    /// <summary>Thirteen characters of crypt(3) that no word has together.</summary>
    public static bool IsDes(string text) =>
        DesAlphabet().IsMatch(text) && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper) && text.AsSpan().ContainsAny('.', '/');

    public static PasswordReading Des(string text) => new(PasswordShape.CryptDes, Salt: text[..2], SaltBytes: 2);

    /// <summary>What decoded bytes say, in ASCII, UTF-8, GBK or UTF-16; null where they are no text. Of digests one in ten million is text.</summary>
    public static string? TextIn(byte[] bytes)
    {
        var bare = Unpadded(bytes);
        return bare.Length < 4 ? null
            : !bare.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Encoding.ASCII.GetString(bare)
            : (System.Text.Unicode.Utf8.IsValid(bare) || IsChinese(bare) ? TextPatterns.TextOf(bare) : null) ?? WideText.Of(bytes);
    }

    /// <summary>Without what fills it up: zeros, or five and more of any one byte, which digests end or begin with once in ten million.</summary>
    private static ReadOnlySpan<byte> Unpadded(byte[] bytes)
    {
        const int fewest = 5;
        var bare = bytes.AsSpan().TrimEnd((byte)0);
        var end = bare.IsEmpty ? bare : bare.TrimEnd(bare[^1]);
        bare = bare.Length - end.Length >= fewest ? end : bare;
        var start = bare.IsEmpty ? bare : bare.TrimStart(bare[0]);
        return bare.Length - start.Length >= fewest ? start : bare;
    }

    /// <summary>Characters of two bytes alone: with single ones between them, random bytes would be text too often.</summary>
    private static bool IsChinese(ReadOnlySpan<byte> bytes) => bytes.Length % 2 == 0 && !bytes.ContainsAnyInRange((byte)0, (byte)0xA0);

    private static PasswordReading? Bare(string text)
    {
        if (IsDes(text))
        {
            return Des(text);
        }

        if (BinaryText.Decode(text) is not { Bytes: var bytes } decoded)
        {
            return null;
        }

        if ((decoded.Spelling == BinarySpelling.Hex || text.Length % 4 == 0) && !(text.All(char.IsAsciiDigit) && text.Length < 16) && (TextIn(bytes) ?? (TextEvidence.HasRun(bytes) ? "" : null)) is { } inner)
        {
            // A digest written in digits and encoded once more is a digest.
            return Bare(inner.Trim()) is { } again && !IsReadable(again.Shape) && again.Shape != PasswordShape.Other ? again : new(PasswordShape.EncodedText);
        }

        if (!IsMixed(text, decoded.Spelling))
        {
            return null;
        }

        return bytes.Length switch
        {
            16 when text.Length is 32 or 24 or 22 => new(PasswordShape.Md5OrNtlm, bytes),
            20 when text.Length >= 27 => new(PasswordShape.Sha1, bytes),
            32 => new(PasswordShape.Sm3OrSha256, bytes),
            48 => new(PasswordShape.Sha384, bytes),
            64 => new(PasswordShape.Sha512, bytes),
            > 16 when bytes.Length % 16 == 0 => new(PasswordShape.CipherBlocks, bytes),
            > 16 => new(PasswordShape.Other, bytes),
            _ => null,
        };
    }

    /// <summary>As random values are: a passphrase without blanks is base64 too, and digits alone are hexadecimal.</summary>
    private static bool IsMixed(string text, BinarySpelling spelling) => text.Distinct().Count() >= FewestDifferent && (spelling == BinarySpelling.Hex
        ? text.Any(char.IsAsciiLetter)
        : text.EndsWith('=') || (text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper) && (text.Any(char.IsAsciiDigit) || text.AsSpan().ContainsAny("+/-_"))));

    /// <summary>Two pieces in one field, one of them a digest.</summary>
    private static PasswordReading? Pair(string text)
    {
        var at = text.IndexOfAny([':', '$', '|', '#', ',', ';', '@', '.']);
        if (at <= 0 || at == text.Length - 1)
        {
            return null;
        }

        var (left, right) = (text[..at], text[(at + 1)..]);
        return Half(right, left) ?? Half(left, right);
    }

    private static PasswordReading? Half(string digest, string salt)
    {
        if (digest.Length < 22 || salt.Length > 64 || BinaryText.Decode(digest) is not { Bytes: var bytes, Spelling: var spelling } || !DigestSizes.Contains(bytes.Length) || !IsMixed(digest, spelling) || TextIn(bytes) is not null)
        {
            return null;
        }

        return new(bytes.Length < 32 ? PasswordShape.BrokenDigestWithSalt : PasswordShape.DigestWithSalt, bytes, salt, SaltBytes: SaltBytes(salt));
    }

    private static bool IsPlain(string text) => IsPrintable(text)
        && (text.Length <= LongestPlain || (text.Length <= LongestPhrase && (text.Contains(' ', StringComparison.Ordinal) || text.Any(c => c > '~'))));

    private static bool IsPrintable(string text) => text.Length > 0 && !text.Any(c => c is < ' ' or > '~' && !char.IsLetterOrDigit(c) && c < '\u3000') && !text.Any(c => c is >= '\u0080' and <= '\u00FF');

    [GeneratedRegex("^[./A-Za-z0-9]{13}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DesAlphabet();
}
