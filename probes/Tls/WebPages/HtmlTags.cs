using System.Text;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One tag of a page.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="IsEnd">&lt;/name&gt;.</param>
/// <param name="Attributes">Names in lower case, values decoded; of several alike the first counts, as in browsers.</param>
internal sealed record HtmlTag(string Name, bool IsEnd, IReadOnlyDictionary<string, string> Attributes)
{
    public string? this[string name] => Attributes.GetValueOrDefault(name);
}

/// <summary>
/// Tags in the order they stand, as browsers see them (HTML §13.2.5): what lies in comments, scripts, styles, templates and text fields is
/// none. Where browsers would go on by the tree rather than by the text, <see cref="Doubts"/> says so.
/// </summary>
internal sealed class HtmlTags
{
    private const int Cap = 50_000;
    private static readonly string[] Raw = ["script", "style", "textarea", "title", "noscript", "iframe", "noframes", "noembed", "xmp"];

    /// <summary>Within these the names above may mean something else.</summary>
    private static readonly string[] Foreign = ["svg", "math", "select"];

    /// <summary>What decides where a password goes; in a picture it is a part of the picture.</summary>
    private static readonly string[] Deciding = ["form", "input", "button", "base"];

    private readonly string _page;
    private readonly List<HtmlTag> _tags = [];
    private readonly SortedSet<string> _doubts = new(StringComparer.Ordinal);
    private int _foreign;
    private int _templates;
    private int _at;

    private HtmlTags(string page) => _page = page;

    public IReadOnlyList<HtmlTag> Tags => _tags;

    /// <summary>Why browsers may see other tags.</summary>
    public IReadOnlyCollection<string> Doubts => _doubts;

    public static HtmlTags Of(string page)
    {
        var tags = new HtmlTags(page);
        for (tags._at = page.IndexOf('<', StringComparison.Ordinal); tags._at >= 0 && tags._at + 1 < page.Length; tags._at = tags._at < page.Length ? page.IndexOf('<', tags._at) : -1)
        {
            if (tags._tags.Count == Cap)
            {
                tags._doubts.Add($"页面的标签超过 {Cap} 个，没有读完");
                break;
            }

            tags.Next();
        }

        return tags;
    }

    private void Next()
    {
        var next = _page[_at + 1];
        if (_page.AsSpan(_at).StartsWith("<!--", StringComparison.Ordinal))
        {
            _at = AfterComment(_page, _at + 4);
        }
        else if (char.IsAsciiLetter(next) || (next == '/' && _at + 2 < _page.Length && char.IsAsciiLetter(_page[_at + 2])))
        {
            Take(Tag(_page, ref _at));
        }
        else if (next is '!' or '?' or '/')
        {
            // A comment of another kind: over at the first bracket, whatever quotes stand in it.
            if (_foreign > 0 && _page.AsSpan(_at).StartsWith("<![CDATA[", StringComparison.Ordinal))
            {
                _doubts.Add("图形（svg、math）里有 CDATA，浏览器怎样读没有判读");
            }

            _at = _page.IndexOf('>', _at) is >= 0 and var end ? end + 1 : _page.Length;
        }
        else
        {
            _at++;
        }
    }

    private void Take(HtmlTag tag)
    {
        if (tag.Name == "template")
        {
            _templates = Math.Max(0, _templates + (tag.IsEnd ? -1 : 1));
            if (_foreign > 0 || tag["shadowrootmode"] is not null)
            {
                _doubts.Add("有会显示出来的 template");
            }

            return;
        }

        if (_foreign > 0 && !tag.IsEnd && Array.Exists(Deciding, d => d == tag.Name))
        {
            _doubts.Add($"图形或下拉框里有 {tag.Name}，浏览器怎样读没有判读");
        }

        _foreign = Array.Exists(Foreign, f => f == tag.Name) ? Math.Max(0, _foreign + (tag.IsEnd ? -1 : 1)) : _foreign;
        if (_templates == 0)
        {
            _tags.Add(tag);
        }

        if (!tag.IsEnd && tag.Name == "plaintext")
        {
            _at = _page.Length;
        }
        else if (!tag.IsEnd && Array.Exists(Raw, r => r == tag.Name))
        {
            Pass(tag);
        }
    }

    private void Pass(HtmlTag tag)
    {
        var end = EndOf(tag.Name, _page, _at);
        var inside = _page.AsSpan(_at, end - _at);
        if (_foreign > 0 && inside.Contains('<'))
        {
            _doubts.Add($"图形或下拉框里的 {tag.Name} 带有标签，浏览器怎样读没有判读");
        }

        if (tag.Name == "script" && inside.Contains("<!--", StringComparison.Ordinal))
        {
            _doubts.Add("脚本里有 <!--，到哪里为止没有判读");
        }

        _at = end;
    }

    /// <summary>&lt;!--&gt; and &lt;!---&gt; are comments that are over at once.</summary>
    private static int AfterComment(string page, int at)
    {
        if (page.AsSpan(at).StartsWith(">", StringComparison.Ordinal) || page.AsSpan(at).StartsWith("->", StringComparison.Ordinal))
        {
            return page.IndexOf('>', at) + 1;
        }

        for (at = page.IndexOf("--", at, StringComparison.Ordinal); at >= 0; at = page.IndexOf("--", at + 1, StringComparison.Ordinal))
        {
            var rest = page.AsSpan(at + 2);
            if (rest.StartsWith(">", StringComparison.Ordinal) || rest.StartsWith("!>", StringComparison.Ordinal))
            {
                return at + (rest[0] == '>' ? 3 : 4);
            }
        }

        return page.Length;
    }

    /// <summary>The end tag of just that name.</summary>
    private static int EndOf(string name, string page, int from)
    {
        var end = $"</{name}";
        for (var at = page.IndexOf(end, from, StringComparison.OrdinalIgnoreCase); at >= 0; at = page.IndexOf(end, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at + end.Length >= page.Length || " \t\r\n\f/>".Contains(page[at + end.Length], StringComparison.Ordinal))
            {
                return at;
            }
        }

        return page.Length;
    }

    private static HtmlTag Tag(string page, ref int at)
    {
        var isEnd = page[++at] == '/';
        at += isEnd ? 1 : 0;
        var name = Word(page, ref at, " \t\r\n\f/>");
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (at < page.Length && page[at] != '>')
        {
            if (" \t\r\n\f/".Contains(page[at], StringComparison.Ordinal))
            {
                at++;
                continue;
            }

            var begin = at;
            at += page[at] == '=' ? 1 : 0;
            var key = (at > begin ? "=" : "") + Word(page, ref at, " \t\r\n\f/>=");
            attributes.TryAdd(key.ToLowerInvariant(), HtmlReferences.Undone(Value(page, ref at)));
        }

        at = Math.Min(page.Length, at + 1);
        return new HtmlTag(name.ToLowerInvariant(), isEnd, attributes);
    }

    private static string Value(string page, ref int at)
    {
        var next = at;
        Skip(page, ref next);
        if (next >= page.Length || page[next] != '=')
        {
            return "";
        }

        at = next + 1;
        Skip(page, ref at);
        if (at < page.Length && page[at] is '"' or '\'')
        {
            var end = page.IndexOf(page[at], at + 1);
            var value = end < 0 ? page[(at + 1)..] : page[(at + 1)..end];
            at = end < 0 ? page.Length : end + 1;
            return value;
        }

        return Word(page, ref at, " \t\r\n\f>");
    }

    private static void Skip(string page, ref int at)
    {
        while (at < page.Length && " \t\r\n\f".Contains(page[at], StringComparison.Ordinal))
        {
            at++;
        }
    }

    private static string Word(string page, ref int at, string stops)
    {
        var word = new StringBuilder();
        while (at < page.Length && !stops.Contains(page[at], StringComparison.Ordinal))
        {
            word.Append(page[at++]);
        }

        return word.ToString();
    }
}
