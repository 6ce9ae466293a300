using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>/etc/sudoers and what it includes, which begins with # and is no comment.</summary>
public sealed class SudoersProbe : HostProbe<SudoSettings>
{
    private const string Main = "/etc/sudoers";
    private static readonly string[] Everybody = ["ALL", "%ALL", "%all", "%users"];

    public override ProbeManifest Manifest { get; } = About("sudoers", "sudo 授权", "谁可以用 sudo 做什么，要不要口令？");

    internal override Seen<SudoSettings> Read(HostSnapshot snapshot)
    {
        if (snapshot.Find(Main).State == FileState.Missing)
        {
            return Seen<SudoSettings>.Nothing("主机上没有 /etc/sudoers");
        }

        var faults = new List<Sighting>();
        var lines = SudoersFile.Read(snapshot, Main, faults);
        var aliases = new SudoAliases(lines, faults);
        var people = SudoPeople.Of(snapshot, faults);
        var reading = new Reading(aliases, new SudoDefaults(lines, aliases, faults, AsksPassword(snapshot, faults), people), people, faults);
        var grants = lines.Where(l => !SudoAliases.IsAlias(l.Text) && !SudoDefaults.IsDefaults(l.Text)).SelectMany(reading.Grants).ToList();
        var (free, all) = (grants.FindAll(g => g is { AllCommands: true, WithoutPassword: true } && g.Who is not ("root" or "#0")), grants.FindAll(g => g.AllCommands && Everybody.Any(e => e == g.Who)));
        return new(
            new SudoSettings
            {
                Grants = faults.Count > 0 ? default : new(grants),
                UnlimitedWithoutPassword = Proven(free, faults),
                UnlimitedForAll = Proven(all, faults),
                Unread = new([.. faults.Distinct()]),
            },
            lines);
    }

    /// <summary>What was found counts although something was not understood; that nothing was found does not.</summary>
    private static Fact<IReadOnlyList<SudoGrant>> Proven(List<SudoGrant> found, List<Sighting> faults) => found.Count == 0 && faults.Count > 0 ? default : new(found);

    /// <summary>False where the PAM service of sudo lets wrong passwords in.</summary>
    private static bool AsksPassword(HostSnapshot snapshot, List<Sighting> faults)
    {
        if (snapshot.Find("/etc/pam.d/sudo").State is not FileState.Read || PamStack.Of(snapshot, "sudo") is not { } stack)
        {
            return true;
        }

        var answer = PamQuestion.AsksPassword(stack.OfType("auth", new HashSet<string>(StringComparer.Ordinal)));
        if (answer == PamAnswer.Open)
        {
            faults.Add(new Sighting("sudo 的 PAM 栈是否要求口令，取决于这里不认识的模块或控制字", "/etc/pam.d/sudo"));
        }

        return answer != PamAnswer.No;
    }

    private sealed record Reading(SudoAliases Aliases, SudoDefaults Defaults, SudoPeople People, List<Sighting> Faults)
    {
        public IEnumerable<SudoGrant> Grants(ConfigLine line)
        {
            if (SudoSpec.Of(line.Text) is not { } spec)
            {
                Faults.Add(new Sighting("sudoers 的这一行读不懂", line.Place));
                yield break;
            }

            var commands = spec.Items.SelectMany(i => Aliases.Commands(i.Command).Where(c => !c.StartsWith('!')).Select(c => new Granted(i, c, Power(i, c), Aliases.MayBeRoot(i.RunAs, People)))).Where(g => g.IsRoot != false).ToList();
            foreach (var name in Aliases.Expand(spec.Users).Where(u => !u.StartsWith('!')).Select(u => u.Trim('"')).Distinct(StringComparer.Ordinal))
            {
                var isFree = Defaults.IsFree(name);
                var certain = commands.FindAll(c => c is { IsRoot: true, Power: SudoPower.Everything } && IsHere(c));
                var free = certain.FindAll(c => (c.Item.Authenticates is { } asks ? !asks : isFree) == true);
                if (free.Count == 0 && name is not ("root" or "#0"))
                {
                    Faults.AddRange(commands.Where(c => c.Power != SudoPower.Limited).Select(c => Doubt(c, name, isFree)).OfType<string>().Select(why => new Sighting(why, line.Place)));
                }

                yield return new SudoGrant
                {
                    Who = name, AllCommands = certain.Count > 0, WithoutPassword = certain.Count > 0 ? free.Count > 0 : spec.Items.Exists(i => i.Authenticates == false),
                    Through = certain.Count == 0 ? null : (free.Count > 0 ? free : certain)[0].Command, Origin = line.Place,
                };
            }
        }

        /// <summary>Variables of one's own make everything of any command; those nobody knows make nothing sure.</summary>
        private SudoPower Power(SudoSpecItem item, string command)
        {
            var power = SudoCommands.Of(command, item.NoExec);
            var environment = item.SetsEnvironment == true ? SudoPower.Everything : Defaults.Environment;
            return environment > power ? environment : power;
        }

        private bool IsHere(Granted granted) => Aliases.Expand(SudoersFile.Split(granted.Item.Hosts, ',')).Contains("ALL", StringComparer.Ordinal);

        /// <summary>Why the command may be everything without a password, or for anybody; null where it is not.</summary>
        private string? Doubt(Granted granted, string name, bool? isFree)
        {
            var asks = granted.Item.Authenticates ?? !isFree;
            return asks == true && !Everybody.Any(e => e == name) ? null
                : granted.Power == SudoPower.Unknown ? $"命令 {Short(granted.Command)} 能做什么读不懂，可能等同全部命令"
                : !IsHere(granted) ? $"授权限于主机 {granted.Item.Hosts}，不知道是不是这一台"
                : granted.IsRoot is null ? $"以组 {granted.Item.RunAs} 的身份运行，不知道能做什么"
                : asks is null ? $"{name} 里有没有 Defaults 免去口令的人，要看目录服务或没有收集的 /etc/passwd、/etc/group" : null;
        }

        private static string Short(string text) => text.Length > 60 ? text[..60] : text;
    }

    private sealed record Granted(SudoSpecItem Item, string Command, SudoPower Power, bool? IsRoot);
}
