namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What lines of Defaults say of passwords: for all, for some users, for some commands.</summary>
internal sealed class SudoDefaults
{
    private const string Word = "Defaults";
    private static readonly string[] Changing = ["exempt_group", "pam_service", "pam_login_service", "pam_askpass_service"];
    private readonly bool _free;
    private readonly List<string> _freeUsers = [];
    private readonly bool _freeCommands;

    /// <param name="lines">Of all files.</param>
    /// <param name="aliases">Of all lines.</param>
    /// <param name="faults">What makes it impossible to say who is asked.</param>
    /// <param name="asks">PAM refuses wrong passwords.</param>
    public SudoDefaults(IReadOnlyList<ConfigLine> lines, SudoAliases aliases, List<Sighting> faults, bool asks)
    {
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

                switch (name, scope)
                {
                    case ("!authenticate", ':'):
                        _freeUsers.AddRange(aliases.Expand(SudoersFile.Split(about, ',')));
                        break;
                    case ("!authenticate", '!'):
                        _freeCommands |= SudoersFile.Split(about, ',').SelectMany(aliases.Commands).Any(c => SudoCommands.Of(c, noExec: false) != SudoPower.Limited);
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

    /// <summary>Whether no password is asked where no tag says so.</summary>
    /// <param name="user">As granted.</param>
    /// <param name="command">Gives as much as ALL.</param>
    public bool IsFree(string user, string command) => _free || (_freeCommands && command.Length > 0) || _freeUsers.Exists(u => u == user || u == "ALL" || user == "ALL");

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
