namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>User_Alias, Runas_Alias, Host_Alias and Cmnd_Alias; names of different kinds do not meet.</summary>
internal sealed class SudoAliases
{
    private const int Depth = 8;
    private static readonly string[] Kinds = ["User_Alias", "Runas_Alias", "Host_Alias", "Cmnd_Alias", "Cmd_Alias"];

    /// <summary>Their members read and write what is root's.</summary>
    private static readonly string[] RootGroups = ["root", "ALL", "#0", "disk", "docker", "lxd", "kmem", "wheel", "sudo", "admin"];

    private readonly Dictionary<string, List<string>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _commands = new(StringComparer.Ordinal);

    public SudoAliases(IReadOnlyList<ConfigLine> lines, List<Sighting> faults)
    {
        foreach (var line in lines.Where(l => IsAlias(l.Text)))
        {
            var into = line.Text.StartsWith('C') ? _commands : _members;
            var text = line.Text[line.Text.AsSpan().IndexOfAny(" \t")..];
            string? name = null;
            foreach (var piece in SudoersFile.Split(text, ':'))
            {
                var equals = piece.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0 && piece[..equals].Trim() is var begun && IsName(begun))
                {
                    name = begun;
                    into[name] = [piece[(equals + 1)..]];
                }
                else if (name is not null)
                {
                    // The colon of a digest.
                    into[name].Add(piece);
                }
                else
                {
                    faults.Add(new Sighting("sudoers 的别名读不懂", line.Place));
                }
            }
        }

        foreach (var all in new[] { _members, _commands })
        {
            foreach (var (name, text) in all.ToList())
            {
                all[name] = SudoersFile.Split(string.Join(':', text), ',');
            }
        }
    }

    public static bool IsAlias(string text) => Kinds.Any(k => text.StartsWith(k, StringComparison.Ordinal) && text.Length > k.Length && char.IsWhiteSpace(text[k.Length]));

    /// <summary>Users, hosts or those commands are run as.</summary>
    public IEnumerable<string> Expand(IEnumerable<string> names) => names.SelectMany(n => Expand(n, _members, 0));

    /// <summary>Without digests. What is excluded of a list takes nothing away: whoever may start all but one program may start a copy of it.</summary>
    public IEnumerable<string> Commands(string command) => Expand(command, _commands, 0).Select(Undigested);

    /// <summary>No brackets are root; brackets without users are the one who asks, with a group that may give as much. Null where nobody can say.</summary>
    public bool? MayBeRoot(string? runAs, SudoPeople people)
    {
        if (runAs is null)
        {
            return true;
        }

        var parts = SudoersFile.Split(runAs, ':');
        var users = Expand(SudoersFile.Split(parts[0], ',')).ToList();
        var groups = parts.Count > 1 ? Expand(SudoersFile.Split(parts[1], ',')).Where(g => g.Length > 0).ToList() : [];
        return users.Exists(u => u is "ALL" || u.StartsWith('%') || u.StartsWith('+') || u.StartsWith('!') || people.IsRoot(u)) || groups.Exists(g => RootGroups.Any(r => r == g)) ? true
            : groups.TrueForAll(g => users.Contains(g, StringComparer.Ordinal)) ? false : null;
    }

    private static IEnumerable<string> Expand(string name, Dictionary<string, List<string>> aliases, int depth)
    {
        if (depth >= Depth || !aliases.TryGetValue(name, out var members))
        {
            return [name];
        }

        return members.SelectMany(m => Expand(m, aliases, depth + 1));
    }

    private static string Undigested(string command)
    {
        while (command.StartsWith("sha", StringComparison.Ordinal) && command.AsSpan().IndexOfAny(" \t") is > 0 and var blank)
        {
            command = command[blank..].Trim();
        }

        return command;
    }

    private static bool IsName(string text) => text.Length > 0 && char.IsAsciiLetterUpper(text[0]) && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}
