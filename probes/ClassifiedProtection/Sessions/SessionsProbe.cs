using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>TMOUT and umask of /etc/profile and what it reads, and UMASK of login.defs.</summary>
public sealed partial class SessionsProbe : HostProbe<SessionSettings>
{
    public override ProbeManifest Manifest { get; } = About("sessions", "登录会话", "终端闲置多久会退出，新建文件的权限是什么？");

    internal override Seen<SessionSettings> Read(HostSnapshot snapshot)
    {
        var lines = snapshot.LinesOf("/etc/profile", "/etc/profile.d/*.sh", "/etc/bashrc", "/etc/bash.bashrc").Where(l => l.Text.Trim() is { Length: > 0 } t && t[0] != '#').ToList();
        var (umask, umaskLine) = Umask(snapshot, lines);
        int? bits = umask is null ? null : Convert.ToInt32(umask, 8);
        return new(
            new SessionSettings
            {
                Timeout = Timeout(lines, out var isReadonly),
                TimeoutIsReadonly = isReadonly,
                Umask = umaskLine is null ? WordSetting.ByDefault(null) : WordSetting.At(umaskLine, umask),
                OthersGetNothing = new Fact<bool?>(bits is null ? null : (bits & 7) == 7),
                GroupCannotWrite = new Fact<bool?>(bits is null ? null : (bits & 16) != 0),
            },
            [.. lines, .. umaskLine is null ? [] : new[] { umaskLine }]);
    }

    /// <summary>The last assignment counts; once it is readonly, later ones fail.</summary>
    private static Fact<NumberSetting> Timeout(List<ConfigLine> lines, out bool isReadonly)
    {
        isReadonly = false;
        Fact<NumberSetting> found = NumberSetting.ByDefault(null);
        foreach (var line in lines)
        {
            foreach (var part in line.Text.Split([';', '&']))
            {
                var match = Assignment().Match(part);
                if (match.Success && !isReadonly)
                {
                    found = long.TryParse(match.Groups["value"].Value.Trim('"', '\''), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? NumberSetting.At(line, seconds) : default(Fact<NumberSetting>);
                }

                isReadonly |= Readonly().IsMatch(part);
            }
        }

        return found;
    }

    private static (string? Umask, ConfigLine? Line) Umask(HostSnapshot snapshot, List<ConfigLine> lines)
    {
        var written = lines.Select(l => (Mask: UmaskCommand().Match(l.Text), Line: l)).LastOrDefault(m => m.Mask.Success);
        if (written.Line is not null)
        {
            return (Octal(written.Mask.Groups["mask"].Value), written.Line);
        }

        return LoginDefs.Find(snapshot, "UMASK") is { } found ? (Octal(found.Value), found.Line) : (null, null);
    }

    /// <summary>027, 0027, or u=rwx,g=rx,o=.</summary>
    private static string? Octal(string text)
    {
        if (text.Length is > 0 and <= 4 && text.All(c => c is >= '0' and <= '7'))
        {
            return text.PadLeft(4, '0');
        }

        var denied = new[] { 0, 0, 0 };
        foreach (var part in text.Split(','))
        {
            if (Symbolic().Match(part) is not { Success: true } match)
            {
                return null;
            }

            var bits = 7 - match.Groups["bits"].Value.Sum(c => c switch { 'r' => 4, 'w' => 2, _ => 1 });
            foreach (var who in match.Groups["who"].Value is "" or "a" ? "ugo" : match.Groups["who"].Value)
            {
                denied["ugo".IndexOf(who, StringComparison.Ordinal)] = bits;
            }
        }

        return $"0{denied[0]}{denied[1]}{denied[2]}";
    }

    [GeneratedRegex(@"^[ \t]*(?:(?:export|readonly|declare|typeset|local)[ \t]+(?:-[a-zA-Z]+[ \t]+)*)?TMOUT=(?<value>[^ \t;#]*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^[ \t]*(?:readonly[ \t]+(?:-[a-zA-Z]+[ \t]+)*|(?:declare|typeset)[ \t]+-[a-qs-zA-Z]*r[a-zA-Z]*[ \t]+)TMOUT\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Readonly();

    [GeneratedRegex(@"^[ \t]*umask[ \t]+(?:-S[ \t]+)?(?<mask>[0-7]{1,4}|[ugoarwx=,]+)[ \t]*(?:[;#]|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UmaskCommand();

    [GeneratedRegex("^(?<who>[ugoa]*)=(?<bits>[rwx]{0,3})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Symbolic();
}
