using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// What is left of a line of a shell profile that says nothing of sessions: the words and signs that decide what runs, so that others can be
/// read in their place. Everything else is an x. The collector does the same on the host.
/// </summary>
internal static partial class ShellBones
{
    private const int Limit = 2000;

    public static string Of(string line)
    {
        var text = line.TrimStart(' ', '\t');
        return text.Length == 0 || text[0] == '#' ? "" : Word().Replace(line, m => Kept().IsMatch(m.Value) ? m.Value : "x");
    }

    [GeneratedRegex(@"[^\] \t'""\\;&|(){}<>#$`!\[\r]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Word();

    [GeneratedRegex(@"^(if|then|else|elif|fi|case|esac|for|while|until|select|do|done|in|function|return|exit|exec|break|unset|source|export|readonly|declare|typeset|false|true|PS1|i|-z|-d|\.|:|/etc/profile\.d|/etc/bashrc|/etc/bash\.bashrc|/etc/bash_completion|/etc/locale\.conf|/etc/vconsole\.conf|/(usr/share|usr/lib|usr/lib64|etc/profile\.d|etc/sysconfig|etc/default)/[A-Za-z0-9_./*+-]+)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Kept();
}
