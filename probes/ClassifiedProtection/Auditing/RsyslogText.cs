using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What a piece of rsyslog.conf is.</summary>
internal enum RsyslogKind
{
    /// <summary>A selector, a property filter, an expression, or none: what stands behind it is done to what passes it.</summary>
    Filter,

    /// <summary>The filter before once more (&amp;).</summary>
    Again,

    /// <summary>Done to every message that comes here.</summary>
    Action,

    /// <summary>$Name value.</summary>
    Directive,

    /// <summary>module(…), input(…), template(…) and their like; their text is that between the brackets.</summary>
    Object,

    /// <summary>ruleset(…) { … }: done only where it is called.</summary>
    Ruleset,

    /// <summary>Nobody knows.</summary>
    Unknown,
}

/// <summary>One statement.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The word of an object or directive, the filter's text.</param>
/// <param name="Text">What is done: one action, or what stands in brackets.</param>
/// <param name="Body">Of a block; null where there is none.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record RsyslogStatement(RsyslogKind Kind, string Name, string Text, IReadOnlyList<RsyslogStatement>? Body, ConfigLine Line);

/// <summary>Takes rsyslog.conf apart: selectors of old, RainerScript, comments of both kinds.</summary>
internal sealed partial class RsyslogText
{
    private const int Depth = 12;

    /// <summary>One condition behind the other, without blocks.</summary>
    private const int Chain = 100;
    private const int Limit = 1000;
    private readonly IReadOnlyList<ConfigLine> _lines;
    private readonly string _text;
    private int _at;
    private int _counted;
    private int _newLines;

    private RsyslogText(IReadOnlyList<ConfigLine> lines)
    {
        _lines = lines;
        _text = string.Join('\n', lines.Select(l => l.Text)) + "\n";
    }

    public static IReadOnlyList<RsyslogStatement> Of(IReadOnlyList<ConfigLine> lines) => lines.Count == 0 ? [] : new RsyslogText(lines).Statements(0, isBlock: false);

    private void Bound(int depth, int most)
    {
        if (depth > most)
        {
            throw new UnableException(FailureKind.BadInput, $"{_lines[0].Path} 的块套得太深");
        }
    }

    private List<RsyslogStatement> Statements(int depth, bool isBlock)
    {
        Bound(depth, Depth);
        var found = new List<RsyslogStatement>();
        while (Skip())
        {
            if (_text[_at] == '}')
            {
                _at++;
                if (isBlock)
                {
                    return found;
                }

                found.Add(new RsyslogStatement(RsyslogKind.Unknown, "", "}", null, Here(_at - 1)));
                continue;
            }

            found.AddRange(Statement(depth));
        }

        return found;
    }

    private IEnumerable<RsyslogStatement> Statement(int depth)
    {
        Bound(depth, Chain);
        var (start, line) = (_at, Here(_at));
        if (Object().Match(_text, _at) is { Success: true } named)
        {
            _at = named.Index + named.Length - 1;
            var inside = Balanced('(', ')');
            var (name, body) = (named.Groups["name"].Value.ToLowerInvariant(), default(IReadOnlyList<RsyslogStatement>));
            if (name is "ruleset" or "template" && Skip() && _text[_at] == '{')
            {
                _at++;
                body = Statements(depth + 1, isBlock: true);
            }

            return [new RsyslogStatement(name == "ruleset" ? RsyslogKind.Ruleset : name == "action" ? RsyslogKind.Action : RsyslogKind.Object, name, name == "action" ? $"action({inside})" : inside, body, line)];
        }

        if (If().Match(_text, _at) is { Success: true } condition)
        {
            _at += condition.Length;
            var filter = condition.Groups["filter"].Value.Trim();
            var then = Done(RsyslogKind.Filter, "if " + filter, line, depth);
            return Skip() && Else().Match(_text, _at) is { Success: true } otherwise && Past(otherwise.Length) ? [then, Done(RsyslogKind.Filter, "else " + filter, line, depth)] : [then];
        }

        if (Selector().Match(_text, _at) is { Success: true } selector)
        {
            _at += selector.Length;
            return [Done(RsyslogKind.Filter, selector.Groups["filter"].Value, line, depth)];
        }

        switch (_text[_at])
        {
            case '$':
                var words = Rest().Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
                return [new RsyslogStatement(RsyslogKind.Directive, words[0].ToLowerInvariant(), words.Length > 1 ? words[1].Trim() : "", null, line)];
            case '&':
                _at++;
                return [Done(RsyslogKind.Again, "", line, depth)];
            case ':' when Property().Match(_text, _at) is { Success: true } property:
                _at += property.Length;
                return [Done(RsyslogKind.Filter, property.Groups["filter"].Value, line, depth)];
            case '{':
                return [Done(RsyslogKind.Filter, "*.*", line, depth)];
        }

        var plain = Rest();
        return [new RsyslogStatement(plain is "stop" or "~" || plain.StartsWith("stop ", StringComparison.Ordinal) ? RsyslogKind.Action : RsyslogKind.Unknown, "", plain, null, line with { Text = _text[start..Math.Min(_text.Length, start + 80)] })];
    }

    private bool Past(int length)
    {
        _at += length;
        return true;
    }

    /// <summary>A block, action(…), or the rest of the line.</summary>
    private RsyslogStatement Done(RsyslogKind kind, string name, ConfigLine line, int depth)
    {
        if (!Skip())
        {
            return new RsyslogStatement(RsyslogKind.Unknown, name, "", null, line);
        }

        if (_text[_at] == '{')
        {
            _at++;
            return new RsyslogStatement(kind, name, "", Statements(depth + 1, isBlock: true), line);
        }

        if (Object().Match(_text, _at) is { Success: true } named)
        {
            _at = named.Index + named.Length - 1;
            return new RsyslogStatement(kind, name, $"{named.Groups["name"].Value.ToLowerInvariant()}({Balanced('(', ')')})", null, line);
        }

        return If().IsMatch(_text, _at)
            ? new RsyslogStatement(kind, name, "", [.. Statement(depth + 1)], line)
            : new RsyslogStatement(kind, name, Rest(), null, line);
    }

    /// <summary>Blanks and comments; false at the end.</summary>
    private bool Skip()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            else if (_text[_at] == '#')
            {
                _at = _text.IndexOf('\n', _at);
            }
            else if (_text.AsSpan(_at).StartsWith("/*"))
            {
                var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? _text.Length : end + 2;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>To the end of the line and of those it goes on in; without a remark behind.</summary>
    private string Rest()
    {
        var text = new StringBuilder();
        while (_at < _text.Length)
        {
            var end = _text.IndexOf('\n', _at);
            var line = _text[_at..end];
            _at = end + 1;
            if (!line.EndsWith('\\'))
            {
                text.Append(line);
                break;
            }

            text.Append(line.AsSpan(0, line.Length - 1));
        }

        return Remark().Replace(text.ToString(), "").Trim();
    }

    private string Balanced(char open, char close)
    {
        var (depth, quote, start) = (0, '\0', _at + 1);
        for (; _at < _text.Length; _at++)
        {
            var letter = _text[_at];
            if (letter == '\\' && quote != '\0')
            {
                _at++;
            }
            else if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '"' or '\'')
            {
                quote = letter;
            }
            else if ((letter == open ? ++depth : letter == close ? --depth : -1) == 0)
            {
                return _text[start.._at++];
            }
        }

        throw new UnableException(FailureKind.BadInput, $"配置无效：{_lines[0].Path} 的括号没有闭合");
    }

    /// <summary>Statements come in their order: what was counted is not counted again.</summary>
    private ConfigLine Here(int at)
    {
        var end = Math.Min(at, _text.Length);
        _newLines += _text.AsSpan(_counted, Math.Max(0, end - _counted)).Count('\n');
        _counted = Math.Max(_counted, end);
        return _lines[Math.Min(_newLines, _lines.Count - 1)];
    }

    [GeneratedRegex(@"\G(?<name>module|input|global|main_queue|template|action|include|parser|timezone|dyn_stats|perctile_stats|lookup_table|ratelimit|ruleset)[ \t\n]*\(", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Object();

    [GeneratedRegex(@"\Gif[ \t\n(](?<filter>[^{}]{0,2000}?)[ \t\n)]then(?=[ \t\n{])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex If();

    [GeneratedRegex(@"\Gelse(?=[ \t\n{])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Else();

    [GeneratedRegex(@"\G(?<filter>[a-zA-Z0-9,*]+\.[^ \t\n{]+)[ \t]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Selector();

    [GeneratedRegex(@"\G(?<filter>:[^,\n]{1,100},[ \t]*!?[a-z]{1,30}[ \t]*,?[ \t]*(""(\\.|[^""\\\n])*"")?)[ \t]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Property();

    [GeneratedRegex(@"[ \t]#.*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Remark();
}
