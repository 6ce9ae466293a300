using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Files of Tomcat: elements stay, of attributes and texts the known ones. Comments, sections and document types go; so do entities, whose text may be anywhere.</summary>
internal static class BlackenedXml
{
    private const int LongestName = 80;
    private const string Stars = "***";
    private const string Known = " tomcat admin s3cret manager role1 123456 password root changeit must-be-changed <must-be-changed> &lt;must-be-changed&gt; ";
    private const string Declaration = """^<\?xml version="[0-9.]+"( encoding="[A-Za-z0-9-]+")?( standalone="[a-z]+")?[ ]*\?>$""";

    public static string Of(string text)
    {
        var (output, tag, rest) = (new StringBuilder(), "", new Rest(text));
        while (rest.At < text.Length)
        {
            var at = rest.Next("<");
            var words = text[rest.At..(at < 0 ? text.Length : at)];
            output.Append(Stays(tag, words) ? words : Stars + Kept.NewLines(words));
            if (at < 0)
            {
                break;
            }

            rest.At = at;
            rest.At += Markup(rest, output, ref tag);
        }

        return output.ToString();
    }

    private static bool Stays(string tag, string text)
    {
        var value = string.Join(' ', text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return value.Length == 0 || Kept.Has("xml-text", tag) || (tag == "param-value" && (Kept.Has("xml-value", value) || Kept.Is(value, "^-?[0-9]+$")));
    }

    /// <returns>Its length.</returns>
    private static int Markup(Rest rest, StringBuilder output, ref string tag)
    {
        var length = rest switch
        {
            _ when rest.Begins("<!--") => rest.To("-->"),
            _ when rest.Begins("<![CDATA[") => rest.To("]]>"),
            _ when rest.Begins("<?") => rest.To("?>"),
            _ when rest.Begins("<!") => DocumentType(rest),
            _ when Kept.Is(rest.First(3), "^</?[A-Za-z]") => TagEnd(rest),
            _ => 0,
        };
        var part = rest.First(length);
        if (length == 0)
        {
            output.Append(Stars);
            return 1;
        }

        if (part[1] is '!' or '?')
        {
            output.Append(Kept.Is(part, Declaration) ? part : Kept.NewLines(part));
            return length;
        }

        output.Append(Element(part));
        var name = NameOf(part);
        tag = part[1] == '/' || part.EndsWith("/>", StringComparison.Ordinal) || name.Length > LongestName ? "" : name;
        return length;
    }

    private static int DocumentType(Rest rest)
    {
        var (end, inner, close) = (rest.Next("]>"), rest.Next("["), rest.Next(">"));
        return (end >= 0 && !(close >= 0 && inner > close) ? end + 2 : close >= 0 ? close + 1 : rest.Text.Length) - rest.At;
    }

    private static int TagEnd(Rest rest)
    {
        var (text, open) = (rest.Text, '\0');
        for (var i = rest.At; i < text.Length; i++)
        {
            if (open != '\0')
            {
                open = text[i] == open ? '\0' : open;
            }
            else if (text[i] is '"' or '\'')
            {
                open = text[i];
            }
            else if (text[i] == '>')
            {
                return i + 1 - rest.At;
            }
        }

        return text.Length - rest.At;
    }

    private static string NameOf(string element)
    {
        var name = Kept.Find(element, "^</?[A-Za-z0-9_:.-]+").Value.TrimStart('<', '/').ToLowerInvariant();
        return name[(name.LastIndexOf(':') + 1)..];
    }

    private static string Element(string text)
    {
        var begin = Kept.Find(text, "^</?[A-Za-z0-9_:.-]+").Value;
        var (rest, tag, output, at) = (text[begin.Length..], NameOf(text), new StringBuilder(begin), 0);
        var own = tag == "user" && Kept.Find(rest.ToLowerInvariant(), """[ \t\r\n](user)?name[ \t\r\n]*=[ \t\r\n]*["'][^"']*""") is { Success: true } name ? name.Value[(name.Value.AsSpan().IndexOfAny('"', '\'') + 1)..] : "";
        const string attribute = """[A-Za-z_:][A-Za-z0-9_:.-]*[ \t\r\n]*=[ \t\r\n]*["']""";
        for (var found = Kept.Find(rest, attribute); found.Success; found = Kept.Find(rest, attribute, at))
        {
            output.Append(Kept.NewLines(rest.AsSpan(at, found.Index - at))).Append(found.Index > at ? " " : "");
            at = found.Index + found.Length;
            var end = rest.IndexOf(found.Value[^1], at);
            end = end < 0 ? rest.Length : end;
            output.Append(found.Value).Append(Value(tag, Kept.Find(found.Value, "^[A-Za-z0-9_:.-]+").Value, rest[at..end], own)).Append(found.Value[^1]);
            at = Math.Min(rest.Length, end + 1);
        }

        return output.Append(Kept.NewLines(rest.AsSpan(at))).Append(rest.AsSpan(at).EndsWith("/>", StringComparison.Ordinal) ? "/>" : ">").ToString();
    }

    private static string Value(string tag, string key, string value, string own)
    {
        if (Kept.Has("xml-attribute", key) || (tag == "user" && Kept.Has("xml-user", key)))
        {
            return value;
        }

        // The word that stops the server is a password, but for the one everybody knows.
        if (key.Equals("shutdown", StringComparison.OrdinalIgnoreCase) && value == "SHUTDOWN")
        {
            return value;
        }

        return Kept.Is(key.ToLowerInvariant(), "password|secret|pass$|credential") ? Password(tag, value, own) : (value.Length == 0 ? "" : Stars) + Kept.NewLines(value);
    }

    /// <summary>That it is short, everybody's, or the user's own name is a finding; what it is is not said.</summary>
    private static string Password(string tag, string value, string own)
    {
        if (value is "" or Stars or Stars + "short" or Stars + "default")
        {
            return value;
        }

        var low = value.ToLowerInvariant();
        var shown = tag == "user" && (low == own || Known.Contains($" {low} ", StringComparison.Ordinal)) ? Stars + "default" : Encoding.UTF8.GetByteCount(value) < 8 ? Stars + "short" : Stars;
        return shown + Kept.NewLines(value);
    }
}

/// <summary>What is left of a text: where a sign stands next is looked for once, not again from every place before it.</summary>
internal sealed class Rest(string text)
{
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    public string Text => text;

    public int At { get; set; }

    public string First(int length) => text.Substring(At, Math.Min(length, text.Length - At));

    public bool Begins(string sign) => text.AsSpan(At).StartsWith(sign, StringComparison.Ordinal);

    /// <summary>Length up to and with the sign; all of it without one.</summary>
    public int To(string end) => (Next(end) is >= 0 and var at ? at + end.Length : text.Length) - At;

    /// <returns>Its place in the text; −1 without.</returns>
    public int Next(string sign)
    {
        if (!_next.TryGetValue(sign, out var at) || (at >= 0 && at < At))
        {
            _next[sign] = at = text.IndexOf(sign, At, StringComparison.Ordinal);
        }

        return at;
    }
}

/// <summary>What SET PERSIST wrote: names stay, and values of the known ones.</summary>
internal static class BlackenedJson
{
    public static string Of(string text)
    {
        var (output, key, group, from) = (new StringBuilder(), "", "", 0);
        for (var at = text.IndexOf('"', StringComparison.Ordinal); at >= 0; at = text.IndexOf('"', from))
        {
            var between = text[from..at];
            group = between.Contains('{', StringComparison.Ordinal) && key.Length > 0 ? key : group;
            output.Append(between);
            var end = Kept.Closing(text, at + 1);
            if (end < 0)
            {
                return output.Append("\"***\"").ToString();
            }

            var word = text[(at + 1)..end];
            from = end + 1;
            var isKey = text.AsSpan(from).TrimStart(" \t\r\n").StartsWith(":");
            key = isKey ? word : key;
            output.Append('"').Append(isKey || (key.Equals("value", StringComparison.OrdinalIgnoreCase) && Kept.Has("mysql", group)) ? word : "***").Append('"');
        }

        return output.Append(text.AsSpan(from)).ToString();
    }
}
