using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lines of files of settings, whose values have no quotes.</summary>
internal static partial class SecretMask
{
    /// <summary>As <see cref="Show"/>, without the values behind names of secrets, and without any value where the line is about one.</summary>
    /// <param name="line">As it stands: YAML, properties, INI or XML.</param>
    /// <param name="isSecret">What was found in the line is a secret or its strength.</param>
    public static string ShowSetting(string line, bool isSecret)
    {
        var trimmed = line.Trim();
        var bounded = trimmed.Length > 4 * LengthCap ? trimmed[..(4 * LengthCap)] : trimmed;
        isSecret |= bounded.Contains('<', StringComparison.Ordinal) && IsSecret(bounded);
        return Show(isSecret ? WithoutValues(bounded) : SecretSetting().Replace(bounded, "${name}***"), false);
    }

    /// <summary>A name that speaks of a secret.</summary>
    public static bool IsSecret(string name) => Suspicious().IsMatch(name);

    private static string WithoutValues(string line)
    {
        if (line.Contains('<', StringComparison.Ordinal))
        {
            var first = line.IndexOf('<', StringComparison.Ordinal);
            var tags = TagValues().Replace(line[first..], m => m.Groups["kept"].Success ? m.Value : "\"***\"");
            return (first > 0 ? "***" : "") + TagTexts().Replace(tags, m => m.Groups["tag"].Value.EndsWith("-name>", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(m.Groups["text"].Value) ? m.Value : m.Groups["tag"].Value + "***");
        }

        var start = line.Length - line.TrimStart('-', '{', '[', ' ', '"', '\'').Length;
        return line.IndexOfAny(['=', ':', ' ', '\t'], start) is >= 0 and var cut ? line[..(cut + 1)] + "***" : "***";
    }

    /// <summary>Behind the first name of a secret nothing is shown: where a value without quotes ends depends on what stands around it.</summary>
    [GeneratedRegex("""(?<name>(?:passw|pwd|secret|token|key|credential|口令|密码|密钥)[^\s=:,{}]*\s*[=:]).*$""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SecretSetting();

    [GeneratedRegex("""(?<kept>\b(?:name|id|class|pattern|access|disabled|security|level|ref|xmlns[:\w]*|xsi:\w+)\s*=\s*)?(?:"[^"]*"?|'[^']*'?)""", RegexOptions.NonBacktracking)]
    private static partial Regex TagValues();

    [GeneratedRegex("(?<tag><[^<>]*>)(?<text>[^<]+)", RegexOptions.NonBacktracking)]
    private static partial Regex TagTexts();
}
