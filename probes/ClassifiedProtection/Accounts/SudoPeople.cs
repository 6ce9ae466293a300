using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Who is meant by names of sudoers(5): accounts, groups, numbers, as passwd(5) and group(5) know them.</summary>
internal sealed class SudoPeople
{
    private static readonly string[] Local = ["files", "compat", "systemd", "altfiles"];
    private readonly List<string[]> _accounts;
    private readonly List<string[]> _groups;
    private readonly bool _isWhole;

    private SudoPeople(List<string[]> accounts, List<string[]> groups, bool isWhole)
    {
        _accounts = accounts;
        _groups = groups;
        _isWhole = isWhole;
    }

    /// <param name="snapshot">Of the host.</param>
    /// <param name="faults">Where rules of sudo come from places no file shows.</param>
    public static SudoPeople Of(HostSnapshot snapshot, List<Sighting> faults)
    {
        var sources = snapshot.Find("/etc/nsswitch.conf").State == FileState.Read ? snapshot.Lines("/etc/nsswitch.conf")! : [];
        var elsewhere = sources.Where(l => !IsLocal(l, "sudoers")).ToList();
        faults.AddRange(elsewhere.Select(l => new Sighting("sudo 的授权还取自目录服务，这里看不到", l.Place)));
        var (accounts, groups) = (Entries(snapshot, "/etc/passwd", 7), Entries(snapshot, "/etc/group", 4));
        return new SudoPeople(accounts ?? [], groups ?? [], accounts is not null && groups is not null && sources.All(l => IsLocal(l, "passwd") && IsLocal(l, "group") && IsLocal(l, "initgroups"))
            && !accounts.Concat(groups).Any(e => e[0].StartsWith('+') || e[0].StartsWith('-')));
    }

    /// <summary>Whether somebody is meant by both; null where nobody can say.</summary>
    /// <param name="one">As in a grant, aliases resolved.</param>
    /// <param name="other">As in Defaults, aliases resolved.</param>
    public bool? Meet(string one, string other)
    {
        if (one == other || one == "ALL" || other == "ALL")
        {
            return true;
        }

        var (left, right) = (Members(one), Members(other));
        return left.Names.Overlaps(right.Names) ? true : left.IsWhole && right.IsWhole ? false : null;
    }

    /// <summary>The account, by name or number, has UID 0.</summary>
    public bool IsRoot(string account) => account is "root" or "#0" || Members(account).Names.Contains("root")
        || _accounts.Exists(a => a[0] == account && long.TryParse(a[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var uid) && uid == 0);

    private (HashSet<string> Names, bool IsWhole) Members(string who)
    {
        if (who.StartsWith("%#", StringComparison.Ordinal))
        {
            return Group(_groups.FindAll(g => g[2] == who[2..]), who[2..]);
        }

        if (who.StartsWith('%'))
        {
            var named = _groups.FindAll(g => g[0] == who[1..].Replace("\\", "", StringComparison.Ordinal));
            return Group(named, named.Count > 0 ? named[0][2] : null, !who.StartsWith("%:", StringComparison.Ordinal));
        }

        if (who.StartsWith('#'))
        {
            var names = _accounts.Where(a => a[2] == who[1..]).Select(a => a[0]).ToHashSet(StringComparer.Ordinal);
            return (names, names.Count > 0 || _isWhole);
        }

        return ([who], !who.StartsWith('+') && !who.StartsWith('!'));
    }

    private (HashSet<string> Names, bool IsWhole) Group(List<string[]> groups, string? number, bool isPlain = true) =>
        ([.. groups.SelectMany(g => g[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)), .. _accounts.Where(a => a[3] == number).Select(a => a[0])], _isWhole && isPlain);

    private static bool IsLocal(ConfigLine line, string database)
    {
        var text = line.Text.Split('#')[0];
        return text.Split(':')[0].Trim() != database || !text.Contains(':', StringComparison.Ordinal)
            || text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).All(w => w.StartsWith('[') || w.EndsWith(']') || Local.Any(n => n == w));
    }

    /// <summary>Null where nobody looked; what has too few fields is padded.</summary>
    private static List<string[]>? Entries(HostSnapshot snapshot, string path, int fields) => snapshot.Find(path).State != FileState.Read ? null
        : [.. snapshot.Lines(path)!.Where(l => l.Text.Length > 0 && l.Text[0] != '#').Select(l => l.Text.Split(':')).Select(f => f.Concat(Enumerable.Repeat("", fields)).Take(Math.Max(fields, f.Length)).ToArray())];
}
