using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lines of files of settings, whose values have no quotes.</summary>
internal static partial class SecretMask
{
    /// <summary>As <see cref="Show"/>, without the values behind names of secrets, and without any value or comment where the line or its comment is about one.</summary>
    /// <param name="line">As it stands: YAML, properties, INI or XML.</param>
    /// <param name="isSecret">What was found in the line is a secret or its strength.</param>
    public static string ShowSetting(string line, bool isSecret)
    {
        var trimmed = line.Trim();
        var bounded = trimmed.Length > 4 * LengthCap ? trimmed[..(4 * LengthCap)] : trimmed;
        if (bounded.Contains('<', StringComparison.Ordinal) || bounded.Contains("-->", StringComparison.Ordinal))
        {
            return Show(isSecret || IsSecret(bounded) ? WithoutTexts(TagComments().Replace(bounded, "***")) : bounded, false);
        }

        var comment = SettingComment().Match(bounded);
        isSecret |= comment.Success && IsSecret(comment.Value);
        return Show(isSecret ? WithoutValue(bounded[..(comment.Success ? comment.Index : bounded.Length)]) : SecretSetting().Replace(bounded, "${name}***"), false);
    }

    /// <summary>A name that speaks of a secret.</summary>
    public static bool IsSecret(string name) => Suspicious().IsMatch(name);

    private static string WithoutTexts(string line)
    {
        var first = line.IndexOf('<', StringComparison.Ordinal);
        var tags = first < 0 ? "" : TagValues().Replace(line[first..], m => m.Groups["kept"].Success ? m.Value : "\"***\"");
        return (first == 0 ? "" : "***") + TagTexts().Replace(tags, m => m.Groups["tag"].Value.EndsWith("-name>", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(m.Groups["text"].Value) ? m.Value : m.Groups["tag"].Value + "***");
    }

    /// <param name="line">Without its comment.</param>
    private static string WithoutValue(string line)
    {
        var start = line.Length - line.TrimStart('-', '{', '[', ' ', '"', '\'').Length;
        var isItem = line.StartsWith('-') && line.IndexOfAny(['=', ':'], start) < 0;
        return !isItem && line.IndexOfAny(['=', ':', ' ', '\t'], start) is >= 0 and var cut ? line[..(cut + 1)] + "***" : "***";
    }

    /// <summary>Behind the first name of a secret nothing is shown: where a value without quotes ends depends on what stands around it.</summary>
    [GeneratedRegex("(?<name>(?:" + Names + @")[^\s=:,{}]*(?:\s*[=:]|\s)).*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SecretSetting();

    /// <summary>Of YAML, or a line that is nothing else in one of the others.</summary>
    [GeneratedRegex(@"(?:^|\s)#.*$|^[!;].*$", RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex SettingComment();

    /// <summary>From or up to the ends of the line where it goes on in others; what stands in a section of text is no tag.</summary>
    [GeneratedRegex(@"<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|^[^<]*-->", RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex TagComments();

    [GeneratedRegex("""(?<kept>\b(?:name|id|class|pattern|access|disabled|security|level|ref|xmlns[:\w]*|xsi:\w+)\s*=\s*)?(?:"[^"]*"?|'[^']*'?)""", RegexOptions.NonBacktracking)]
    private static partial Regex TagValues();

    [GeneratedRegex("(?<tag><[^<>]*>)(?<text>[^<]+)", RegexOptions.NonBacktracking)]
    private static partial Regex TagTexts();
}
