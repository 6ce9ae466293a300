using System.Net;
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

/// <summary>Tags in the order they stand, as browsers see them (HTML §13.2.5): what lies in comments, scripts, styles, templates and text fields is none.</summary>
internal static class HtmlTags
{
    private const int Cap = 50_000;
    private static readonly string[] Raw = ["script", "style", "textarea", "title", "noscript", "template", "iframe", "noframes", "xmp"];

    public static List<HtmlTag> Of(string page)
    {
        var tags = new List<HtmlTag>();
        for (var at = page.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < page.Length && tags.Count < Cap; at = at < page.Length ? page.IndexOf('<', at) : -1)
        {
            if (page.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal))
            {
                at = AfterComment(page, at + 4);
            }
            else if (page[at + 1] == '/' || char.IsAsciiLetter(page[at + 1]))
            {
                var tag = Tag(page, ref at);
                tags.Add(tag);
                at = !tag.IsEnd && Array.Exists(Raw, r => r == tag.Name) ? EndOf(tag.Name, page, at) : at;
            }
            else
            {
                at++;
            }
        }

        return tags;
    }

    /// <summary>&lt;!--&gt; and &lt;!---&gt; are comments that are over at once.</summary>
    private static int AfterComment(string page, int at)
    {
        if (page.AsSpan(at).StartsWith(">", StringComparison.Ordinal) || page.AsSpan(at).StartsWith("->", StringComparison.Ordinal))
        {
            return page.IndexOf('>', at) + 1;
        }

        var (one, other) = (page.IndexOf("-->", at, StringComparison.Ordinal), page.IndexOf("--!>", at, StringComparison.Ordinal));
        return one >= 0 && (other < 0 || one < other) ? one + 3 : other >= 0 ? other + 4 : page.Length;
    }

    private static int EndOf(string name, string page, int at) =>
        page.IndexOf($"</{name}", at, StringComparison.OrdinalIgnoreCase) is >= 0 and var end ? end : page.Length;

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
            attributes.TryAdd(key.ToLowerInvariant(), WebUtility.HtmlDecode(Value(page, ref at)));
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
