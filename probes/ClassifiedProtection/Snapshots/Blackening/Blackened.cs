using System.Buffers;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A configuration file of which only what some reader uses is left. Lines stay where they are; done twice it changes nothing.</summary>
internal static class Blackened
{
    private static readonly string[] Continuing = ["pam", "pamconf", "sudo", "hba", "rsyslog", "unit", "journal", "start"];

    /// <summary>Bytes of a line that is looked into, as looking costs the square of them. What stands behind so much padding may undo the rest: the file is not read.</summary>
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
        var (continues, isSystemd) = (Array.Exists(Continuing, c => c == kind), kind is "unit" or "start");
        var isContinued = false;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, bare) = (lines[i], lines[i].TrimEnd('\\'));
            var shown = Encoding.UTF8.GetByteCount(line) > LongestLine || bare == Kept.LongLine ? Kept.LongLine
                : isSystemd && (bare == Kept.BrokenLine || Kept.Is(line, "\r|^[ \t]*\\.include[ \t]")) ? Kept.BrokenLine
                : each(line, isContinued);
            var goesOn = continues && (isSystemd ? Kept.GoesOn(line) : line.EndsWith('\\'));
            lines[i] = goesOn && !shown.EndsWith('\\') ? shown + "\\" : shown;

            // A remark within a line that goes on is not there to systemd, and goes on to nothing.
            isContinued = isSystemd && Kept.Is(line, "^[ \t]*[#;]") ? isContinued : goesOn;
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
            case "cmdline":
                return (l, _) => BlackenedServices.Booted(l);
            case "audit":
                return (l, _) => BlackenedAccess.Audit(l);
            case "lines":
                return (l, _) => ShellBones.Of(l);
            case "start":
                return new BlackenedStart().Line;
            case "unit":
                return (l, c) => Kept.Is(l, "^[ \t]*[#;]") ? Kept.Indent(l) + "#" : c && Kept.Trim(l).Length > 0 ? Kept.Mark : Kept.Keyed(kind, l);
            default:
                return (l, c) => c && Kept.Trim(l).Length > 0 ? Kept.Mark : Kept.Keyed(kind, l);
        }
    }
}

/// <summary>logrotate: what its scripts do is nobody's business.</summary>
internal sealed class BlackenedRotation
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(";&|<>()`{}");
    private bool _inScript;

    public string Line(string line, bool isContinued)
    {
        var rest = Kept.Trim(line);
        if (_inScript)
        {
            _inScript = rest != "endscript";
            return _inScript ? Kept.Indent(line) + Words(rest) : line;
        }

        _inScript = rest is "prerotate" or "postrotate" or "firstaction" or "lastaction" or "preremove";
        return _inScript || rest is ['/' or '"' or '\'', ..] ? line : Kept.Keyed("rotate", line);
    }

    /// <summary>That logs are removed here counts, and so does where a command begins or writes to; with what else does not.</summary>
    private static string Words(string text)
    {
        var output = new StringBuilder();
        foreach (var word in text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var blank = output.Length > 0 ? " " : "";
            for (var at = 0; at < word.Length;)
            {
                var piece = Piece(word.AsSpan(at));
                at += piece.Length;
                var stays = Signs.Contains(piece[0]) && piece != Kept.Mark || Kept.Has("rotate-script", piece) || Kept.Is(piece, "^(/var/log/[a-z*./]+|/dev/null|[0-9])$");
                if (stays || !EndsWithMark(output))
                {
                    output.Append(blank).Append(stays ? piece : Kept.Mark);
                }

                blank = "";
            }
        }

        return output.ToString();
    }

    /// <summary>A mark, a sign of the shell, or what stands before the next of both.</summary>
    private static string Piece(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(Kept.Mark))
        {
            return Kept.Mark;
        }

        var end = text.IndexOfAny(Signs);
        return (end < 0 ? text : text[..Math.Max(end, 1)]).ToString();
    }

    private static bool EndsWithMark(StringBuilder output) => output.Length >= Kept.Mark.Length && output.ToString(output.Length - Kept.Mark.Length, Kept.Mark.Length) == Kept.Mark;
}
