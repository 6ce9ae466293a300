using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Tells a secret from what only stands in its place.</summary>
internal static partial class SecretValue
{
    /// <summary>Signs that open something else in some format, and a password in another.</summary>
    private static readonly string[] DoubtfulOpenings = ["<", "%", "@", "*", "^", "/", "./", "../", "$"];

    /// <summary>What people put around the words that stand for a secret.</summary>
    private static readonly string[] Fillers = ["me", "it", "this", "here", "goes", "holder", "the", "my", "with", "and", "access", "id", "api", "app", "db", "user", "name", "value", "text", "password", "passwd", "passphrase", "pwd", "pass", "secret", "token", "key", "s", "d", "x"];

    private static readonly string[] ReferenceOpenings = ["${", "#{", "{{", "$(", "$2a$", "$2b$", "$2y$", "http://", "https://", "classpath:", "file:", "ENC(", "{cipher}", "{bcrypt}"];

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

    /// <summary>References, paths, sentences and expressions over passwords are no passwords; nor is a sign that is written several times.</summary>
    /// <param name="value">Of any length above zero.</param>
    public static bool IsOther(string value) =>
        IsReference(value) || value.Contains("\\d", StringComparison.Ordinal) || value.Any(c => c is < '!' or (> '~' and not (>= '\u4e00' and <= '\u9fff'))) || IsSentence(value)
        || (IsRepeated(value) && !char.IsLetterOrDigit(value[0]));

    /// <summary>What may as well be no password: one character again and again, a sign before it that means something to other formats, a word that also stands for secrets.</summary>
    /// <param name="value">That is not <see cref="IsOther"/>.</param>
    /// <param name="isQuoted">Within quotes a sign at the beginning means nothing to the format.</param>
    /// <param name="words">That stand in the place of a secret.</param>
    public static bool IsDoubtful(string value, bool isQuoted, IReadOnlyList<string> words) =>
        IsRepeated(value) || HasChinese(value) || HoldsPlaceholder(value, words) || (!isQuoted && Array.Exists(DoubtfulOpenings, o => value.StartsWith(o, StringComparison.Ordinal)));

    /// <summary>A type, or several to choose from, as descriptions of parameters and shapes name it behind a colon. Words that somebody may as well have chosen are not among them.</summary>
    public static bool IsType(string value) => Types().IsMatch(value);

    private const string OneType = @"\??(?:bool|boolean|int|integer|float|double|string|non-empty-string|mixed|iterable|callable|scalar|array(?:-key)?)(?:\[\])*";

    [GeneratedRegex($@"^{OneType}(?:\|(?:null|{OneType}))*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Types();

    /// <summary>A version or a range of versions, which stands behind the name of a package: <c>"pbkdf2-password": "^1.2.1"</c>.</summary>
    public static bool IsVersion(string value) => Versions().IsMatch(value);

    [GeneratedRegex(@"^(?:[\^~<>=!]{1,2}|workspace:[\^~*]?)?v?\d+(?:\.(?:\d+|[x*])){1,3}(?:[-+.][0-9A-Za-z.\-]+)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Versions();

    private static bool IsRepeated(string value) => value.AsSpan().Count(value[0]) == value.Length;

    /// <summary>Chinese characters without a digit, or many of them, are words for people.</summary>
    private static bool IsSentence(string value) => HasChinese(value) && (value.Length > 20 || !value.Any(char.IsAsciiDigit) || Spoken.Any(w => value.Contains(w, StringComparison.Ordinal)));

    public static bool HasChinese(string value) => value.Any(c => c > '~');

    private static bool IsReference(string value) =>
        Array.Exists(ReferenceOpenings, o => value.StartsWith(o, StringComparison.Ordinal)) || References().IsMatch(value);

    /// <summary>Names between signs, variables, paths of folders, expressions.</summary>
    [GeneratedRegex(@"^(?:@[\w.\-]+@|\{[\w.:()\-]*\}|<.*>|%[\w.]+%|%\w|\$[A-Za-z_]+|\$[A-Z0-9_]+|\$[A-Z_][A-Z0-9_]*/[\w.\-/$]*|\$env:\w+|\$[A-Za-z_]\w*(?:\[\w+\]|->\w+)\S*|\$[A-Za-z_]\w*[:@/]\$[A-Za-z_]\w*|\.{0,2}/(?:[\w.\-]+/)+[\w.\-]*|\^.*[\[(\\].*)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();

    /// <summary>
    /// Stands in the place of a secret. Of a secret that people think of, one of its words, or all of it, has to be made of such words, and no other
    /// word may stand beside them with a digit; of one that machines make, it is enough that the word is in it. A word that begins with an equals
    /// sign has to be the whole value.
    /// </summary>
    public static bool IsPlaceholder(string value, IReadOnlyList<string> words, bool isThoughtOf) =>
        words.Any(w => w[0] == '=' ? value.AsSpan().Equals(w.AsSpan(1), StringComparison.OrdinalIgnoreCase) : !isThoughtOf && value.Contains(w, StringComparison.OrdinalIgnoreCase))
        || (isThoughtOf && HoldsPlaceholder(value, words) && (IsMadeOf(value, words) || (!value.Any(char.IsAsciiDigit) && Runs().Matches(value).Any(r => IsMadeOf(r.Value, words)))));

    private static bool HoldsPlaceholder(string value, IReadOnlyList<string> words) => words.Any(w => w[0] != '=' && value.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>Of words that stand for a secret, at least one, with fillers and joints between.</summary>
    private static bool IsMadeOf(string value, IReadOnlyList<string> words)
    {
        var seen = false;
        for (var at = 0; at < value.Length;)
        {
            var rest = value.AsSpan(at);
            var (word, filler) = (Longest(rest, words), Longest(rest, Fillers));
            seen |= word > 0;
            var step = Math.Max(word, filler);
            if (step == 0 && char.IsAsciiLetterOrDigit(rest[0]))
            {
                return false;
            }

            at += Math.Max(step, 1);
        }

        return seen;
    }

    private static int Longest(ReadOnlySpan<char> text, IReadOnlyList<string> words)
    {
        var longest = 0;
        foreach (var word in words)
        {
            longest = word[0] != '=' && word.Length > longest && text.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? word.Length : longest;
        }

        return longest;
    }

    [GeneratedRegex("[A-Za-z]+|[.*]{3,}|[\u4e00-\u9fff]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Runs();

    /// <summary>Made of letters and joints alone, one of its words asking for the secret: the name of a field, not its content.</summary>
    public static bool IsName(string value, IReadOnlyList<string> keywords) =>
        IsOfLetters(value) && keywords.Any(k => Array.Exists(WordsOf(value), w => w.Equals(k, StringComparison.OrdinalIgnoreCase)) || (!k.All(char.IsAsciiLetter) && value.Contains(k, StringComparison.OrdinalIgnoreCase)));

    /// <summary>As a name, but run together with other letters.</summary>
    public static bool MayBeName(string value, IReadOnlyList<string> keywords) => IsOfLetters(value) && keywords.Any(k => value.Contains(k, StringComparison.OrdinalIgnoreCase));

    private static bool IsOfLetters(string value) => value.All(c => char.IsAsciiLetter(c) || c is '-' or '_' or '.' or ':');

    /// <summary>Between joints, and where a capital follows a small letter.</summary>
    private static string[] WordsOf(string value) => [.. Words().Matches(value).Select(m => m.Value)];

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

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
