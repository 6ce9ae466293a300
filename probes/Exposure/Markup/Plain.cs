using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Words of strangers as they may be shown: no control or formatting characters, no line breaks, nothing that looks like a secret, bounded.</summary>
internal static partial class Plain
{
    private const string Mark = "<已遮盖>";

    /// <summary>What is longer is not looked through for secrets, and cut before.</summary>
    private const int LookCap = 4000;

    public static string Text(string text, int cap)
    {
        var kept = Blackened(string.Concat((text.Length <= LookCap ? text : text[..LookCap]).Select(c => IsShown(c) ? c : '·')));
        return (kept.Length <= cap && text.Length <= LookCap ? kept : kept[..Math.Min(cap, kept.Length)] + "…").Trim();
    }

    /// <summary>
    /// The id of a rule or test of another tool, which is compared: letters, digits and marks stay as they are, whatever they look like;
    /// anything else is no id.
    /// </summary>
    public static string Id(string text, int cap) => text.Length <= cap && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/') ? text : Text(text, cap);

    /// <summary>ASCII alone; every other byte is a dot.</summary>
    public static string Ascii(ReadOnlySpan<byte> bytes, int cap)
    {
        var text = new char[Math.Min(bytes.Length, cap)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '.';
        }

        return new string(text).Trim();
    }

    /// <summary>Marks that turn the direction of writing or take no room could make a text read otherwise than it is.</summary>
    private static bool IsShown(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string Blackened(string text)
    {
        text = InAddress().Replace(text, "${before}" + Mark + "@");
        text = BehindName().Replace(text, "${before}" + Mark);
        text = Shape().Replace(text, Mark);
        return Run().Replace(text, m => IsRandom(m.Value) ? Mark : m.Value);
    }

    [GeneratedRegex(@"(?<before>://[^/@\s]{0,200}?:)[^/@\s]+@", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex InAddress();

    /// <summary>password=…, token: …, Bearer …, mysql -p….</summary>
    [GeneratedRegex(@"(?<before>\b([A-Za-z0-9_.-]{0,40}(password|passwd|passphrase|pass|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|bindpw|community|credential)s?[""']?[ ]*[=:][ ]*(Bearer[ ]+|Basic[ ]+)?|authorization[ ]*[=:][ ]*([A-Za-z]+[ ]+)?|Bearer[ ]+|Basic[ ]+|identified[ ]+by[ ]+|(mysql|mysqldump|mysqladmin|mariadb)[ ]([^|;]{0,80}[ ])?-p|口令[ ]*(为|是|[=:：])[ ]*|密码[ ]*(为|是|[=:：])[ ]*))(""[^""]*(""|$)|'[^']*('|$)|[^\s;""']+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex BehindName();

    /// <summary>Hashes of crypt(3), keys and tokens of known make go by their shape. Names of rules are long as well, but of one case and many short words.</summary>
    private static bool IsRandom(string run) => run.Any(char.IsAsciiDigit) && run.Any(char.IsAsciiLetterUpper) && run.Any(char.IsAsciiLetterLower) && run.Count(c => c is '_' or '-' or '/') * 8 < run.Length;

    [GeneratedRegex("[A-Za-z0-9+/_-]{24,}=*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex Run();

    [GeneratedRegex(@"\$(1|2[abxy]?|5|6|7|y|gy|argon2[a-z]*|sm3)\$[^\s:;,""']+|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]+|\b(AKIA|ASIA|LTAI|AKID)[A-Za-z0-9]{12,}|\b(ghp|gho|ghs|glpat|xox[abp]|sk)[_-][A-Za-z0-9_-]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY-----.*|\b[A-Fa-f0-9]{32,}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Shape();
}
