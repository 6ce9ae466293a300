using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>rsyslog.conf(5), both of its languages: selectors, targets and known parameters stay; texts compared with or sent go.</summary>
internal sealed class BlackenedRsyslog
{
    private const string Blocks = "^(module|input|action|template|ruleset|global|main_queue|include|property|constant|list|if|else|then|call|parser|lookup_table|foreach)([ \t({]|$)";
    private const string Name = "^[A-Za-z0-9_.-]+$";

    /// <summary>A tag has brackets around a number, or around the whole of it.</summary>
    private const string Tag = @"^[\]\[A-Za-z0-9_./:-]+$";
    private bool _inComment;
    private bool _inText;

    public string Line(string line, bool isContinued)
    {
        if (_inComment)
        {
            var end = line.IndexOf("*/", StringComparison.Ordinal);
            _inComment = end < 0;
            return end < 0 ? "" : "*/" + Line(line[(end + 2)..], isContinued);
        }

        if (_inText)
        {
            var end = Kept.Closing(line);
            _inText = end < 0;
            return end < 0 ? Kept.Mark : Kept.Mark + "\"" + Texts(line[(end + 1)..]);
        }

        var lead = Kept.Indent(line);
        var rest = line[lead.Length..];
        if (rest.Length == 0)
        {
            return line;
        }

        if (rest[0] == '#')
        {
            return lead + "#";
        }

        if (Kept.Find(rest, @"(^|[ \t])/\*") is { Success: true } comment)
        {
            var at = comment.Index + comment.Length;
            var before = rest[..(at - 2)];
            before = Kept.Trim(before).Length == 0 ? before : Line(before, isContinued);
            _inComment = true;
            return lead + before + "/*" + Line(rest[at..], isContinued);
        }

        return Statement(line, lead, rest, isContinued);
    }

    private string Statement(string line, string lead, string rest, bool isContinued)
    {
        if (isContinued)
        {
            return lead + ("@/|~".Contains(rest[0], StringComparison.Ordinal) ? Deliver(rest) : Kept.Mark);
        }

        if (Kept.Find(rest, @"^\$[Tt]emplate[ \t]+[A-Za-z0-9_]+[ \t]*,") is { Success: true } template)
        {
            return $"{lead}{template.Value}\"{Layout(rest[template.Length..])}\"";
        }

        if (Kept.Is(rest, @"^\$[A-Za-z]"))
        {
            return Kept.Keyed("rsyslog", line);
        }

        if (Kept.Find(rest, "^(set|unset|reset)[ \t]") is { Success: true } set)
        {
            return $"{lead}{set.Value[..^1]} {Kept.Mark}";
        }

        if (Kept.Find(rest, "^:[A-Za-z.$!-]+,[ \t]*!?[a-z]+,[ \t]*") is { Success: true } filter)
        {
            var behind = rest[filter.Length..];
            var end = behind.StartsWith('"') ? Kept.Closing(behind[1..]) : -1;
            var stays = end >= 0 && Kept.Is(filter.Value, "^:(programname|syslogtag|app-name),[ \t]*!?(isequal|startswith),") && Kept.Is(behind[1..(end + 1)], Kept.Is(filter.Value, "^:syslogtag,") ? Tag : Name);
            return lead + filter.Value + (end < 0 ? Kept.Mark : $"\"{(stays ? behind[1..(end + 1)] : Kept.Mark)}\"{Deliver(behind[(end + 2)..])}");
        }

        if (rest[0] == '&')
        {
            return lead + "&" + Deliver(rest[1..]);
        }

        return Kept.Find(rest, @"^[A-Za-z0-9,*]+\.[^ \t]+") is { Success: true } selector ? lead + selector.Value + Deliver(rest[selector.Length..]) : Other(line, lead, rest);
    }

    private string Other(string line, string lead, string rest) => rest switch
    {
        _ when Kept.Trim(rest) is "stop" or "~" => line,
        ['@' or '/' or '|', ..] => lead + Deliver(rest),
        ['!' or '+' or '-', ..] => lead + rest[0] + Kept.Mark,
        _ when Kept.Is(rest, Blocks) || Kept.Is(rest, "^[A-Za-z.]+[ \t]*=[ \t]*\"") || rest[0] is '{' or '}' or ')' => lead + Branch(Texts(Kept.Cut(rest))),
        _ => Kept.Keyed("bare", line),
    };

    /// <summary>An action of the old kind may stand behind a condition of the new one.</summary>
    private string Branch(string shown) =>
        Kept.Find(shown, @"(^|[ \t])(then|else)[ \t]+[-@/|?>^:~&]") is { Success: true } found ? shown[..(found.Index + found.Length - 1)] + Deliver(shown[(found.Index + found.Length - 1)..]) : shown;

    private string Deliver(string text)
    {
        var lead = Kept.Indent(text);
        text = text[lead.Length..];
        if (Kept.Trim(text) is "" or "~" or "stop" or "*")
        {
            return lead + text;
        }

        switch (text[0])
        {
            case '#':
                return lead + "#";
            case '-' or '@' or '/' or '|' or '?':
                var word = Kept.Find(text, "^[^ \t]+").Value;
                var template = word.IndexOf(';', StringComparison.Ordinal);
                var shown = template < 0 || Kept.Is(word[template..], "^;(RSYSLOG_[A-Za-z0-9_]+|[A-Za-z_]+)$") ? word : word[..(template + 1)] + Kept.Mark;
                return lead + shown + (Kept.Trim(text[word.Length..]).Length == 0 ? "" : " " + Kept.Mark);
            case '>' or '^':
                return lead + text[0] + Kept.Mark;
        }

        if (Kept.Find(text, "^:[A-Za-z0-9]+:") is { Success: true } module)
        {
            return lead + module.Value + Kept.Mark;
        }

        return lead + (Kept.Is(text, "^(action[ \t]*\\(|call[ \t]|[{}])") ? Texts(text) : Kept.Is(text, "^[a-z0-9,_-]+$") ? text : Kept.Mark);
    }

    /// <summary>Quoted texts: of known parameters, and names of facilities and programs that are compared with.</summary>
    private string Texts(string text)
    {
        var output = new StringBuilder();
        for (var at = text.AsSpan().IndexOfAny('"', '\''); at >= 0; at = text.AsSpan().IndexOfAny('"', '\''))
        {
            var (before, quote) = (text[..at], text[at]);
            text = text[(at + 1)..];
            output.Append(before);
            var end = quote == '"' ? Kept.Closing(text) : text.IndexOf('\'', StringComparison.Ordinal);
            if (end < 0)
            {
                _inText = quote == '"';
                return output.Append(quote == '"' ? "\"" : "").Append(Kept.Mark).ToString();
            }

            output.Append(quote).Append(Shown(before, text[..end])).Append(quote);
            text = text[(end + 1)..];
        }

        return output.Append(text).ToString();
    }

    /// <summary>Of a template the properties alone.</summary>
    private static string Layout(string template)
    {
        var properties = new List<string>();
        for (var found = Kept.Find(template, "%[A-Za-z0-9$!.:,_-]+%"); found.Success; found = Kept.Find(template, "%[A-Za-z0-9$!.:,_-]+%"))
        {
            properties.Add(found.Value);
            template = template[(found.Index + found.Length)..];
        }

        return string.Join(' ', properties);
    }

    private static string Shown(string before, string value) =>
        Stays(before, value) ? value : Kept.Is(before, "(^|[^A-Za-z_.$!])[Ss]tring[ \t]*=[ \t]*$") && Layout(value) is { Length: > 0 } layout ? layout : Kept.Mark;

    private static bool Stays(string before, string value)
    {
        if (Kept.Find(before, "[A-Za-z_.]+[ \t]*=[ \t]*$") is { Success: true } name && (name.Index == 0 || before[name.Index - 1] is not ('$' or '!')) && Kept.Has("rsyslog-parameter", name.Value.TrimEnd(' ', '\t', '=')))
        {
            return true;
        }

        return Kept.Is(before, @"\$((syslogfacility-text|syslogseverity-text|programname|syslogtag|hostname|fromhost-ip|fromhost|inputname)[ \t]*[!=]=|(programname|syslogtag)[ \t]*startswith)[ \t]*$") && Kept.Is(value, Kept.Is(before, @"\$syslogtag[ \t]*[!=s][=t][a-z]*[ \t]*$") ? Tag : Name);
    }
}
