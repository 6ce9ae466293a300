using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Tells a secret from what only stands in its place.</summary>
internal static partial class SecretValue
{
    private static readonly string[] OpeningsOfOthers = ["#{", "{{", "<", "%", "@", "*", "^", "/", "./", "../", "http://", "https://", "classpath:", "file:", "ENC(", "{cipher}", "{bcrypt}", "$"];

    private static readonly string[] OpeningsWithinQuotes = ["${", "#{", "{{", "$(", "$2a$", "$2b$", "$2y$", "http://", "https://", "classpath:", "file:", "ENC(", "{cipher}", "{bcrypt}"];

    private static readonly string[] Spoken = ["密码", "口令", "输入", "请", "位"];

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
    /// <param name="value">Of any length above zero.</param>
    /// <param name="isQuoted">Within quotes a sign at the beginning means nothing to the format, so that only what is a reference or a path throughout is one.</param>
    public static bool IsOther(string value, bool isQuoted) =>
        (isQuoted ? IsReference(value) : Array.Exists(OpeningsOfOthers, o => value.StartsWith(o, StringComparison.Ordinal)))
        || value.Contains("\\d", StringComparison.Ordinal) || value.Any(c => c is < '!' or (> '~' and not (>= '\u4e00' and <= '\u9fff'))) || IsSentence(value) || value.AsSpan().Count(value[0]) == value.Length;

    /// <summary>Chinese characters without a digit, or many of them, are words for people.</summary>
    private static bool IsSentence(string value) => HasChinese(value) && (value.Length > 20 || !value.Any(char.IsAsciiDigit) || Spoken.Any(w => value.Contains(w, StringComparison.Ordinal)));

    public static bool HasChinese(string value) => value.Any(c => c > '~');

    private static bool IsReference(string value) =>
        Array.Exists(OpeningsWithinQuotes, o => value.StartsWith(o, StringComparison.Ordinal)) || References().IsMatch(value);

    /// <summary>Names between signs, variables, paths of folders, expressions.</summary>
    [GeneratedRegex(@"^(?:@[\w.\-]+@|<.*>|%[\w.]+%|%\w|\$[A-Za-z_]+|\$[A-Z0-9_]+|\.{0,2}/(?:[\w.\-]+/)+[\w.\-]*|\^.*[\[(\\].*)$", RegexOptions.NonBacktracking)]
    private static partial Regex References();

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
