using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One command of a grant.</summary>
/// <param name="Hosts">As written, in a list.</param>
/// <param name="RunAs">As written between the brackets; null where there are none.</param>
/// <param name="Authenticates">What a tag says; null where none does.</param>
/// <param name="NoExec">It can start no other program.</param>
/// <param name="SetsEnvironment">Whoever starts it gives it variables of his own (SETENV).</param>
/// <param name="Command">As written.</param>
internal sealed record SudoSpecItem(string Hosts, string? RunAs, bool? Authenticates, bool NoExec, bool? SetsEnvironment, string Command);

/// <summary>USERS HOSTS = COMMANDS : HOSTS = COMMANDS (sudoers(5)).</summary>
internal static partial class SudoSpec
{
    private const int Limit = 1000;

    /// <returns>Null where the line is not understood to its end.</returns>
    public static (List<string> Users, List<SudoSpecItem> Items)? Of(string text)
    {
        var equals = SudoersFile.Split(text, '=');
        if (equals.Count < 2 || Fields(equals[0]) is not [var users, var first])
        {
            return null;
        }

        var items = new List<SudoSpecItem>();
        var rest = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var (hosts, runAs, tags) = (first, (string?)null, default(Tags));
        while (true)
        {
            if (!Prefixes(ref rest, ref runAs, ref tags))
            {
                return null;
            }

            var (command, separator, behind) = Command(rest);
            if (command.Length == 0 || command.Contains('"', StringComparison.Ordinal) && !command.Contains("\"\"", StringComparison.Ordinal))
            {
                return null;
            }

            items.Add(new SudoSpecItem(hosts, runAs, tags.Authenticates, tags.NoExec, tags.SetsEnvironment, command));
            if (separator == '\0')
            {
                return (SudoersFile.Split(users, ','), items);
            }

            rest = behind;
            if (separator == ':')
            {
                var at = rest.IndexOf('=', StringComparison.Ordinal);
                if (at < 0 || Fields(rest[..at]) is not [var more])
                {
                    return null;
                }

                (hosts, runAs, tags, rest) = (more, null, default, rest[(at + 1)..]);
            }
        }
    }

    /// <summary>Words between blanks; a comma joins what stands around it.</summary>
    private static string[] Fields(string text)
    {
        var spaced = Comma().Replace(text.Trim(), ",");
        return [.. Field().Matches(spaced).Select(m => m.Value)];
    }

    /// <summary>(runas), OPTION=value, TAG: and digests; false where a tag is none of sudo's.</summary>
    private static bool Prefixes(ref string rest, ref string? runAs, ref Tags tags)
    {
        while (Prefix().Match(rest) is { Success: true } found)
        {
            rest = rest[found.Length..];
            if (found.Groups["runas"].Success)
            {
                runAs = found.Groups["runas"].Value;
            }

            switch (found.Groups["tag"].Value)
            {
                case "NOPASSWD" or "PASSWD":
                    tags = tags with { Authenticates = found.Groups["tag"].Value == "PASSWD" };
                    break;
                case "NOEXEC" or "EXEC":
                    tags = tags with { NoExec = found.Groups["tag"].Value == "NOEXEC" };
                    break;
                case "SETENV" or "NOSETENV":
                    tags = tags with { SetsEnvironment = found.Groups["tag"].Value == "SETENV" };
                    break;
                case "" or "FOLLOW" or "NOFOLLOW" or "LOG_INPUT" or "NOLOG_INPUT" or "LOG_OUTPUT" or "NOLOG_OUTPUT" or "MAIL" or "NOMAIL" or "INTERCEPT" or "NOINTERCEPT":
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static (string Command, char Separator, string Behind) Command(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] is ',' or ':')
            {
                return (text[..i].Trim(), text[i], text[(i + 1)..]);
            }
        }

        return (text.Trim(), '\0', "");
    }

    /// <summary>They hold for what follows, until another says otherwise.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Tags(bool? Authenticates, bool NoExec, bool? SetsEnvironment);

    [GeneratedRegex(@"\s*,\s*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Comma();

    [GeneratedRegex(@"(""[^""]*""|\\.|[^\s""\\])+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Field();

    [GeneratedRegex(@"^\s*(\((?<runas>[^)]*)\)|(ROLE|TYPE|PRIVS|LIMITPRIVS|NOTBEFORE|NOTAFTER|TIMEOUT|CWD|CHROOT|APPARMOR_PROFILE)\s*=\s*(""[^""]*""|[^\s,:]+)|(?<tag>[A-Z_]+)\s*:|sha(224|256|384|512)\s*:\s*[A-Za-z0-9+/=]+\s*,?)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Prefix();
}
