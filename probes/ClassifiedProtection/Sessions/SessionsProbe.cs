using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>TMOUT and umask of /etc/profile and what it reads, and UMASK of login.defs.</summary>
public sealed class SessionsProbe : HostProbe<SessionSettings>
{
    private const string Usual = "0022";
    private const int Strict = 7;

    public override ProbeManifest Manifest { get; } = About("sessions", "登录会话", "终端闲置多久会退出，新建文件的权限是什么？");

    internal override Seen<SessionSettings> Read(HostSnapshot snapshot)
    {
        var profile = ShellProfile.Of(snapshot);
        var (mask, line, isKnown) = Umask(snapshot, profile);
        int? bits = mask is null ? null : Convert.ToInt32(mask, 8);
        return new(
            new SessionSettings
            {
                Timeout = profile.Timeout,
                TimeoutIsReadonly = profile.TimeoutIsReadonly,
                Umask = !isKnown ? default(Fact<WordSetting>) : line is null ? WordSetting.ByDefault(mask) : WordSetting.At(line, mask),
                OthersGetNothing = isKnown ? new Fact<bool?>(bits is null ? null : (bits & 7) == 7) : default,
                GroupCannotWrite = isKnown ? new Fact<bool?>(bits is null ? null : (bits & 16) != 0) : default,
                Unread = new([.. profile.Doubts.Concat(profile.Umasks.Where(u => u.Octal is null).Select(u => new Sighting("umask 的值读不懂", u.Line.Place))).Distinct()]),
            },
            [.. profile.Lines, .. line is null || profile.Lines.Contains(line) ? [] : new[] { line }]);
    }

    /// <summary>UMASK of login.defs reaches a login by pam_umask alone.</summary>
    private static bool SetsMask(HostSnapshot snapshot) => new[] { "common-session", "system-auth", "postlogin", "sshd", "login" }.Select(f => $"/etc/pam.d/{f}").Where(f => snapshot.Find(f).State == FileState.Read)
        .SelectMany(f => snapshot.Lines(f)!).Any(l => l.Text.TrimStart(' ', '\t', '-').StartsWith("session", StringComparison.Ordinal) && l.Text.Contains("pam_umask.so", StringComparison.Ordinal) && !l.Text.Contains("umask=", StringComparison.Ordinal));

    /// <summary>Of several that may be in effect, what the laxest of them lets through.</summary>
    private static (string? Mask, ConfigLine? Line, bool IsKnown) Umask(HostSnapshot snapshot, ShellProfile profile)
    {
        var before = LoginDefs.Find(snapshot, "UMASK") is { } found ? (Octal: ShellProfile.Octal(found.Value), Line: found.Line) : default((string? Octal, ConfigLine? Line));
        if (profile.Umasks.Count == 0)
        {
            return (before.Octal, before.Line, before.Line is null || before.Octal is not null);
        }

        var all = profile.Umasks.Select<(string? Octal, ConfigLine Line), (string? Octal, ConfigLine? Line)>(u => (u.Octal, u.Line)).ToList();
        if (profile.MayStayUnset)
        {
            all.Add((before.Octal ?? Usual, before.Line));
            if (!SetsMask(snapshot))
            {
                all.Add((Usual, null));
            }
        }

        if (all.Exists(a => a.Octal is null))
        {
            return (null, null, false);
        }

        var masks = all.Select(a => (Bits: Convert.ToInt32(a.Octal, 8), a.Line)).ToList();
        var common = masks.Aggregate(511, (now, m) => now & m.Bits);
        if (profile.Others is not null && (common & Strict) == Strict)
        {
            return (null, null, false);
        }

        return (Convert.ToString(common, 8).PadLeft(4, '0'), masks.OrderBy(m => m.Bits).First().Line, true);
    }
}
