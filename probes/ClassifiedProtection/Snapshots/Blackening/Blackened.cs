namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A configuration file of which only what some reader uses is left. Lines stay where they are; done twice it changes nothing.</summary>
internal static class Blackened
{
    private static readonly string[] Continuing = ["pam", "pamconf", "sudo", "hba", "rsyslog", "unit", "journal", "start"];

    /// <summary>Characters of a line that is looked into: no program's configuration has longer ones, and looking costs the square of them.</summary>
    private const int LongestLine = 16_384;

    /// <param name="kind">As in the collector's list.</param>
    /// <param name="text">The file.</param>
    public static string Of(string kind, string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\r');
        return kind switch
        {
            "plain" => text,
            "nginx" => BlackenedNginx.Of(text),
            "xml" => BlackenedXml.Of(text),
            "mysql" when Kept.Trim(text.Split('\n')[0]).StartsWith('{') => BlackenedJson.Of(text),
            _ => Lines(kind, text),
        };
    }

    private static string Lines(string kind, string text)
    {
        var each = Each(kind);
        var continues = Array.Exists(Continuing, c => c == kind);
        var isContinued = false;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var shown = line.Length > LongestLine ? Kept.Mark : each(line, isContinued);
            isContinued = continues && line.EndsWith('\\');
            lines[i] = isContinued && !shown.EndsWith('\\') ? shown + "\\" : shown;
        }

        return string.Join('\n', lines);
    }

    private static Func<string, bool, string> Each(string kind)
    {
        switch (kind)
        {
            case "pam" or "pamconf":
                return (l, c) => BlackenedAccess.Pam(l, c, kind == "pamconf");
            case "sudo":
                return new BlackenedSudo().Line;
            case "hba":
                return new BlackenedHba().Line;
            case "rsyslog":
                return new BlackenedRsyslog().Line;
            case "snmp":
                return (l, _) => BlackenedServices.Snmp(l);
            case "redis":
                return (l, _) => RedisRedaction.Line(l);
            case "rotate":
                return new BlackenedRotation().Line;
            case "wrapper":
                return (l, _) => BlackenedAccess.Wrapper(l);
            case "inet":
                return (l, _) => BlackenedServices.Inet(l);
            case "mount":
                return (l, _) => BlackenedServices.Mount(l);
            case "audit":
                return (l, _) => BlackenedAccess.Audit(l);
            case "lines":
                return (l, _) => ShellBones.Of(l);
            case "start":
                return new BlackenedStart().Line;
            default:
                return (l, c) => c && Kept.Trim(l).Length > 0 ? Kept.Mark : Kept.Keyed(kind, l);
        }
    }
}

/// <summary>logrotate: what its scripts do is nobody's business.</summary>
internal sealed class BlackenedRotation
{
    private bool _inScript;

    public string Line(string line, bool isContinued)
    {
        var rest = Kept.Trim(line);
        if (_inScript)
        {
            _inScript = rest != "endscript";
            return _inScript ? Kept.Indent(line) + string.Join(' ', Words(rest)) : line;
        }

        _inScript = rest is "prerotate" or "postrotate" or "firstaction" or "lastaction" or "preremove";
        return _inScript || rest.StartsWith('/') || rest.StartsWith('"') ? line : Kept.Keyed("rotate", line);
    }

    /// <summary>That logs are removed here counts; with what else does not.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Kept.Has("rotate-script", word) || Kept.Is(word, "^/var/log/[a-z*./]+$"))
            {
                words.Add(word);
            }
            else if (words is not [.., Kept.Mark])
            {
                words.Add(Kept.Mark);
            }
        }

        return words;
    }
}
