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
        var defaults = new SudoDefaults(lines, aliases, faults, AsksPassword(snapshot, faults));
        var grants = lines.Where(l => !SudoAliases.IsAlias(l.Text) && !SudoDefaults.IsDefaults(l.Text)).SelectMany(l => Grants(l, aliases, defaults, faults)).ToList();
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

    private static IEnumerable<SudoGrant> Grants(ConfigLine line, SudoAliases aliases, SudoDefaults defaults, List<Sighting> faults)
    {
        if (SudoSpec.Of(line.Text) is not { } spec)
        {
            faults.Add(new Sighting("sudoers 的这一行读不懂", line.Place));
            yield break;
        }

        var whole = new List<(bool? Tag, string Command)>();
        foreach (var item in spec.Items.Where(i => aliases.MayBeRoot(i.RunAs)))
        {
            foreach (var command in aliases.Commands(item.Command))
            {
                var power = SudoCommands.Of(command, item.NoExec);
                if (power == SudoPower.Unknown || (power == SudoPower.Everything && !aliases.Expand(SudoersFile.Split(item.Hosts, ',')).Contains("ALL", StringComparer.Ordinal)))
                {
                    faults.Add(new Sighting(power == SudoPower.Unknown ? $"命令 {command} 能做什么读不懂" : $"授权限于主机 {item.Hosts}，不知道是不是这一台", line.Place));
                }
                else if (power == SudoPower.Everything)
                {
                    whole.Add((item.Authenticates, command));
                }
            }
        }

        foreach (var name in aliases.Expand(spec.Users).Where(u => !u.StartsWith('!')).Select(u => u.Trim('"')).Distinct(StringComparer.Ordinal))
        {
            var free = whole.FindAll(w => !(w.Tag ?? !defaults.IsFree(name, w.Command)));
            yield return new SudoGrant
            {
                Who = name, AllCommands = whole.Count > 0, WithoutPassword = whole.Count > 0 ? free.Count > 0 : spec.Items.Exists(i => i.Authenticates == false),
                Through = whole.Count == 0 ? null : (free.Count > 0 ? free : whole)[0].Command, Origin = line.Place,
            };
        }
    }
}
