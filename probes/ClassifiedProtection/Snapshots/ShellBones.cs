using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// What is left of a line of a shell profile: the words and signs that decide what runs, so that others can be read in their place; where it
/// says something of sessions also the values of TMOUT and umask. Everything else is an x. The collector does the same on the host.
/// </summary>
internal static partial class ShellBones
{
    private const int Limit = 2000;

    public static string Of(string line)
    {
        var isOfSession = Session().IsMatch(line);
        var text = isOfSession ? Comment().Replace(line, "", 1) : line;
        return text.Trim(' ', '\t') is not { Length: > 0 } rest || rest[0] == '#' ? "" : Word().Replace(text, m => Shown(m.Value, isOfSession));
    }

    private static string Shown(string word, bool isOfSession)
    {
        if (Kept.Has("shell", word) || Packaged().IsMatch(word))
        {
            return word;
        }

        if (!isOfSession || Kept.Has("shell-session", word) || Value().IsMatch(word))
        {
            return isOfSession ? word : "x";
        }

        return Kept.Find(word, @"^[A-Za-z_][A-Za-z0-9_]*\+?=") is { Success: true } name ? name.Value + (name.Length < word.Length ? "x" : "") : "x";
    }

    [GeneratedRegex("TMOUT|umask|autologout", RegexOptions.CultureInvariant, Limit)]
    private static partial Regex Session();

    [GeneratedRegex("[ \t]#.*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[^\] \t'""\\;&|(){}<>#$`!\[\r]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Word();

    [GeneratedRegex("^/(usr/share|usr/lib|usr/lib64|etc/profile[.]d|etc/sysconfig|etc/default)/[A-Za-z0-9_./*+-]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Packaged();

    [GeneratedRegex(@"^(TMOUT(\+?=|:?[-=+?])[0-9]*|[0-9]{1,4}|[ugoa]*=[rwx]*(,[ugoa]*=[rwx]*)*)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Value();
}
