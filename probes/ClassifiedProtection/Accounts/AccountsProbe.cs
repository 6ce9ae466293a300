using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>/etc/passwd and /etc/shadow.</summary>
public sealed class AccountsProbe : HostProbe<AccountSettings>
{
    private static readonly string[] OfTheSystem =
        ["adm", "sys", "bin", "daemon", "lp", "sync", "shutdown", "halt", "mail", "news", "uucp", "operator", "games", "gopher", "ftp", "nobody", "man", "proxy", "backup", "list", "irc", "gnats", "www-data",
        "sshd", "messagebus", "dbus", "systemd-network", "systemd-resolve", "systemd-timesync", "systemd-coredump", "polkitd", "chrony", "_chrony", "ntp", "rpc", "rpcuser", "nfsnobody", "tss", "sssd", "_apt", "syslog", "uuidd", "tcpdump", "avahi", "postfix", "dnsmasq"];

    public override ProbeManifest Manifest { get; } = About("accounts", "系统账户", "有哪些账户可以登录，口令处于什么状态？");

    internal override Seen<AccountSettings> Read(HostSnapshot snapshot)
    {
        var lines = (snapshot.Lines("/etc/passwd") ?? throw new UnableException(FailureKind.BadInput, "没有 /etc/passwd")).Where(l => l.Text.Length > 0 && l.Text[0] != '#').ToList();
        var accounts = lines.Where(l => l.Text[0] is not ('+' or '-')).Select(Account.Of).ToList();
        if (accounts.Contains(null))
        {
            throw new UnableException(FailureKind.BadInput, "/etc/passwd 有不合格式的行");
        }

        var known = accounts.OfType<Account>().ToList();
        var settings = new AccountSettings
        {
            UidZero = known.Where(a => a.Uid == 0).Select(a => a.Name).ToList() is var zero && zero.TrueForAll(n => n == "root") && lines.Exists(l => l.Text[0] == '+') ? default : new(zero),
            SameNames = new([.. known.GroupBy(a => a.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key)]),
            SameUids = new([.. known.GroupBy(a => a.Uid).Where(g => g.Count() > 1).Select(g => $"{g.Key}（{string.Join("、", g.Select(a => a.Name))}）")]),
            AsksDirectory = lines.Exists(l => l.Text[0] is '+' or '-'),
            LoginAccounts = new([.. known.Where(a => a.LetsIn).Select(a => a.Name)]),
        };
        if (snapshot.Find("/etc/shadow").State != FileState.Read)
        {
            return new(settings, lines);
        }

        var shadow = snapshot.Lines("/etc/shadow")!.Select(Secret.Of).OfType<Secret>().DistinctBy(s => s.Name, StringComparer.Ordinal).ToDictionary(s => s.Name, StringComparer.Ordinal);
        return new(WithShadow(snapshot, settings, known, shadow), [.. lines, .. shadow.Values.Select(s => s.Line)]);
    }

    private static AccountSettings WithShadow(HostSnapshot snapshot, AccountSettings settings, List<Account> accounts, Dictionary<string, Secret> shadow) => settings with
    {
        EmptyPasswords = new([.. accounts.Where(a => a.Password.Length == 0 || (a.Password == "x" && shadow.TryGetValue(a.Name, out var s) && s.Hash.Length == 0)).Select(a => a.Name)]),
        PasswordAccounts = new([.. accounts.Where(a => a.LetsIn && a.HasOwnHash).Select(a => new PasswordAccount { Name = a.Name, Method = "?", Origin = a.Line.Place }), .. accounts.Where(a => a.LetsIn && !a.HasOwnHash && shadow.TryGetValue(a.Name, out var s) && s.IsUsable && s.Hash.Length > 0)
            .Select(a => (a.Name, Secret: shadow[a.Name])).Select(p => new PasswordAccount { Name = p.Name, Method = p.Secret.Method, MaxDays = p.Secret.MaxDays, Origin = p.Secret.Line.Place })]),
        UsableSystemAccounts = Usable(snapshot, accounts, shadow),
    };

    /// <summary>By a password, or by a key where there is a shell for it. Missing where nobody looked for keys and there is no other.</summary>
    private static Fact<IReadOnlyList<string>> Usable(HostSnapshot snapshot, List<Account> accounts, Dictionary<string, Secret> shadow)
    {
        var mayEnter = accounts.FindAll(a => !a.IsShut && OfTheSystem.Any(n => n == a.Name));
        var open = mayEnter.FindAll(a => a.HasOwnHash || !shadow.TryGetValue(a.Name, out var s) || s.IsUsable);
        var keyed = mayEnter.Except(open).Where(a => a.LetsIn).Select(a => (Account: a, snapshot.Find($"{a.Home.TrimEnd('/')}/.ssh/authorized_keys").State)).ToList();
        open.AddRange(keyed.Where(k => k.State is not (FileState.Missing or FileState.NotCollected or FileState.Denied)).Select(k => k.Account));
        return open.Count == 0 && keyed.Exists(k => k.State is FileState.NotCollected or FileState.Denied) ? default : new([.. open.Select(a => a.Name)]);
    }

    private sealed record Account(string Name, string Password, long Uid, string Home, string Shell, ConfigLine Line)
    {
        private static readonly string[] Commands = ["sync", "shutdown", "halt"];
        private static readonly string[] Folders = ["/bin", "/sbin", "/usr/bin", "/usr/sbin"];

        /// <summary>nologin and false of the system: a program of that name elsewhere may be any.</summary>
        public bool IsShut => Last is "nologin" or "false" && Folders.Any(f => Shell == $"{f}/{Last}");

        /// <summary>The hash stands in passwd itself, which says neither its method nor its age.</summary>
        public bool HasOwnHash => Password.Length > 0 && Password is not ("x" or "*" or "!" or "!!" or "*NP*") && Password[0] is not ('!' or '*') || Password == "***";

        public bool LetsIn => !IsShut && !Commands.Any(c => c == Last);

        private string Last => Shell[(Shell.LastIndexOf('/') + 1)..];

        public static Account? Of(ConfigLine line)
        {
            var fields = line.Text.Split(':');
            return fields.Length < 7 || !TryUid(fields[2], out var uid) ? null : new Account(fields[0], fields[1], uid, fields[5], fields[6].Trim(), line);
        }

        /// <summary>00 is 0; 0x0 is 0 to those programs that take it.</summary>
        private static bool TryUid(string text, out long uid) => (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uid)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out uid)) && uid is >= int.MinValue and <= uint.MaxValue;
    }

    private sealed record Secret(string Name, string Hash, long? MaxDays, ConfigLine Line)
    {
        /// <summary>A hash behind ! is kept and locked.</summary>
        public bool IsUsable => !Hash.StartsWith('!') && !Hash.StartsWith('*') && Hash is not ("x" or "NP" or "LK" or "NL");

        public string Method => Hash switch
        {
            ['$', ..] => Hash.Split('$')[1],
            _ when Hash.StartsWith("DES", StringComparison.Ordinal) => "DES",
            _ => "?",
        };

        public static Secret? Of(ConfigLine line)
        {
            var fields = line.Text.Split(':');
            // Without the day of the last change a password does not age.
            var ages = fields.Length > 4 && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out _);
            return fields.Length < 2 ? null : new Secret(
                fields[0], fields[1], ages && long.TryParse(fields[4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && days is >= 0 and < 10_000 ? days : null, line);
        }
    }
}
