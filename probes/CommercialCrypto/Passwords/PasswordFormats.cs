using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Stored passwords that name their algorithm in front. The whole of the form must be right, digest and salt included: a prefix alone can be
/// written before anything.
/// </summary>
internal static partial class PasswordFormats
{
    /// <summary>Cost factors as written, in bytes or rounds; more digits are none.</summary>
    private const string Count = "[1-9][0-9]{0,8}";

    /// <summary>Sizes that derived keys have.</summary>
    private static readonly int[] DerivedSizes = [16, 20, 24, 32, 48, 64];

    /// <summary>Spring's PBKDF2 encoder: a salt of 8 or 16 bytes before a hash of 32 or 64.</summary>
    private static readonly int[] SpringSizes = [40, 48, 72, 80];
    private static readonly int[] SpringSalts = [0, 8, 16];

    /// <summary>Null where no algorithm is named; <see cref="PasswordShape.Other"/> where what follows is not what the name asks for.</summary>
    public static PasswordReading? Read(string text)
    {
        if (Braces().Match(text) is { Success: true } braces)
        {
            return OfBraces(braces.Groups["name"].Value.ToUpperInvariant(), braces.Groups["rest"].Value);
        }

        return Crypt(text) ?? Derived(text) ?? (LooksPrefixed().IsMatch(text) ? new(PasswordShape.Other) : null);
    }

    private static PasswordReading? Crypt(string text)
    {
        if (Bcrypt().Match(text) is { Success: true } bcrypt)
        {
            return CryptBodies.Screened(
                new(PasswordShape.Bcrypt, Salt: bcrypt.Groups["salt"].Value, Iterations: 1L << int.Parse(bcrypt.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture), SaltBytes: 16),
                bcrypt.Groups["salt"].Value, bcrypt.Groups["hash"].Value);
        }

        if (CryptMd5().Match(text) is { Success: true } md5)
        {
            return CryptBodies.Screened(Salted(PasswordShape.CryptMd5, md5.Groups["salt"].Value, 1000), "", md5.Groups["hash"].Value);
        }

        if (CryptSha2().Match(text) is { Success: true } sha2)
        {
            return CryptBodies.Screened(
                Salted(PasswordShape.CryptSha2, sha2.Groups["salt"].Value, sha2.Groups["rounds"] is { Success: true } rounds ? long.Parse(rounds.ValueSpan, CultureInfo.InvariantCulture) : 5000), "", sha2.Groups["hash"].Value);
        }

        return Yescrypt().Match(text) is { Success: true } yescrypt
            ? CryptBodies.Screened(new(PasswordShape.Yescrypt, Salt: yescrypt.Groups["salt"].Value, SaltBytes: yescrypt.Groups["salt"].Length * 3 / 4), "", yescrypt.Groups["hash"].Value)
            : null;
    }

    private static PasswordReading? Derived(string text)
    {
        if (Argon2().Match(text) is { Success: true } argon2)
        {
            return Checked(PasswordShape.Argon2, argon2.Groups["salt"].Value, argon2.Groups["hash"].Value, null);
        }

        if (Scrypt().Match(text) is { Success: true } scrypt)
        {
            return OfScrypt(scrypt);
        }

        return Pbkdf2().Match(text) is { Success: true } derived
            ? Checked(PasswordShape.Pbkdf2, derived.Groups["salt"].Value, derived.Groups["hash"].Value, long.Parse(derived.Groups["count"].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>A hash of a size that hashes have and that is no text.</summary>
    private static PasswordReading Checked(PasswordShape shape, string salt, string hash, long? iterations)
    {
        // Passlib writes + as a dot.
        var bytes = BinaryText.Decode(hash.Replace('.', '+'))?.Bytes;
        return bytes is null || !DerivedSizes.Contains(bytes.Length) || salt.Length == 0 ? new(PasswordShape.Other)
            : PasswordShapes.TextIn(bytes) is not null ? new(PasswordShape.EncodedText)
            : new(shape, bytes, salt, iterations, shape is PasswordShape.Argon2 ? salt.Length * 3 / 4 : PasswordShapes.SaltBytes(salt));
    }

    /// <summary>N of RFC 7914 stands for the iterations: itself, its logarithm, or that above r and p in one hexadecimal number.</summary>
    private static PasswordReading OfScrypt(Match scrypt)
    {
        const int mostBits = 62, bitsOfOthers = 16;
        var bits = scrypt.Groups["log"] is { Success: true } log ? long.Parse(log.ValueSpan, CultureInfo.InvariantCulture)
            : scrypt.Groups["packed"] is { Success: true } packed ? (long)(ulong.Parse(packed.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) >> bitsOfOthers)
            : 0;
        var cost = scrypt.Groups["n"] is { Success: true } n ? long.Parse(n.ValueSpan, CultureInfo.InvariantCulture) : 1L << (int)Math.Min(bits, mostBits);
        return Checked(PasswordShape.Scrypt, scrypt.Groups["salt"].Value, scrypt.Groups["hash"].Value, cost);
    }

    private static PasswordReading Salted(PasswordShape shape, string salt, long? iterations) =>
        salt.Length == 0 ? new(shape, Iterations: iterations) : new(shape, Salt: salt, Iterations: iterations, SaltBytes: PasswordShapes.SaltBytes(salt));

    /// <summary>Words in braces of Spring Security and of LDAP (RFC 2307). What is no digest behind them is read for itself.</summary>
    private static PasswordReading? OfBraces(string name, string rest)
    {
        var bytes = BinaryText.Hex(rest) ?? BinaryText.Base64(rest);
        return name switch
        {
            "NOOP" or "CLEAR" or "CLEARTEXT" or "PLAIN" => new(PasswordShape.PlainText),
            "SSHA" => Behind(PasswordShape.SaltedSha1, bytes, 20, rest),
            "SMD5" => Behind(PasswordShape.SaltedMd5, bytes, 16, rest),
            "SSHA256" or "SSHA-256" => Behind(PasswordShape.SaltedSha2, bytes, 32, rest),
            "SSHA384" or "SSHA-384" => Behind(PasswordShape.SaltedSha2, bytes, 48, rest),
            "SSHA512" or "SSHA-512" => Behind(PasswordShape.SaltedSha2, bytes, 64, rest),
            "SHA" or "SHA1" or "SHA-1" => Digest(PasswordShape.Sha1, bytes, 20, rest),
            "MD5" or "MD4" => Digest(PasswordShape.Md5, bytes, 16, rest),
            "SHA256" or "SHA-256" or "SM3" => Digest(PasswordShape.Sm3OrSha256, bytes, 32, rest),
            "SHA384" or "SHA-384" => Digest(PasswordShape.Sha384, bytes, 48, rest),
            "SHA512" or "SHA-512" => Digest(PasswordShape.Sha512, bytes, 64, rest),
            "PBKDF2" or "PBKDF2@SPRINGSECURITY_V5_8" => Derived(rest)
                ?? (bytes is not null && SpringSizes.Contains(bytes.Length) ? Array.Exists(SpringSalts, s => PasswordShapes.TextIn(bytes[s..]) is not null) ? new(PasswordShape.EncodedText) : new(PasswordShape.Pbkdf2, bytes) : Unfit(rest)),
            "SCRYPT" or "SCRYPT@SPRINGSECURITY_V5_8" => SpringScrypt().Match(rest) is { Success: true } scrypt
                ? OfScrypt(scrypt) : Derived(rest) ?? Unfit(rest),
            "CRYPT" or "BCRYPT" or "ARGON2" or "ARGON2@SPRINGSECURITY_V5_8" => Crypt(rest) ?? Derived(rest) ?? (PasswordShapes.IsDes(rest) ? PasswordShapes.Des(rest) : Unfit(rest)),
            _ => Unfit(rest) is { Shape: PasswordShape.PlainText or PasswordShape.EncodedText } readable ? readable : null,
        };
    }

    private static PasswordReading Behind(PasswordShape shape, byte[]? bytes, int size, string rest) => bytes is not null && bytes.Length > size && PasswordShapes.TextIn(bytes) is null
        ? new(shape, bytes[..size], Convert.ToHexStringLower(bytes.AsSpan(size)), SaltBytes: bytes.Length - size)
        : Unfit(rest);

    private static PasswordReading Digest(PasswordShape shape, byte[]? bytes, int size, string rest) =>
        bytes?.Length == size && PasswordShapes.TextIn(bytes) is null ? new(shape, bytes) : Unfit(rest);

    private static PasswordReading Unfit(string rest) => PasswordShapes.Read(rest) is { Shape: PasswordShape.PlainText or PasswordShape.EncodedText } readable ? readable : new(PasswordShape.Other);

    [GeneratedRegex(@"^\{(?<name>[A-Za-z0-9\-@_]{2,32})\}(?<rest>.*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Braces();

    /// <summary>A dollar, a short name, a dollar; or the name of a derivation.</summary>
    [GeneratedRegex(@"^(\$[A-Za-z0-9\-]{1,16}\$|\$?(pbkdf2|scrypt|argon2|bcrypt)[^A-Za-z0-9]?)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex LooksPrefixed();

    [GeneratedRegex(@"^\$2[abxy]?\$(?<cost>0[4-9]|[12][0-9]|3[01])\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Bcrypt();

    [GeneratedRegex(@"^\$(1|apr1)\$(?<salt>[^$:]{0,8})\$(?<hash>[./A-Za-z0-9]{22})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CryptMd5();

    [GeneratedRegex(@"^(\$5\$(rounds=(?<rounds>" + Count + @")\$)?(?<salt>[^$:]{0,16})\$(?<hash>[./A-Za-z0-9]{43})|\$6\$(rounds=(?<rounds>" + Count + @")\$)?(?<salt>[^$:]{0,16})\$(?<hash>[./A-Za-z0-9]{86}))$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CryptSha2();

    [GeneratedRegex(@"^(\$(y|gy)\$[./A-Za-z0-9]{2,16}\$(?<salt>[./A-Za-z0-9]{1,86})|\$7\$[./A-Za-z0-9]{11}(?<salt>[./A-Za-z0-9]{1,86}))\$(?<hash>[./A-Za-z0-9]{43})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Yescrypt();

    /// <summary>The PHC string of RFC 9106.</summary>
    [GeneratedRegex(@"^\$argon2(id|i|d)\$(v=(16|19)\$)?m=" + Count + ",t=" + Count + @",p=[1-9][0-9]{0,6}(,keyid=[A-Za-z0-9+/]{0,11})?(,data=[A-Za-z0-9+/]{0,43})?\$(?<salt>[A-Za-z0-9+/]{11,86})\$(?<hash>[A-Za-z0-9+/]{16,86})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Argon2();

    /// <summary>PHC, and the form of Python's werkzeug.</summary>
    [GeneratedRegex(@"^(\$scrypt\$ln=(?<log>[0-9]{1,2}),r=[0-9]{1,3},p=[0-9]{1,3}|\$s0\$(?<packed>[0-9a-f]{1,16})|scrypt:(?<n>[0-9]{1,8}):[0-9]{1,3}:[0-9]{1,3})\$(?<salt>[A-Za-z0-9+/=]{4,128})\$(?<hash>[A-Za-z0-9+/=]{22,128})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Scrypt();

    [GeneratedRegex(@"^\$(?<packed>[0-9a-f]{1,16})\$(?<salt>[A-Za-z0-9+/=]{11,128})\$(?<hash>[A-Za-z0-9+/=]{22,128})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SpringScrypt();

    /// <summary>Django, passlib, PHC and werkzeug: a name with pbkdf2, a count, a salt, a hash.</summary>
    [GeneratedRegex(@"^\$?pbkdf2([_\-:][A-Za-z0-9_\-]{1,24})?[:$](i=)?(?<count>" + Count + @")(,l=[0-9]{1,4})?\$(?<salt>[^$]{1,128})\$(?<hash>[A-Za-z0-9+/=.]{22,180})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Pbkdf2();
}
