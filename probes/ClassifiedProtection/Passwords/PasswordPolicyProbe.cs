using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>login.defs, the PAM stacks of passwd, sshd, login and su, and the files of their modules.</summary>
public sealed class PasswordPolicyProbe : HostProbe<PasswordPolicy>
{
    private static readonly string[] WaysIn = ["sshd", "login"];
    private static readonly string[] Switches = ["su", "su-l"];
    private static readonly string[] Hashes = ["yescrypt", "gost_yescrypt", "sha512", "sha256", "blowfish", "md5", "bigcrypt", "des", "sm3"];
    private static readonly string[] ModuleFolders =
        ["/lib/security", "/lib64/security", "/usr/lib/security", "/usr/lib64/security", "/lib/*-linux-gnu*/security", "/usr/lib/*-linux-gnu*/security"];

    public override ProbeManifest Manifest { get; } = About("password-policy", "口令与登录失败策略", "新口令要满足什么，多久要换，输错几次会锁定？");

    internal override Seen<PasswordPolicy> Read(HostSnapshot snapshot)
    {
        var passwd = PamStack.Of(snapshot, "passwd") ?? PamStack.Of(snapshot, "common-password") ?? PamStack.Of(snapshot, "system-auth");
        var stacks = WaysIn.Select(s => (Service: s, Stack: PamStack.Of(snapshot, s)!)).Where(s => s.Stack is not null).ToList();
        var switches = Switches.Select(s => PamStack.Of(snapshot, s)).OfType<PamStack>().ToList();
        var modules = Modules(snapshot);
        var all = (passwd?.Entries ?? []).Concat(stacks.SelectMany(s => s.Stack.Entries)).Where(e => !e.IsMark).ToList();
        List<Sighting> notes = [.. (passwd?.Faults ?? []).Concat(stacks.SelectMany(s => s.Stack.Faults)).Concat(switches.SelectMany(s => s.Faults)).Distinct()];
        var changing = passwd?.OfType("password", modules) ?? [];
        var isWhole = passwd is null || passwd.Faults.Count == 0;
        var quality = new PasswordQuality(snapshot, changing, isWhole);
        notes.AddRange(quality.Notes);
        var lockouts = new Lockouts(snapshot, modules, notes);
        var policy = new PasswordPolicy
        {
            PassMaxDays = LoginDefs.Number(snapshot, "PASS_MAX_DAYS"),
            PassMinDays = LoginDefs.Number(snapshot, "PASS_MIN_DAYS"),
            PassWarnAge = LoginDefs.Number(snapshot, "PASS_WARN_AGE"),
            EncryptMethod = Encryption(snapshot, changing),
            QualityModule = quality.Module,
            MinLength = quality.MinLength(),
            RequiredClasses = quality.RequiredClasses(),
            EnforcedForRoot = quality.EnforcedForRoot(),
            Remember = PasswordHistory.Of(snapshot, changing, isWhole, notes),
            Lockouts = new([.. stacks.Select(s => lockouts.Of(s.Service, s.Stack))]),
            MissingModules = modules.Count == 0 ? default : new([.. all.Where(e => !e.IsOptional && !modules.Contains(e.Module)).Select(e => new Sighting(e.Module, e.Line.Place)).Distinct()]),
            AllowsEmpty = all.Find(e => e is { Type: "auth", Module: "pam_unix" } && e.Arguments.Any(a => a.StartsWith("nullok", StringComparison.Ordinal))) is { } nullok ? FlagSetting.At(nullok.Line, true) : FlagSetting.ByDefault(false),
            SuLimited = SuLimited(switches, modules, notes),
            Notes = new([.. notes.Distinct()]),
        };
        return new(policy, Excerpt(snapshot, all.Concat(switches.SelectMany(s => s.Entries)), quality));
    }

    private static IReadOnlyList<ConfigLine> Excerpt(HostSnapshot snapshot, IEnumerable<PamEntry> entries, PasswordQuality quality)
    {
        var defs = (snapshot.Lines(LoginDefs.Path) ?? []).Where(l => l.Text.StartsWith("PASS_", StringComparison.Ordinal) || l.Text.StartsWith("ENCRYPT", StringComparison.Ordinal));
        return [.. defs, .. entries.Select(e => e.Line).Concat(quality.Lines).Concat(snapshot.Find("/etc/security/faillock.conf").Exists ? snapshot.Lines("/etc/security/faillock.conf")!.Where(l => l.Text.Trim() is not ("" or "#")) : []).Distinct()];
    }

    /// <summary>Names of the modules this host has; empty where nobody looked.</summary>
    private static HashSet<string> Modules(HostSnapshot snapshot) =>
        [.. ModuleFolders.SelectMany(f => Files(snapshot, f)).Select(p => p[(p.LastIndexOf('/') + 1)..^3])];

    private static IReadOnlyList<string> Files(HostSnapshot snapshot, string folder)
    {
        try
        {
            return snapshot.Glob($"{folder}/pam_*.so");
        }
        catch (Probing.UnableException)
        {
            return [];
        }
    }

    private static WordSetting Encryption(HostSnapshot snapshot, IReadOnlyList<PamEntry> passwd)
    {
        var unix = passwd.FirstOrDefault(e => e.Module == "pam_unix");
        if (unix is not null && Hashes.FirstOrDefault(unix.Has) is { } own)
        {
            return WordSetting.At(unix.Line, own.ToUpperInvariant());
        }

        return LoginDefs.Find(snapshot, "ENCRYPT_METHOD") is { } found ? WordSetting.At(found.Line, found.Value.ToUpperInvariant()) : WordSetting.ByDefault(null);
    }

    /// <summary>su and, where it has a service of its own, su -.</summary>
    private static Fact<FlagSetting> SuLimited(List<PamStack> switches, HashSet<string> modules, List<Sighting> notes)
    {
        var asked = switches.Select(s => (Stack: s, Auth: s.OfType("auth", modules), Account: s.OfType("account", modules)))
            .Select(s => (s.Stack, s.Auth, s.Account, Wheel: s.Auth.Concat(s.Account).FirstOrDefault(e => e.Module == "pam_wheel"))).ToList();
        if (asked.Count == 0 || asked.Exists(s => s.Wheel is null))
        {
            return FlagSetting.ByDefault(false);
        }

        Fact<FlagSetting> limited = FlagSetting.At(asked[0].Wheel!.Line, true);
        foreach (var (stack, auth, account, wheel) in asked)
        {
            switch (PamQuestion.LimitsToGroup(auth, account))
            {
                case PamAnswer.No:
                    notes.Add(new Sighting("pam_wheel 拦不住组外的人：按控制字与先后次序（或 deny、trust、root_only）仍有一条路通过", wheel!.Line.Place));
                    return FlagSetting.At(wheel.Line, false);
                case PamAnswer.Open:
                    notes.Add(new Sighting("pam_wheel 是否拦住组外的人，取决于这里不认识的模块或控制字", wheel!.Line.Place));
                    limited = default;
                    break;
                default:
                    limited = stack.Faults.Count > 0 ? default : limited;
                    break;
            }
        }

        return limited;
    }
}
