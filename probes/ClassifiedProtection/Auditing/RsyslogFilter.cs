using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Severities of auth and authpriv, a bit each, 0 being emergencies.</summary>
/// <param name="Auth">Of facility auth.</param>
/// <param name="Private">Of facility authpriv.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AuthMask(byte Auth, byte Private)
{
    private const byte Informed = 0x7F;

    public static AuthMask All { get; } = new(0xFF, 0xFF);

    /// <summary>Logins are told with severity info: one facility with all from there on.</summary>
    public bool TellsLogins => (Auth & Informed) == Informed || (Private & Informed) == Informed;

    public bool IsEmpty => Auth == 0 && Private == 0;

    public AuthMask And(AuthMask other) => new((byte)(Auth & other.Auth), (byte)(Private & other.Private));

    public AuthMask Without(AuthMask other) => new((byte)(Auth & ~other.Auth), (byte)(Private & ~other.Private));
}

/// <summary>Which messages about logins pass a filter of rsyslog.</summary>
internal static partial class RsyslogFilter
{
    private const int Limit = 1000;
    private static readonly string[] Severities = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];
    private static readonly string[] Facilities =
        ["auth", "authpriv", "cron", "daemon", "ftp", "kern", "lpr", "mail", "mark", "news", "syslog", "user", "uucp", "security", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"];

    /// <summary>Programs that tell of logins.</summary>
    private static readonly string[] Programs = ["sshd", "sudo", "su", "login", "systemd-logind", "polkitd", "gdm", "passwd", "useradd", "usermod", "unix_chkpwd", "CRON", "dropbear", "lightdm", "sddm", "xrdp", "doas", "runuser", "userdel", "groupadd", "chpasswd"];

    /// <summary>Null where it depends on what only the messages know.</summary>
    public static AuthMask? Of(string filter) => filter.StartsWith("if ", StringComparison.Ordinal) ? Expression(filter[3..]) : filter.StartsWith(':') || filter.StartsWith("else ", StringComparison.Ordinal) ? null : Selector(filter);

    /// <summary>What passes has nothing to do with logins of this host: other programs by name, or messages of other hosts.</summary>
    public static bool IsElsewhere(string filter)
    {
        var property = Property().Match(filter);
        var found = property.Success ? property : Comparison().Match(filter);
        if (!found.Success)
        {
            return false;
        }

        // What stayed on the host may be any program's name.
        var (name, how, value) = (found.Groups["name"].Value.ToLowerInvariant(), found.Groups["how"].Value.ToLowerInvariant(), found.Groups["value"].Value);
        return (name, how) switch
        {
            ("programname" or "syslogtag" or "app-name", "isequal" or "startswith" or "==") => value.Length > 0 && !value.Contains(Kept.Mark, StringComparison.Ordinal) && IsOther(value, isWhole: how != "startswith"),
            ("fromhost-ip", "!isequal" or "!=" or "<>") => value == "127.0.0.1",
            _ => false,
        };
    }

    /// <summary>None of the programs that tell of logins, whose tag may begin with the folder they lie in.</summary>
    private static bool IsOther(string value, bool isWhole)
    {
        var name = value[(value.LastIndexOf('/') + 1)..];
        return (isWhole || name.Length == value.Length) && name.Length > 0
            && !Programs.Any(p => p.StartsWith(name, StringComparison.OrdinalIgnoreCase) || name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
    }

    private static AuthMask? Selector(string text)
    {
        var (auth, secret) = ((byte)0, (byte)0);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var dot = part.LastIndexOf('.');
            if (dot <= 0 || !TryPriority(part[(dot + 1)..].ToLowerInvariant(), out var bits, out var takesAway))
            {
                return null;
            }

            foreach (var facility in part[..dot].Split(',').Select(f => f.ToLowerInvariant()))
            {
                if (facility != "*" && !Facilities.Any(f => f == facility))
                {
                    return null;
                }

                auth = facility is "*" or "auth" or "security" ? Change(auth, bits, takesAway) : auth;
                secret = facility is "*" or "authpriv" ? Change(secret, bits, takesAway) : secret;
            }
        }

        return new AuthMask(auth, secret);
    }

    private static byte Change(byte now, byte bits, bool takesAway) => (byte)(takesAway ? now & ~bits : now | bits);

    /// <summary>info, =info, !info, !=info, none, *.</summary>
    private static bool TryPriority(string text, out byte bits, out bool takesAway)
    {
        takesAway = text.StartsWith('!') || text == "none";
        var name = text.TrimStart('!');
        var only = name.StartsWith('=');
        name = name.TrimStart('=') switch { "warn" => "warning", "error" => "err", "panic" => "emerg", var other => other };
        var at = Array.IndexOf(Severities, name);
        bits = name is "*" or "none" ? (byte)0xFF : at < 0 ? (byte)0 : only ? (byte)(1 << at) : (byte)((1 << (at + 1)) - 1);
        return bits != 0;
    }

    /// <summary>Facilities by name or number, joined by or.</summary>
    private static AuthMask? Expression(string text)
    {
        var (auth, secret) = ((byte)0, (byte)0);
        foreach (var part in Or().Split(text.Replace("(", " ", StringComparison.Ordinal).Replace(")", " ", StringComparison.Ordinal)))
        {
            var found = Facility().Match(part.Trim());
            if (!found.Success)
            {
                return null;
            }

            auth |= found.Groups["value"].Value is "auth" or "4" ? (byte)0xFF : (byte)0;
            secret |= found.Groups["value"].Value is "authpriv" or "10" ? (byte)0xFF : (byte)0;
        }

        return new AuthMask(auth, secret);
    }

    [GeneratedRegex(@"^:(?<name>[a-z-]+)[ \t]*,[ \t]*(?<how>!?[a-z]+)[ \t]*,[ \t]*""(?<value>[^""\\]*)""$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Property();

    [GeneratedRegex(@"^if[ \t(]+\$(?<name>[a-z-]+)[ \t]*(?<how>==|!=|<>|startswith)[ \t]*[""'](?<value>[^""'\\]*)[""'][ \t)]*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"[ \t\n]or[ \t\n]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex Or();

    [GeneratedRegex(@"^\$syslogfacility(-text)?[ \t]*==[ \t]*[""']?(?<value>[a-z0-9]+)[""']?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Facility();
}
