namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What lines of Defaults say of passwords: for all, for some users, for some commands.</summary>
internal sealed class SudoDefaults
{
    private const string Word = "Defaults";

    /// <summary>Variables no program of a limited command takes orders from.</summary>
    private static readonly string[] Idle =
    [
        "COLORS", "DISPLAY", "HOSTNAME", "HISTSIZE", "KDEDIR", "LS_COLORS", "MAIL", "PS1", "PS2", "QTDIR", "USERNAME", "USER", "LOGNAME", "LANG", "LANGUAGE", "LINGUAS", "TERM", "TZ", "COLORTERM", "HOME", "SSH_CLIENT", "SSH_CONNECTION",
        "SSH_TTY", "SSH_AUTH_SOCK", "XAUTHORITY", "XAUTHORIZATION", "_XKB_CHARSET", "http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy", "GPG_AGENT_INFO", "SUDO_PS1", "SUDO_EDITOR", "DEBEMAIL", "DEBFULLNAME", "KRB5CCNAME",
    ];

    private static readonly string[] Changing = ["exempt_group", "pam_service", "pam_login_service", "pam_askpass_service"];
    private readonly bool _free;
    private readonly List<string> _freeUsers = [];
    private readonly bool _freeCommands;
    private readonly SudoPeople _people;

    /// <param name="lines">Of all files.</param>
    /// <param name="aliases">Of all lines.</param>
    /// <param name="faults">What makes it impossible to say who is asked.</param>
    /// <param name="asks">PAM refuses wrong passwords.</param>
    /// <param name="people">Of the host.</param>
    public SudoDefaults(IReadOnlyList<ConfigLine> lines, SudoAliases aliases, List<Sighting> faults, bool asks, SudoPeople people)
    {
        _people = people;
        _free = !asks;
        foreach (var line in lines.Where(l => IsDefaults(l.Text)))
        {
            var scope = line.Text.Length > Word.Length ? line.Text[Word.Length] : ' ';
            var text = line.Text[(Word.Length + (char.IsWhiteSpace(scope) ? 0 : 1))..].Trim();
            var (about, settings) = char.IsWhiteSpace(scope) ? ("", text) : Scoped(text);
            foreach (var setting in SudoersFile.Split(settings, ','))
            {
                var name = setting.Split('=', '+', '-')[0].Replace(" ", "", StringComparison.Ordinal);
                if (Changing.Any(c => c == name))
                {
                    faults.Add(new Sighting($"Defaults {name} 改变谁要输口令", line.Place));
                }

                var environment = Environments(name, setting);
                Environment = environment > Environment ? environment : Environment;
                switch (name, scope)
                {
                    case ("!authenticate", ':'):
                        _freeUsers.AddRange(aliases.Expand(SudoersFile.Split(about, ',')));
                        break;
                    case ("!authenticate", '!'):
                        var power = SudoersFile.Split(about, ',').SelectMany(aliases.Commands).Select(c => SudoCommands.Of(c, noExec: false)).DefaultIfEmpty(SudoPower.Unknown).Max();
                        _freeCommands |= power == SudoPower.Everything;
                        if (power == SudoPower.Unknown)
                        {
                            faults.Add(new Sighting($"Defaults 免去口令的命令 {(about.Length > 60 ? about[..60] : about)} 能做什么读不懂", line.Place));
                        }

                        break;
                    case ("!authenticate", _):
                        _free = true;
                        break;
                    case ("authenticate", ' ' or '\t'):
                        _free = !asks;
                        break;
                }
            }
        }
    }

    public static bool IsDefaults(string text) => text.StartsWith(Word, StringComparison.Ordinal) && (text.Length == Word.Length || " \t:@>!".Contains(text[Word.Length], StringComparison.Ordinal));

    /// <summary>What variables that pass make of any command.</summary>
    public SudoPower Environment { get; private set; }

    /// <summary>Whether no password is asked where no tag says so; null where nobody can say.</summary>
    /// <param name="user">As granted.</param>
    public bool? IsFree(string user)
    {
        var meets = _freeUsers.Where(u => !u.StartsWith('!')).Select(u => _people.Meet(user, u.Trim('"'))).ToList();
        return _free || _freeCommands || meets.Contains(true) ? true : meets.Contains(null) ? null : false;
    }

    /// <summary>With LD_PRELOAD and its like every program does what one likes.</summary>
    private static SudoPower Environments(string name, string setting)
    {
        if (name is "setenv" or "!env_reset")
        {
            return name == "setenv" ? SudoPower.Everything : SudoPower.Unknown;
        }

        if (name is not ("env_keep" or "env_check") || setting.Contains("-=", StringComparison.Ordinal))
        {
            return SudoPower.Limited;
        }

        var variables = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().Trim('"').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')[0]).ToList();
        return variables.Exists(v => v.StartsWith("LD_", StringComparison.Ordinal) || v is "*" or "L*" or "LD*") ? SudoPower.Everything
            : variables.TrueForAll(v => Idle.Contains(v, StringComparer.Ordinal) || v.StartsWith("LC_", StringComparison.Ordinal)) ? SudoPower.Limited : SudoPower.Unknown;
    }

    /// <summary>The list ends at the first blank that no comma is beside.</summary>
    private static (string About, string Settings) Scoped(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var blank = text.AsSpan(at).IndexOfAny(" \t");
            if (blank < 0)
            {
                return (text, "");
            }

            at += blank;
            var behind = text.AsSpan(at).TrimStart();
            if (!text.AsSpan(0, at).EndsWith(",") && !behind.StartsWith(","))
            {
                return (text[..at], behind.ToString());
            }

            at = text.Length - behind.Length + (behind.StartsWith(",") ? 1 : 0);
            at += text.Length - at - text.AsSpan(at).TrimStart().Length;
        }

        return (text, "");
    }
}
