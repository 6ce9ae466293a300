using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What locks accounts at one way in, as far as the stack lets the module do its work.</summary>
internal sealed partial class Lockouts(HostSnapshot snapshot, IReadOnlySet<string> modules, List<Sighting> notes)
{
    /// <summary>The module keeps what it had before where a span is longer.</summary>
    private const long MostSeconds = 604_800;
    private const string Standard = "/etc/security/faillock.conf";
    private static readonly string[] Tallies = ["pam_tally2", "pam_tally"];
    private static readonly string[] Flags = ["audit", "silent", "no_log_info", "local_users_only", "nodelay", "even_deny_root"];
    private static readonly string[] Keys = ["dir", "deny", "fail_interval", "unlock_time", "root_unlock_time", "admin_group"];

    /// <param name="service">sshd, login.</param>
    /// <param name="stack">Of the service.</param>
    public LockoutSetting Of(string service, PamStack stack)
    {
        var (auth, account) = (stack.OfType("auth", modules), stack.OfType("account", modules));
        var lines = auth.Where(e => e.Module == "pam_faillock").ToList();
        if (lines.Count == 0)
        {
            if (auth.FirstOrDefault(e => Tallies.Any(t => t == e.Module)) is not { } tally)
            {
                var strange = auth.Where(PamModules.IsStrange).ToList();
                notes.AddRange(strange.Select(e => new Sighting($"{service} 的认证栈里没有 pam_faillock 或 pam_tally2，而有 {e.Module}，它自己可能锁定账户，其设置本工具不读，须人看", e.Line.Place)));
                if (strange.Count > 0)
                {
                    return new LockoutSetting { Service = service };
                }

                notes.Add(new Sighting($"{service} 的认证栈里没有 pam_faillock 或 pam_tally2", $"/etc/pam.d/{service}"));
                return new LockoutSetting { Service = service, IsComplete = false, Deny = (long?)null, UnlockTime = (long?)null, FailInterval = (long?)null };
            }

            return new LockoutSetting
                {
                    Service = service, Module = tally.Module, Origin = tally.Line.Place, FailInterval = (long?)null, Deny = Parse(tally.Argument("deny")), UnlockTime = Parse(tally.Argument("unlock_time")) ?? 0,
                    IsComplete = Complete(account.Any(e => e.Module == tally.Module), tally, stack),
                };
        }

        var written = lines.Exists(e => e.Has("preauth")) && lines.Exists(e => e.Has("authfail")) && (account.Any(e => e.Module == "pam_faillock") || lines.Exists(e => e.Has("authsucc")));
        var deny = lines.Select(l => Value(l, "deny", 3)).ToList();
        return new LockoutSetting
        {
            Service = service, Module = "pam_faillock", Origin = lines[0].Line.Place, IsComplete = IsKnown(lines) && AreNumbers(lines) ? Complete(written, lines[0], stack) : default,
            Deny = deny.Contains(null) || deny.Contains(0) ? 0L : deny.Max(),
            UnlockTime = lines.Select(l => Value(l, "unlock_time", 600)).Aggregate((a, b) => a is null || b is null ? null : a == 0 ? b : b == 0 ? a : Math.Min(a.Value, b.Value)),
            FailInterval = lines.Select(l => Value(l, "fail_interval", 900)).Aggregate((a, b) => a is null || b is null ? null : Math.Min(a.Value, b.Value)),
        };
    }

    private Fact<bool> Complete(bool written, PamEntry first, PamStack stack)
    {
        if (!written)
        {
            notes.Add(new Sighting($"{first.Module} 所需的行不齐", first.Line.Place));
            return false;
        }

        if (modules.Count > 0 && !modules.Contains(first.Module))
        {
            notes.Add(new Sighting($"主机上没有 {first.Module} 模块", first.Line.Place));
            return false;
        }

        var (auth, account) = (stack.OfType("auth", modules), stack.OfType("account", modules));
        var (counts, refuses) = (PamQuestion.CountsFailures(auth), PamQuestion.RefusesLocked(auth, account));
        Note(counts, "按控制字与先后次序，有一条路使错误的口令不被计数，或仍获通过", first);
        Note(refuses, "按控制字与先后次序，已锁定的账户仍可登录", first);
        return counts == PamAnswer.No || refuses == PamAnswer.No ? false : counts == PamAnswer.Always && refuses == PamAnswer.Always && stack.Faults.Count == 0 && modules.Count > 0 ? true : default(Fact<bool>);
    }

    private void Note(PamAnswer answer, string what, PamEntry first)
    {
        if (answer != PamAnswer.Always)
        {
            notes.Add(new Sighting(answer == PamAnswer.No ? $"{first.Module}：{what}" : $"{first.Module} 是否锁定，取决于这里不认识的模块或控制字", first.Line.Place));
        }
    }

    /// <summary>Words the module does not have are said, and leave the question open.</summary>
    private bool IsKnown(List<PamEntry> lines)
    {
        var odd = lines.SelectMany(l => Configuration(l)).Distinct().Where(l => !IsUnderstood(l.Text)).Select(l => new Sighting("faillock 的这一行读不懂", l.Place)).ToList();
        notes.AddRange(odd);
        return odd.Count == 0;
    }

    /// <summary>What is no number sets nothing; what then holds is for people to say.</summary>
    private bool AreNumbers(List<PamEntry> lines)
    {
        var odd = lines.SelectMany(l => new[] { ("deny", 3), ("unlock_time", 600), ("fail_interval", 900) }.Where(k => Value(l, k.Item1, k.Item2) is null).Select(k => new Sighting($"pam_faillock 的 {k.Item1} 不是数", l.Line.Place))).Distinct().ToList();
        notes.AddRange(odd);
        return odd.Count == 0;
    }

    private static bool IsUnderstood(string text) => text.Trim() is var line
        && (line.Length == 0 || line[0] == '#' || Flags.Any(f => f == line) || (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && Keys.Any(k => k == line[..at].Trim())));

    /// <summary>0 for never; null where it is no number the module takes.</summary>
    private long? Value(PamEntry line, string key, long standard)
    {
        var text = line.Argument(key) ?? Configuration(line).LastOrDefault(l => l.Text.Split('=')[0].Trim() == key) switch
        {
            { } found => found.Text[(found.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(),
            _ => null,
        };
        return text switch { null => standard, "never" when key != "deny" => 0, _ => Parse(text) is { } number && number <= (key == "deny" ? ushort.MaxValue : MostSeconds) ? number : null };
    }

    private IReadOnlyList<ConfigLine> Configuration(PamEntry line)
    {
        var path = line.Argument("conf") is { Length: > 0 } other ? other : Standard;
        return snapshot.Find(path).State == FileState.Missing ? [] : snapshot.Lines(path)!;
    }

    /// <summary>As libpam scans it: blanks, a plus sign and digits, whatever stands behind them.</summary>
    private static long? Parse(string? text) => text is not null && Digits().Match(text) is { Success: true } found && long.TryParse(found.Groups["digits"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^\s*\+?(?<digits>[0-9]{1,9})($|[^0-9])", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();
}
