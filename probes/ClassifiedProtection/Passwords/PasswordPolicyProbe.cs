using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>login.defs, the PAM stacks of passwd, sshd, login and su, and the files of their modules.</summary>
public sealed class PasswordPolicyProbe : HostProbe<PasswordPolicy>
{
    private static readonly string[] WaysIn = ["sshd", "login"];
    private static readonly string[] Hashes = ["yescrypt", "gost_yescrypt", "sha512", "sha256", "blowfish", "md5", "bigcrypt", "des"];
    private static readonly string[] Faillock = ["deny", "unlock_time"];
    private static readonly string[] ModuleFolders =
        ["/lib/security", "/lib64/security", "/usr/lib/security", "/usr/lib64/security", "/lib/*-linux-gnu*/security", "/usr/lib/*-linux-gnu*/security"];

    public override ProbeManifest Manifest { get; } = About("password-policy", "口令与登录失败策略", "新口令要满足什么，多久要换，输错几次会锁定？");

    internal override Seen<PasswordPolicy> Read(HostSnapshot snapshot)
    {
        var passwd = PamStack.Of(snapshot, "passwd") ?? PamStack.Of(snapshot, "common-password") ?? PamStack.Of(snapshot, "system-auth") ?? [];
        var stacks = WaysIn.Select(s => (Service: s, Entries: PamStack.Of(snapshot, s))).Where(s => s.Entries is not null).ToList();
        var modules = Modules(snapshot);
        var all = passwd.Concat(stacks.SelectMany(s => s.Entries!)).ToList();
        var quality = new PasswordQuality(snapshot, passwd);
        var su = PamStack.Of(snapshot, "su") ?? [];
        var policy = new PasswordPolicy
        {
            PassMaxDays = LoginDefs.Number(snapshot, "PASS_MAX_DAYS"),
            PassMinDays = LoginDefs.Number(snapshot, "PASS_MIN_DAYS"),
            PassWarnAge = LoginDefs.Number(snapshot, "PASS_WARN_AGE"),
            EncryptMethod = Encryption(snapshot, passwd),
            QualityModule = quality.Module,
            MinLength = quality.MinLength(),
            RequiredClasses = quality.RequiredClasses(),
            EnforcedForRoot = quality.EnforcedForRoot(),
            Remember = Remember(snapshot, passwd),
            Lockouts = new([.. stacks.Select(s => Lockout(snapshot, s.Service, s.Entries!, modules))]),
            MissingModules = modules.Count == 0 ? default : new([.. all.Where(e => !e.IsOptional && !modules.Contains(e.Module)).Select(e => new Sighting(e.Module, e.Line.Place)).Distinct()]),
            AllowsEmpty = all.Find(e => e is { Type: "auth", Module: "pam_unix" } && e.Argument("nullok") is not null) is { } nullok ? FlagSetting.At(nullok.Line, true) : FlagSetting.ByDefault(false),
            SuLimited = su.FirstOrDefault(e => e is { Type: "auth", Module: "pam_wheel", Control: "required" or "requisite" } && e.Argument("trust") is null) is { } wheel ? FlagSetting.At(wheel.Line, true) : FlagSetting.ByDefault(false),
        };
        var defs = (snapshot.Lines(LoginDefs.Path) ?? []).Where(l => l.Text.StartsWith("PASS_", StringComparison.Ordinal) || l.Text.StartsWith("ENCRYPT", StringComparison.Ordinal));
        return new(policy, [.. defs, .. all.Concat(su).Select(e => e.Line).Concat(quality.Lines).Concat(snapshot.Find("/etc/security/faillock.conf").Exists ? snapshot.Lines("/etc/security/faillock.conf")!.Where(l => l.Text.Trim() is not ("" or "#")) : []).Distinct()]);
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
        var unix = passwd.FirstOrDefault(e => e is { Type: "password", Module: "pam_unix" });
        if (unix is not null && Hashes.FirstOrDefault(h => unix.Argument(h) is not null) is { } own)
        {
            return WordSetting.At(unix.Line, own.ToUpperInvariant());
        }

        return LoginDefs.Find(snapshot, "ENCRYPT_METHOD") is { } found ? WordSetting.At(found.Line, found.Value.ToUpperInvariant()) : WordSetting.ByDefault(null);
    }

    /// <summary>pam_pwhistory has to come before pam_unix, or the password is changed before anybody looks.</summary>
    private static NumberSetting Remember(HostSnapshot snapshot, IReadOnlyList<PamEntry> passwd)
    {
        var stack = passwd.Where(e => e.Type == "password").ToList();
        var unix = stack.FindIndex(e => e.Module == "pam_unix");
        var history = stack.FindIndex(e => e.Module == "pam_pwhistory");
        if (history >= 0 && (unix < 0 || history < unix))
        {
            if (Parse(stack[history].Argument("remember")) is { } own)
            {
                return NumberSetting.At(stack[history].Line, own);
            }

            var file = (snapshot.Find("/etc/security/pwhistory.conf").Exists ? snapshot.Lines("/etc/security/pwhistory.conf")! : []).LastOrDefault(l => l.Text.Split('=')[0].Trim() == "remember");
            return file is not null && Parse(file.Text[(file.Text.IndexOf('=', StringComparison.Ordinal) + 1)..]) is { } set ? NumberSetting.At(file, set) : NumberSetting.At(stack[history].Line, 10);
        }

        return unix >= 0 && Parse(stack[unix].Argument("remember")) is { } count ? NumberSetting.At(stack[unix].Line, count) : NumberSetting.ByDefault(null);
    }

    private static LockoutSetting Lockout(HostSnapshot snapshot, string service, IReadOnlyList<PamEntry> stack, HashSet<string> modules)
    {
        var auth = stack.Where(e => e is { Type: "auth", Module: "pam_faillock" }).ToList();
        var account = stack.FirstOrDefault(e => e is { Type: "account", Module: "pam_faillock" or "pam_tally2" or "pam_tally" });
        if (auth.Count > 0)
        {
            var complete = auth.Exists(e => e.Argument("preauth") is not null) && auth.Exists(e => e.Argument("authfail") is not null)
                && (account is not null || auth.Exists(e => e.Argument("authsucc") is not null));
            var values = Faillock.Select(k => auth.Select(e => e.Argument(k)).OfType<string>().FirstOrDefault() ?? Configured(snapshot, k)).ToList();
            return new LockoutSetting
            {
                Service = service, Module = "pam_faillock", IsComplete = Complete(complete, "pam_faillock", modules), Origin = auth[0].Line.Place,
                Deny = values[0] is null ? 3 : Parse(values[0]),
                UnlockTime = values[1] switch { null => 600, "never" => 0, { } text => Parse(text) },
            };
        }

        return stack.FirstOrDefault(e => e is { Type: "auth", Module: "pam_tally2" or "pam_tally" }) is not { } tally
            ? new LockoutSetting { Service = service, IsComplete = false }
            : new LockoutSetting
            {
                Service = service, Module = tally.Module, IsComplete = Complete(account is not null, tally.Module, modules), Origin = tally.Line.Place,
                Deny = Parse(tally.Argument("deny")), UnlockTime = Parse(tally.Argument("unlock_time")) ?? 0,
            };
    }

    private static Fact<bool> Complete(bool written, string module, HashSet<string> modules) => !written ? false : modules.Count == 0 ? default(Fact<bool>) : modules.Contains(module);

    private static string? Configured(HostSnapshot snapshot, string key)
    {
        if (!snapshot.Find("/etc/security/faillock.conf").Exists)
        {
            return null;
        }

        var line = snapshot.Lines("/etc/security/faillock.conf")!.LastOrDefault(l => l.Text.Split('=')[0].Trim() == key);
        return line?.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static long? Parse(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
