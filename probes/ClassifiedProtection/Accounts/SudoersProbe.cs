using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>/etc/sudoers and what it includes, which begins with # and is no comment.</summary>
public sealed class SudoersProbe : HostProbe<SudoSettings>
{
    private const string Main = "/etc/sudoers";
    private const int Depth = 16;

    public override ProbeManifest Manifest { get; } = About("sudoers", "sudo 授权", "谁可以用 sudo 做什么，要不要口令？");

    internal override Seen<SudoSettings> Read(HostSnapshot snapshot)
    {
        if (snapshot.Find(Main).State == FileState.Missing)
        {
            return Seen<SudoSettings>.Nothing("主机上没有 /etc/sudoers");
        }

        var lines = new List<ConfigLine>();
        Collect(snapshot, Main, 0, lines);
        var aliases = Aliases(lines);
        var noPassword = lines.Exists(l => Words(l.Text) is ["Defaults", .. var rest] && rest.Contains("!authenticate"));
        var grants = lines.SelectMany(l => Grants(l, aliases, noPassword)).ToList();
        return new(
            new SudoSettings
            {
                Grants = new(grants),
                UnlimitedWithoutPassword = new([.. grants.Where(g => g is { AllCommands: true, WithoutPassword: true, Who: not "root" })]),
                UnlimitedForAll = new([.. grants.Where(g => g is { AllCommands: true, Who: "ALL" or "%ALL" or "%all" or "%users" })]),
            },
            lines);
    }

    private static void Collect(HostSnapshot snapshot, string path, int depth, List<ConfigLine> into)
    {
        if (depth > Depth)
        {
            throw new UnableException(FailureKind.BadInput, $"{path} 的 include 超过 {Depth} 层");
        }

        foreach (var line in Joined(snapshot.Lines(path) ?? []))
        {
            var words = Words(line.Text);
            if (words is ["#includedir" or "@includedir", var folder, ..])
            {
                var full = Absolute(folder, path);
                foreach (var file in snapshot.Glob($"{full}/*").Where(f => !f[full.Length..].AsSpan().ContainsAny('.', '~') && snapshot.Find(f).State != FileState.Directory))
                {
                    Collect(snapshot, file, depth + 1, into);
                }
            }
            else if (words is ["#include" or "@include", var file, ..])
            {
                Collect(snapshot, Absolute(file, path), depth + 1, into);
            }
            else if (words.Length > 0 && (words[0][0] != '#' || (words[0].Length > 1 && char.IsAsciiDigit(words[0][1]))))
            {
                into.Add(line);
            }
        }
    }

    private static string Absolute(string path, string from) => path.StartsWith('/') ? path.TrimEnd('/') : $"{from[..from.LastIndexOf('/')]}/{path.TrimEnd('/')}";

    /// <summary>A backslash at the end continues the line; the place is where it begins.</summary>
    private static IEnumerable<ConfigLine> Joined(IReadOnlyList<ConfigLine> lines)
    {
        ConfigLine? open = null;
        foreach (var line in lines)
        {
            var whole = open is null ? line : open with { Text = open.Text + line.Text };
            open = whole.Text.EndsWith('\\') ? whole with { Text = whole.Text[..^1] } : null;
            if (open is null)
            {
                yield return whole;
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    private static Dictionary<string, string[]> Aliases(List<ConfigLine> lines)
    {
        var aliases = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var text in lines.Select(l => l.Text.Trim()).Where(t => Words(t) is ["User_Alias" or "Cmnd_Alias" or "Cmd_Alias", ..]))
        {
            foreach (var part in text[text.IndexOfAny([' ', '\t'])..].Split(':'))
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0)
                {
                    aliases[part[..equals].Trim()] = Items(part[(equals + 1)..]);
                }
            }
        }

        return aliases;
    }

    private static IEnumerable<SudoGrant> Grants(ConfigLine line, Dictionary<string, string[]> aliases, bool noPassword)
    {
        var text = line.Text.Trim();
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || text.StartsWith("Defaults", StringComparison.Ordinal) || Words(text)[0].EndsWith("_Alias", StringComparison.Ordinal))
        {
            yield break;
        }

        // USER_LIST HOST_LIST = COMMANDS: the last word before the sign is the hosts.
        var head = Words(text[..equals]);
        var who = string.Join(' ', head.Length > 1 ? head[..^1] : head);
        var (free, all) = (noPassword, new List<bool>());
        foreach (var item in Items(WithoutRunAs(text[(equals + 1)..])))
        {
            var command = item;
            for (var colon = command.IndexOf(':', StringComparison.Ordinal); colon > 0 && command[..colon].Trim().All(c => char.IsAsciiLetterUpper(c) || c == '_'); colon = command.IndexOf(':', StringComparison.Ordinal))
            {
                free = command[..colon].Trim() switch { "NOPASSWD" => true, "PASSWD" => false, _ => free };
                command = command[(colon + 1)..].Trim();
            }

            if (Expand(command, aliases, 0).Contains("ALL", StringComparer.Ordinal))
            {
                all.Add(free);
            }
        }

        foreach (var name in Items(who).SelectMany(w => Expand(w, aliases, 0)).Distinct(StringComparer.Ordinal))
        {
            yield return new SudoGrant { Who = name, AllCommands = all.Count > 0, WithoutPassword = all.Count > 0 ? all.Contains(true) : free, Origin = line.Place };
        }
    }

    private static string WithoutRunAs(string text)
    {
        for (var open = text.IndexOf('(', StringComparison.Ordinal); open >= 0; open = text.IndexOf('(', StringComparison.Ordinal))
        {
            var close = text.IndexOf(')', open);
            text = close < 0 ? text[..open] : text.Remove(open, close - open + 1);
        }

        return text;
    }

    private static IEnumerable<string> Expand(string name, Dictionary<string, string[]> aliases, int depth) =>
        depth < 8 && aliases.TryGetValue(name, out var members) ? members.SelectMany(m => Expand(m, aliases, depth + 1)) : [name];

    private static string[] Items(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] Words(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
