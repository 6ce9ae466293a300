namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Whether what stands behind the prefix of a crypt form can be what its algorithm writes: bits that are always zero, and digits as mixed as
/// random ones. Clear text fits the alphabet too; it is told by its poverty, and by what it decodes to.
/// </summary>
internal static class CryptBodies
{
    /// <summary>The bytes below <see cref="PasswordReading.Body"/> are digits of six bits each in this order.</summary>
    private const string Digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const string Bcrypt = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Equal digits in a row; once in twenty million values by chance.</summary>
    private const int LongestRun = 6;

    /// <summary>Digits that hold text enough to tell.</summary>
    private const int Shortest = 12;

    /// <param name="reading">What the value says it is.</param>
    /// <param name="salt">Of bcrypt, in its digits; else empty.</param>
    /// <param name="hash">In the digits of crypt(3).</param>
    public static PasswordReading Screened(PasswordReading reading, string salt, string hash)
    {
        if (HoldsText(hash) || (salt.Length > 0 && HoldsText(salt + hash)))
        {
            return new(PasswordShape.EncodedText);
        }

        var endsRight = reading.Shape != PasswordShape.Bcrypt || (Bcrypt.IndexOf(salt[^1], StringComparison.Ordinal) % 16 == 0 && Bcrypt.IndexOf(hash[^1], StringComparison.Ordinal) % 4 == 0);
        return endsRight && IsMixed(hash) ? reading with { Body = [.. hash[..^1].Select(c => (byte)Digits.IndexOf(c, StringComparison.Ordinal))] } : new(PasswordShape.Other);
    }

    /// <summary>Random digits of that number have fewer different ones once in ten million.</summary>
    private static bool IsMixed(string hash)
    {
        var different = hash.Distinct().Count();
        var run = 1;
        for (var (i, now) = (1, 1); i < hash.Length; i++)
        {
            now = hash[i] == hash[i - 1] ? now + 1 : 1;
            run = Math.Max(run, now);
        }

        return run < LongestRun && different >= hash.Length switch { <= 22 => 11, <= 31 => 15, <= 43 => 20, _ => 32 };
    }

    /// <summary>Base64 in another cloak, with what fills it up at either end.</summary>
    private static bool HoldsText(string digits) => digits.Split('.').Append(digits.TrimEnd('/', 'A', '0')).Where(d => d.Length >= Shortest).Any(piece =>
        Enumerable.Range(0, 4).Any(from => BinaryText.Base64(piece[from..(piece.Length - ((piece.Length - from) % 4 == 1 ? 1 : 0))]) is { } bytes
            && (TextEvidence.OfWhole(bytes.AsSpan().TrimEnd((byte)0)) >= TextEvidence.Sure / 2 || TextEvidence.HasRun(bytes))));
}
