using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Tells a secret from what only stands in its place.</summary>
internal static class SecretValue
{
    private static readonly string[] OpeningsOfOthers = ["#{", "{{", "<", "%", "@", "*", "^", "/", "./", "../", "http://", "https://", "classpath:", "file:", "ENC(", "{cipher}", "{bcrypt}", "$"];

    /// <summary>
    /// The default inside <c>${NAME:default}</c>, which is as much in the source as any other value; the value itself where it is no reference;
    /// null where it is a reference without a default.
    /// </summary>
    public static (string Value, bool IsDefault)? Unwrap(string value)
    {
        if (!value.StartsWith("${", StringComparison.Ordinal))
        {
            return value.StartsWith("{noop}", StringComparison.Ordinal) ? (value[6..], false) : (value, false);
        }

        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var inner = colon < 0 ? "" : value[(colon + 1)..].TrimStart('-').TrimEnd('}');
        return inner.Length == 0 || inner[0] is '$' ? null : (inner, true);
    }

    /// <summary>References, paths, sentences and expressions over passwords are no passwords.</summary>
    public static bool IsOther(string value) =>
        Array.Exists(OpeningsOfOthers, o => value.StartsWith(o, StringComparison.Ordinal)) || value.Contains("\\d", StringComparison.Ordinal) || value.Any(c => c is < '!' or > '~') || value.AsSpan().Count(value[0]) == value.Length;

    /// <summary>Contains one of the words; a word that begins with an equals sign has to be the whole value.</summary>
    public static bool IsPlaceholder(string value, IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (word[0] == '=' ? value.AsSpan().Equals(word.AsSpan(1), StringComparison.OrdinalIgnoreCase) : value.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Made of letters and joints alone and holding a word that asks for the secret: the name of a field, not its content.</summary>
    public static bool IsName(string value, IReadOnlyList<string> keywords) =>
        value.All(c => char.IsAsciiLetter(c) || c is '-' or '_' or '.' or ':') && keywords.Any(k => value.Contains(k, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where several kinds of characters are asked for, letters and joints alone are words that somebody chose for reading.</summary>
    public static bool IsStrongEnough(string value, SecretPattern pattern) =>
        value.Length >= pattern.LeastLength && (pattern.LeastKinds <= 1 || (Kinds(value) >= pattern.LeastKinds && !value.All(c => char.IsAsciiLetter(c) || c is '-' or '_' or '.'))) && (pattern.LeastEntropy <= 0 || Entropy(value) >= (double)pattern.LeastEntropy);

    /// <summary>How many of: lower, upper, digits, signs other than joints.</summary>
    public static int Kinds(string value)
    {
        var seen = 0;
        foreach (var c in value)
        {
            seen |= char.IsAsciiLetterLower(c) ? 1 : char.IsAsciiLetterUpper(c) ? 2 : char.IsAsciiDigit(c) ? 4 : c is '-' or '_' or '.' ? 0 : 8;
        }

        return int.PopCount(seen);
    }

    /// <summary>Shannon, bits per character.</summary>
    public static double Entropy(ReadOnlySpan<char> value)
    {
        Span<int> counts = stackalloc int[128];
        foreach (var c in value)
        {
            counts[c & 127]++;
        }

        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / value.Length;
                bits -= share * Math.Log2(share);
            }
        }

        return bits;
    }
}
